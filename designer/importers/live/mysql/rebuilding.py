"""Rows of a snapshot with the text of each object: as SHOW CREATE gave it, or put together from information_schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import ClassVar

from designer.importers.live.contract import Snapshot
from designer.importers.live.mysql import programs
from designer.importers.live.mysql.bodies import as_written, is_doubtful
from designer.importers.live.mysql.pasting import unpacked
from designer.importers.live.mysql.tables import Parts, create_table
from designer.importers.live.mysql.words import Row

_PARTS = ("columns", "indexes", "foreign_keys", "actions", "checks", "partitions")


class Rebuilder:
    """Gives the objects of a snapshot with their texts; what has none and cannot be put together is in `notes`."""

    def __init__(self, snapshot: Snapshot):
        self.snapshot = unpacked(snapshot)
        self.sections = self.snapshot.sections
        self.maria = snapshot.dialect == "mariadb"
        self.systems: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for row in self.sections.get("geometries", ()):
            self.systems[row["database"], row["table"]].append((row["column"], row["srid"]))
        self.parts: dict[str, Parts] = defaultdict(lambda: defaultdict(list))
        for section in _PARTS:
            for row in self.sections.get(section, ()):
                self.parts[row["table"]][section].append(row)

    def rows(self, kind: str, database: str) -> Iterator[Row]:
        """Yield the rows of a kind in a database that have a text."""
        found = [row for row in self.sections.get(kind, ()) if row["database"] == database]
        if found and "text" not in found[0]:
            found = [_with_body(row) for row in found]
            found = [{**row, "text": self._rebuilt[kind](self, row)} for row in sorted(found, key=_place)]
        for row in found:
            if row["text"]:
                yield {**row, "systems": self.systems.get((database, row["name"]), ())}

    def notes(self) -> Iterator[Row]:
        """Yield what information_schema does not say of the objects here, and what the account may not see."""
        for kind in ("views", "routines", "triggers", "events", "tables"):
            for row in self.sections.get(kind, ()):
                reason = "" if "text" in row else self._unsaid(kind, row)
                if reason:
                    yield {"what": f"{kind.removesuffix('s')} {row['name']}", "message": reason}

    def _unsaid(self, kind: str, row: Row) -> str:
        if kind != "tables":
            body = row["query" if kind == "views" else "body"]
            if not body:
                return "the account may not see what it does; it is not in the design"
            doubtful = kind != "views" and is_doubtful(body)
            return (
                "backslashes of its strings may be wrong: the query cannot see how many there were" if doubtful else ""
            )
        if row["kind"] == "SEQUENCE":
            return "the query cannot see the numbers of a sequence; import by a URL, or correct start and increment"
        partitions = self.parts[row["name"]]["partitions"]
        if partitions and partitions[0]["method"] == "SYSTEM_TIME":
            return "the query cannot see how history is partitioned; import by a URL, or add the partitions"
        return ""

    def _table(self, row: Row) -> str:
        return create_table(row, self.parts[row["name"]], self.maria)

    def _routine(self, row: Row) -> str:
        mine = [
            each
            for each in self.sections["parameters"]
            if (each["routine"], each["kind"]) == (row["name"], row["kind"])
        ]
        return programs.routine(row, sorted(mine, key=lambda each: each["place"]), self.sections["databases"][0])

    _rebuilt: ClassVar[dict[str, Callable[[Rebuilder, Row], str]]] = {
        "tables": _table,
        "views": lambda _, row: programs.view(row),
        "triggers": lambda _, row: programs.trigger(row),
        "routines": _routine,
        "events": lambda _, row: programs.event(row),
    }


def _with_body(row: Row) -> Row:
    return {**row, "body": as_written(row["body"], row["sql_mode"] or "")} if row.get("body") else row


def _place(row: Row) -> tuple[str, ...]:
    """Return the place of an object in the order of the live lists."""
    if "table" in row:
        return (row["table"], row["timing"], row["event"], f"{row['place']:05}")
    return (row.get("kind", "") if "deterministic" in row else "", row["name"])
