"""Names and strings as both servers write them."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def quoted(name: str) -> str:
    """Return a name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    """Return a string literal."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
