"""The order of CREATE statements: as the rows stand, but a table or view before what is on it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.importers.live.sqlite.catalog import Row


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
