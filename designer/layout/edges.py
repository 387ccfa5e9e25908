"""The lines of a diagram: foreign keys, relationships, generalizations, inheritance, and what a view reads.

`static/designer/geometry/edges.js` holds the twin; both are run on `tests/cases/geometry/elements.json`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from designer.layout.elements import has_box, unique_sets
from designer.schema import (
    Column,
    Design,
    ForeignKey,
    Generalization,
    Id,
    Key,
    Model,
    Named,
    Record,
    Relationship,
    Schema,
    Table,
    View,
)
from designer.schema import End as RelationshipEnd


@dataclass(frozen=True, slots=True)
class End:
    """One end of a line: the element, the rows it holds on to (none is the header), and its mark.

    `shape` is foot, triangle, arrow or empty. For a foot, `min` and `max` say how many of this element belong to one
    of the other side.
    """

    element: Id
    rows: tuple[Id, ...] = ()
    shape: str = "foot"
    min: int = 0
    max: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from child to parent. `kind`: foreign_key, relationship, generalization, inherits, reads.

    `label` is the verb of a relationship. Of a generalization: whether every supertype is one of the subtypes, whether
    at most one, and whether this line is the first, which carries the texts for all of them.
    """

    id: str
    source: End
    target: End
    kind: str = "foreign_key"
    identifying: bool = False
    label: str = ""
    total: bool = False
    disjoint: bool = True
    leads: bool = True


def edges_of(design: Design, model: Model, shown: Container[Id]) -> list[Edge]:
    """Return the lines of a model whose two ends are both among the elements `shown`."""
    found: list[Edge] = []
    for record in _line_owners(design, model):
        found += (e for e in edges_from(design, record) if e.source.element in shown and e.target.element in shown)
    return found


def _line_owners(design: Design, model: Model) -> Iterable[Record]:
    parents = [model.id, *(schema.id for schema in design.of(Schema, model.id))]
    for parent in parents:
        yield from design.of(Table, parent)
        yield from design.of(View, parent)
    yield from design.of(Relationship, model.id)
    yield from design.of(Generalization, model.id)


def edges_from(design: Design, record: Record) -> list[Edge]:
    """Return the lines that a record brings: a table its foreign keys, a relationship its ends, and so on."""
    if isinstance(record, Table):
        return [*_foreign_key_edges(design, record), *_inheritance_edges(record)]
    if isinstance(record, View):
        return [
            Edge(f"{record.id}.{each}", End(record.id, shape=""), End(each, shape="arrow"), "reads")
            for each in record.depends_on
            if isinstance(design.get(each), (Table, View))
        ]
    if isinstance(record, Relationship):
        return _relationship_edges(design, record)
    if isinstance(record, Generalization):
        return _generalization_edges(design, record)
    return []


def _foreign_key_edges(design: Design, table: Table) -> Iterable[Edge]:
    keys = design.of(ForeignKey, table.id)
    if not keys:
        return
    unique = unique_sets(design, table.id)
    primary = next((frozenset(key.columns) for key in design.of(Key, table.id) if key.primary), frozenset())
    for key in keys:
        if key.ref_table is not None:
            yield _foreign_key_edge(design, key, unique, primary)


def _foreign_key_edge(design: Design, key: ForeignKey, unique: list[tuple[Id, ...]], primary: frozenset[Id]) -> Edge:
    columns = frozenset(key.columns)
    at_most_one = any(columns.issuperset(each) for each in unique)
    optional = any(_may_be_null(design, each, primary) for each in key.columns)
    return Edge(
        key.id,
        End(key.parent or "", key.columns, min=0, max=1 if at_most_one else None),
        End(key.ref_table or "", key.ref_columns, min=0 if optional else 1, max=1),
        identifying=bool(columns) and columns <= primary,
    )


def _may_be_null(design: Design, column: Id, primary: frozenset[Id]) -> bool:
    record = design.get(column)
    return isinstance(record, Column) and record.nullable and column not in primary


def _inheritance_edges(table: Table) -> Iterable[Edge]:
    parents = [*table.inherits, *([table.partition_of] if table.partition_of else [])]
    for parent in parents:
        yield Edge(f"{table.id}.{parent}", End(table.id, shape=""), End(parent, shape="triangle"), "inherits", True)


def _relationship_edges(design: Design, relationship: Relationship) -> list[Edge]:
    if has_box(design, relationship):
        return [
            Edge(
                f"{relationship.id}.{at}",
                End(relationship.id, shape=""),
                _end(end),
                "relationship",
                identifying=end.identifying,
                label=end.role,
            )
            for at, end in enumerate(relationship.ends)
        ]
    child, parent = _child_first(relationship.ends)
    identifying = child.identifying or parent.identifying
    return [Edge(relationship.id, _end(child), _end(parent), "relationship", identifying, relationship.name)]


def _child_first(ends: tuple[RelationshipEnd, ...]) -> tuple[RelationshipEnd, RelationshipEnd]:
    """Return the ends with the many side first, as a foreign key has it; equal ends keep their order."""
    first, second = ends
    swap = first.max == 1 and second.max != 1
    return (second, first) if swap else (first, second)


def _end(end: RelationshipEnd) -> End:
    return End(end.entity, min=end.min, max=end.max, role=end.role)


def _generalization_edges(design: Design, generalization: Generalization) -> list[Edge]:
    if generalization.supertype is None:
        return []
    named = design.get(generalization.discriminator) if generalization.discriminator else None
    role = named.name if isinstance(named, Named) else generalization.name
    return [
        Edge(
            f"{generalization.id}.{each}",
            End(each, shape=""),
            End(generalization.supertype, shape="triangle", role="" if at else role),
            "generalization",
            identifying=True,
            total=generalization.total,
            disjoint=generalization.disjoint,
            leads=at == 0,
        )
        for at, each in enumerate(generalization.subtypes)
    ]
