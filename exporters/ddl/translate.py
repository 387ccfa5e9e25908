"""Saying a design of one database in the words of another: types, defaults, conditions, views.

What has no safe translation is left out with a note; a wrong one would be worse than none.
"""

from __future__ import annotations

import re

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.dialects.logical import logical_type, raw_type
from designer.schema import Column, CompositeType, DomainType, EnumType, Expr, Id, Record, Sequence, Table, View
from designer.schema.expressions import render
from exporters.ddl.catalog import Catalog
from exporters.ddl.expressions import Translator
from exporters.ddl.notes import Notes
from exporters.ddl.speech import Speech

_SERIALS = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint"}
_WIDER = {"smallint": "integer", "integer": "bigint"}
_ENUM = re.compile(r"^(?:enum|set)\((.*)\)$", re.DOTALL)
_VALUE = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)
_TEXTS = {"text": "string", "string": "string", "xml": "string", "blob": "binary"}
_LONGEST_STRING = 16_383
_LENGTH = re.compile(r"^(?:string|binary)\((\d+)\)$")
_INDEX_BYTES = 3072
_BYTES_PER_CHARACTER = 4
_KEY_LENGTH = 255


class Translation(Speech):
    """The words of a design in another dialect."""

    translates = True

    def __init__(self, catalog: Catalog, source: Dialect, target: Dialect, notes: Notes):
        super().__init__(catalog, source, target, notes)
        self.translator = Translator(source, target)
        self._crowds: dict[Id, int] | None = None
        self._owned = {each.owned_by for each in catalog.of(Sequence) if each.owned_by}

    # Types

    def type(self, column: Column | DomainType) -> str:
        """Return the type of a column in the target."""
        named = self.design.get(column.type_ref) if column.type_ref else None
        if isinstance(named, EnumType):
            return self._enum_type(named, column)
        logical = self.logical(column)
        if isinstance(column, Column):
            logical = self._for_key(logical, column)
        if logical.startswith("other("):
            message = f"{self.target.title} may not know the type {column.type}; it is written as text"
            self.notes.repeat("type", message, self.catalog.label(column), column.id)
            logical = self._for_key("text", column) if isinstance(column, Column) else "text"
        raw, note = raw_type(logical, self.target)
        if note:
            self.notes.repeat("type", note, self.catalog.label(column), column.id)
        return raw

    def logical(self, column: Column | DomainType) -> str:
        """Return the type of a column in dialect-free words, domains flattened to what they are made of."""
        named = self.design.get(column.type_ref) if column.type_ref else None
        brackets = "[]" * column.type.count("[]")
        if isinstance(named, DomainType):
            self.notes.repeat("domain", "a domain is written as its base type", self.catalog.label(column), column.id)
            return self.logical(named) + brackets
        if isinstance(named, EnumType):
            return f"enum({', '.join(map(self.target.literal, named.values))})" + brackets
        if isinstance(named, CompositeType):
            self.notes.repeat("composite", "a row type is written as JSON", self.catalog.label(column), column.id)
            return "json"
        if not column.type:
            return getattr(column, "logical", "") or self._type_referred_to(column)
        logical = logical_type(column.type, self.source)
        return self._widened(_SERIALS.get(logical, logical), column)

    def _type_referred_to(self, column: Column | DomainType) -> str:
        """Return the type of the column that one without a type refers to; text where it refers to none."""
        owner = self.design.get(column.parent) if column.parent else None
        for key in self.catalog.parts(owner).foreign_keys if owner is not None else ():
            pairs = dict(zip(key.columns, key.ref_columns, strict=False))
            target = self.design.get(pairs.get(column.id, ""))
            if isinstance(target, Column) and target.type:
                return self.logical(target)
        return "text"

    def _widened(self, logical: str, column: Column | DomainType) -> str:
        if "unsigned" not in column.type.lower():
            return logical
        if logical == "bigint":
            message = "numbers above 9223372036854775807 of a bigint unsigned do not fit"
            self.notes.repeat("unsigned", message, self.catalog.label(column), column.id)
        return _WIDER.get(logical, logical)

    def _enum_type(self, enum: EnumType, column: Column | DomainType) -> str:
        if "[" in column.type:
            return raw_type("text[]", self.target)[0]
        if self.target.supports(can.INLINE_ENUMS) and enum.values:
            return f"enum({', '.join(map(self.target.literal, enum.values))})"
        return raw_type("text", self.target)[0]

    def _for_key(self, logical: str, column: Column) -> str:
        """Return a type with a length for text that is part of a key, where the target cannot do without."""
        name = logical.partition("(")[0]
        found = _LENGTH.match(logical)
        if not self.target.supports(can.PREFIX_LENGTHS) or name not in _TEXTS:
            return logical
        crowd = self.crowds().get(column.id, 0)
        if not crowd:
            return "text" if found and int(found.group(1)) > _LONGEST_STRING else logical
        longest = min(_KEY_LENGTH, _INDEX_BYTES // _BYTES_PER_CHARACTER // crowd)
        if found and int(found.group(1)) <= max(longest, _INDEX_BYTES // _BYTES_PER_CHARACTER // crowd):
            return logical
        message = f"{self.target.title} needs a length for text in a key; it is written with {longest} characters"
        self.notes.repeat("key-length", message, self.catalog.label(column), column.id)
        return f"{_TEXTS[name]}({longest})"

    def crowds(self) -> dict[Id, int]:
        """Return, for each column in a key or index, how many columns the largest of these has."""
        if self._crowds is None:
            self._crowds = {}
            for parts in self.catalog.hanging.values():
                groups = [[*key.columns, *key.include] for key in parts.keys]
                groups += [list(key.columns) for key in parts.foreign_keys]
                groups += [list(key.ref_columns) for key in parts.foreign_keys]
                groups += [[part.column for part in index.parts if part.column] for index in parts.indexes]
                for group in groups:
                    for column in group:
                        self._crowds[column] = max(len(group), self._crowds.get(column, 0))
        return self._crowds

    def checks(self, table: Table, column: Column) -> list[str]:
        """Return the conditions of enums and domains, which the type does not carry in the target."""
        named = self.design.get(column.type_ref) if column.type_ref else None
        name = self.target.quote(column.name)
        if isinstance(named, DomainType) and "[" not in column.type:
            return self._domain_checks(named, name, column)
        values = list(named.values) if isinstance(named, EnumType) and "[" not in column.type else []
        if not values and self.source.supports(can.INLINE_ENUMS) and column.type.lower().startswith("enum"):
            values = self._inline_values(column.type)
        if not values or self.target.supports(can.INLINE_ENUMS):
            return []
        return [f"{name} IN ({', '.join(map(self.target.literal, values))})"]

    def _inline_values(self, raw: str) -> list[str]:
        found = _ENUM.match(raw.lower()) and _VALUE.findall(raw)
        return [re.sub(r"\\(.)", r"\1", value.replace("''", "'")) for value in found or ()]

    def _domain_checks(self, domain: DomainType, column: str, about: Record) -> list[str]:
        conditions = []
        if not domain.nullable:
            conditions.append(f"{column} IS NOT NULL")
        for check in self.catalog.parts(domain).checks:
            text = self._translated(check.expr, about.id, {"VALUE": column})
            if text is not None:
                conditions.append(text)
        return conditions

    # Columns

    def columns(self, table: Table) -> list[Column]:
        """Return the columns of a table, those that it inherits first: the target may not know inheritance."""
        own = self.catalog.parts(table).columns
        parents = [self.design[each] for each in table.inherits]
        names = {column.name for column in own}
        inherited = [
            column
            for parent in parents
            if isinstance(parent, Table) and not self.target.supports(can.INHERITANCE)
            for column in self.columns(parent)
            if column.name not in names
        ]
        return [*inherited, *own]

    def counts(self, column: Column) -> bool:
        """Say whether the source numbers the rows in this column, in whatever way."""
        if column.identity or column.id in self._owned:
            return True
        return logical_type(column.type, self.source) in _SERIALS if column.type else False

    def default(self, column: Column) -> str | None:
        """Return the default of a column in the target."""
        named = self.design.get(column.type_ref) if column.type_ref else None
        if column.default is None and isinstance(named, DomainType) and named.default is not None:
            return self._default(named.default, column)
        return self._default(column.default, column) if column.default is not None else None

    def _default(self, default: Expr, column: Column) -> str | None:
        text = self.translator.default(self._rendered(default), self.logical(column))
        if text is None:
            message = f"{self.target.title} has no word for the default {default.text}; it is left out"
            self.notes.repeat("default", message, self.catalog.label(column), column.id)
        return text

    # Expressions

    def expr(self, expr: Expr | None, about: Id | None = None) -> str | None:
        """Return an expression in the target, or None with a note."""
        return None if expr is None else self._translated(expr, about, {})

    def query(self, view: View, tables: dict[str, str]) -> str | None:
        """Return the query of a view in the target, or None with a note."""
        text = self.translator.query(self._rendered(view.query), tables)
        if text is None:
            self._not_said(view.query, view.id)
        return text

    def _translated(self, expr: Expr, about: Id | None, names: dict[str, str]) -> str | None:
        text = self.translator.condition(self._rendered(expr), names)
        if text is None:
            self._not_said(expr, about)
        return text

    def _not_said(self, expr: Expr, about: Id | None) -> None:
        record = self.design.get(about) if about else None
        label = f"{self.catalog.label(record)}: " if record is not None else ""
        shown = " ".join(expr.text.split())[:80]
        message = f"{label}{self.target.title} may not understand {shown}; it is left out, write it anew"
        self.notes.add("expression", message, about)

    def _rendered(self, expr: Expr) -> str:
        return render(expr, self.design, self.source.quote, self.source.unquote) if expr.uses else expr.text
