"""How the design's own words, raw types and expressions, are said in the target."""

from __future__ import annotations

import re
from operator import eq

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.dialects.logical import raw_type
from designer.schema import Column, DomainType, Expr, Id, Named
from designer.schema.expressions import Same, render
from exporters.ddl.catalog import Catalog
from exporters.ddl.notes import Notes

_NAME = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_TYPE_NAME = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)")
_PART = re.compile(_NAME)


class Speech:
    """The words of a design in its own dialect: they are written as they are, with the names of today."""

    same: Same = staticmethod(eq)
    """Whether two names are one to the source; a name in text is only written anew where it is another."""

    def __init__(self, catalog: Catalog, source: Dialect, target: Dialect, notes: Notes):
        self.catalog = catalog
        self.design = catalog.design
        self.source = source
        self.target = target
        self.notes = notes
        if source.name in ("sqlite", "mysql", "mariadb"):
            self.same = _but_for_case

    def expr(self, expr: Expr | None, about: Id | None = None) -> str | None:
        """Return an expression, or None where there is none, or none that the target understands."""
        if expr is None:
            return None
        if not expr.uses:
            return expr.text
        return render(expr, self.design, self.target.quote, self.source.unquote, self.same)

    def default(self, column: Column) -> str | None:
        """Return the default of a column."""
        return self.expr(column.default, column.id)

    def counts(self, column: Column) -> bool:
        """Say whether the server numbers the rows in this column."""
        return bool(column.identity)

    def verbatim(self, expr: Expr) -> str:
        """Return a whole statement."""
        return self.expr(expr) or ""

    def type(self, column: Column | DomainType) -> str:
        """Return the type of a column or domain."""
        if column.type_ref is not None:
            return self._named_type(column.type, column.type_ref)
        if column.type or (not getattr(column, "logical", "") and self.target.supports(can.UNTYPED_COLUMNS)):
            return column.type
        return self._from_logical(column)

    def _named_type(self, raw: str, ref: Id) -> str:
        """Return `raw` with the name that its type has today; array brackets and all else stay as they are."""
        named = self.design.get(ref)
        if not isinstance(named, Named):
            return raw
        found = _TYPE_NAME.match(raw)
        written = _PART.findall(found.group(1)) if found else []
        schema = self.catalog.schema_of(named)
        meant = [self.source.unquote(part) for part in written]
        unsaid = [] if schema in ("", self.target.default_schema) else [schema]
        if found and meant[-1:] == [named.name] and meant[:-1] in (unsaid, [schema]):
            return raw
        path = [self.target.quote(schema)] if schema and (unsaid or len(written) != 1) else []
        return ".".join([*path, self.target.quote_type(named.name)]) + (raw[found.end() :] if found else raw)

    def _from_logical(self, column: Column | DomainType) -> str:
        logical = getattr(column, "logical", "") or "text"
        raw, note = raw_type(logical, self.target)
        if note:
            self.notes.repeat("type", note, self.catalog.label(column), column.id)
        return raw


def _but_for_case(one: str, other: str) -> bool:
    return one.lower() == other.lower()
