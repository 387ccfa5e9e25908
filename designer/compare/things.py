"""From records to the objects that are compared: what belongs where, what it is called, what the server adds itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from designer.compare.fields import SERIALS, Reader
from designer.compare.gathered import Gathered
from designer.compare.pragmas import is_setting, settings
from designer.compare.side import Side
from designer.compare.statements import Privileges
from designer.compare.thing import Thing
from designer.compare.value import Language, Plain
from designer.schema import (
    Check,
    Column,
    Exclusion,
    Extension,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Named,
    Partitioning,
    Policy,
    Publication,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
    kind_of,
)
from designer.schema.kinds import RELATIONAL

_WITHOUT_FOREIGN_KEYS = frozenset(
    {"myisam", "aria", "memory", "heap", "csv", "archive", "blackhole", "merge", "mrg_myisam"}
)
_ON_TABLE = (Key, ForeignKey, Check, Exclusion, Index, Trigger, Policy, Partitioning)
_RELATIONAL = frozenset(RELATIONAL)


class Things:
    """The objects of one side."""

    def __init__(self, side: Side, language: Language, *, owners: bool = False):
        self.side = side
        self.language = language
        self.owners = owners
        self.reader = Reader(side, language)
        self.privileges = Privileges(side)
        self.gathered = Gathered(side)

    def all(self, only: Collection[Id] | None = None) -> list[Thing]:
        """Return every object of the model; with `only` those that these records stand for."""
        found: list[Thing] = []
        for record in self.side.records() if only is None else self.side.chosen(only):
            if type(record) in _RELATIONAL and not self._goes_without_saying(record):
                found += self._things(record)
        if self.side.dialect.name == "sqlite":
            found += [each for each in settings(self.side) if only is None or each.id in only]
        return [*found, *self.privileges.things(), *self.gathered.things()]

    def _goes_without_saying(self, record: Record) -> bool:
        """The default schema and PL/pgSQL are there; columns of views are those of their queries."""
        if isinstance(record, Extension):
            return record.name == "plpgsql"
        if isinstance(record, Schema):
            return record.name == self.side.dialect.default_schema
        if isinstance(record, Column):
            return (
                isinstance(self.side.design.get(record.parent or ""), View)
                and record.default is None
                and not (record.comment)
            )
        return False

    def of(self, record: Record) -> list[Thing]:
        """Return the objects that one record stands for; none where it goes without saying."""
        return [] if self._goes_without_saying(record) else list(self._things(record))

    def _things(self, record: Record) -> Iterator[Thing]:
        if isinstance(record, Publication | Statement) and self.gathered.takes(record):
            return
        if isinstance(record, Statement):
            if self.side.dialect.name == "sqlite" and is_setting(record.text.text):
                return
            if self.privileges.takes(record) or (not self.owners and is_ownership(record)):
                return
            label = f"“{_short(record.text.text)}”"
            identity = self.language.identity(self.side, self.side.plain(record.text), self.side.home(record))
            implied = self._is_said(record) or self._is_not_null_anyway(identity)
            *home, name = identity or ("",)
            yield Thing("statement", tuple(home), name, label, record.id, self.reader.fields(record), implied)
            return
        if isinstance(record, ForeignKey) and self._comes_to_nothing(record):
            yield from self._index_of_foreign_key(record)
        thing = Thing(self.kind(record), self._home(record), self._name(record), self.label(record), record.id,
                      self.reader.fields(record), self._is_implied(record))  # fmt: skip
        yield thing
        if isinstance(record, Table) and not self.side.design.of(Column, record.id):
            yield from self._inherited_columns(record)
        if isinstance(record, Column) and record.type.lower() in SERIALS:
            yield self._serial_sequence(record)

    def _is_said(self, statement: Statement) -> bool:
        """Say whether a statement leaves nothing of its own: it is done and over, or gives a child what it has.

        One about a table that is not in the design runs only where that table exists.
        """
        return (
            "only_where" in statement.extra
            or statement.phase == "never"
            or is_action(statement)
            or is_inherited_default(self.side, statement)
        )

    def _is_not_null_anyway(self, identity: tuple[str, ...]) -> bool:
        """The columns of a child's primary key are NOT NULL, which the server says of inherited ones as well."""
        if identity[:1] != ("alter table",) or not identity[2].startswith("AT_SetNotNull "):
            return False
        column = identity[2].partition(" ")[2]
        table = self.side.table(identity[1])
        if table is None:
            return False
        keys = [key for key in self.side.design.of(Key, table.id) if key.primary]
        inherited = [each for parent in table.inherits for each in self.side.columns(parent)]
        return any(column in self.side.names(key.columns) for key in keys) or any(
            each.name == column and not each.nullable for each in inherited
        )

    def kind(self, record: Record) -> str:
        """Return the kind of an object in words: `unique key`, `procedure`."""
        if isinstance(record, Key):
            return "primary key" if record.primary else "unique key"
        if isinstance(record, Routine):
            return record.routine_kind or "function"
        return kind_of(record).replace("_", " ")

    def _home(self, record: Record) -> tuple[str, ...]:
        if isinstance(record, Sequence) and record.owned_by and self.side.path_of(record.owned_by):
            return ("owned", *self.side.path_of(record.owned_by))
        return self.side.path(record)[:-1]

    def _name(self, record: Record) -> str:
        if isinstance(record, Sequence) and record.owned_by and self.side.path_of(record.owned_by):
            return ""
        name = record.name if isinstance(record, Named) else ""
        if isinstance(record, Routine):
            return name + self._signature(record)
        return self._cut(name)

    def _signature(self, routine: Routine) -> str:
        return self.language.signature(self.side, routine.text.text, self.side.home(routine))

    def _cut(self, name: str) -> str:
        """Return a name as the server keeps it."""
        limit = self.side.dialect.identifier_limit
        if not limit or not self.side.dialect.too_long(name):
            return name
        if self.side.dialect.identifier_limit_unit == "bytes":
            return name.encode()[:limit].decode("utf-8", "ignore")
        return name[:limit]

    def label(self, record: Record) -> str:
        """Return an object in words, without its kind: `public.users.email`, `users_pkey on public.users`."""
        path = self.side.path(record)
        if isinstance(record, _ON_TABLE):
            columns = getattr(record, "columns", ())
            said = path[-1] or (f"({', '.join(self.side.names(columns))})" if columns else "without a name")
            return f"{said} on {'.'.join(path[:-1])}" if not isinstance(record, Partitioning) else ".".join(path[:-1])
        if isinstance(record, Routine):
            return ".".join(path) + self._signature(record)
        return ".".join(path)

    def _inherited_columns(self, table: Table) -> Iterator[Thing]:
        """The columns of a partition that was written without any are those of its table."""
        for column in self.side.columns(table.id):
            path = (*self.side.path(table), column.name)
            fields = self.reader.fields(column)
            fields.pop("identity", None)  # which is that of the whole table
            fields.pop("identity options", None)
            yield Thing("column", path[:-1], column.name, ".".join(path), table.id, fields, implied=True)

    def _serial_sequence(self, column: Column) -> Thing:
        """A serial column makes a sequence, named by the server."""
        path = self.side.path(column)
        kind = self.language.type_form(self.side, SERIALS[column.type.lower()], None)
        fields = {"type": Plain(kind), "numbers": Plain(frozenset()), "owner": Plain(".".join(path))}
        table = self.side.design.get(column.parent or "")
        if isinstance(table, Table) and table.persistence == "unlogged":
            fields["persistence"] = Plain("unlogged")
        label = ".".join((*path[:-2], f"{path[-2]}_{path[-1]}_seq"))
        return Thing("sequence", ("owned", *path), "", label, column.id, dict(fields), implied=True)

    def _is_implied(self, record: Record) -> bool:
        """Say whether an object of a partition or child comes with one of its parent: it may be left out."""
        table = self.side.design.get(record.parent or "")
        if self.side.dialect.name in ("mysql", "mariadb") and isinstance(record, Check | Index | ForeignKey):
            return self._comes_along(record)
        if not isinstance(table, Table) or not (table.partition_of or table.inherits):
            return False
        return isinstance(record, Key | Index | Check | ForeignKey | Trigger | Column) and any(
            self._alike(record, other)
            for parent in (table.partition_of, *table.inherits)
            if parent
            for other in self.side.design.of(type(record), parent)
        )

    def _comes_along(self, record: Check | Index | ForeignKey) -> bool:
        """The server checks JSON columns, and makes an index for a foreign key that finds none.

        Engines other than InnoDB read foreign keys and forget them.
        """
        if isinstance(record, ForeignKey):
            return self._comes_to_nothing(record)
        if isinstance(record, Check):
            return record.expr.text.lower().strip("( ").startswith("json_valid(")
        columns = tuple(part.column for part in record.parts)
        keys = self.side.design.of(ForeignKey, record.parent)
        return not record.unique and any(key.columns == columns for key in keys)

    def _comes_to_nothing(self, key: ForeignKey) -> bool:
        table = self.side.design.get(key.parent or "")
        mysql = self.side.dialect.name in ("mysql", "mariadb")
        return mysql and table is not None and table.extra.get("engine", "innodb").lower() in _WITHOUT_FOREIGN_KEYS

    def _index_of_foreign_key(self, key: ForeignKey) -> Iterator[Thing]:
        """A foreign key that comes to nothing leaves its index, unless there is one that begins with its columns."""
        indexes, keys = self.side.design.of(Index, key.parent), self.side.design.of(Key, key.parent)
        starts = [tuple(part.column for part in each.parts) for each in indexes] + [each.columns for each in keys]
        if any(start[: len(key.columns)] == key.columns for start in starts):
            return
        index = Index(id=key.id, parent=key.parent, parts=tuple(IndexPart(column=each) for each in key.columns))
        name = key.name or self.side.name_of(key.columns[0])
        home = self.side.path(key)[:-1]
        yield Thing("index", home, name, f"{name} on {'.'.join(home)}", key.id, self.reader.fields(index), implied=True)

    def _alike(self, record: Record, other: Record) -> bool:
        mine, theirs = self.reader.fields(record), self.reader.fields(other)
        mine.pop("comment", None)
        theirs.pop("comment", None)
        named = not isinstance(record, Check | Column) or getattr(record, "name", "") == getattr(other, "name", "")
        return (
            named
            and mine.keys() == theirs.keys()
            and all(mine[key].agree(theirs[key], self.language) < 2 for key in mine)
        )


