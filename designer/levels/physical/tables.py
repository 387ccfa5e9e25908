"""Tables with their columns and keys."""

from __future__ import annotations

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Ident, Thing
from designer.levels.marks import derived_id
from designer.levels.physical.carrying import carried
from designer.levels.physical.settling import primary
from designer.levels.physical.writing import Writing
from designer.schema import Key, Model, Schema, Table


def schema_of(model: Model, settings: Settings, dialect: Dialect) -> Schema | None:
    """Return the schema of the tables, where the target has schemas."""
    if not dialect.supports(can.SCHEMAS):
        return None
    name = settings.option("schema") or dialect.default_schema
    return Schema(id=derived_id(model.id, "schema"), parent=model.id, name=name)


def write_tables(writing: Writing) -> None:
    """Add a table for each thing."""
    for thing in writing.things:
        _write_table(writing, thing)


def write_keys(writing: Writing) -> None:
    """Add the primary and unique keys of the tables."""
    for thing in writing.things:
        _write_keys(writing, thing)


def _write_table(writing: Writing, thing: Thing) -> None:
    parent = writing.home
    name = writing.spaces.claim("table", thing.mark, writing.names.table(thing.words), schema=parent)
    table = Table(
        id=writing.id("table", thing.mark), parent=parent, name=name, order=thing.order, origin=thing.origin,
        **carried(thing.source),
    )  # fmt: skip
    writing.tables[thing.mark] = table
    writing.put(table)


def _write_keys(writing: Writing, thing: Thing) -> None:
    table = writing.tables[thing.mark]
    first = primary(thing)
    columns = writing.ids(writing.slots.key(thing))
    mark = ("key", first.mark) if first else ("key", "own", thing.mark)
    name = writing.spaces.claim(
        "primary", thing.mark, writing.names.primary_key(table.name), schema=table.parent or "", table=table.id
    )
    writing.put(
        Key(
            id=writing.id(*mark), parent=table.id, name=name, primary=True, columns=columns, order="4",
            origin=first.origin if first else thing.origin,
        )
    )  # fmt: skip
    writing.leading[thing.mark] = [columns]
    for ident in thing.idents:
        if ident is not first:
            write_unique(writing, thing, ident)


def write_unique(writing: Writing, thing: Thing, ident: Ident) -> None:
    """Add a unique key, unless the table has one over the same columns."""
    table = writing.tables[thing.mark]
    slots = writing.slots.of_ident(thing, ident)
    columns = writing.ids(slots)
    if not columns or any(set(each) == set(columns) for each in writing.leading[thing.mark]):
        return
    if not writing.fits(slots):
        said = ", ".join(slot.said for slot in slots)
        text = f"{writing.dialect.title} cannot keep {said} of {thing.words} unique: that is too large for a key"
        writing.notes.append(Note("unique-too-wide", ident.origin, text))
        return
    names = [writing.columns[slot.mark].name for slot in slots]
    name = writing.spaces.claim(
        "unique", ident.mark, writing.names.unique(table.name, names), schema=table.parent or "", table=table.id
    )
    writing.put(
        Key(
            id=writing.id("key", ident.mark),
            parent=table.id,
            name=name,
            columns=columns,
            order="F",
            origin=ident.origin,
        )
    )
    writing.leading[thing.mark].append(columns)
