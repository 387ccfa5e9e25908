"""Taking a table apart: what somebody wishes, as a plan, as an edit to look at, and as the same edit made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.change import Change
from designer.commands import Edit, Refused
from designer.dependencies.columns import names
from designer.dependencies.first_form import first_form
from designer.dependencies.fixes import proposed_names, take_apart
from designer.dependencies.fixes_plan import Plan, extraction, planned
from designer.dependencies.fixes_rows import as_rows, list_as_rows
from designer.dependencies.fixes_values import always, compute
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
KINDS = ("extract", "form", "compute", "always", "rows", "list")
Values = Mapping[Id, Sequence[str | None]]
_NONE: Values = {}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants done. `kind`: extract (one dependency, `left -> right`, becomes a table), form (all tables in
    a `form`), compute (the database computes `right` from `left`), always (`right` has one `value` in all rows), rows
    (the numbered columns `right` become rows), list (the values in the text `right`, with `value` between them, become
    rows). `names` are for the new tables.
    """

    kind: str = "extract"
    form: str = ""
    left: tuple[Id, ...] = ()
    right: tuple[Id, ...] = ()
    names: tuple[str, ...] = ()
    value: str = ""


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
    """A fix before it is made, with the tables that the columns go to. `lost` are rules that no key can say any more,
    and `checks` what a trigger has to check for them."""

    edit: Edit
    lines: tuple[Line, ...]
    goals: tuple[Goal, ...] = ()
    lost: tuple[str, ...] = ()
    checks: tuple[Checking, ...] = ()


def plan_of(design: Design, owner: Id, wish: Wish) -> Plan:
    """Return the plan of a wish. Raises Refused where there is nothing to take apart."""
    subject = subject_of(design, owner)
    if wish.kind == "extract":
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


def fixed(design: Design, owner: Id, wish: Wish, ids: IdSource, values: Values = _NONE) -> Fix:
    """Return a fix, to be looked at. Raises Refused, in a sentence that says what cannot be carried over.

    `values` are samples of the columns, by which a list that only data shows is found again.
    """
    if wish.kind in _PLAIN:
        edit = _PLAIN[wish.kind](design, owner, wish, ids, values)
        made = [record for record in edit.change.added.values() if isinstance(record, Table)]
        goals = tuple(Goal(each.name, "one row for each of the values", new=True) for each in made)
        return Fix(edit, tuple(_lines(design, edit.change)), goals)
    plan = plan_of(design, owner, wish)
    edit = take_apart(design, plan, ids)
    named = zip(plan.parts, proposed_names(design, plan), strict=True)
    goals = tuple(
        Goal(name, ", ".join(_name(design, each) for each in part.columns), not part.into) for part, name in named
    )
    lost = tuple(f"{names(design, left)} → {names(design, right)}" for left, right in plan.lost)
    checks = checking(design, plan, ids) if plan.lost and isinstance(design.get(owner), Table) else ()
    return Fix(edit, tuple(_lines(design, edit.change)), goals, lost, checks)


def make(design: Design, owner: Id, wish: Wish, ids: IdSource, values: Values = _NONE) -> Edit:
    """Return the edit of a fix, to be made."""
    if wish.kind in _PLAIN:
        return _PLAIN[wish.kind](design, owner, wish, ids, values)
    return take_apart(design, plan_of(design, owner, wish), ids)


def _computed(design: Design, _: Id, wish: Wish, __: IdSource, ___: Values) -> Edit:
    return compute(design, _only(wish.right), wish.left)


def _constant(design: Design, _: Id, wish: Wish, ids: IdSource, __: Values) -> Edit:
    if not wish.value.strip():
        raise Refused("say which value it has in all rows", "value")
    return always(design, _only(wish.right), wish.value.strip(), ids)


def _rows(design: Design, owner: Id, wish: Wish, ids: IdSource, values: Values) -> Edit:
    found = [each for each in first_form(design, owner, values) if each.rows and each.columns == wish.right]
    if not found:
        raise Refused("these columns are no list any more; somebody may have changed them", "columns")
    name = wish.names[0] if wish.names else ""
    return as_rows(design, owner, found[0].rows, found[0].parts, ids, base=found[0].base, name=name)


def _list(design: Design, owner: Id, wish: Wish, ids: IdSource, values: Values) -> Edit:
    column = _only(wish.right)
    found = [each for each in first_form(design, owner, values) if each.kind == "list" and each.columns == (column,)]
    base, name = found[0].base if found else "", wish.names[0] if wish.names else ""
    return list_as_rows(design, column, ids, separator=wish.value, base=base, name=name)


def _only(columns: tuple[Id, ...]) -> Id:
    if len(columns) != 1:
        raise Refused("this can be done for one column at a time", "columns")
    return columns[0]


_PLAIN = {"compute": _computed, "always": _constant, "rows": _rows, "list": _list}
"""What is done without taking a relation apart."""


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
        if isinstance(record, Relationship):
            ends = " and ".join(str(getattr(self.get(end.entity), "name", "?")) for end in record.ends)
            return self.order.index(Relationship), Line(mark, f"relationship between {ends}")
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
