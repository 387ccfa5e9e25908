"""Names of columns as they stand in data: trimmed, each once, none empty, with a note on each that was changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from designer.discovery.contract import DataProblem

MOST = 1_600
"""Columns that a table may have here."""
_VALUE = re.compile(r"(?!(?:19|20)\d\d$)[+-]?[\d.,]*\d[%]?|\d{4}-\d\d-\d\d.*|\\N")
"""A cell that is no name; a year is one, of a column with the numbers of that year."""


def named(cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names of columns, and notes. Raises DataProblem for more columns than are looked at."""
    if len(cells) > MOST:
        raise DataProblem(f"the rows have {len(cells)} columns; {MOST} can be looked at, so leave some out")
    wanted = [" ".join(each.split()) for each in cells]
    taken = set(wanted)
    found: list[str] = []
    notes: list[str] = []
    for at, name in enumerate(wanted, start=1):
        fresh = _free(name or f"column_{at}", found, taken)
        if not name:
            notes.append(f"Column {at} has no name; it is called {fresh}.")
        elif fresh != name:
            notes.append(f"The header names {name} again in column {at}; that one is called {fresh}.")
        found.append(fresh)
    return found, notes


def _free(name: str, used: Sequence[str], taken: set[str]) -> str:
    if name not in used:
        return name
    number = 2
    while f"{name}_{number}" in taken or f"{name}_{number}" in used:
        number += 1
    return f"{name}_{number}"


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a first row may be one of names: none of its cells is a number (but a year) or a date."""
    filled = [each.strip() for each in cells if each.strip()]
    return bool(filled) and not any(_VALUE.fullmatch(each) for each in filled)
