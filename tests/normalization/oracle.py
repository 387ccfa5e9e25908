"""An oracle for normalisation that is obviously right, not fast. It imports nothing of the program.

Every answer comes from a definition by enumeration of all subsets. A set of columns is an int. A legal two-row table
is told by its agree set S, the columns in which both rows are equal: it satisfies X -> Y iff X is not within S or Y
is; and X ->> Y (Z is the rest) iff X is not within S, or Y is, or Z is. What all such tables satisfy is implied
(completeness of Armstrong's rules; with multivalued dependencies Sagiv, Delobel, Parker and Fagin 1981).

Conventions: the empty set is a set, may be a key, and is a proper subset of any other; 1NF is taken for granted;
columns that no dependency names are in every key; dependencies implied by multivalued ones count like stated ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[int, int]
Row = tuple[int, ...]


def subsets(of: int) -> Iterator[int]:
    """Yield all subsets of a set, the set itself first and the empty one last."""
    each = of
    while True:
        yield each
        if not each:
            return
        each = (each - 1) & of


def members(columns: int) -> list[int]:
    return [each for each in range(columns.bit_length()) if columns >> each & 1]


def within(x: int, y: int) -> bool:
    return x & ~y == 0


@dataclass(frozen=True)
class Schema:
    """A relation of `n` columns with its dependencies."""

    n: int
    fds: tuple[Pair, ...] = ()
    mvds: tuple[Pair, ...] = ()
    jds: tuple[tuple[int, ...], ...] = ()

    @property
    def every(self) -> int:
        return (1 << self.n) - 1

    def rest(self, left: int, right: int) -> int:
        return self.every & ~left & ~right

    def allows(self, agree: int) -> bool:
        """Whether two rows that agree exactly there satisfy all functional and multivalued dependencies."""
        return all(not within(x, agree) or within(y, agree) for x, y in self.fds) and all(
            not within(x, agree) or within(y, agree) or within(self.rest(x, y), agree) for x, y in self.mvds
        )

    @cached_property
    def models(self) -> list[int]:
        return [each for each in range(1 << self.n) if self.allows(each)]

    @cached_property
    def closures(self) -> list[int]:
        """The closure of each set: what all legal tables agree on that agree on it."""
        legal = set(self.models)
        table = [self.every] * (1 << self.n)
        for x in reversed(range(1 << self.n)):
            found = x if x in legal else self.every
            for column in members(self.every & ~x):
                found &= table[x | 1 << column]
            table[x] = found
        return table

    def implies(self, left: int, right: int) -> bool:
        return within(right, self.closures[left])

    def implies_multivalued(self, left: int, right: int) -> bool:
        """Whether left ->> right holds in all legal tables."""
        rest = self.rest(left, right)
        return all(within(right, s) or within(rest, s) for s in self.models if within(left, s))

    @property
    def whole(self) -> Part:
        return Part(self, self.every)

    def lossless(self, schemas: Sequence[int]) -> bool:
        """Whether the projections always join to what was there: the chase of the tableau."""
        return chase(self, schemas)[1]

    def lost(self, schemas: Sequence[int]) -> tuple[Pair, ...]:
        """The stated dependencies that do not follow from what holds within single schemas."""
        held = [(x, self.closures[x] & part) for part in schemas for x in subsets(part)]
        return tuple((x, y) for x, y in self.fds if not within(y, fixpoint(x, held)))


def fixpoint(x: int, fds: Sequence[Pair]) -> int:
    before = -1
    while before != x:
        before = x
        for left, right in fds:
            if within(left, x):
                x |= right
    return x


@dataclass(frozen=True)
class Part:
    """A schema seen through some of its columns: with all of them it is the schema itself."""

    schema: Schema
    columns: int

    def closure(self, x: int) -> int:
        return self.schema.closures[x] & self.columns

    def superkey(self, x: int) -> bool:
        return self.closure(x) == self.columns

    @cached_property
    def keys(self) -> list[int]:
        """All candidate keys, small ones first, then in the order of the columns."""
        found = [
            x
            for x in subsets(self.columns)
            if self.superkey(x) and not any(self.superkey(x & ~(1 << each)) for each in members(x))
        ]
        return sorted(found, key=lambda x: (x.bit_count(), members(x)))

    @cached_property
    def prime(self) -> int:
        found = 0
        for key in self.keys:
            found |= key
        return found

    @cached_property
    def elementary(self) -> list[Pair]:
        """All X -> A (a set and a number) with A outside of X, that hold for no smaller X."""
        return [
            (x, a)
            for x in subsets(self.columns)
            for a in members(self.closure(x) & ~x)
            if not any(self.closure(x & ~(1 << each)) >> a & 1 for each in members(x))
        ]

    def broken(self, form: str) -> set[Pair]:
        """The elementary dependencies that break 2NF, 3NF, EKNF or BCNF."""
        bad = [(x, a) for x, a in self.elementary if not self.superkey(x)]
        if form == "2NF":
            return {(x, a) for x, a in bad if not self.prime >> a & 1 and any(within(x, key) for key in self.keys)}
        if form == "3NF":
            return {(x, a) for x, a in bad if not self.prime >> a & 1}
        if form == "EKNF":
            return {(x, a) for x, a in bad if not self.in_elementary_key >> a & 1}
        return set(bad)

    @cached_property
    def in_elementary_key(self) -> int:
        """Columns of the keys that determine something which no part of them determines (Zaniolo 1982)."""
        lefts = {x for x, _ in self.elementary}
        found = 0
        for key in self.keys:
            if key in lefts:
                found |= key
        return found

    @cached_property
    def form(self) -> str:
        """1NF, 2NF, 3NF or BCNF."""
        for lower, form in (("1NF", "2NF"), ("2NF", "3NF"), ("3NF", "BCNF")):
            if self.broken(form):
                return lower
        return "BCNF"

    @property
    def eknf(self) -> bool:
        return not self.broken("EKNF")

    @cached_property
    def fourth(self) -> bool:
        """Whether every implied multivalued dependency that is not trivial has a superkey on the left."""
        bad = (x for x in subsets(self.columns) if not self.superkey(x))
        return self.form == "BCNF" and not any(self._splits(x) for x in bad)

    def _splits(self, x: int) -> bool:
        """Whether x ->> y holds for some y such that neither y nor what else there is lies within x."""
        return any(
            y & self.columns and not within(self.columns, x | y) and self.schema.implies_multivalued(x, y)
            for y in subsets(self.schema.every & ~x)
        )

    @cached_property
    def fifth(self) -> bool:
        """Whether the keys alone imply every stated dependency (projection-join normal form, Fagin 1979)."""
        schema = Schema(self.schema.n, tuple((key, self.schema.every) for key in self.keys))
        fds = all(schema.implies(x, y) for x, y in self.schema.fds)
        mvds = all(schema.lossless((x | y, x | schema.rest(x, y))) for x, y in self.schema.mvds)
        return fds and mvds and all(schema.lossless(components) for components in self.schema.jds)

    @property
    def sixth(self) -> bool:
        size = self.columns.bit_count()
        return self.fifth and all(key.bit_count() >= size - 1 for key in self.keys)

    def highest(self) -> str:
        """The highest form that may be said of it: 4NF only where there are MVDs, 5NF only where there are JDs."""
        if self.form == "BCNF" and self.schema.jds and self.fifth and self.fourth:
            return "5NF"
        return "4NF" if self.form == "BCNF" and self.schema.mvds and self.fourth else self.form


def chase(schema: Schema, schemas: Sequence[int]) -> tuple[set[Row], bool]:
    """Return the chased tableau, and whether it holds the row of all distinguished (0) values."""
    rows = {
        tuple(0 if part >> column & 1 else 1 + number for column in range(schema.n))
        for number, part in enumerate(schemas)
    }
    while True:
        after = _added(schema, _equated(schema, rows))
        if after == rows:
            return rows, (0,) * schema.n in rows
        rows = after


def agreement(one: Row, other: Row) -> int:
    return sum(1 << at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a == b)


def _equated(schema: Schema, rows: set[Row]) -> set[Row]:
    for left, right in schema.fds:
        for one in rows:
            for other in rows:
                same = agreement(one, other)
                if within(left, same) and not within(right, same):
                    at = members(right & ~same)[0]
                    low, high = sorted((one[at], other[at]))
                    renamed = {(*row[:at], low if row[at] == high else row[at], *row[at + 1 :]) for row in rows}
                    return _equated(schema, renamed)
    return rows


def _added(schema: Schema, rows: set[Row]) -> set[Row]:
    return rows | {
        tuple(a if (left | right) >> at & 1 else b for at, (a, b) in enumerate(zip(one, other, strict=True)))
        for left, right in schema.mvds
        for one in rows
        for other in rows
        if within(left, agreement(one, other))
    }


def satisfies(schema: Schema, rows: set[Row]) -> bool:
    """Whether a table satisfies all functional and multivalued dependencies."""
    fds = all(
        not within(left, agreement(one, other)) or within(right, agreement(one, other))
        for left, right in schema.fds
        for one in rows
        for other in rows
    )
    return fds and _added(schema, rows) == rows


def joined(rows: set[Row], schemas: Sequence[int], n: int) -> set[Row]:
    """Return the join of the projections of a table on schemas that cover its columns."""
    found: set[tuple[int | None, ...]] = {(None,) * n}
    for part in schemas:
        shown = {tuple(value if part >> at & 1 else None for at, value in enumerate(row)) for row in rows}
        found = {merged for one in found for other in shown if (merged := _merged(one, other)) is not None}
    return {tuple(value for value in row if value is not None) for row in found}


def _merged(one: Sequence[int | None], other: Sequence[int | None]) -> tuple[int | None, ...] | None:
    pairs = list(zip(one, other, strict=True))
    if any(a is not None and b is not None and a != b for a, b in pairs):
        return None
    return tuple(b if a is None else a for a, b in pairs)
