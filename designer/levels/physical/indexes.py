"""Indexes for foreign keys and for what access patterns look up by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.levels.contract import Note
from designer.levels.er import Need, Thing
from designer.levels.physical.slots import Slot
from designer.levels.physical.writing import Writing
from designer.schema import Id, Index, IndexPart


def write_indexes(writing: Writing) -> None:
    """Add the indexes that no key or other index begins with, and that begin with no key themselves."""
    keys = {mark: tuple(each) for mark, each in writing.leading.items()}
    servers_own = writing.dialect.name in ("mysql", "mariadb")  # which make an index for each foreign key without one
    if writing.settings.option("foreign_indexes") == "yes":
        for thing in writing.things:
            for link in writing.slots.links[thing.mark]:
                referring = writing.slots.reference(link)
                if servers_own or not _begins(keys[thing.mark], writing.ids(referring)):
                    _write_index(writing, thing, link.mark, referring, link.origin)
    if writing.settings.option("pattern_indexes") == "yes":
        for need in writing.er.needs:
            slots = _needed(writing, need) if need.thing in writing.tables else []
            if slots and not _begins(keys[need.thing], writing.ids(slots)):
                _write_index(writing, writing.er.things[need.thing], need.mark, slots, need.origin)


def _begins(keys: Iterable[tuple[Id, ...]], columns: tuple[Id, ...]) -> bool:
    """Say whether columns begin with a key: it finds the one row that there can be."""
    return any(columns[: len(key)] == key for key in keys)


def _needed(writing: Writing, need: Need) -> list[Slot]:
    thing = writing.er.things[need.thing]
    slots = [slot for mark in need.fields for slot in writing.slots.of_mark(thing, mark)]
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
