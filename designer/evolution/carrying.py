"""Which rows follow a column that is in another table than before.

A column is one thing as long as its id is; where its table is another one, its values move. Foreign keys say which
rows belong together: where the new table is made, its other columns hold what the rows of the old one refer to it by;
where it is there already, its rows find those of the old table, or are found by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.evolution.carrying_copies import Repeated, repeats
from designer.evolution.carrying_parts import only_where, said_by
from designer.schema import Check, Column, Design, Expr, ForeignKey, Id, Key, Table

_FAR = 4
"""So many foreign keys in a row are followed from one table to another."""


@dataclass(frozen=True, slots=True)
class Link:
    """Columns of the old table that come to refer to rows which get a number of their own."""

    columns: tuple[Id, ...]
    refers_to: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """A new table `target` gets its rows from `source`: `columns` pairs its columns with those of the old side.

    `key` are columns of `source` by which the new rows are told apart; `each_row` says that every row of the source
    makes one, but for those of which a check says that they have nothing to move: `only` is what holds for the others.
    """

    target: Id
    source: Id
    columns: tuple[tuple[Id, Id], ...]
    moved: tuple[Id, ...]
    key: tuple[Id, ...] = ()
    each_row: bool = False
    link: Link | None = None
    only: Expr | None = None


@dataclass(frozen=True, slots=True)
class Bringing:
    """Columns come from `source` into `target`, which is there already, along foreign keys of the old side.

    `path` leads from the target to the source, each foreign key from the table that has it to the one it refers to;
    where `back`, it is one foreign key of the source to the target. `copied` pairs new columns that no row may leave
    empty with columns of the source that have their names: nothing else says what to fill them with. `told` is a new
    column, and the value by which it says that a row had one in the source.
    """

    target: Id
    source: Id
    moved: tuple[Id, ...]
    path: tuple[ForeignKey, ...]
    back: bool = False
    copied: tuple[tuple[Id, Id], ...] = ()
    told: tuple[Id, str] | None = None


@dataclass(frozen=True, slots=True)
class Spreading:
    """Numbered columns of `source` become rows of a new table `target`, or with `back` rows become columns again.

    `series` has for each column of the target, by number, the column of the source that says it in that row; `link`
    pairs columns of the target with the key of the source that they hold, and `place` holds the number. All ids are
    those of the side on which the column stands. With a `separator` it is one column whose text lists the values.
    """

    target: Id
    source: Id
    moved: tuple[Id, ...]
    series: tuple[tuple[Id, tuple[tuple[int, Id], ...]], ...]
    link: tuple[tuple[Id, Id], ...]
    place: Id
    back: bool = False
    separator: str = ""

    @property
    def every(self) -> tuple[Id, ...]:
        """All numbered columns."""
        return tuple(column for _, numbered in self.series for _, column in numbered)


Carry = Filling | Bringing | Spreading


@dataclass(slots=True)
class Carried:
    """What is carried, the tables that others refer to first, and the columns for which there is no way."""

    carries: list[Carry] = field(default_factory=list)
    stranded: list[Id] = field(default_factory=list)
    repeated: list[Repeated] = field(default_factory=list)


def carried(old: Design, new: Design) -> Carried:
    """Return what moves between two designs that share their ids."""
    found = Carried()
    by_target: dict[Id, dict[Id, list[Id]]] = {}
    for column in _in_another_table(old, new):
        by_target.setdefault(column.parent or "", {}).setdefault(old[column.id].parent or "", []).append(column.id)
    work = _Finding(old, new)
    for target, sources in by_target.items():
        for source in [each for each in sources if repeats(old, new, each, target)]:
            found.repeated.append((source, target, tuple(sources.pop(source))))
        if not sources:
            continue
        if target in old:
            for source, moved in sources.items():
                gathered = spreading(new, old, source, target, moved, back=True)
                _take(found, gathered or work.bringing(target, source, moved), moved)
        else:
            moved = [each for columns in sources.values() for each in columns]
            spread = spreading(old, new, target, next(iter(sources)), moved) if len(sources) == 1 else None
            if spread is not None:
                found.carries.append(spread)
                continue
            _take(found, work.filling(target, next(iter(sources)), moved) if len(sources) == 1 else None, moved)
    found.carries += work.copies()
    found.carries += work.keys_only([each for each in found.carries if isinstance(each, Filling)])
    found.carries = _parents_first(new, found.carries)
    return found


def _in_another_table(old: Design, new: Design) -> list[Column]:
    """Return the columns of the new side that were in another table, in order."""
    found = []
    for record in new.records():
        before = old.get(record.id) if isinstance(record, Column) else None
        if isinstance(record, Column) and before is not None and before.parent != record.parent:
            tables = old.get(before.parent or ""), new.get(record.parent or "")
            found += [record] if all(isinstance(each, Table) for each in tables) else []
    return sorted(found, key=lambda column: (column.order, column.id))


def _fresh_and_required(old: Design, new: Design) -> list[Column]:
    """Return the new columns of tables with rows that cannot be empty and say no value themselves."""
    fresh = [each for each in new.records() if isinstance(each, Column) and each.id not in old and not each.nullable]
    there = [each for each in fresh if isinstance(old.get(each.parent or ""), Table)]
    found = [each for each in there if not _may_stay_empty(new, each)]
    return sorted(found, key=lambda column: (column.order, column.id))


def _take(found: Carried, carry: Carry | None, moved: Iterable[Id]) -> None:
    if carry is None:
        found.stranded += moved
    else:
        found.carries.append(carry)


def _parents_first(new: Design, carries: list[Carry]) -> list[Carry]:
    """Return the fillings so that rows are there before others refer to them, then the rest."""
    fillings = {each.target: each for each in carries if isinstance(each, Filling)}
    done: dict[Id, Carry] = {}

    def place(target: Id, above: frozenset[Id]) -> None:
        for key in new.of(ForeignKey, target):
            parent = key.ref_table or ""
            if parent in fillings and parent not in done and parent not in above:
                place(parent, above | {parent})
        done.setdefault(target, fillings[target])

    for target in fillings:
        place(target, frozenset({target}))
    return [*done.values(), *(each for each in carries if not isinstance(each, Filling))]


def references_of(design: Design, key: ForeignKey) -> tuple[Id, ...]:
    """Return the columns that a foreign key refers to; the primary key where it names none."""
    primary = next((each for each in design.of(Key, key.ref_table or "") if each.primary), None)
    return key.ref_columns or (primary.columns if primary is not None else ())


_DIGITS = re.compile(r"\d+")


def spreading(
    wide: Design, long: Design, target: Id, source: Id, moved: list[Id], *, back: bool = False
) -> Spreading | None:
    """Return how numbered columns of `source`, on the wide side, are rows of `target` on the long one.

    The first of them moved, the others of its name and type are on the wide side only, and the table is keyed by the
    key of the source and a number. None where it is not so.
    """
    link = next((key for key in long.of(ForeignKey, target) if key.ref_table == source and source in wide), None)
    primary = next((key for key in long.of(Key, target) if key.primary), None)
    if link is None or primary is None or target in wide:
        return None
    places = [each for each in primary.columns if each not in link.columns]
    pairs = tuple(zip(link.columns, references_of(long, link), strict=False))
    if len(places) != 1 or len(primary.columns) != len(pairs) + 1 or not all(each in wide for _, each in pairs):
        return None
    gone = [each for each in wide.of(Column, source) if each.id not in long]
    series = tuple((each, _numbered(wide, each, gone)) for each in moved)
    separator = _separator(wide, long, target, moved)
    if separator:
        alone = ((moved[0], ((1, moved[0]),)),)
        return Spreading(target, source, tuple(moved), alone, pairs, places[0], back, separator)
    numbers = {tuple(number for number, _ in each) for _, each in series}
    if len(numbers) != 1 or len(series[0][1]) < 2:
        return None
    return Spreading(target, source, tuple(moved), series, pairs, places[0], back)


_ONE_VALUE = re.compile(r"\S.*\s+NOT\s+LIKE\s+'%(.)%'", re.IGNORECASE | re.DOTALL)


def _separator(wide: Design, long: Design, target: Id, moved: list[Id]) -> str:
    """Return what stood between the values of a list, by the check that lets none of them hold it any more."""
    for check in long.of(Check, target):
        found = _ONE_VALUE.fullmatch(check.expr.text.strip())
        if found and check.id not in wide and [use.id for use in check.expr.uses] == moved:
            return found[1]
    return ""


def _numbered(wide: Design, first: Id, gone: list[Column]) -> tuple[tuple[int, Id], ...]:
    """Return the columns that are one thing several times, by their numbers; `phone` before `phone_2` is the first."""
    column = wide[first]
    if not isinstance(column, Column):
        return ()
    alike = [each for each in gone if each.type == column.type and _unnumbered(each) == _unnumbered(column)]
    found = {int(digits[0]): each.id for each in alike if (digits := _DIGITS.findall(each.name))}
    own = _DIGITS.findall(column.name)
    found[int(own[0]) if own else min(found, default=2) - 1] = column.id
    return tuple(sorted(found.items())) if len(found) == len(alike) + 1 else ()


def _unnumbered(column: Column) -> str:
    return re.sub(r"[_ ]+(?=_|$)", "", _DIGITS.sub("", column.name.lower()))


@dataclass(frozen=True, slots=True)
class _Finding:
    """The search for where values come from."""

    old: Design
    new: Design

    def filling(self, target: Id, source: Id, moved: list[Id]) -> Filling | None:
        """Return how a new table gets its rows; None where a column of it would have no value."""
        pairs: list[tuple[Id, Id]] = []
        for column in self.new.of(Column, target):
            value = self.value(column.id, source) or self.namesake(column, source)
            if value:
                pairs.append((column.id, value))
            elif not _may_stay_empty(self.new, column):
                return None
        fresh = tuple((one, two) for one, two in pairs if not self._computed(one))
        link = self.link(target, dict(fresh))
        key = self._key(target, dict(fresh))
        told_apart = set(key) or {two for _, two in fresh}
        whole = any(set(each) <= told_apart for each in self._certain_keys(source))
        only = only_where(self.old, source, moved) if whole and key and link is None else None
        return Filling(target, source, fresh, tuple(moved), key, whole, link, only)

    def _certain_keys(self, table: Id) -> Iterator[tuple[Id, ...]]:
        """Yield the keys of the old side that every row has."""
        for key in self.old.of(Key, table):
            columns = [each for one in key.columns if isinstance(each := self.old.get(one), Column)]
            if columns and (key.primary or not any(each.nullable for each in columns)):
                yield key.columns

    def _computed(self, column: Id) -> bool:
        record = self.new[column]
        return isinstance(record, Column) and record.generated is not None

    def value(self, column: Id, source: Id, seen: frozenset[Id] = frozenset()) -> Id | None:
        """Return the column of the old table whose values a column of the new side holds, by its foreign keys."""
        before = self.old.get(column)
        if isinstance(before, Column):
            return column if before.parent == source else None
        for other in self._same_values(column):
            if other not in seen:
                found = self.value(other, source, seen | {column})
                if found:
                    return found
        return None

    def _same_values(self, column: Id) -> Iterator[Id]:
        """Yield the columns that hold the same values as a new one, as foreign keys say."""
        for each in sorted(self.new.referrers(column)):
            key = self.new[each]
            if isinstance(key, ForeignKey):
                for one, two in zip(key.columns, references_of(self.new, key), strict=False):
                    yield from (two,) if one == column else (one,) if two == column else ()

    def namesake(self, column: Column, source: Id) -> Id | None:
        """Return the column of the old table that has the name and type of a new one without a default."""
        if column.id in self.old or _may_stay_empty(self.new, column):
            return None
        own = self.old.of(Column, source)
        return next((each.id for each in own if (each.name, each.type) == (column.name, column.type)), None)

    def _key(self, target: Id, pairs: dict[Id, Id]) -> tuple[Id, ...]:
        keys = sorted(self.new.of(Key, target), key=lambda key: not key.primary)
        for key in keys:
            if key.columns and set(key.columns) <= pairs.keys():
                return tuple(pairs[each] for each in key.columns)
        return ()

    def link(self, target: Id, pairs: dict[Id, Id]) -> Link | None:
        """Return the columns of other tables that are to hold the numbers which the new rows get."""
        for each in sorted(self.new.referrers(target)):
            key = self.new[each]
            if isinstance(key, ForeignKey) and key.ref_table == target and key.parent in self.old:
                refers_to = references_of(self.new, key)
                if not set(refers_to) & pairs.keys() and not any(one in self.old for one in key.columns):
                    return Link(key.columns, refers_to)
        return None

    def keys_only(self, fillings: list[Filling]) -> list[Carry]:
        """Return the new tables that hold nothing but copies of the keys of those that are taken apart."""
        sources = {each.source for each in fillings}
        done = {each.target for each in fillings}
        found: list[Carry] = []
        for table in self.new.of(Table):
            if table.id in self.old or table.id in done:
                continue
            for source in sorted(sources):
                columns = self.new.of(Column, table.id)
                if columns and all(self.value(each.id, source) for each in columns):
                    filling = self.filling(table.id, source, [])
                    found += [filling] if filling else []
                    break
        return found

    def bringing(self, target: Id, source: Id, moved: list[Id]) -> Bringing | None:
        """Return how columns come into a table that is there; None where no foreign key leads from one to the other."""
        path = self._path(target, source)
        if path:
            return Bringing(target, source, tuple(moved), path)
        back = next((key for key in self.old.of(ForeignKey, source) if key.ref_table == target and key.columns), None)
        if back is None:
            return None
        return Bringing(target, source, tuple(moved), (back,), back=True, told=self._told(target, moved))

    def _told(self, target: Id, moved: list[Id]) -> tuple[Id, str] | None:
        only = only_where(self.new, target, moved)
        told = said_by(self.new, only) if only is not None else None
        return told if told and told[0] not in self.old else None

    def copies(self) -> list[Carry]:
        """Return what fills new columns, in tables that are there, that must not be empty and have no default."""
        found: list[Carry] = []
        for column in _fresh_and_required(self.old, self.new):
            for key in self.old.of(ForeignKey, column.parent or ""):
                there = self.old.of(Column, key.ref_table or "") if key.columns and key.ref_table != key.parent else []
                twin = next((each for each in there if (each.name, each.type) == (column.name, column.type)), None)
                if twin is not None:
                    copied = ((column.id, twin.id),)
                    found.append(Bringing(column.parent or "", twin.parent or "", (), (key,), copied=copied))
                    break
        return found

    def _path(self, start: Id, goal: Id) -> tuple[ForeignKey, ...]:
        """Return the fewest foreign keys of the old side that lead from one table to another."""
        ways: list[tuple[Id, tuple[ForeignKey, ...]]] = [(start, ())]
        seen = {start}
        for _ in range(_FAR):
            following: list[tuple[Id, tuple[ForeignKey, ...]]] = []
            for at, way in ways:
                for key in self.old.of(ForeignKey, at):
                    if key.ref_table == goal and key.columns:
                        return (*way, key)
                    if key.ref_table and key.columns and key.ref_table not in seen:
                        seen.add(key.ref_table)
                        following.append((key.ref_table, (*way, key)))
            ways = following
        return ()


def _may_stay_empty(design: Design, column: Column) -> bool:
    """Whether a row can be written without saying the value of a column."""
    given = column.default is not None or column.generated is not None or bool(column.identity)
    return given or column.nullable or "serial" in column.type.lower() or _is_rowid(design, column)


def _is_rowid(design: Design, column: Column) -> bool:
    """Whether SQLite numbers a column by itself."""
    model = design.model_of(column)
    keys = (key.columns for key in design.of(Key, column.parent or "") if key.primary)
    sqlite = model is not None and model.target == "sqlite"
    return sqlite and column.type.upper() == "INTEGER" and (column.id,) in keys
