"""The facts about a database that importers and exporters need, as data plus very small functions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

_FOLD_ASCII = str.maketrans({chr(code): chr(code + 32) for code in range(ord("A"), ord("Z") + 1)})
"""PostgreSQL folds only ASCII letters in a UTF-8 database: `ÄPFEL` unquoted means `Äpfel` with a lower-case tail."""


@dataclass(frozen=True, eq=False)
class Dialect:
    """One database. Everything that differs between databases and is not an algorithm stands here."""

    name: str
    title: str
    default_version: str
    default_schema: str = ""
    """The schema that unqualified names go to; empty where the database has no schemas inside a database."""
    identifier_limit: int = 63
    identifier_limit_unit: str = "bytes"
    """What `identifier_limit` counts: "bytes" or "characters"; a limit of 0 means that there is none."""
    quote_open: str = '"'
    quote_close: str = '"'
    other_quotes: tuple[tuple[str, str], ...] = ()
    """Further pairs of quotes that the database reads round a name, but that we do not write."""
    folds: str = "lower"
    """What happens to the case of an unquoted name: "lower", or "keep"."""
    bare_name: re.Pattern[str] = re.compile(r"^[a-z_][a-z0-9_$]*\Z")
    """Names that need no quotes, provided that they are not reserved."""
    reserved: frozenset[str] = frozenset()
    """Words that must be quoted as a column or table name, in lower case."""
    reserved_types: frozenset[str] = frozenset()
    """Further words that must be quoted as the name of a type: unquoted they mean a built-in one."""
    unnameable: re.Pattern[str] | None = None
    """Names that the database refuses whatever their length; None where it takes any."""
    backslash_escapes: bool = False
    """Whether a backslash in a string literal must be doubled."""
    features: frozenset[str] = frozenset()
    """What the database can do, in the words of `designer.dialects.features`."""
    to_logical: dict[str, str] = field(default_factory=dict)
    """Raw type name in lower case -> logical type name. A key with arguments (`tinyint(1)`) is tried first."""
    from_logical: dict[str, str] = field(default_factory=dict)
    """Logical type name -> raw type; with `()` after the name the template that takes arguments: `varchar({})`."""
    lossy: dict[str, str] = field(default_factory=dict)
    """Logical type name -> what the raw type of `from_logical` does not keep."""

    words: dict[str, str] = field(default_factory=dict)
    """How defaults are said: `now`, `now()` with a precision, `today`, `uuid`, `true`, `false`, `large` round a literal
    for a column of large text. What has no entry cannot be said."""

    def supports(self, feature: str) -> bool:
        """Say whether the database can do `feature`."""
        return feature in self.features

    def quote(self, name: str) -> str:
        """Return a name as it must be written, with quotes only where they are needed."""
        return _quoted(self, name)

    def quote_type(self, name: str) -> str:
        """Return the name of a type as it must be written: more words are taken there than among columns."""
        return self.always_quote(name) if name in self.reserved_types else self.quote(name)

    def always_quote(self, name: str) -> str:
        """Return a name in quotes."""
        return self.quote_open + name.replace(self.quote_close, self.quote_close * 2) + self.quote_close

    def unquote(self, written: str) -> str:
        """Return the name that a written identifier means: without quotes, or with its case folded."""
        for opening, closing in ((self.quote_open, self.quote_close), *self.other_quotes):
            if len(written) > 1 and written.startswith(opening) and written.endswith(closing):
                return written[1:-1].replace(closing * 2, closing)
        return written.translate(_FOLD_ASCII) if self.folds == "lower" else written

    def literal(self, text: str) -> str:
        """Return a string literal. NUL, which no SQL text can hold, is left out."""
        escaped = text.replace("'", "''").replace("\0", "")
        if self.backslash_escapes:
            escaped = escaped.replace("\\", "\\\\").replace("\r", "\\r")  # clients drop a bare one
        return f"'{escaped}'"

    def too_long(self, name: str) -> bool:
        """Say whether the server would cut the name off or refuse it."""
        if not self.identifier_limit:
            return False
        length = len(name.encode()) if self.identifier_limit_unit == "bytes" else len(name)
        return length > self.identifier_limit

    def holds(self, name: str) -> bool:
        """Say whether the database can hold a name as it is."""
        refused = "\0" in name or (self.unnameable is not None and self.unnameable.search(name) is not None)
        return not refused and not self.too_long(name)


def words(text: str) -> frozenset[str]:
    """Return the words of a text, for long lists that are easier to read as prose."""
    return frozenset(text.split())


@lru_cache(maxsize=20_000)
def _quoted(dialect: Dialect, name: str) -> str:
    if dialect.bare_name.match(name) and name.lower() not in dialect.reserved:
        return name
    return dialect.always_quote(name)
