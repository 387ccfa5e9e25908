"""The entity-relationship records of conceptual and logical models (Chen 1976, and what textbooks added since)."""

from __future__ import annotations

from designer.schema.base import End, Id, Named, Record


class Entity(Named, frozen=True, kw_only=True, omit_defaults=True, tag="entity", gc=False):
    """An entity type. Parent: the model. `nature`: strong, weak or associative."""

    nature: str = "strong"


class Attribute(Named, frozen=True, kw_only=True, omit_defaults=True, tag="attribute", gc=False):
    """An attribute. Parent: an entity, a relationship, or (in a composite) another attribute."""

    type: str = ""  # a logical type: `string(255)`, `decimal(10,2)`
    domain: Id | None = None
    optional: bool = False
    multivalued: bool = False
    derived: bool = False
    sample: str = ""


class Identifier(Named, frozen=True, kw_only=True, omit_defaults=True, tag="identifier", gc=False):
    """A candidate key. Parent: its entity. Exactly one identifier of an entity may be primary."""

    primary: bool = False
    attributes: tuple[Id, ...] = ()
    relationships: tuple[Id, ...] = ()  # identifying relationships whose other end's key takes part


class Relationship(Named, frozen=True, kw_only=True, omit_defaults=True, tag="relationship", gc=False):
    """A relationship of any degree. Parent: the model. The name is the verb."""

    ends: tuple[End, ...] = ()


class Generalization(Named, frozen=True, kw_only=True, omit_defaults=True, tag="generalization", gc=False):
    """A supertype and its subtypes. Parent: the model."""

    supertype: Id | None = None
    subtypes: tuple[Id, ...] = ()
    disjoint: bool = True
    total: bool = False
    discriminator: Id | None = None


class Dependency(Record, frozen=True, kw_only=True, omit_defaults=True, tag="dependency", gc=False):
    """A functional (or multivalued) dependency between attributes or columns. Parent: an entity or a table."""

    multivalued: bool = False
    determinant: tuple[Id, ...] = ()
    dependent: tuple[Id, ...] = ()
    state: str = "confirmed"  # proposed, confirmed, refuted, waived
    reason: str = ""


class Domain(Named, frozen=True, kw_only=True, omit_defaults=True, tag="domain", gc=False):
    """A named set of values for attributes, free of any database. Parent: the model."""

    type: str = ""
    values: tuple[str, ...] = ()
    rule: str = ""


class Term(Named, frozen=True, kw_only=True, omit_defaults=True, tag="term", gc=False):
    """A glossary entry; the definition is the comment. Parent: the model."""

    synonyms: tuple[str, ...] = ()
    elements: tuple[Id, ...] = ()


class AccessPattern(Named, frozen=True, kw_only=True, omit_defaults=True, tag="access_pattern", gc=False):
    """Who reads or writes what, by which keys, how often. Parent: the model."""

    actor: str = ""
    operation: str = "read"  # read, insert, update, delete
    frequency: str = ""
    reads: tuple[Id, ...] = ()
    by: tuple[Id, ...] = ()
