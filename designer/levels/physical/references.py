"""Foreign keys, what they do when the parent goes, and the unique keys of references that only one may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designer.dialects import features as can
from designer.levels.contract import Note
from designer.levels.er import Ident, Link, Thing
from designer.levels.physical.checking import write_whole
from designer.levels.physical.settling import primary
from designer.levels.physical.tables import write_unique
from designer.levels.physical.writing import Writing
from designer.schema import Column, ForeignKey


def write_references(writing: Writing) -> None:
    """Add a foreign key for each link."""
    for thing in writing.things:
        _say_apart(writing, thing)
        for link in writing.slots.links[thing.mark]:
            _write_reference(writing, thing, link)


def _say_apart(writing: Writing, thing: Thing) -> None:
    """Note where a key holds that of one ancestor twice: nothing says that both ways lead to the same row of it."""
    first = primary(thing)
    ways: dict[str, list[Link]] = {}
    for link in [writing.er.links[mark] for mark in first.through] if first else ():
        for slot in writing.slots.of_link(link):
            ways.setdefault(slot.root.thing, []).append(link)
    for ancestor, links in ways.items():
        several = list({each.mark: each for each in links}.values())
        if len(several) > 1 and any(each.parent != ancestor for each in several):
            by = " and by ".join(each.role or writing.er.things[each.parent].words for each in several)
            above = writing.er.things[ancestor].words
            text = (
                f"{thing.words} has the key of {above} by {by}; they are kept apart, as each may be of another {above}"
            )
            writing.notes.append(Note("keys-apart", thing.origin, text))


def _write_reference(writing: Writing, thing: Thing, link: Link) -> None:
    table, parent = writing.tables[thing.mark], writing.tables[link.parent]
    slots, targets = writing.slots.reference(link), writing.slots.targets(link)
    if not slots or len(slots) != len(targets):  # what it stands for has no column: it is derived, or part of one
        return
    if link.single:
        write_unique(writing, thing, Ident(f"single {link.mark}", link.origin, through=(link.mark,)))
    columns = [writing.columns[slot.mark] for slot in slots]
    wishes = [
        writing.names.foreign_key(table.name, parent.name),
        writing.names.foreign_key(table.name, parent.name, *(column.name for column in columns)),
    ]
    action = _action(writing, thing, link, columns)
    writing.put(
        ForeignKey(
            id=writing.id("foreign_key", link.mark), parent=table.id, origin=link.origin, order=link.order,
            name=writing.spaces.claim("foreign_key", link.mark, wishes, schema=table.parent or "", table=table.id),
            columns=tuple(column.id for column in columns), ref_table=parent.id,
            ref_columns=tuple(writing.columns[slot.mark].id for slot in targets),
            match=_match(writing, thing, link, columns, action.get("on_delete", "")), deferrable=link.deferred,
            deferred=link.deferred, **action,
        )
    )  # fmt: skip


def _match(writing: Writing, thing: Thing, link: Link, columns: Sequence[Column], on_delete: str) -> str:
    """Return how a reference of several columns that may be empty is kept whole: by itself, or by a check."""
    own = writing.slots.of_link(link)
    if len(own) < 2 or link.by_key or not all(writing.columns[slot.mark].nullable for slot in own):
        return ""
    if writing.dialect.name == "postgresql" and len(own) == len(columns):
        return "full"
    if on_delete == "set null" and writing.dialect.name in ("mysql", "mariadb"):
        parent = writing.er.things[link.parent].words
        text = f"nothing sees to it that a reference of {thing.words} to {parent} has all its columns or none"
        writing.notes.append(Note("reference-in-part", link.origin, text))
    else:
        write_whole(writing, thing, link, own)
    return ""


def _action(writing: Writing, thing: Thing, link: Link, columns: Sequence[Column]) -> dict[str, Any]:
    """Return what happens to the rows of a link when what they refer to goes."""
    first = primary(thing)
    identifies = link.identifying or bool(first and link.mark in first.through)
    wanted = link.on_delete or writing.settings.option("identifying_delete" if identifies else "reference_delete")
    if wanted != "set null":
        return {"on_delete": wanted} if wanted != "no action" else {}
    emptied = tuple(column.id for column in columns if column.nullable)
    if len(emptied) == len(columns) and not _is_checked(writing, link):
        return {"on_delete": "set null"}
    if emptied and len(emptied) < len(columns) and writing.dialect.supports(can.SET_NULL_COLUMNS):
        return {"on_delete": "set null", "on_delete_columns": emptied}
    if link.on_delete:
        why = "a check speaks of it" if emptied else "it is mandatory"
        parent = writing.er.things[link.parent].words
        text = (
            f"the reference of {thing.words} to {parent} cannot be emptied, since {why}; what it refers to may not go"
        )
        writing.notes.append(Note("set-null-not-possible", link.origin, text))
    return {}


def _is_checked(writing: Writing, link: Link) -> bool:
    """Say whether a check keeps the database from emptying a reference: MySQL refuses to make the two together."""
    return writing.dialect.name in ("mysql", "mariadb") and link.mark in writing.checked_links
