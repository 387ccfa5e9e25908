"""Columns as demo data writes them: `name type [flags] [= default] [-> table.column [on delete]] [-- definition]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"^(?P<name>\w+)\s+(?P<type>[\w(),']+)(?P<flags>(?:\s+(?:pk|null|unique))*)(?:\s+=\s+(?P<default>\S+))?"
    r"(?:\s+->\s+(?P<ref>\w+)\.(?P<ref_column>\w+)(?:\s+(?P<action>cascade|restrict|set null))?)?"
    r"(?P<flags2>(?:\s+unique)*)(?:\s+--\s+(?P<comment>.*))?$"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One column; the flags are `pk`, `null` and `unique`, `ref` is (table, column)."""

    name: str
    type: str
    flags: frozenset[str]
    default: str
    ref: tuple[str, str] | None
    action: str
    comment: str


def lines(body: str) -> list[Line]:
    """Return the columns of a table, one a line. Raises ValueError for a line that cannot be read."""
    return [_line(text.strip()) for text in body.strip().splitlines()]


def _line(text: str) -> Line:
    found = _LINE.match(text)
    if found is None:
        raise ValueError(f"this line of the demo cannot be read: {text}")
    ref = (found["ref"], found["ref_column"]) if found["ref"] else None
    flags = frozenset((found["flags"] + found["flags2"]).split())
    return Line(
        found["name"], found["type"], flags, found["default"] or "", ref, found["action"] or "", found["comment"] or ""
    )
