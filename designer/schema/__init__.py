"""The vocabulary: the records of the three levels, the Design, and its file format. Imports nothing of ours."""

from designer.schema.base import CompositeField, End, Expr, Id, IndexPart, Named, Record, Use
from designer.schema.conceptual import (
    AccessPattern,
    Assessment,
    Attribute,
    Dependency,
    Domain,
    Entity,
    Generalization,
    Identifier,
    Relationship,
    Term,
)
from designer.schema.design import Design, first_physical, models
from designer.schema.diagrams import Area, Diagram, Model, Note, Placement
from designer.schema.ids import IdSource, new_id, seeded_ids
from designer.schema.kinds import KINDS, kind_of
from designer.schema.relational import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    Exclusion,
    Extension,
    ForeignKey,
    Index,
    Key,
    Partitioning,
    Policy,
    Publication,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)

__all__ = [
    "KINDS", "AccessPattern", "Area", "Assessment", "Attribute", "Check", "Column", "CompositeField", "CompositeType",
    "Dependency", "Design", "Diagram", "Domain", "DomainType", "End", "Entity", "EnumType", "Exclusion", "Expr",
    "Extension", "ForeignKey", "Generalization", "Id", "IdSource", "Identifier", "Index", "IndexPart", "Key", "Model",
    "Named", "Note", "Partitioning", "Placement", "Policy", "Publication", "Record", "Relationship", "Routine",
    "Schema", "Sequence", "Statement", "Table", "Term", "Trigger", "Use", "View", "first_physical", "kind_of", "models",
    "new_id", "seeded_ids",
]  # fmt: skip
