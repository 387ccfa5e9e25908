"""The columns of every relation, with what is said of their NOT NULL constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.importers.live.postgres.catalog import Catalog
from designer.importers.live.postgres.words import Row, generic_options


class Columns:
    """The columns by the oid of their relation, in order."""

    def __init__(self, catalog: Catalog):
        self._columns = catalog.grouped("columns", "relation")
        self._not_nulls = catalog.grouped("not_nulls", "relation")

    def of(self, oid: int) -> list[Row]:
        return self._columns.get((oid,), [])

    def not_nulls(self, oid: int) -> dict[int, Row]:
        """Return the NOT NULL constraints that are more than the word, by the number of their column."""
        return {row["number"]: row for row in self._not_nulls.get((oid,), [])}

    def inherited(self, parents: Iterable[int]) -> dict[str, Row]:
        """Return the columns of some tables by name; of the first that has a name and a default for it."""
        found: dict[str, Row] = {}
        for parent in parents:
            for row in self.of(parent):
                if found.get(row["name"], {}).get("default") is None:
                    found[row["name"]] = row
        return found


_STORAGE = {"p": "PLAIN", "e": "EXTERNAL", "m": "MAIN", "x": "EXTENDED"}
_COMPRESSION = {"p": "pglz", "l": "lz4"}


def states(head: str, column: Row) -> Iterator[str]:
    """Yield what is said of a column after its table: `head` is the ALTER … ALTER COLUMN that names it."""
    if column.get("statistics") is not None:
        yield f"{head} SET STATISTICS {column['statistics']};\n"
    if column.get("storage"):
        yield f"{head} SET STORAGE {_STORAGE[column['storage']]};\n"
    if column.get("compression"):
        yield f"{head} SET COMPRESSION {_COMPRESSION[column['compression']]};\n"
    if column.get("options"):
        yield f"{head} SET ({', '.join(column['options'])});\n"
    if column.get("foreign_options"):
        yield f"{head}{generic_options(column['foreign_options'])};\n"
