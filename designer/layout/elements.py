"""What is drawn of the records of a model: boxes with rows, and the lines between them.

`static/designer/geometry/elements.js` holds the twin; both are run on `tests/cases/geometry/elements.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from designer.layout.metrics import Element, Row
from designer.schema import (
    Attribute,
    Column,
    Design,
    Diagram,
    Entity,
    ForeignKey,
    Id,
    Identifier,
    Index,
    Key,
    Model,
    Named,
    Placement,
    Record,
    Relationship,
    Schema,
    Table,
    View,
)

_SHORT_TYPES = (
    (re.compile(r"^character varying\b", re.I), "varchar"),
    (re.compile(r"^character\b(?! set)", re.I), "char"),
    (re.compile(r"^bit varying\b", re.I), "varbit"),
    (re.compile(r"^double precision\b", re.I), "double"),
    (re.compile(r"^timestamp(\(\d+\))? without time zone", re.I), r"timestamp\1"),
    (re.compile(r"^timestamp(\(\d+\))? with time zone", re.I), r"timestamptz\1"),
    (re.compile(r"^time(\(\d+\))? without time zone", re.I), r"time\1"),
    (re.compile(r"^time(\(\d+\))? with time zone", re.I), r"timetz\1"),
)
MAX_DEPTH = 6
UNSAID_SCHEMA = "public"


def element_of(design: Design, record: Record, detail: str = "all") -> Element | None:
    """Return what to draw of a record; None for a kind that has no box of its own."""
    if isinstance(record, Table):
        return Element(
            record.id, record.name, _schema_name(design, record), "table", table_rows(design, record), detail
        )
    if isinstance(record, View):
        rows = _view_rows(design, record)
        return Element(record.id, record.name, _schema_name(design, record), "view", rows, detail)
    if isinstance(record, Entity):
        kind = {"weak": "weak", "associative": "associative"}.get(record.nature, "entity")
        return Element(record.id, record.name, "", kind, entity_rows(design, record), detail)
    if isinstance(record, Relationship) and has_box(design, record):
        return Element(record.id, record.name, "", "relationship", _attribute_rows(design, record.id), detail)
    return None


def has_box(design: Design, relationship: Relationship) -> bool:
    """Tell whether a relationship is drawn as a box: one of three or more ends, or with attributes of its own."""
    return len(relationship.ends) != 2 or bool(design.of(Attribute, relationship.id))


def elements_of(design: Design, model: Model, diagram: Diagram | None = None) -> list[Element]:
    """Return what a diagram shows, or without one everything of the model that has a box, in order."""
    if diagram is None:
        found = (element_of(design, record) for record in boxed_records(design, model))
        return [element for element in found if element is not None]
    placed = (_placed(design, diagram, placement) for placement in design.of(Placement, diagram.id))
    return [element for element in placed if element is not None]


def boxed_records(design: Design, model: Model) -> list[Record]:
    """Return the records of a model that are drawn as boxes, in the order of the model."""
    return [
        record
        for kind in (Table, View, Entity, Relationship)
        for record in _of_model(design, model, kind)
        if not isinstance(record, Relationship) or has_box(design, record)
    ]


def _of_model(design: Design, model: Model, kind: type[Named]) -> Iterable[Named]:
    yield from design.of(kind, model.id)
    if kind in (Table, View):
        for schema in design.of(Schema, model.id):
            yield from design.of(kind, schema.id)


def _placed(design: Design, diagram: Diagram, placement: Placement) -> Element | None:
    record = design.get(placement.element) if placement.element else None
    element = element_of(design, record, placement.detail or diagram.detail) if record else None
    return with_placement(element, placement) if element else None


def with_placement(element: Element, placement: Placement) -> Element:
    """Return the element with the width and the colour that someone gave it by hand."""
    if placement.width is None and not placement.colour:
        return element
    return replace(element, width=placement.width, colour=placement.colour)


def _schema_name(design: Design, record: Record) -> str:
    """Return the schema to show under a name; the one that nobody has to say is not shown."""
    schema = design.get(record.parent) if record.parent else None
    return schema.name if isinstance(schema, Schema) and schema.name != UNSAID_SCHEMA else ""


def table_rows(design: Design, table: Table) -> tuple[Row, ...]:
    """Return the columns of a table as rows, marked with the keys they take part in."""
    keys = design.of(Key, table.id)
    primary = {column for key in keys if key.primary for column in key.columns}
    foreign = {column for key in design.of(ForeignKey, table.id) for column in key.columns}
    alone = {columns[0] for columns in unique_sets(design, table.id) if len(columns) == 1}
    return tuple(
        Row(
            column.id,
            column.name,
            column_type(design, column),
            pk=column.id in primary,
            fk=column.id in foreign,
            unique=column.id in alone,
            nullable=column.nullable and column.id not in primary,
        )
        for column in design.of(Column, table.id)
    )


def unique_sets(design: Design, table: Id) -> list[tuple[Id, ...]]:
    """Return the column lists of a table whose values are unique: its keys, and its unique indexes over all rows."""
    sets = [key.columns for key in design.of(Key, table) if key.columns]
    for index in design.of(Index, table):
        columns = tuple(part.column for part in index.parts if part.column is not None)
        if index.unique and index.where is None and columns and len(columns) == len(index.parts):
            sets.append(columns)
    return sets


def column_type(design: Design, column: Column) -> str:
    """Return the type of a column as it is drawn: short, and with today's name of a named type."""
    named = design.get(column.type_ref) if column.type_ref else None
    if isinstance(named, Named):
        bracket = column.type.find("[")
        return named.name + (column.type[bracket:] if bracket >= 0 else "")
    return short_type(column.type or column.logical)


