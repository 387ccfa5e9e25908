"""How much one object is like another one: a number from 0 to 1, and what speaks for it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.evolution.align_judge import Judge
from designer.evolution.align_pairs import Paired
from designer.schema import Column, EnumType, ForeignKey, Id, Index, Key, Table

ENOUGH = 0.6
"""Below this two objects are not asked about."""


class Likeness(NamedTuple):
    """How alike two objects are, and why."""

    score: float
    why: str


@dataclass
class Likely:
    """Scores pairs of objects that are only on one side each."""

    found: Paired
    judge: Judge
    _shapes: dict[tuple[int, Id], Counter[tuple[str, str]]] = field(default_factory=dict)

    def of(self, one: Thing, two: Thing) -> Likeness:
        """Return how alike two objects of one kind are."""
        if one.kind == "table":
            return self.tables(one, two)
        if one.kind == "column":
            return self.columns(one, two)
        return self.others(one, two)

    # Tables

    def tables(self, one: Thing, two: Thing) -> Likeness:
        """Compare by columns with their types, by what they refer to and what refers to them, by keys and indexes."""
        ours, theirs = self._shape(0, one.id), self._shape(1, two.id)
        both = sum((ours & theirs).values())
        most = max(sum(ours.values()), sum(theirs.values()))
        columns = both / most if most else 0.0
        reasons = [f"{both} of {most} columns are the same"] if both else []
        named = names(one.name, two.name)
        if one.name == two.name:
            reasons.append("the same name in another schema")
        refers = _share(self._neighbours(self.found.old, one.id), self._neighbours(self.found.new, two.id))
        if refers == 1.0 and self._neighbours(self.found.old, one.id):
            reasons.append("the same references")
        keys = _share(self._keys(self.found.old, one.id), self._keys(self.found.new, two.id))
        return Likeness(0.65 * columns + 0.1 * named + 0.15 * refers + 0.1 * keys, ", ".join(reasons))

    def _shape(self, at: int, table: Id) -> Counter[tuple[str, str]]:
        side = (self.found.old, self.found.new)[at]
        known = self._shapes.get((at, table))
        if known is None:
            forms = (
                (each.name.casefold(), self.judge.language.type_form(side, each.type, each.type_ref))
                for each in side.columns(table)
            )
            known = self._shapes[(at, table)] = Counter(forms)
        return known

    def _neighbours(self, side: Side, table: Id) -> frozenset[tuple[str, ...]]:
        keys = side.design.of(ForeignKey, table)
        refers = {("to", *side.names(key.columns), *_known(side, key.ref_table, table)) for key in keys}
        by = (side.design[each] for each in side.design.referrers(table))
        return frozenset(
            refers
            | {
                ("by", *side.path_of(each.parent))
                for each in by
                if isinstance(each, ForeignKey) and each.parent != table
            }
        )

    def _keys(self, side: Side, table: Id) -> frozenset[tuple[str, ...]]:
        keys = {("key", *side.names(key.columns)) for key in side.design.of(Key, table)}
        parts = (tuple(side.name_of(part.column) for part in each.parts) for each in side.design.of(Index, table))
        return frozenset(keys | {("index", *each) for each in parts})

    # Columns

    def columns(self, one: Thing, two: Thing) -> Likeness:
        """Compare by type first; then by place, name, and what else is said of them."""
        ours, theirs = self.found.old.design[one.id], self.found.new.design[two.id]
        if not isinstance(ours, Column) or not isinstance(theirs, Column):
            return Likeness(0.0, "")
        reasons = []
        same_type = self.judge.verdict("type", one.fields.get("type"), two.fields.get("type")) == 0
        if same_type:
            reasons.append("same type")
        others = frozenset(("type", "comment"))
        rest = self.judge.alike(one, two, others)
        if rest and "default" in one.fields:
            reasons.append("same default")
        place = self._place(ours, theirs)
        if place:
            reasons.append("same place")
        named = names(one.name, two.name)
        if named > 0.6:
            reasons.append("similar name")
        keyed = self._in(self.found.old, ours) == self._in(self.found.new, theirs)
        if keyed and self._in(self.found.old, ours):
            reasons.append("in the same keys")
        score = 0.4 * same_type + 0.1 * rest + 0.2 * place + 0.2 * named + 0.1 * keyed
        return Likeness(score, ", ".join(reasons))

    def _place(self, ours: Column, theirs: Column) -> bool:
        """Say whether two columns stand behind the same column, or before the same one."""
        before = self._beside(self.found.old, ours)
        after = self._beside(self.found.new, theirs)
        return any(one is not None and one == two for one, two in zip(before, after, strict=True)) or before == after

    @staticmethod
    def _beside(side: Side, column: Column) -> tuple[str | None, str | None]:
        row = [each.name for each in side.design.of(Column, column.parent)]
        at = row.index(column.name)
        return (row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)

    @staticmethod
    def _in(side: Side, column: Column) -> Counter[str]:
        """Return the kinds of what uses a column."""
        return Counter(type(side.design[each]).__name__ for each in side.design.referrers(column.id))

    # The rest

    def others(self, one: Thing, two: Thing) -> Likeness:
        """Compare by what is said: a query, a body, values."""
        ours = self.found.old.design[one.id]
        if isinstance(ours, EnumType):
            return self.enums(ours.values, getattr(self.found.new.design[two.id], "values", ()), one.name, two.name)
        words = {**one.fields, **two.fields}.keys() - {"comment"}
        same = [word for word in words if self.judge.verdict(word, one.fields.get(word), two.fields.get(word)) == 0]
        if one.name == two.name and one.home != two.home:
            return Likeness(0.6 + 0.4 * _part(len(same), len(words)), "the same name in another schema")
        if len(same) == len(words):
            return Likeness(0.8 + 0.2 * names(one.name, two.name), "everything else is the same" if words else "")
        return Likeness(
            0.4 * _part(len(same), len(words)) + 0.3 * names(one.name, two.name), f"same {', '.join(sorted(same))}"
        )

    @staticmethod
    def enums(ours: tuple[str, ...], theirs: tuple[str, ...], one: str, two: str) -> Likeness:
        """Compare two enums by their values."""
        both = len(set(ours) & set(theirs))
        most = max(len(ours), len(theirs))
        return Likeness(0.8 * _part(both, most) + 0.2 * names(one, two), f"{both} of {most} values are the same")


def names(one: str, two: str) -> float:
    """Return how alike two names are: 1 where one is the other with a word more."""
    short, long = sorted((one.casefold(), two.casefold()), key=len)
    if short and short in long:
        return max(0.7, len(short) / len(long))
    return SequenceMatcher(None, short, long).ratio()


def _known(side: Side, table: Id | None, own: Id) -> tuple[str, ...]:
    return ("itself",) if table == own else side.path_of(table)


def _share(one: Iterable[tuple[str, ...]], two: Iterable[tuple[str, ...]]) -> float:
    ours, theirs = set(one), set(two)
    return _part(len(ours & theirs), len(ours | theirs))


def _part(some: int, of: int) -> float:
    return some / of if of else 1.0


def is_table(side: Side, record: Id) -> bool:
    """Say whether an id is a table's."""
    return isinstance(side.design.get(record), Table)
