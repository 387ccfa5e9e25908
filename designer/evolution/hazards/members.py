"""The values of MySQL's ENUM and SET columns."""

from __future__ import annotations

import re

from designer.schema import Column, Record

_LIST = re.compile(r"\s*(enum|set)\s*\((.*)\)", re.IGNORECASE | re.DOTALL)
_MEMBER = re.compile(r"'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\"", re.DOTALL)


def members(record: Record | None) -> list[str]:
    """Return the values of a column as SQL writes them, empty where it is no ENUM or SET."""
    found = _LIST.match(record.type) if isinstance(record, Column) else None
    return _MEMBER.findall(found.group(2)) if found else []


def size_of(record: Record | None) -> int:
    """Return how many bytes a value takes: ENUM 1 or 2, SET 1, 2, 3, 4 or 8."""
    count = len(members(record))
    if isinstance(record, Column) and record.type.lstrip()[:3].lower() == "set":
        whole = (count + 7) // 8
        return whole if whole <= 4 else 8
    return 1 if count < 256 else 2