def is_ownership(statement: Statement) -> bool:
    """Say whether a statement only says who owns an object."""
    words = statement.text.text.split()
    return bool(words) and words[0].upper() == "ALTER" and [each.upper() for each in words[-3:-1]] == ["OWNER", "TO"]


_ACTIONS = frozenset({
    "select", "with", "values", "insert", "update", "delete", "do", "call", "set", "reset", "analyze", "vacuum",
    "refresh", "cluster", "begin", "commit", "start", "copy", "lock", "notify", "reindex", "truncate", "pragma",
})  # fmt: skip
"""First words of statements that do something and leave no object behind that catalogs could tell of."""


_BY_QUERY = re.compile(r"\s*create\s+(?:unlogged\s+)?table\b[^;(]*\bas\b", re.IGNORECASE)
_CLUSTERED = re.compile(r"\s*cluster\s+(?:verbose\s+)?\S+\s+(?:using|on)\b", re.IGNORECASE)
_OF_FILE = re.compile(
    r"\s*pragma\s+(?:(?:user_version|application_id|auto_vacuum)\s*=\s*(?!0+\s*;?\s*\Z)|encoding\s*=\s*\W*utf-?16)",
    re.IGNORECASE,
)
"""A setting that an SQLite file keeps, and that no new file has."""
_RESTARTED = re.compile(
    r"\s*alter\s+sequence\s+(?:if\s+exists\s+)?\S+\s+restart(?:\s+with)?(?:\s+-?\d+)?\s*;?\s*\Z", re.I
)
_OF_CLUSTER = frozenset({"role", "user", "group", "database", "system", "tablespace"})


