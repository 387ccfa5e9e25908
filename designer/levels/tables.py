"""Tables with their columns and keys."""

from __future__ import annotations

from typing import Any

from designer.levels.columns import typed
from designer.levels.counting import counts_itself
from designer.levels.er import Ident, Thing
from designer.levels.settling import primary
from designer.levels.slots import Slot
from designer.levels.writing import Writing
from designer.schema import Column, Expr, Key, Record, Schema, Table

_IDENTITY = {"postgresql": "always", "mysql": "auto_increment", "mariadb": "auto_increment"}
_CARRIED = ("comment", "owner", "classification", "pii", "retention", "tags")


def write_schema(writing: Writing) -> None:
    """Add the schema of the tables, where the target has schemas."""
    if writing.dialect.supports("schemas"):
        name = writing.settings.option("schema") or writing.dialect.default_schema
        schema = Schema(id=writing.id("schema"), parent=writing.model.id, name=name)
        writing.schema = schema.id
        writing.put(schema)


def write_tables(writing: Writing) -> None:
    """Add a table for each thing, with its columns and keys."""
    things = sorted(writing.er.things.values(), key=lambda each: (each.order, each.mark))
    for thing in things:
        _write_table(writing, thing)
    for thing in things:
        for slot in writing.slots.all(thing):
            _write_column(writing, thing, slot)
    for thing in things:
        _write_keys(writing, thing)


def carried(source: Record | None) -> dict[str, Any]:
    """Return the definition and governance that a derived record takes over from the one above."""
    return {name: value for name in _CARRIED if (value := getattr(source, name))} if source is not None else {}


def _write_table(writing: Writing, thing: Thing) -> None:
    parent = writing.schema or writing.model.id
    name = writing.spaces.claim("table", thing.mark, writing.names.table(thing.words), schema=parent)
    table = Table(
        id=writing.id("table", thing.mark), parent=parent, name=name, order=thing.order, origin=thing.origin,
        **carried(thing.source),
    )  # fmt: skip
    writing.tables[thing.mark] = table
    writing.put(table)


def _write_column(writing: Writing, thing: Thing, slot: Slot) -> None:
    table = writing.tables[thing.mark]
    name = writing.spaces.claim("column", slot.mark, _wishes(writing, thing, slot), table=table.id)
    root = slot.root
    kind = typed(slot, writing.er.things[root.thing].surrogate, writing.dialect)
    column = Column(
        id=writing.id("column", slot.mark), parent=table.id, name=name, type=kind.raw, logical=kind.logical,
        nullable=slot.nullable, order=slot.order, origin=slot.origin, **_generated(writing, thing, slot, kind.raw),
        **carried(slot.field.source if slot.field else None),
    )  # fmt: skip
    writing.columns[slot.mark] = column
    writing.put(column)


def _wishes(writing: Writing, thing: Thing, slot: Slot) -> list[str]:
    names = writing.names
    if slot.refers is None:
        return [names.column(slot.words) if slot.field else names.surrogate(thing.words)]
    link = slot.link
    wishes = [names.reference(slot.called, slot.words) if slot.called else names.column(slot.words)]
    if link is not None:
        parent = writing.er.things[link.parent].words
        wishes += [names.reference(parent, slot.words)] if not slot.called else []
        wishes += [names.reference(f"{link.words} {link.role or parent}", slot.words)] if link.words else []
    return wishes


def _generated(writing: Writing, thing: Thing, slot: Slot, raw: str) -> dict[str, Any]:
    """Return how a key of its own gets its values."""
    first = primary(thing)
    own = slot.refers is None and (
        slot.field is None or (first is not None and counts_itself(thing, first, writing.settings) == slot.field)
    )
    if not own:
        return {}
    if raw in ("uuid", "char(36)"):
        return {"default": Expr(writing.dialect.words["uuid"])}
    return {"identity": _IDENTITY[writing.dialect.name]} if writing.dialect.name in _IDENTITY else {}


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
