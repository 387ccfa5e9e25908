"""Whether case counts when texts are compared, in each database."""

from __future__ import annotations

import re

from designer.schema import Column, Table
from exporters.ddl.translation.work import Work

_MINDS = re.compile(r"_(?:bin|cs)\b|_as_cs|^binary$", re.IGNORECASE)
_WORDS = frozenset({"string", "char", "text", "enum", "set"})

LOOSE = {"mysql": "utf8mb4_0900_as_ci", "mariadb": "utf8mb4_general_nopad_ci", "sqlite": "NOCASE"}
"""The collation under which case does not count."""


def is_loose(work: Work, column: Column, table: Table) -> bool:
    """Say whether texts of a column that differ in case only are equal in the source."""
    if work.logical[column.id].partition("(")[0] not in _WORDS or work.logical[column.id].endswith("]"):
        return False
    if work.source_family == "mysql":
        model = work.catalog.model
        said = column.collation or column.extra.get("charset", "") or table.extra.get("collation", "")
        return not _MINDS.search(said or model.extra.get("collation", ""))
    if work.source_family == "sqlite":
        return column.collation.upper() == "NOCASE"
    return column.type.lower().rpartition(".")[2] == "citext"


def collation(work: Work, column: Column, table: Table, in_key: bool) -> str:
    """Return the collation of a column in the target; what is lost of it is noted."""
    loose = is_loose(work, column, table)
    written = LOOSE.get(work.target.name, "") if loose and (in_key or work.source_family != "mysql") else ""
    if written:
        message = f"case does not count in it by the collation {written}; for letters with accents the rules differ"
        work.lost("letter-case", message, column)
    elif loose and (in_key or work.source_family == "postgresql"):
        message = f"{work.source.title} takes 'a' and 'A' in it for equal, {work.target.title} does not"
        work.lost("letter-case", message, column)
    elif column.collation and not loose:
        work.lost("collation", f"its collation {column.collation} is left out; texts are compared by their bytes" if
                  work.family != "postgresql" else f"its collation {column.collation} is left out", column)  # fmt: skip
    elif column.collation and work.source_family == "mysql":
        work.lost("collation", f"its collation {column.collation} is left out", column)
    return written
