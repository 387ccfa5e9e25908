"""What rows say of one dependency that somebody asks about, with the rows that speak against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import add

from designer.discovery.contract import DIFFER, EQUAL, Checked, Conflict, Counterexample, Discovered
from designer.discovery.grouping import Grouping, combined
from designer.discovery.table import Table

_VALUES = 5
"""Values of a conflict that are shown."""
_SHOWN = 120
"""Characters of a value that are shown."""


def exceptions(table: Table, left: Sequence[int], right: int, most: int = 3, nulls: str = EQUAL) -> Checked:
    """Return what the rows of a table say of left -> right: how many would have to change, and the worst conflicts.

    An empty left side asks whether the column is the same in all rows.
    """
    rows = _comparable(table, left, nulls)
    groups = _groups(table, left, rows)
    wrong, count = _wrong(groups, _values(table, right, rows, nulls))
    worst = sorted(wrong, key=lambda group: (-wrong[group], group))[:most]
    conflicts = tuple(_conflicts(table, left, right, worst, (groups, rows)))
    alone = len(table) - len(rows)
    return Checked(len(table), count + alone, sum(wrong.values()), len(wrong), conflicts)


def _groups(table: Table, left: Sequence[int], rows: Sequence[int]) -> Sequence[int]:
    """Return the number of its group for each of the rows."""
    if not left:
        return [0] * len(rows)
    joined = combined([table.codes[each] for each in left])
    return joined if len(rows) == len(table) else [joined[row] for row in rows]


def _values(table: Table, right: int, rows: Sequence[int], nulls: str) -> Sequence[int]:
    """Return the codes of a column, each NULL one of its own where NULL differs from NULL."""
    codes = table.codes[right]
    if nulls == EQUAL:
        return codes if len(rows) == len(table) else [codes[row] for row in rows]
    free = len(table.values[right])
    return [codes[row] or free + row for row in rows]


def _wrong(groups: Sequence[int], values: Sequence[int]) -> tuple[dict[int, int], int]:
    """Return how many rows would have to change in each group with several values, and how many groups there are."""
    size = max(values, default=0) + 1
    total: dict[int, int] = {}
    best: dict[int, int] = {}
    for both, rows in Counter(map(add, map(size.__mul__, groups), values)).items():
        group = both // size
        total[group] = total.get(group, 0) + rows
        if rows > best.get(group, 0):
            best[group] = rows
    return {group: rows - best[group] for group, rows in total.items() if rows > best[group]}, len(total)


def _comparable(table: Table, left: Sequence[int], nulls: str) -> Sequence[int]:
    """Return the rows that may agree with another on the left side: without NULL, where NULL differs from NULL."""
    if nulls != DIFFER:
        return range(len(table))
    return [row for row in range(len(table)) if all(table.codes[each][row] for each in left)]


def _conflicts(
    table: Table, left: Sequence[int], right: int, wanted: Sequence[int], grouped: tuple[Sequence[int], Sequence[int]]
) -> Iterator[Conflict]:
    members: dict[int, list[int]] = {each: [] for each in wanted}
    for group, row in zip(*grouped, strict=True):
        if group in members:
            members[group].append(row)
    for rows in members.values():
        yield _conflict(table, left, right, rows)


def _conflict(table: Table, left: Sequence[int], right: int, rows: Sequence[int]) -> Conflict:
    codes, texts = table.codes[right], table.values[right]
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(codes[row], row)
    counted = Counter(codes[row] for row in rows)
    usual = sorted(first, key=lambda code: (-counted[code], first[code]))[:_VALUES]
    seen = [(first[code], code) for code in usual]
    if len(first) == 1:  # NULLs that differ from one another
        seen = [(row, codes[row]) for row in rows[:_VALUES]]
    shown = tuple(shortened(table.values[each][table.codes[each][rows[0]]]) for each in left)
    return Conflict(
        shown,
        tuple((table.numbers[row], shortened(texts[code])) for row, code in seen),
        tuple(counted[code] if len(first) > 1 else 1 for _, code in seen),
    )


def shortened(text: str | None) -> str | None:
    """Return a value as it is shown."""
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def counterexamples(table: Table, found: Discovered, most: int = 1_000) -> Iterator[Counterexample]:
    """Yield two rows against each dependency of one column on one column that does not hold, the first `most`.

    They are what a person is shown who is asked "can two rows have the same zip and different cities?".
    """
    keys = {key.columns[0] for key in found.keys if len(key.columns) == 1}
    still = most
    for left, facts in enumerate(found.columns):
        if facts.left_out or left in keys or facts.distinct <= 1:
            continue
        grouping = Grouping([table.codes[left]])
        for right in range(len(found.columns)):
            if right == left or not still:
                continue
            pair = grouping.counterexample(table.codes[right])
            if pair is not None:
                still -= 1
                yield _counterexample(table, left, right, *sorted(pair))


def _counterexample(table: Table, left: int, right: int, one: int, other: int) -> Counterexample:
    texts, codes = table.values[right], table.codes[right]
    return Counterexample(
        left,
        right,
        shortened(table.values[left][table.codes[left][one]]),
        (table.numbers[one], shortened(texts[codes[one]])),
        (table.numbers[other], shortened(texts[codes[other]])),
    )
