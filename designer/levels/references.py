"""Foreign keys, what they do when the parent goes, and the unique keys of references that only one may hold."""

from __future__ import annotations

from designer.levels.er import Ident, Link, Thing
from designer.levels.settling import primary
from designer.levels.slots import Slot
from designer.levels.tables import write_unique
from designer.levels.writing import Writing
from designer.schema import ForeignKey


def write_references(writing: Writing) -> None:
    """Add a foreign key for each link."""
    for thing in sorted(writing.er.things.values(), key=lambda each: (each.order, each.mark)):
        for link in writing.slots.links[thing.mark]:
            _write_reference(writing, thing, link)


def _write_reference(writing: Writing, thing: Thing, link: Link) -> None:
    table, parent = writing.tables[thing.mark], writing.tables[link.parent]
    slots, targets = writing.slots.reference(link), writing.slots.targets(link)
    if link.single and slots:
        write_unique(writing, thing, Ident(f"single {link.mark}", link.origin, through=(link.mark,)))
    wishes = [
        writing.names.foreign_key(table.name, parent.name),
        writing.names.foreign_key(table.name, parent.name, *(writing.columns[slot.mark].name for slot in slots)),
    ]
    writing.put(
        ForeignKey(
            id=writing.id("foreign_key", link.mark), parent=table.id, origin=link.origin, order=link.order,
            name=writing.spaces.claim("foreign_key", link.mark, wishes, schema=table.parent or "", table=table.id),
            columns=tuple(writing.columns[slot.mark].id for slot in slots), ref_table=parent.id,
            ref_columns=tuple(writing.columns[slot.mark].id for slot in targets),
            on_delete=_action(writing, thing, link, slots), deferrable=link.deferred, deferred=link.deferred,
        )
    )  # fmt: skip


def _action(writing: Writing, thing: Thing, link: Link, slots: tuple[Slot, ...]) -> str:
    """Return what happens to the rows of a link when what they refer to goes."""
    first = primary(thing)
    identifies = link.identifying or bool(first and link.mark in first.through)
    wanted = link.on_delete or writing.settings.option("identifying_delete" if identifies else "reference_delete")
    if wanted == "set null" and any(not writing.columns[slot.mark].nullable for slot in slots):
        wanted = ""
    return "" if wanted == "no action" else wanted
