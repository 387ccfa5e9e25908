"""A migration as people look at it: what is added, removed and changed, in which table, and what it was before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from designer.change import diff
from designer.dialects.registry import get
from designer.evolution.contract import Migration
from designer.schema import (
    Column,
    Design,
    Expr,
    ForeignKey,
    Id,
    IndexPart,
    Model,
    Named,
    Record,
    Schema,
    Statement,
    Table,
    View,
    kind_of,
)
from designer.schema.expressions import render
from designer.schema.kinds import RELATIONAL

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_RELATIONAL = frozenset(RELATIONAL)
_QUIET = frozenset(
    {"order", "origin", "owner", "classification", "pii", "retention", "tags", "logical", "line", "reason"}
)
"""Fields that no database knows of: where something stands in a list, and what is said about it for people."""
_HIDDEN = frozenset({"extra"})


@dataclass(frozen=True, slots=True)
class Detail:
    """One field that changed, in words, with its value before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Item:
    """One object that differs, the table or view that it is or belongs to, and its places in the list of steps."""

    id: Id
    mark: str
    kind: str
    label: str
    table: Id | None
    details: tuple[Detail, ...] = ()
    steps: tuple[int, ...] = ()


@dataclass(slots=True)
class Overview:
    """All that differs. `both` holds the records of both sides, so that what goes can be drawn beside what comes."""

    both: Design
    model: Id
    items: list[Item]
    marks: dict[Id, str] = field(default_factory=dict)
    neighbours: set[Id] = field(default_factory=set)
    """Tables that do not differ and that a foreign key joins with one that does."""

    @property
    def tables(self) -> set[Id]:
        """The tables and views in which something differs."""
        return {item.table for item in self.items if item.table is not None}


def overview(migration: Migration) -> Overview:
    """Return what a migration changes, table by table. Its cost grows with what differs, but for one comparison."""
    old, new = migration.old, migration.new
    change = diff(old, new)
    steps: dict[Id, list[int]] = {}
    for place, step in enumerate(migration.steps):
        steps.setdefault(step.about, []).append(place)
    gone = [each for each in change.removed.values() if _is_meant(each, old, migration.old_model)]
    come = [each for each in change.added.values() if _is_meant(each, new, migration.new_model)]
    both = new.changed((), [*gone, *_homes(gone, old, new)])
    items = _Items(migration, both, steps)
    items.take(gone, REMOVED)
    items.take(come, ADDED)
    items.take_changed(change.changed)
    found = sorted(items.found, key=lambda item: (item.label, item.kind))
    marks = {item.id: item.mark for item in found}
    result = Overview(both, migration.new_model, list(_whole(found, both, marks)), marks)
    result.neighbours = _neighbours(result)
    return result


def _is_meant(record: Record, design: Design, model: Id) -> bool:
    """Say whether a record is of a kind that databases know, and of the model that migrates."""
    if type(record) not in _RELATIONAL:
        return False
    home = design.model_of(record)
    return home is None or home.id == model


def _homes(gone: list[Record], old: Design, new: Design) -> Iterator[Record]:
    """Yield what stands above a record that goes and is not in the new design, other than what goes itself."""
    known = {record.id for record in gone}
    for record in gone:
        at = old.get(record.parent or "")
        while at is not None and at.id not in new and at.id not in known and not isinstance(at, Model):
            known.add(at.id)
            yield at
            at = old.get(at.parent or "")


def _whole(items: list[Item], both: Design, marks: dict[Id, str]) -> Iterator[Item]:
    """Yield the items; what comes or goes with a table, view or type is a part of that, its steps as well."""
    owners = {item.id: _owner(item.id, both, marks) for item in items}
    parts: dict[Id, set[int]] = {}
    for item in items:
        parts.setdefault(owners[item.id], set()).update(item.steps)
    for item in items:
        if owners[item.id] == item.id:
            yield replace(item, steps=tuple(sorted(parts[item.id])))


def _owner(each: Id, both: Design, marks: dict[Id, str]) -> Id:
    """Return the highest record above one that comes or goes just as it does, but for a schema."""
    found, at = each, both.get(each)
    while at is not None and marks[each] != CHANGED:
        at = both.get(at.parent or "")
        if at is None or isinstance(at, Schema) or marks.get(at.id) != marks[each]:
            break
        found = at.id
    return found


def _neighbours(found: Overview) -> set[Id]:
    tables, near = found.tables, set()
    for key in found.both.of(ForeignKey):
        ends = {key.parent, key.ref_table}
        if ends & tables:
            near |= {end for end in ends if end is not None and end in found.both}
    return near - tables


class _Items:
    """Collects the items of one migration."""

    def __init__(self, migration: Migration, both: Design, steps: dict[Id, list[int]]):
        self.migration, self.both, self.steps = migration, both, steps
        self.dialect = get(migration.dialect)
        self.found: list[Item] = []

    def take(self, records: Any, mark: str) -> None:
        for record in records:
            self.found.append(self.item(record, mark))

    def take_changed(self, changed: Any) -> None:
        """What no database knows of is no difference: an object is listed if a step is about it, or a field says so."""
        for each, fields in changed.items():
            record = self.migration.new[each]
            details = [self.detail(record, name, *pair) for name, pair in fields.items() if self.counts(name, record)]
            if details and _is_meant(record, self.migration.new, self.migration.new_model):
                self.found.append(self.item(record, CHANGED, tuple(details)))

    def counts(self, name: str, record: Record) -> bool:
        return name not in _QUIET and name not in _HIDDEN and not (name == "parent" and isinstance(record, Column))

    def item(self, record: Record, mark: str, details: tuple[Detail, ...] = ()) -> Item:
        return Item(
            record.id, mark, kind_of(record).replace("_", " "), self.label(record), self.table(record), details,
            tuple(self.steps.get(record.id, ())),
        )  # fmt: skip

    def table(self, record: Record) -> Id | None:
        at: Record | None = record
        while at is not None and not isinstance(at, (Table, View)):
            at = self.both.get(at.parent or "")
        return at.id if at is not None else None

    def label(self, record: Record) -> str:
        """Return the name of an object with what it belongs to: `public.users.email`."""
        if isinstance(record, Statement):
            return " ".join(record.text.text.split()[:6])
        names: list[str] = []
        at: Record | None = record
        while isinstance(at, Named) and not isinstance(at, Model):
            names.append(at.name or f"({kind_of(at).replace('_', ' ')})")
            at = self.both.get(at.parent or "")
        return ".".join(reversed(names)) or kind_of(record).replace("_", " ")

    def detail(self, record: Record, name: str, before: Any, after: Any) -> Detail:
        words = name.replace("_", " ")
        return Detail(words, self.said(before, self.migration.old), self.said(after, self.migration.new))

    def said(self, value: Any, design: Design) -> str:
        """Return a value of a field in words, ids as names."""
        if value is None or value == ():
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, Expr):
            return render(value, design, self.dialect.quote, self.dialect.unquote)
        if isinstance(value, IndexPart):
            return self.said(value.column or value.expr, design) + (" desc" if value.desc else "")
        if isinstance(value, tuple):
            return ", ".join(self.said(each, design) for each in value)
        found = design.get(value) if isinstance(value, str) else None
        return found.name if isinstance(found, Named) else str(getattr(value, "name", value))
