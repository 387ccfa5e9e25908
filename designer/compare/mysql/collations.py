"""Character sets and collations: which one a column has in the end, and how far an index of it may reach."""

from __future__ import annotations

import re
from dataclasses import dataclass

from designer.compare.difference import Verdict
from designer.compare.mysql.types import is_binary, length, type_form
from designer.compare.side import Side
from designer.compare.value import Language
from designer.schema import Column, Record, Table

_TEXTS = re.compile(r"(?:var)?char|(?:tiny|medium|long)?text|enum|set|json")
_USUAL = re.compile(r"\w+?_(?:general_ci|swedish_ci|0900_ai_ci|uca1400_ai_ci|chinese_ci|japanese_ci|korean_ci)\Z")
"""What a character set is sorted by where nobody says it, in one release or another."""
_BYTES = {"utf8mb4": (4,), "utf8mb3": (3,), "utf16": (4,), "utf32": (4,), "ucs2": (2,), "": (1, 3, 4)}
_LIMITS = {"myisam": (1000,), "aria": (2000, 2300), "innodb": (3072,)}
"""Bytes that a part of an index has at most, by engine."""


@dataclass(frozen=True, slots=True)
class Collated:
    """A character set and a collation, empty where they are not known; `inherited` from the table."""

    charset: str
    collation: str
    inherited: bool = False

    def agree(self, other: object, language: Language) -> Verdict:
        """Return EQUAL where both come to the same collation."""
        if not isinstance(other, Collated):
            return Verdict.DIFFERENT
        alike = (self.inherited and other.inherited) or self._is(other) or other._is(self)
        return Verdict.EQUAL if alike else Verdict.DIFFERENT

    def _is(self, other: Collated) -> bool:
        if self.collation and other.collation:
            return self.collation == other.collation or (self.collation == "_bin" and other.collation.endswith("_bin"))
        known = self.collation or other.collation
        if self.charset != other.charset or not self.charset:
            return not known and not self.charset and not other.charset
        return not known or _USUAL.match(known) is not None or known == "binary"

    @property
    def may_be_left_out(self) -> bool:
        """The server writes it out where nobody said it."""
        return True

    def __str__(self) -> str:
        return self.collation or self.charset


@dataclass(frozen=True, slots=True)
class Prefix:
    """How much of a column an index holds, None for all of it; `cuts` are the lengths that the server may cut it to."""

    length: int | None
    cuts: frozenset[int] = frozenset()

    def agree(self, other: object, language: Language) -> Verdict:
        """Return EQUAL for one length, or where the shorter one is what the server leaves of the longer."""
        if not isinstance(other, Prefix):
            return Verdict.DIFFERENT
        said = [each for each in (self.length, other.length) if each is not None]
        cut = bool(said) and min(said) in self.cuts | other.cuts
        return Verdict.EQUAL if self.length == other.length or cut else Verdict.DIFFERENT

    @property
    def may_be_left_out(self) -> bool:
        """A part of an index is all of its column unless it says so."""
        return self.length is None

    def __str__(self) -> str:
        return f"({self.length})" if self.length else ""


def charset_of(name: str) -> str:
    """Return a character set or collation by its name of today: utf8 is utf8mb3."""
    return re.sub(r"^utf8(?=_|\Z)", "utf8mb3", name.strip().strip("'\"").lower())


def table_collation(table: Table) -> Collated:
    """Return what a table says of character sets."""
    collation = charset_of(table.extra.get("collation", ""))
    charset = charset_of(table.extra.get("charset", "")) or collation.partition("_")[0]
    return Collated(charset, collation, inherited=not charset)


def column_collation(side: Side, column: Column) -> Collated | None:
    """Return what a column has in the end; None for one of numbers or bytes."""
    written = column.type.lower().strip()
    if not _TEXTS.match(type_form(column.type, side.dialect.name)):
        return None
    if side.dialect.name == "mariadb" and written == "json":
        return Collated("utf8mb4", "utf8mb4_bin")
    if written.startswith(("national", "nchar", "nvarchar")):
        return Collated("utf8mb3", charset_of(column.collation))
    charset, collation = charset_of(column.extra.get("charset", "")), charset_of(column.collation)
    above = _above(side, column)
    if is_binary(column.type) and not collation:
        collation = f"{charset or above.charset}_bin"
    if not charset and not collation:
        return Collated(above.charset, above.collation, inherited=True)
    return Collated(charset or collation.partition("_")[0], collation)


def _above(side: Side, column: Column) -> Collated:
    table = side.design.get(column.parent or "")
    return table_collation(table) if isinstance(table, Table) else Collated("", "", inherited=True)


def is_bytewise(side: Side, column: Column) -> bool:
    """Say whether the characters of a column are bytes: its VARCHAR is a VARBINARY."""
    own = charset_of(column.extra.get("charset", "")) or charset_of(column.collation)
    return (own or _above(side, column).charset) == "binary"


def prefix(side: Side, record: Record, column: Column | None, said: int | None, *, unique: bool) -> Prefix:
    """Return how much of a column an index holds. What is too long the server cuts, unless it must be unique."""
    if column is None:
        return Prefix(said)
    form = type_form(column.type, side.dialect.name, bytewise=is_bytewise(side, column))
    whole = length(form)
    table = side.design.get(record.parent or "")
    if said is not None and whole is not None and "char" in form + "binary" and whole <= said:
        said = None
    if unique or whole is None or not isinstance(table, Table):
        return Prefix(said)
    collated = column_collation(side, column)
    width = _BYTES.get(collated.charset, (1,)) if collated else (1,)
    engine = table.extra.get("engine", "innodb").lower()
    limits = (
        (767,)
        if table.extra.get("row_format", "").lower() in ("compact", "redundant")
        else _LIMITS.get(engine, (3072,))
    )
    cuts = {limit // each for limit in limits for each in width}
    return Prefix(said, frozenset(cut for cut in cuts if cut < whole))
