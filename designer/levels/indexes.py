"""Indexes for foreign keys and for what access patterns look up by."""

from __future__ import annotations

from collections.abc import Sequence

from designer.levels.contract import Note
from designer.levels.er import Need, Thing
from designer.levels.slots import Slot
from designer.levels.writing import Writing
from designer.schema import Id, Index, IndexPart


def write_indexes(writing: Writing) -> None:
    """Add the indexes that no key or other index begins with."""
    if writing.settings.option("foreign_indexes") == "yes":
        for thing in writing.things:
            for link in writing.slots.links[thing.mark]:
                _write_index(writing, thing, link.mark, writing.slots.reference(link), link.origin)
    if writing.settings.option("pattern_indexes") == "yes":
        for need in writing.er.needs:
            if need.thing in writing.tables:
                _write_index(writing, writing.er.things[need.thing], need.mark, _needed(writing, need), need.origin)


def _needed(writing: Writing, need: Need) -> list[Slot]:
    thing = writing.er.things[need.thing]
    fields = {field.mark: field for field in thing.fields}
    slots = [slot for mark in need.fields if mark in fields for slot in writing.slots.of_field(thing, fields[mark])]
    return [*slots, *(slot for mark in need.links for slot in writing.slots.of_link(writing.er.links[mark]))]


def _write_index(writing: Writing, thing: Thing, mark: str, slots: Sequence[Slot], origin: Id | None) -> None:
    columns = writing.ids(slots)
    if not columns or any(each[: len(columns)] == columns for each in writing.leading[thing.mark]):
        return
    if any(slot.field is not None and slot.field.parts for slot in slots) or not writing.fits(slots):
        said = ", ".join(slot.said for slot in slots)
        text = f"{said} of {thing.words} cannot stand in an index of {writing.dialect.title}"
        writing.notes.append(Note("index-left-out", origin, text))
        return
    table = writing.tables[thing.mark]
    names = [writing.columns[slot.mark].name for slot in slots]
    name = writing.spaces.claim(
        "index", mark, writing.names.index(table.name, names), schema=table.parent or "", table=table.id
    )
    parts = tuple(IndexPart(column=each) for each in columns)
    writing.put(Index(id=writing.id("index", mark), parent=table.id, name=name, parts=parts, origin=origin))
    writing.leading[thing.mark].append(columns)
