"""Names and strings as both servers write them."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def quoted(name: str) -> str:
    """Return a name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def literal(text: str) -> str:
    """Return a string literal, with the escapes that SHOW CREATE writes."""
    escaped = text.replace("\\", "\\\\").replace("'", "''").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{escaped}'"


def account(written: str) -> str:
    """Return `root@localhost` as `root`@`localhost`; a role has no host."""
    name, at, host = written.rpartition("@")
    return f"{quoted(name)}@{quoted(host)}" if at else quoted(host)


def joined(*pieces: str) -> str:
    """Return the pieces that are not empty, with a space between."""
    return " ".join(filter(None, pieces))
