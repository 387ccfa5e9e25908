"""The columns of data beside the columns of a table, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from designer.importers.csv_file.names import plain_name


@dataclass(frozen=True, slots=True)
class Matched:
    """For each column of the data the id of the table's; names without a partner on either side."""

    columns: tuple[str | None, ...]
    strangers: tuple[str, ...]  # of the data
    missing: tuple[str, ...]  # of the table


_LIKENESSES: tuple[Callable[[str], str], ...] = (
    lambda name: name,
    lambda name: name.strip().casefold(),
    plain_name,
    lambda name: plain_name(name).replace("_", ""),
)
"""From the strictest on: `Customer ID`, `customerId` and `CUSTOMER_ID` are one column, but only if none is nearer."""


def matched(data: Sequence[str], table: Mapping[str, str]) -> Matched:
    """Return which column of the data is which of the table (id -> name).

    >>> matched(["ID", "First Name", "x"], {"a": "id", "b": "first_name", "c": "age"}).columns
    ('a', 'b', None)
    """
    found: dict[int, str] = {}
    for likeness in _LIKENESSES:
        free = {likeness(name): key for key, name in reversed(list(table.items())) if key not in found.values()}
        for at, name in enumerate(data):
            key = free.get(likeness(name)) if at not in found and likeness(name) else None
            if key is not None and key not in found.values():
                found[at] = key
    taken = set(found.values())
    return Matched(
        tuple(found.get(at) for at in range(len(data))),
        tuple(name for at, name in enumerate(data) if at not in found),
        tuple(name for key, name in table.items() if key not in taken),
    )
