"""Rows of a table to the dependencies, keys and constants in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import count
from operator import itemgetter

from designer.discovery.contract import (
    DIFFER,
    EQUAL,
    ROOM,
    USUAL,
    Budget,
    Clock,
    ColumnFacts,
    Constant,
    DataProblem,
    Discovered,
    FoundDependency,
    FoundKey,
    Wish,
)
from designer.discovery.kinds import LEFT_OUT, kind_of
from designer.discovery.search import Found, Search, bits_of
from designer.discovery.table import Table
from designer.importers.contract import Progress, no_progress

MOST_LEFT = 3
_MOST_ERRORS = 0.2
_FEW = 100
_SEED = 7
_NOT_IN_A_KEY = frozenset({"measure", "free text", "structured"})


def discover(
    table: Table, wish: Wish = USUAL, budget: Budget = ROOM, progress: Progress = no_progress
) -> Discovered:  # fmt: skip
    """Return what holds in the rows. Raises DataProblem for a wish without sense; `progress` may raise Cancelled."""
    checked(wish)
    facts = tuple(_facts(table, at, wish) for at in range(len(table.headers)))
    if len(table) < 2:
        return _nothing(table, facts, wish)
    codes = _shuffled(_with_nulls(table, wish))
    distinct = [_distinct(each, len(table), wish) for each in facts]
    lefts = sum(1 << at for at, each in enumerate(facts) if not each.left_out)
    in_keys = sum(1 << at for at, each in enumerate(facts) if wish.every_left or each.kind not in _NOT_IN_A_KEY)
    found = Search(codes, distinct, lefts, in_keys, wish).run(Clock(budget.searching, progress))
    return Discovered(
        rows=len(table),
        columns=facts,
        sampled=table.sampled,
        notes=(*table.notes, *_notes(table, facts, wish, found)),
        keys=tuple(_key(facts, each) for each in sorted(found.keys, key=_key_order)),
        dependencies=tuple(sorted(found.dependencies, key=_rank)),
        constants=tuple(_constant(table, at) for at, each in enumerate(distinct) if each == 1),
        seen=table.seen,
        source=table.name,
        wish=wish,
        complete=found.complete,
    )


def checked(wish: Wish) -> Wish:
    """Return a wish that makes sense. Raises DataProblem."""
    if not 1 <= wish.left <= MOST_LEFT:
        raise DataProblem(f"a left side may have 1 to {MOST_LEFT} columns, not {wish.left}: more find accidents only")
    if not 0 <= wish.errors <= _MOST_ERRORS:
        raise DataProblem(f"the share of rows that may have to change is from 0 to {_MOST_ERRORS:.0%}")
    if wish.nulls not in (EQUAL, DIFFER):
        raise DataProblem(f"NULL may be {EQUAL} to NULL or {DIFFER} from it")
    return wish


def _facts(table: Table, at: int, wish: Wish) -> ColumnFacts:
    texts = [each for each in table.values[at][1:] if each is not None]
    kind = kind_of(table.headers[at], texts, table.types[at] if table.types else "")
    left_out = "" if wish.every_left else LEFT_OUT.get(kind, "")
    longest = max(map(len, texts), default=0)
    return ColumnFacts(table.headers[at], len(texts), table.codes[at].count(0), kind, left_out, longest)


def _distinct(facts: ColumnFacts, rows: int, wish: Wish) -> int:
    """Return how many values a column has, NULL counted as one, or, where NULL differs from NULL, each NULL as one."""
    if wish.nulls == DIFFER:
        return facts.distinct + facts.nulls
    return facts.distinct + (1 if facts.nulls else 0) if rows else 0


def _with_nulls(table: Table, wish: Wish) -> list[list[int]]:
    """Return the codes, with a code of its own for each NULL where NULL differs from NULL."""
    if wish.nulls == EQUAL:
        return table.codes
    return [_each_null_alone(codes, len(texts)) for codes, texts in zip(table.codes, table.values, strict=True)]


def _each_null_alone(codes: list[int], free: int) -> list[int]:
    if 0 not in codes:
        return codes
    fresh = count(free)
    return [code or next(fresh) for code in codes]


def _shuffled(columns: list[list[int]]) -> list[Sequence[int]]:
    """Return the columns with the rows in a random order, the same each time."""
    order = list(range(len(columns[0])))
    random.Random(_SEED).shuffle(order)  # noqa: S311 - a sample, no secret
    pick = itemgetter(*order)
    return [pick(each) for each in columns]


def _nothing(table: Table, facts: tuple[ColumnFacts, ...], wish: Wish) -> Discovered:
    rows = len(table)
    why = "There are no rows below the header" if not rows else "There is one row"
    note = f"{why}, so nothing can be found: every dependency holds in it."
    return Discovered(rows, facts, table.sampled, (*table.notes, note), seen=table.seen, source=table.name, wish=wish)


def _notes(table: Table, facts: tuple[ColumnFacts, ...], wish: Wish, found: Found) -> list[str]:
    notes = []
    if len(table) < _FEW:
        notes.append(f"With {len(table)} rows many dependencies hold by accident; take more rows.")
    nulls = sum(1 for each in facts if each.nulls)
    if nulls:
        meaning = "equal to NULL" if wish.nulls == EQUAL else "different from every value, also from NULL"
        notes.append(f"{nulls} of {len(facts)} columns have NULLs; NULL counts as {meaning}.")
    left_out = [f"{each.name} ({each.left_out})" for each in facts if each.left_out]
    if left_out:
        notes.append(f"Not looked at as a left side: {_listed(left_out)}.")
    if not found.complete:
        notes.append(
            f"The time ran out after {found.looked:,} of {found.candidates:,} left sides: there may be more to find. "
            "Take fewer columns, fewer rows or a longer time."
        )
    return notes


def _listed(words: list[str], most: int = 12) -> str:
    more = len(words) - most
    return ", ".join(words[:most]) + (f" and {more} more" if more > 0 else "")


def _key(facts: tuple[ColumnFacts, ...], mask: int) -> FoundKey:
    columns = tuple(bits_of(mask))
    return FoundKey(columns, any(facts[each].nulls for each in columns))


def _key_order(mask: int) -> tuple[int, tuple[int, ...]]:
    return mask.bit_count(), tuple(bits_of(mask))


def _rank(found: FoundDependency) -> tuple[int, int, tuple[int, ...], int]:
    """Return what to sort by: most repeated first, then shorter left sides, then the order of the columns."""
    return -found.redundancy, len(found.left), found.left, found.right


def _constant(table: Table, at: int) -> Constant:
    return Constant(at, table.values[at][table.codes[at][0]])