def short_type(text: str) -> str:
    """Return a type as people say it: `varchar(40)` for `character varying(40)`."""
    for pattern, short in _SHORT_TYPES:
        replaced, count = pattern.subn(short, text, count=1)
        if count:
            return replaced
    return text


def _view_rows(design: Design, view: View) -> tuple[Row, ...]:
    columns = design.of(Column, view.id)
    if columns:
        return tuple(Row(column.id, column.name, column_type(design, column)) for column in columns)
    return tuple(Row(f"{view.id}.{at}", name) for at, name in enumerate(view.columns))


def entity_rows(design: Design, entity: Entity) -> tuple[Row, ...]:
    """Return the attributes of an entity as rows, the parts of a composite indented below it."""
    identifiers = design.of(Identifier, entity.id)
    primary = {each for identifier in identifiers if identifier.primary for each in identifier.attributes}
    alternate = {
        identifier.attributes[0]
        for identifier in identifiers
        if not identifier.primary and len(identifier.attributes) == 1
    }
    return _attribute_rows(design, entity.id, frozenset(primary), frozenset(alternate))


def _attribute_rows(
    design: Design,
    parent: Id,
    primary: frozenset[Id] = frozenset(),
    alternate: frozenset[Id] = frozenset(),
    depth: int = 0,
) -> tuple[Row, ...]:
    rows: list[Row] = []
    for attribute in design.of(Attribute, parent):
        rows.append(
            Row(
                attribute.id,
                attribute_name(attribute),
                _attribute_type(design, attribute),
                pk=attribute.id in primary,
                unique=attribute.id in alternate,
                nullable=attribute.optional,
                depth=depth,
            )
        )
        if depth < MAX_DEPTH:
            rows += _attribute_rows(design, attribute.id, primary, alternate, depth + 1)
    return tuple(rows)


def attribute_name(attribute: Attribute) -> str:
    """Return the name as textbooks write it: `{phone}` holds several values, `/age` is derived."""
    name = f"/{attribute.name}" if attribute.derived else attribute.name
    return f"{{{name}}}" if attribute.multivalued else name


def _attribute_type(design: Design, attribute: Attribute) -> str:
    domain = design.get(attribute.domain) if attribute.domain else None
    return domain.name if isinstance(domain, Named) else attribute.type
