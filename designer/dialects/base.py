"""The facts about a database that importers and exporters need, as data plus very small functions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Dialect:
    """One database. Everything that differs between databases and is not an algorithm stands here."""

    name: str
    title: str
    default_version: str
    default_schema: str = ""
    """The schema that unqualified names go to; empty where the database has no schemas inside a database."""
    identifier_limit: int = 63
    identifier_limit_unit: str = "bytes"
    """What `identifier_limit` counts: "bytes" or "characters"."""
    quote_open: str = '"'
    quote_close: str = '"'
    folds: str = "lower"
    """What happens to the case of an unquoted name: "lower", or "keep"."""
    bare_name: re.Pattern[str] = re.compile(r"^[a-z_][a-z0-9_$]*$")
    """Names that need no quotes, provided that they are not reserved."""
    reserved: frozenset[str] = frozenset()
    """Words that must be quoted as a column or table name, in lower case."""
    backslash_escapes: bool = False
    """Whether a backslash in a string literal must be doubled."""
    features: frozenset[str] = frozenset()
    """What the database can do, in the words of `designer.dialects.features`."""
    to_logical: dict[str, str] = field(default_factory=dict)
    """Raw type name in lower case, without arguments -> logical type name."""
    from_logical: dict[str, str] = field(default_factory=dict)
    """Logical type name -> raw type template; `{0}`, `{1}` are its arguments."""

    def supports(self, feature: str) -> bool:
        """Say whether the database can do `feature`."""
        return feature in self.features

    def quote(self, name: str) -> str:
        """Return a name as it must be written, with quotes only where they are needed."""
        if self.bare_name.match(name) and name.lower() not in self.reserved:
            return name
        return self.always_quote(name)

    def always_quote(self, name: str) -> str:
        """Return a name in quotes."""
        return self.quote_open + name.replace(self.quote_close, self.quote_close * 2) + self.quote_close

    def unquote(self, written: str) -> str:
        """Return the name that a written identifier means: without quotes, or with its case folded."""
        if written.startswith(self.quote_open) and written.endswith(self.quote_close) and len(written) > 1:
            return written[1:-1].replace(self.quote_close * 2, self.quote_close)
        return written.lower() if self.folds == "lower" else written

    def literal(self, text: str) -> str:
        """Return a string literal."""
        escaped = text.replace("'", "''")
        if self.backslash_escapes:
            escaped = escaped.replace("\\", "\\\\")
        return f"'{escaped}'"
