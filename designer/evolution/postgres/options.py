"""Storage options, and those of foreign tables: which are set, and how to get from some to others."""

from __future__ import annotations

import re
from collections.abc import Mapping

from designer.schema import Table

_OPTION = re.compile(r"""((?:[^,'"(]|'(?:[^']|'')*'|"(?:[^"]|"")*"|\([^)]*\))+)""")
_SERVER = re.compile(r"\s*SERVER\s+(\"(?:[^\"]|\"\")+\"|\S+)\s*(?:OPTIONS\s*\((.*)\))?\s*\Z", re.IGNORECASE | re.DOTALL)
_FOREIGN = re.compile(r"\s*(\"(?:[^\"]|\"\")+\"|[\w$]+)\s+('(?:[^']|'')*')\s*,?", re.DOTALL)


def options_of(written: str) -> frozenset[tuple[str, str]]:
    """Return the options of a WITH clause, names and values, without the quotes that say nothing."""
    return frozenset(_pairs(written).items())


def _pairs(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    text = written.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    for each in _OPTION.findall(text):
        name, sign, value = each.strip().partition("=")
        if name.strip():
            found[name.strip().strip('"').lower()] = _bare(value) if sign else "true"
    return found


def _bare(value: str) -> str:
    """Return a value without its quotes where it is a plain word or number."""
    text = value.strip()
    inside = text[1:-1] if len(text) > 1 and text[0] == text[-1] == "'" else text
    return inside if re.fullmatch(r"[\w.+-]+", inside) else text


def changed_options(old: str, new: str) -> list[str]:
    """Return the clauses from some options to others: `SET (fillfactor=70)`, `RESET (autovacuum_enabled)`."""
    before, after = _pairs(old), _pairs(new)
    put = ", ".join(f"{name}={value}" for name, value in after.items() if before.get(name) != value)
    gone = ", ".join(name for name in before if name not in after)
    return [*([f"SET ({put})"] if put else []), *([f"RESET ({gone})"] if gone else [])]


def foreign_server(table: Table) -> str:
    """Return the server of a foreign table; empty for a table of one's own."""
    found = _SERVER.match(table.extra.get("server", ""))
    return found[1] if found else table.extra.get("server", "")


def changed_foreign_options(old: Table, new: Table) -> str:
    """Return the clause from the options of one foreign table to another's; empty where they are the same."""
    before, after = (_foreign(each.extra.get("server", "")) for each in (old, new))
    return foreign_clause(before, after)


def foreign_clause(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return `OPTIONS (SET a 'b', ADD c 'd', DROP e)`; empty where nothing changes."""
    words = [f"DROP {name}" for name in before if name not in after]
    words += [f"SET {name} {value}" for name, value in after.items() if before.get(name, value) != value]
    words += [f"ADD {name} {value}" for name, value in after.items() if name not in before]
    return f"OPTIONS ({', '.join(words)})" if words else ""


def _foreign(server: str) -> dict[str, str]:
    found = _SERVER.match(server)
    return foreign_pairs(found[2] or "") if found else {}


def foreign_pairs(written: str) -> dict[str, str]:
    """Return the options of a foreign table or column, as SQL writes them."""
    return dict(_FOREIGN.findall(written))
