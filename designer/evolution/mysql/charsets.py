"""Which character set and collation a table or column has: its own, or that of what it stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

from designer.compare.mysql.types import is_binary
from designer.schema import Column, Design, Id, Model, Record, Schema, Table

_CHARACTERS = re.compile(
    r"(?:national\s+)?(?:var)?char(?:acter)?\b|n(?:var)?char\b|(?:tiny|medium|long)?text\b|enum\b|set\b|long\b",
    re.IGNORECASE,
)
_BINARY = re.compile(r".*\bbyte\b|.*\bcharset\s+binary|long\s+varbinary", re.IGNORECASE)
_JSON = re.compile(r"json\b", re.IGNORECASE)
_USUAL = {"latin1": "latin1_swedish_ci", "ascii": "ascii_general_ci", "binary": "binary"}
"""Collations that every server takes where only the character set is said; that of utf8mb4 depends on the version."""
_COMMON = re.compile(r"(?:\w+?_(?:general_ci|swedish_ci|0900_ai_ci|uca1400_ai_ci|chinese_ci|japanese_ci|korean_ci))?\Z")
"""Collations that hold in one release or another where only the character set is said."""
_GROWING = re.compile(r"(?:tiny|medium)?text\b", re.IGNORECASE)


class Charset(NamedTuple):
    """A character set and a collation; either is empty where nobody said it."""

    name: str = ""
    collation: str = ""

    def clause(self) -> str:
        """Return the words for a column or CONVERT TO."""
        said = f"CHARACTER SET {self.name}" if self.name else ""
        return f"{said} COLLATE {self.collation}".strip() if self.collation else said


def charset_of(design: Design, record: Record | None) -> Charset:
    """Return what holds for a database, a table or a column of characters."""
    own = _own(record)
    if isinstance(record, Column) and _JSON.match(record.type) and not own.collation:
        return Charset("utf8mb4", "utf8mb4_bin")
    if own.name and not own.collation and isinstance(record, Column) and is_binary(record.type):
        return Charset(own.name, f"{own.name}_bin")
    if own.name or own.collation:
        return _whole(own)
    if record is None or isinstance(record, Model) or record.parent is None:
        return Charset()
    above = design.get(record.parent)
    found = charset_of(design, above) if isinstance(above, Table | Schema | Model) else Charset()
    is_bin = found.name and isinstance(record, Column) and is_binary(record.type)
    return Charset(found.name, f"{found.name}_bin") if is_bin else found


def _own(record: Record | None) -> Charset:
    if record is None:
        return Charset()
    collation = record.collation if isinstance(record, Column) else record.extra.get("collation", "")
    return Charset(_today(record.extra.get("charset", "")), _today(collation))


def _today(name: str) -> str:
    """Return a name as servers say it today: utf8 is utf8mb3."""
    return re.sub(r"^utf8(?=_|\Z)", "utf8mb3", name.strip("'\"`").lower())


def _whole(found: Charset) -> Charset:
    """Return both, where one of them says the other. A collation of MariaDB may stand for several character sets."""
    if found.name and not found.collation:
        return Charset(found.name, _USUAL.get(found.name, ""))
    if found.name or found.collation.startswith("uca1400"):
        return found
    return Charset(found.collation.partition("_")[0], found.collation)


def holds_characters(column: Column, dialect: str) -> bool:
    """Say whether a column has a character set."""
    if _JSON.match(column.type):
        return dialect == "mariadb"
    return bool(_CHARACTERS.match(column.type)) and not _BINARY.match(column.type)


def grows(column: Column) -> bool:
    """Say whether CONVERT TO may make a larger type of a column's, to hold as many characters as it could bytes."""
    return bool(_GROWING.match(column.type))


def column_charset(design: Design, column: Column, dialect: str) -> Charset | None:
    """Return what holds for a column, None for one without characters."""
    return charset_of(design, column) if holds_characters(column, dialect) else None


def table_charset(design: Design, table: Id | None) -> Charset:
    """Return what holds for new columns of a table."""
    return charset_of(design, design.get(table) if table else None)


def changes(old: Charset, new: Charset) -> bool:
    """Say whether a change is asked for: what the new side leaves to the server is none."""
    if not new.name and not new.collation:
        return False
    if old.name == new.name and not new.collation:
        return _COMMON.match(old.collation) is None
    return old != new
