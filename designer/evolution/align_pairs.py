"""Which record of the new side is which of the old one, by what designer.compare says of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from designer.compare.alike import unread
from designer.compare.match import pairs
from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.compare.things import Things
from designer.dialects.base import Dialect
from designer.evolution.align_judge import Judge
from designer.evolution.contract import Rename
from designer.schema import Column, Design, Extension, Id, Record, Schema, Sequence, View

GROUPED = frozenset({"grant", "revoke", "publication", "text search configuration"})
"""Kinds of objects that several statements say together; see align_groups."""
LOOSE_KINDS = frozenset({"primary key", "unique key", "foreign key", "check", "exclusion", "index", "policy"})
"""Kinds that hold no rows and belong to a table: one that says the same under another name is renamed."""


@dataclass
class Paired:
    """`ids` are ids of the new side -> ids of the old one; `said` what the objects of a pair say, by the old id."""

    old: Side
    new: Side
    ids: dict[Id, Id] = field(default_factory=dict)
    said: dict[Id, tuple[Thing, Thing]] = field(default_factory=dict)
    only_old: list[Thing] = field(default_factory=list)
    only_new: list[Thing] = field(default_factory=list)
    crossed: list[tuple[Thing, Thing]] = field(default_factory=list)
    """Pairs of which one side is no record of that kind: a serial column and its sequence."""
    grouped: list[tuple[Thing | None, Thing | None]] = field(default_factory=list)
    alike: dict[Id, Id] = field(default_factory=dict)
    """Those of `ids` that say the same word by word; nobody has to look into them."""

    def pair(self, one: Thing, two: Thing) -> None:
        """Take two objects for one."""
        ours, theirs = self.old.design[one.id], self.new.design[two.id]
        if type(ours) is not type(theirs) or not (_stands_for(one, ours) and _stands_for(two, theirs)):
            self.crossed.append((one, two))
            return
        self.ids[two.id] = one.id
        self.said[one.id] = (one, two)

    def pair_renamed(self, renames: Iterable[Rename]) -> None:
        """Pair what is to be renamed and was not found under its new name."""
        asked = {each.old: each.new for each in renames}
        theirs = {each.id: each for each in self.only_new}
        for one in [each for each in self.only_old if asked.get(each.id) in theirs]:
            two = theirs[asked[one.id]]
            self.pair(one, two)
            self.only_old.remove(one)
            self.only_new.remove(two)


def paired(
    old: Design,
    new: Design,
    dialect: Dialect,
    models: tuple[Id, Id],
    judge: Judge,
    *,
    owners: bool,
    whole: bool = False,
) -> Paired:
    """Pair the objects of two sides; those that say the same word by word are only read with `whole`."""
    sides = Side(old, dialect, models[0]), Side(new, dialect, models[1])
    found = Paired(*sides, ids={models[1]: models[0]})
    unread_ones = unread(*sides) if dialect.name == "postgresql" and not whole else None
    read: tuple[set[Id] | None, set[Id] | None] = (None, None)
    if unread_ones is not None:
        read = unread_ones[0].left, unread_ones[0].right
        found.alike = {two: one for one, two in unread_ones[1].items()}
        found.ids |= found.alike
    ours, theirs = (
        Things(side, judge.language, owners=owners).all(only) for side, only in zip(sides, read, strict=True)
    )
    left: list[Thing] = []
    right: list[Thing] = []
    for pair in pairs(ours, theirs, judge.loose):
        if any(each is not None and each.kind in GROUPED for each in pair):
            found.grouped.append(pair)
        elif pair[0] is not None and pair[1] is not None:
            found.pair(pair[0], pair[1])
        elif pair[0] is not None:
            left.append(pair[0])
        elif pair[1] is not None:
            right.append(pair[1])
    found.only_old, found.only_new = _same_name(found, left, right)
    _same_sequence(found)
    _under_other_names(found, judge)
    _what_goes_without_saying(found)
    return found


def _stands_for(thing: Thing, record: Record) -> bool:
    """Say whether a thing is what its record says, and not something that a server makes along with it."""
    return (thing.kind == "column") == isinstance(record, Column) and (thing.kind == "sequence") == isinstance(
        record, Sequence
    )


def _same_name(found: Paired, left: list[Thing], right: list[Thing]) -> tuple[list[Thing], list[Thing]]:
    """Pair what only the case of its name tells apart, where the database does not tell it apart."""
    if found.old.dialect.name == "postgresql":
        return left, right
    waiting = {(each.kind, each.home, each.name.casefold()): each for each in right if each.name}
    rest: list[Thing] = []
    for one in left:
        two = waiting.pop((one.kind, one.home, one.name.casefold()), None) if _folds(found.old, one) else None
        if two is None:
            rest.append(one)
        else:
            found.pair(one, two)
    taken = {id(each) for each in right} - {id(each) for each in waiting.values()}
    return rest, [each for each in right if not each.name or id(each) not in taken or each in waiting.values()]


def _folds(side: Side, thing: Thing) -> bool:
    return bool(thing.name) and (side.dialect.name == "sqlite" or thing.kind not in ("table", "view", "trigger"))


def _same_sequence(found: Paired) -> None:
    """A sequence that a column owns on one side only is the same one, numbers and all."""
    kept = {found.new.path_of(each.id): each for each in found.only_new if _is_sequence(found.new, each)}
    for one in [each for each in found.only_old if _is_sequence(found.old, each)]:
        two = kept.pop(found.old.path_of(one.id), None)
        if two is not None:
            found.pair(one, two)
            found.only_old.remove(one)
            found.only_new.remove(two)


def _is_sequence(side: Side, thing: Thing) -> bool:
    return isinstance(side.design.get(thing.id), Sequence)


def _under_other_names(found: Paired, judge: Judge) -> None:
    """Pair constraints, indexes and policies that say the same under another name: no row hangs on them."""
    waiting: dict[tuple[str, tuple[str, ...]], list[Thing]] = {}
    for each in found.only_new:
        if each.kind in LOOSE_KINDS:
            waiting.setdefault((each.kind, each.home), []).append(each)
    gone: set[int] = set()
    for one in found.only_old:
        others = waiting.get((one.kind, one.home), [])
        two = next((each for each in others if id(each) not in gone and _renamed(one, each, judge)), None)
        if two is not None:
            found.pair(one, two)
            gone |= {id(one), id(two)}
    found.only_old = [each for each in found.only_old if id(each) not in gone]
    found.only_new = [each for each in found.only_new if id(each) not in gone]


def _renamed(one: Thing, two: Thing, judge: Judge) -> bool:
    return judge.alike(one, two, frozenset({"comment"}))


def _what_goes_without_saying(found: Paired) -> None:
    """Pair what a comparison leaves out: the default schema, extensions that are always there, columns of views."""
    for kind in (Schema, Extension):
        ours = {each.name: each.id for each in _below(found.old, kind)}
        for each in _below(found.new, kind):
            if each.id not in found.ids and each.name in ours:
                found.ids[each.id] = ours[each.name]
    views = [(two, one) for two, one in found.ids.items() if isinstance(found.new.design.get(two), View)]
    for two, one in views:
        columns = {each.name: each.id for each in found.old.design.of(Column, one)}
        for column in found.new.design.of(Column, two):
            if column.name in columns:
                found.ids.setdefault(column.id, columns[column.name])


def _below(side: Side, kind: type[Schema] | type[Extension]) -> Iterable[Schema | Extension]:
    return side.design.of(kind, side.model.id) if side.model else ()
