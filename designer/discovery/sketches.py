"""References between tables whose rows are gone: from sketches of their columns (bottom-k, Cohen and Kaplan, 2007)."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from designer.discovery.contract import Discovered, Sketch
from designer.discovery.inclusions import REFERRING, most_missing, names_match, why_missing
from designer.discovery.table import Table

_KEY, _COLUMN = 20_000, 2_000
"""Hashes that are kept of a key of one column, and of another column."""
_COLUMNS = 100
_FEWEST = 5
"""Values that two sketches must have in common ground, where one of them is not whole, to say anything."""


@dataclass(frozen=True, slots=True)
class Sketched:
    """A table, as it is called now, with what was found in its rows and the sketches of its columns."""

    name: str
    columns: tuple[str, ...]
    found: Discovered
    sketches: tuple[Sketch | None, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A column of one table that perhaps refers to a key of another; tables and columns by their numbers.

    `values` are different, without NULL; `missing` of them are not in the target, an estimate where there are many.
    """

    table: int
    column: int
    target: int
    key: int
    values: int
    missing: int
    names_match: bool
    why: str


def sketched(table: Table, found: Discovered) -> tuple[Sketch | None, ...]:
    """Return the sketches of the columns that may refer to a key or are one."""
    keys = {each.columns[0] for each in found.keys if len(each.columns) == 1}
    wanted = [at for at, each in enumerate(found.columns) if each.kind in REFERRING and each.distinct][:_COLUMNS]
    return tuple(
        _sketch(table.values[at], _KEY if at in keys else _COLUMN) if at in wanted or at in keys else None
        for at in range(len(found.columns))
    )


def _sketch(values: Iterable[str | None], most: int) -> Sketch:
    hashes = sorted(_hash(each) for each in values if each is not None)
    return Sketch(array("Q", hashes[:most]).tobytes(), len(hashes) <= most)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def references(tables: Sequence[Sketched]) -> tuple[Reference, ...]:
    """Return proposals for foreign keys of one column, those whose names match first, then those with more values."""
    opened = [[_opened(each) for each in table.sketches] for table in tables]
    found = [
        reference
        for at, target in enumerate(tables)
        for key in target.found.keys
        if len(key.columns) == 1 and not key.nullable
        for reference in _to(tables, opened, at, key.columns[0])
    ]
    return tuple(sorted(found, key=lambda each: (not each.names_match, -each.values, each.table, each.column)))


def _opened(sketch: Sketch | None) -> tuple[frozenset[int], int] | None:
    """Return the hashes of a sketch, and up to which hash it has all of them; None where there is no sketch."""
    if sketch is None:
        return None
    hashes = array("Q", sketch.hashes)
    return frozenset(hashes), (1 << 64) if sketch.whole or not hashes else hashes[-1]


def _to(
    tables: Sequence[Sketched], opened: list[list[tuple[frozenset[int], int] | None]], at: int, key: int
) -> Iterator[Reference]:
    target, held = tables[at], opened[at][key]
    is_sample = bool(target.found.sampled)
    for number, source in enumerate(tables):
        for column, facts in enumerate(source.found.columns):
            asked = opened[number][column]
            if held is None or asked is None or facts.kind not in REFERRING or (number, column) == (at, key):
                continue
            missing = _missing(asked, held, facts.distinct)
            named = names_match((source.columns[column],), target.name, (target.columns[key],))
            if missing is not None and missing <= most_missing(facts.distinct, is_sample=is_sample, named=named):
                why = why_missing(missing, is_sample=is_sample)
                yield Reference(number, column, at, key, facts.distinct, missing, named, why)


def _missing(asked: tuple[frozenset[int], int], held: tuple[frozenset[int], int], values: int) -> int | None:
    """Return how many values of one sketch are not in another; None where the sketches do not say."""
    limit = min(asked[1], held[1])
    ground = [each for each in asked[0] if each <= limit]
    if len(ground) < min(_FEWEST, values) or not ground:
        return None
    return round(sum(each not in held[0] for each in ground) / len(ground) * values)
