"""What every handler writes with: names, types and expressions in the target, and notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import ClassVar

from designer.dialects.base import Dialect
from designer.schema import Column, Id, Named, Record
from exporters.ddl.catalog import Catalog
from exporters.ddl.notes import Notes
from exporters.ddl.speech import Speech

_SAFE_LENGTH = 15
"""No limit is reached by a name of so many characters, four bytes each."""
_HASH = 8
Scope = tuple[str, str]
"""A space of names: what for, and in which schema or table."""


class Pen:
    """Writes names as the target needs them."""

    keeps_long_names: ClassVar[bool] = False
    """Whether the server cuts long names off by itself, so that they may stay as they are."""

    def __init__(self, catalog: Catalog, dialect: Dialect, speech: Speech, notes: Notes):
        self.catalog = catalog
        self.design = catalog.design
        self.dialect = dialect
        self.speech = speech
        self.notes = notes
        self._paths: dict[Id, str] = {}
        self._columns: dict[Id, str] = {}
        self._own: dict[Id, str] = {}
        self._cased: dict[tuple[str, str], Id] = {}
        self._taken: dict[Scope, set[str]] = {}

    def ident(self, record: Named) -> str:
        """Return the name of a record without its schema, quoted where needed."""
        return self.dialect.quote(self.fit(record.name or record.id, record))

    def fit(self, name: str, about: Record) -> str:
        """Return a name that the target can hold: the same one, or one that is cut and told apart by a hash."""
        if self.is_legal(name):
            return name
        if not self.dialect.too_long(name) or not self.keeps_long_names:
            short = self.shortened(name)
            self.notes.add(
                "name", f"{self.dialect.title} cannot hold the name {name!r}; it is written as {short}", about.id
            )
            return short
        self.notes.add(
            "name", f"{self.dialect.title} cuts names after {self.dialect.identifier_limit} bytes: {name!r}", about.id
        )
        return name

    def is_legal(self, name: str) -> bool:
        """Say whether the target can hold a name at all."""
        return "\0" not in name and (len(name) <= _SAFE_LENGTH or not self.dialect.too_long(name))

    def shortened(self, name: str) -> str:
        """Return what the target can hold of a name, with a hash of the whole."""
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
        kept = "".join(letter for letter in name if letter > " " and self.is_legal(letter))
        while kept and self.dialect.too_long(f"{kept}_{digest}"):
            kept = kept[:-1]
        return f"{kept}_{digest}"

    def own_name(self, record: Named) -> str:
        """Return the quoted name of a constraint or index; another one where the target has that name already.

        For example two tables of MySQL may each have an index `by_name`; in PostgreSQL one becomes `users_by_name`.
        """
        written = self._own.get(record.id)
        if written is None:
            name = self.fit(record.name, record)
            scopes = self.scopes(record)
            if scopes:
                name = self._free_name(name, scopes, record)
            written = self._own[record.id] = self.dialect.quote(name)
        return written

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """Return the spaces in which the name of a constraint or index must be unique."""
        return ()

    def names_in(self, scope: Scope) -> set[str]:
        """Return the names that a space holds from the start."""
        return set()

    def _free_name(self, name: str, scopes: tuple[Scope, ...], record: Named) -> str:
        taken = [self._taken.get(scope) or self._filled(scope) for scope in scopes]
        owner = self.design.get(record.parent) if record.parent else None
        longer = f"{owner.name}_{name}" if isinstance(owner, Named) else name
        free, number = name, 0
        while any(self.fold(free) in names for names in taken):
            number += 1
            free = self.cut(longer if number == 1 else f"{longer}_{number}")
        if number:
            message = "a name is taken there by another constraint or index, so the second gets another one"
            self.notes.repeat("name-taken", message, f"{self.catalog.label(record)} is {free}", record.id)
        for names in taken:
            names.add(self.fold(free))
        return free

    def _filled(self, scope: Scope) -> set[str]:
        names = self._taken[scope] = {self.fold(name) for name in self.names_in(scope)}
        return names

    def fold(self, name: str) -> str:
        """Return the form of a name under which the target holds names to be equal."""
        return name

    def cut(self, name: str) -> str:
        """Return a name of a length that the target can hold."""
        return self.shortened(name) if self.dialect.too_long(name) else name

    def path(self, record: Named) -> str:
        """Return the name of an object with the schema that it is in."""
        written = self._paths.get(record.id)
        if written is None:
            schema = self.catalog.schema_of(record)
            written = self._paths[record.id] = self._qualified(schema, record)
        return written

    def _qualified(self, schema: str, record: Named) -> str:
        written = self.dialect.quote(self.fit(record.name or record.id, record))
        return f"{self.dialect.quote(schema)}.{written}" if schema else written

    def _told_apart(self, name: str, record: Record) -> str:
        """Return the name of a column that no other has in another case, for a target where the case does not count."""
        if self.dialect.folds == "lower" or not isinstance(record, Column):
            return name
        first = self._cased.setdefault((record.parent or "", name.casefold()), record.id)
        if first == record.id:
            return name
        other = self.shortened(name)
        message = f"{self.dialect.title} takes names for equal that differ in case only"
        self.notes.repeat("case", message, f"{self.catalog.label(record)} is {other}", record.id)
        return other

    def path_of(self, table: Id | None) -> str:
        """Return the name of the table with this id."""
        record = self.design.get(table) if table else None
        return self.path(record) if isinstance(record, Named) else ""

    def column(self, column: Id) -> str:
        """Return the name of the column with this id."""
        written = self._columns.get(column)
        if written is None:
            record = self.design.get(column)
            name = record.name or record.id if isinstance(record, Column) else column
            if record is not None:
                name = self.fit(self._told_apart(name, record), record)
            written = self._columns[column] = self.dialect.quote(name)
        return written

    def columns(self, columns: Iterable[Id]) -> str:
        """Return a list of column names: `a, b`."""
        return ", ".join(map(self.column, columns))

    def literal(self, text: str) -> str:
        """Return a string literal."""
        return self.dialect.literal(text)

    def supports(self, feature: str) -> bool:
        """Say whether the target can do `feature`."""
        return self.dialect.supports(feature)

    def lost(self, code: str, message: str, record: Record) -> None:
        """Note that the target has no word for a record, or for something of it."""
        self.notes.repeat(code, message, self.catalog.label(record), record.id)

    def refused(self, record: Record) -> str:
        """Return why a server would refuse a record, as its importer found; empty where it would not."""
        reason = record.extra.get("refused", "")
        if reason:
            self.notes.add("refused", f"{self.catalog.label(record)} is left out: {reason}", record.id)
        return reason
