"""Rows of a snapshot with the text of each object: as SHOW CREATE gave it, or put together from information_schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from designer.importers.live.contract import Snapshot
from designer.importers.live.mysql.words import Row


class Rebuilder:
    """Gives the objects of a snapshot with their texts."""

    def __init__(self, snapshot: Snapshot):
        self.snapshot = snapshot
        self.systems: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for row in snapshot.sections.get("geometries", ()):
            self.systems[row["database"], row["table"]].append((row["column"], row["srid"]))

    def rows(self, kind: str, database: str) -> Iterator[Row]:
        """Yield the rows of a kind in a database that have a text."""
        for row in self.snapshot.sections.get(kind, ()):
            if row["database"] == database and row["text"]:
                yield {**row, "systems": self.systems.get((database, row["name"]), ())}
