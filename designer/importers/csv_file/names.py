"""Headers of a spreadsheet as names of columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_IN_NAME = re.compile(r"[^\w$]+")


def column_names(header: Sequence[str]) -> list[tuple[str, str]]:
    """Return for each header the name of its column, and the header as a comment where it says more than the name.

    For example `First Name` is called `first_name`; a second `id` is called `id_2`, one without a header `column_3`.
    """
    found: list[tuple[str, str]] = []
    taken: set[str] = set()
    for at, text in enumerate(header, start=1):
        wanted = plain_name(text) or f"column_{at}"
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}_{number}", number + 1
        taken.add(name)
        said = name.replace("_", "") == re.sub(r"[\W_]", "", text.lower())
        found.append((name, "" if said or not text else text))
    return found


def plain_name(text: str) -> str:
    """Return a header in small letters with underscores."""
    return _NOT_IN_NAME.sub("_", _CAMEL.sub("_", text.strip())).strip("_").lower()


def table_name(title: str) -> str:
    """Return a title as the name of a table; `table_1` where there is none."""
    return plain_name(title) or "table_1"
