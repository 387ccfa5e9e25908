"""Taking a table apart: what somebody wishes, as a plan, as an edit to look at, and as the same edit made."""

from __future__ import annotations

from dataclasses import dataclass

from designer.change import Change
from designer.commands import Edit, Refused
from designer.dependencies.fixes import proposed_names, take_apart
from designer.dependencies.fixes_plan import Plan, extraction, planned
from designer.dependencies.subject import subject_of
from designer.dependencies.triggers import Checking, checking
from designer.normalization.analysis import Analysis, analyse
from designer.normalization.contract import Decomposition
from designer.schema import (
    Attribute,
    Column,
    Design,
    Entity,
    ForeignKey,
    Id,
    IdSource,
    Key,
    Record,
    Relationship,
    Table,
)

FORMS = ("3NF", "BCNF", "4NF")


@dataclass(frozen=True, slots=True)
class Wish:
    """One dependency to take out (`left`, `right`), or all tables of a `form`; `names` are for the new tables."""

    form: str = ""
    left: tuple[Id, ...] = ()
    right: tuple[Id, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what a fix does to the design; `mark`: added, removed or changed."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Goal:
    """A table that columns go to, and which ones it has then; `new` says that it is made for them."""

    name: str
    holds: str
    new: bool


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix before it is made, with the tables that the columns go to."""

    plan: Plan
    edit: Edit
    goals: tuple[Goal, ...]
    lines: tuple[Line, ...]
    checks: tuple[Checking, ...] = ()  # what a trigger has to check that no key can say any more


def plan_of(design: Design, owner: Id, wish: Wish) -> Plan:
    """Return the plan of a wish. Raises Refused where there is nothing to take apart."""
    subject = subject_of(design, owner)
    if not wish.form:
        return extraction(design, subject, wish.left, wish.right, "").named(wish.names)
    found = decomposition(analyse(subject.relation), wish.form)
    if found is None:
        raise Refused(f"there is no way to {wish.form} here; choose another form", "form")
    return planned(design, subject, found).named(wish.names)


def decomposition(analysis: Analysis, form: str) -> Decomposition | None:
    """Return the decomposition into a form, None where there is none."""
    if form == "3NF":
        return analysis.third_nf
    if form == "BCNF":
        return analysis.bcnf
    return analysis.fourth_nf if form == "4NF" else None


def fixed(design: Design, owner: Id, wish: Wish, ids: IdSource) -> Fix:
    """Return a fix, to be looked at. Raises Refused, in a sentence that says what cannot be carried over."""
    plan = plan_of(design, owner, wish)
    edit = take_apart(design, plan, ids)
    named = zip(plan.parts, proposed_names(design, plan), strict=True)
    goals = tuple(
        Goal(name, ", ".join(_name(design, each) for each in part.columns), not part.into) for part, name in named
    )
    checks = checking(design, plan, ids) if plan.lost and isinstance(design.get(owner), Table) else ()
    return Fix(plan, edit, goals, tuple(_lines(design, edit.change)), checks)


def make(design: Design, owner: Id, wish: Wish, ids: IdSource) -> Edit:
    """Return the edit of a fix, to be made."""
    return take_apart(design, plan_of(design, owner, wish), ids)


def _name(design: Design, record: Id) -> str:
    return str(getattr(design.get(record), "name", "") or "unnamed")


_WORDS: dict[type[Record], str] = {
    Table: "table", Entity: "entity", Column: "column", Attribute: "attribute", Key: "key",
    ForeignKey: "foreign key", Relationship: "relationship",
}  # fmt: skip


def _lines(design: Design, change: Change) -> list[Line]:
    """Return what a change does in words, in the order in which people look: tables, columns, keys, references."""
    told = _Told(design, change)
    found = [told.line("added", each) for each in change.added.values() if type(each) in _WORDS]
    found += [told.line("removed", each) for each in change.removed.values() if type(each) in _WORDS]
    for each, fields in change.changed.items():
        if type(design[each]) in _WORDS and set(fields) - {"order"}:
            moved = fields.get("parent")
            found.append(told.line("changed", design[each], moved[1] if moved else None))
    return [line for _, line in sorted(found, key=lambda each: each[0])]


class _Told:
    """The records of a change by their names, those that it adds among them."""

    def __init__(self, design: Design, change: Change):
        self.design = design
        self.added = change.added
        self.order = list(_WORDS)

    def get(self, record: Id | None) -> Record | None:
        """Return a record of before or after the change."""
        found: Record | None = self.added.get(record or "") or self.design.get(record or "")
        return found

    def line(self, mark: str, record: Record, goes_to: Id | None = None) -> tuple[int, Line]:
        """Return the line about a record, with its place among the others."""
        owner, target = self.get(record.parent), self.get(goes_to)
        own = getattr(record, "name", "")
        whose = owner.name if isinstance(owner, Table | Entity) else ""
        called = f"{whose}.{own}" if own and whose else own or f"{self.columns(record)} of {whose}"
        to = f" moves to {target.name}" if isinstance(target, Table | Entity) else ""
        return self.order.index(type(record)), Line(mark, f"{_WORDS[type(record)]} {called}{to}")

    def columns(self, record: Record) -> str:
        """Return the columns that a key without a name is of."""
        names = (getattr(self.get(each), "name", "?") for each in getattr(record, "columns", ()))
        return f"({', '.join(names)})"
