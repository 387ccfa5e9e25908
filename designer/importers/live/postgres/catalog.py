"""A snapshot of PostgreSQL's catalogs, with what belongs to an object found by its oid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from designer.importers.live.contract import Snapshot, Wanted
from designer.importers.live.postgres.remarks import remarks
from designer.importers.live.postgres.words import Row, name


class Catalog:
    """The rows of a snapshot that are wanted."""

    def __init__(self, snapshot: Snapshot, wanted: Wanted):
        self.sections = snapshot.sections
        self.wanted = wanted
        self.version = int(re.match(r"\d+", snapshot.version or "0")[0])  # type: ignore[index]
        self.comments = {(row["class"], row["oid"], row["sub"]): row["text"] for row in self.rows("comments")}
        self.labels = self.grouped("labels", "class", "oid", "sub")
        self.privileges = self.grouped("privileges", "class", "oid") if wanted.privileges else {}
        self.shells = {f"t{row['oid']}" for row in self.rows("base_types") if row["defined"]}
        self.needs: dict[str, dict[str, set[str]]] = defaultdict(dict)
        for row in self.rows("dependencies"):
            self.needs[row["of"]].setdefault(row["on"], set()).update(row.get("parts", ()))

    def rows(self, section: str) -> list[Row]:
        """Return the rows of a section; of those that are in a schema, only those in a wanted one."""
        rows = self.sections.get(section, [])
        schemas = self.wanted.schemas
        return [row for row in rows if row.get("schema") in schemas] if schemas and _has_schemas(rows) else rows

    def database_wide(self, section: str) -> list[Row]:
        """Return the rows of a section about objects that are in no schema; none where schemas were chosen."""
        return [] if self.wanted.schemas else self.sections.get(section, [])

    def grouped(self, section: str, *by: str) -> dict[tuple[str | int, ...], list[Row]]:
        """Return the rows of a section by the values of some keys."""
        found: dict[tuple[str | int, ...], list[Row]] = defaultdict(list)
        for row in self.sections.get(section, []):
            found[tuple(row[key] for key in by)].append(row)
        return found

    def needed(self, key: str) -> set[str]:
        """Return the keys of what an object needs."""
        return set(self.needs.get(key, ()))

    def remarks(self, letter: str, row: Row, kind: str, identity: str, columns: Iterable[tuple[int, str]] = ()) -> str:
        """Return the comments, security labels and the owner of an object, and the comments of its columns."""
        text = remarks(self.comments, self.labels, (letter, row["oid"], 0), kind, identity)
        for number, column in columns:
            text += remarks(
                self.comments, self.labels, (letter, row["oid"], number), "COLUMN", f"{identity}.{name(column)}"
            )
        if self.wanted.owners and row.get("owner"):
            text += f"ALTER {kind} {identity} OWNER TO {name(row['owner'])};\n"
        return text


def _has_schemas(rows: list[Row]) -> bool:
    return bool(rows) and "schema" in rows[0]