def is_action(statement: Statement) -> bool:
    """Say whether a statement is done and over: what it did may be seen in other objects, it is not one itself."""
    words = [each.lower() for each in statement.text.text[:60].split()[:3]]
    if _CLUSTERED.match(statement.text.text):
        return False
    if _RESTARTED.match(statement.text.text):
        return True
    if is_setting(statement.text.text):
        return False
    if _BY_QUERY.match(statement.text.text):
        return True
    if _OF_FILE.match(statement.text.text):
        return False
    of_cluster = words[:1] in (["create"], ["alter"], ["drop"]) and words[1] in _OF_CLUSTER if len(words) > 1 else False
    return words[:1] != [] and (words[0] in _ACTIONS or of_cluster)


_CHILD_DEFAULT = re.compile(r"\s*alter\s+table\s+.*\balter\s+(?:column\s+)?\S+\s+set\s+default\b", re.I | re.S)


def is_inherited_default(side: Side, statement: Statement) -> bool:
    """Say whether a statement gives a column that a child inherits the default that it has in a table above."""
    if not _CHILD_DEFAULT.match(statement.text.text):
        return False
    tables = [side.design.get(use.id) for use in statement.text.uses]
    child = next((each for each in tables if isinstance(each, Table)), None)
    if child is None or not (child.inherits or child.partition_of):
        return False
    said = statement.text.text.lower().partition("set default")[2].strip().rstrip(";")
    columns = (column for above in _above(side, child) for column in side.columns(above) if column.default is not None)
    return any(_same_default(side.plain(column.default), said) for column in columns)


def _above(side: Side, table: Table) -> dict[Id, None]:
    """Return the tables that a table has its columns from, directly or through others."""
    found: dict[Id, None] = {}
    waiting = [table]
    while waiting:
        at = waiting.pop()
        for each in (*at.inherits, at.partition_of):
            parent = side.design.get(each) if each and each not in found else None
            if isinstance(parent, Table):
                found[parent.id] = None
                waiting.append(parent)
    return found


def _same_default(one: str, two: str) -> bool:
    return one.lower().replace("public.", "") == two.replace("public.", "")


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain[:77] + "…" if len(plain) > 78 else plain


def by_place(things: Iterable[Thing]) -> dict[tuple[str, tuple[str, ...]], list[Thing]]:
    """Return objects by kind and by what they belong to."""
    found: dict[tuple[str, tuple[str, ...]], list[Thing]] = {}
    for thing in things:
        found.setdefault((thing.kind, thing.home), []).append(thing)
    return found
