"""Which rows of the schema table make a script, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from designer.importers.live.sqlite.catalog import Row
from designer.importers.sql.generic.shadows import owner_of

_MODULE = re.compile(r"CREATE\s+VIRTUAL\s+TABLE\b.*?\bUSING\s+[\"'`\[]?(\w+)", re.IGNORECASE | re.DOTALL)


def shadows_in(rows: Iterable[Row]) -> set[str]:
    """Return the tables that virtual tables make themselves, by the names that their modules give."""
    modules = {row.name.lower(): found[1].lower() for row in rows if (found := _MODULE.match(row.sql))}
    return {row.name for row in rows if row.type == "table" and owner_of(row.name, modules)} if modules else set()


def in_order(rows: list[Row]) -> Iterator[Row]:
    """Yield rows in their order; an index or trigger whose table comes later waits for it."""
    there: set[str] = set()
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        owner = row.table.lower()
        if row.type in ("index", "trigger") and owner not in there:
            waiting.setdefault(owner, []).append(row)
            continue
        yield row
        if row.type in ("table", "view"):
            there.add(row.name.lower())
            yield from waiting.pop(row.name.lower(), ())
    for left in waiting.values():
        yield from left
