"""DDL for MySQL 8.4, and what MariaDB shares with it: indexes, comments and options stand inside CREATE TABLE."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar

from designer.dialects import features as can
from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Model,
    Named,
    Partitioning,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    View,
)
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import joined
from exporters.ddl.mysql_settings import SettledWriter
from exporters.ddl.mysql_twins import MYSQL, as_default
from exporters.ddl.pen import Scope
from exporters.ddl.tables import Layout
from exporters.ddl.text import delimited, enclosed, terminated
from exporters.ddl.writer import Handler, Writer

_OPTION_WORDS = {"charset": "DEFAULT CHARSET", "collation": "COLLATE", "data_directory": "DATA DIRECTORY",
                 "index_directory": "INDEX DIRECTORY"}  # fmt: skip
_FIRST_OPTIONS = ("engine", "auto_increment", "charset", "collation", "row_format")
_NO_OPTIONS = frozenset({"refused", "system_versioning", "storage", "on_commit"})
_WORD = re.compile(r"[\w$]+\Z")
_TIMESTAMP = re.compile(r"timestamp\b", re.IGNORECASE)
_GROUPING_ENGINES = ("myisam", "aria", "mrg_myisam", "merge", "bdb")
_ZERO_DATE = re.compile(r"DEFAULT '\d{4}-(?:00-\d\d|\d\d-00)")
_SPACES = frozenset(" \t\n\r\x0b\x0c")


class MySQLWriter(SettledWriter):
    """Writes MySQL."""

    versions_rows: ClassVar[bool] = False
    """Whether there is WITH SYSTEM VERSIONING."""

    def is_legal(self, name: str) -> bool:
        """Names hold nothing beyond the basic plane, and no white space at their end."""
        return super().is_legal(name) and name[-1:] not in _SPACES and (name.isascii() or max(name) <= "\uffff")

    def fold(self, name: str) -> str:
        """Names of indexes and constraints are compared without case."""
        return name.lower()

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """Keys are unique in their table, foreign keys and checks in the database."""
        if isinstance(record, (Key, Index)):
            return (("key", record.parent or ""),)
        return (("foreign key" if isinstance(record, ForeignKey) else "check", self.database_of(record)),)

    def database_of(self, record: Named) -> str:
        """Return the database that a table's key or check is in; nothing for the one that the script runs in."""
        table = self.design.get(record.parent) if record.parent else None
        return self.catalog.schema_of(table) if table else ""

    def names_in(self, scope: Scope) -> set[str]:
        """The name of the primary key is nobody else's."""
        return {"primary"}

    # The script and its session

    def preamble(self) -> str:
        """Return what makes the database like the one that was read: its tables and programs take its defaults."""
        options = self.database_options(self.catalog.model)
        return f"ALTER DATABASE {options};" if options else ""

    @property
    def speaks_mysql(self) -> bool:
        """Whether this is MySQL and not MariaDB."""
        return self.twin is MYSQL

    # Databases

    def schema(self, schema: Schema) -> Iterator[str]:
        """What others call a schema is a database here."""
        yield joined(f"CREATE DATABASE IF NOT EXISTS {self.ident(schema)}", self.database_options(schema)) + ";"

    def database_options(self, record: Model | Schema) -> str:
        """Return the character set, the collation and the comment of a database."""
        extra = record.extra
        collation = self.collation(extra.get("collation", ""), record)
        return joined(
            f"CHARACTER SET {extra['charset']}" if "charset" in extra else "",
            f"COLLATE {collation}" if collation else "",
            f"COMMENT {self.literal(extra['comment'])}" if "comment" in extra and self.versions_rows else "",
        )

    # Tables

    def table(self, table: Table) -> list[str]:
        """Return the statements for a table; a date of zeros is refused by what is the default mode elsewhere."""
        statements = super().table(table)
        if _ZERO_DATE.search("\n".join(statements)):
            return [*self.settings.of_table({"sql_mode": "NO_AUTO_VALUE_ON_ZERO"}), *statements]
        return statements

    def table_tail(self, table: Table, parts: Parts) -> str:
        """Return the table options and the partitions."""
        extra = table.extra
        if not self.collation(extra.get("collation", ""), table):
            extra = {name: value for name, value in extra.items() if name != "collation"}
        extra = {name: value for name, value in extra.items() if self.takes_option(name, table)}
        names = [name for name in _FIRST_OPTIONS if name in extra]
        names += (name for name in extra if name not in names and name not in _NO_OPTIONS and "period_for" not in name)
        tail = joined(
            *(f"{_OPTION_WORDS.get(name, name.upper())}={self.option(name, extra[name])}" for name in names),
            f"COMMENT={self.literal(table.comment)}" if table.comment else "",
            f"TABLESPACE {self.dialect.quote(table.tablespace)}" if table.tablespace else "",
            "WITH SYSTEM VERSIONING" if self.is_versioned(table) else "",
        )
        partitions = "".join("\n" + self.partitioning(each) for each in parts.partitionings)
        return (f" {tail}" if tail else "") + partitions

    def takes_option(self, name: str, table: Table) -> bool:
        """Say whether the target has a table option; note it where it has not."""
        if name in self.twin.options:
            message = f"{self.dialect.title} has no table option {name.upper()}; it is left out"
            self.notes.repeat("option", message, self.catalog.label(table), table.id)
        return name not in self.twin.options

    def is_versioned(self, table: Table) -> bool:
        """Say whether the server keeps the history of a table."""
        if "system_versioning" in table.extra and not self.versions_rows:
            self.lost("no-versioning", f"{self.dialect.title} keeps no history of rows", table)
            return False
        return "system_versioning" in table.extra

    def collation(self, name: str, record: Named) -> str:
        """Return a collation that the target knows, or nothing with a note."""
        if not self.twin.collations.search(name):
            return name
        message = f"{self.dialect.title} does not know the collation {name}; the default of the character set holds"
        self.notes.repeat("collation", message, self.catalog.label(record), record.id)
        return ""

    def option(self, name: str, value: str) -> str:
        """Return the value of a table option; names are quoted where they are no plain words."""
        if name in ("engine", "charset", "collation") and not _WORD.match(value):
            return self.literal(value)
        return value

    def partitioning(self, partitioning: Partitioning) -> str:
        """Return how a table is partitioned."""
        strategy = partitioning.strategy.upper()
        listed = f"({self.partition_parts(partitioning.parts)})" if partitioning.parts or "KEY" in strategy else ""
        return joined(f"PARTITION BY {strategy}{' ' if listed else ''}{listed}", partitioning.text)

    def partition_parts(self, parts: Iterable[IndexPart]) -> str:
        """Return what a table is partitioned by."""
        return ", ".join(
            self.column(part.column) if part.column else self.speech.expr(part.expr) or "" for part in parts
        )

    def layout(self, table: Table, parts: Parts) -> Layout:
        """Indexes and periods are lines of the table as well."""
        layout = super().layout(table, parts)
        for index in parts.indexes:
            self.place_index(index, table, layout)
        if self.versions_rows:
            layout.lines += (
                f"PERIOD FOR {self.dialect.quote(name.removeprefix('period_for_'))} ({columns})"
                for name, columns in table.extra.items()
                if name.startswith("period_for_")
            )
        return layout

    def place_index(self, index: Index, table: Table, layout: Layout) -> None:
        """Write an index into the table, as a comment behind it where a server would refuse it."""
        self.place(index, self.index_clause(index, table), layout, table)

    def indexes(self, table: Table, parts: Parts) -> Iterator[str]:
        """Nothing is left to write behind the table."""
        return iter(())

    # Columns

    def column_clauses(self, column: Column, layout: Layout) -> Iterator[str]:
        """Yield the clauses of a column."""
        extra = column.extra
        system = extra.get("srid") or extra.get("ref_system_id")
        if system and not self.speaks_mysql:
            yield self.twin.reference_system.format(system)
        yield self.character_set(column, extra)
        yield self.generated(column)
        yield self.nullability(column)
        if "row" in extra:
            yield f"GENERATED ALWAYS AS ROW {extra['row'].upper()}"
        yield self.default(column)
        if column.on_update:
            yield f"ON UPDATE {column.on_update}"
        if self.speech.counts(column):
            yield self.auto_increment(column)
        yield from self.column_options(extra)
        if column.comment:
            yield f"COMMENT {self.literal(column.comment)}"

    def character_set(self, column: Column, extra: dict[str, str]) -> str:
        """Return character set and collation of a column."""
        charset = extra.get("charset", "")
        collation = self.collation(column.collation, column)
        return joined(f"CHARACTER SET {charset}" if charset else "", f"COLLATE {collation}" if collation else "")

    def nullability(self, column: Column) -> str:
        """Return NOT NULL; a timestamp says NULL as well, because older servers take it for NOT NULL."""
        if not column.nullable:
            return "NOT NULL"
        made = column.generated is not None or "row" in column.extra
        return "NULL" if _TIMESTAMP.match(self.speech.type(column)) and not made else ""

    def default(self, column: Column) -> str:
        """Return the DEFAULT clause; a column that counts has none."""
        clause = "" if self.speech.counts(column) else super().default(column)
        if clause and self.twin.functions.search(clause):
            message = f"{self.dialect.title} has no function that its default calls; the default is left out"
            self.lost("default", message, column)
            return ""
        if clause and self.twin.needs_parentheses and self.speech.source.name == "mariadb":
            return f"DEFAULT {as_default(clause.removeprefix('DEFAULT '))}"
        return clause

    def column_type(self, column: Column) -> str:
        """Return the type of a column, or the one of text that holds the same where only the other server has it."""
        written = super().column_type(column)
        other = self.twin.types.get(written.lower())
        if other is None:
            return written
        message = f"{self.dialect.title} has no type {written}; it is written as {other}"
        self.notes.repeat("type", message, self.catalog.label(column), column.id)
        return other

    def auto_increment(self, column: Column) -> str:
        """Return AUTO_INCREMENT, for a column that begins a key; the server wants one."""
        parts = self.catalog.hanging.get(column.parent or "", Parts())
        firsts = [_first(key.columns, key.parts) for key in parts.keys]
        firsts += [_first((), index.parts) for index in parts.indexes]
        if column.id in firsts or self.counts_in_groups(column, parts):
            return "AUTO_INCREMENT"
        self.lost(
            "no-key", f"{self.dialect.title} numbers rows only in a column that begins a key; it does not here", column
        )
        return ""

    def counts_in_groups(self, column: Column, parts: Parts) -> bool:
        """Say whether the engine numbers the rows anew for each value of what stands before in the key."""
        table = self.design.get(column.parent or "")
        engine = table.extra.get("engine", "").lower() if table is not None else ""
        return engine in _GROUPING_ENGINES and any(column.id in key.columns for key in parts.keys)

    def column_options(self, extra: dict[str, str]) -> Iterator[str]:
        """Yield what only this family of databases has."""
        if "invisible" in extra:
            yield "INVISIBLE"
        if "compressed" in extra and self.versions_rows:
            yield "COMPRESSED"
        for name in ("column_format", "storage"):
            if name in extra:
                yield f"{name.upper()} {extra[name]}"
        system = extra.get("srid") or extra.get("ref_system_id")
        if system and self.speaks_mysql:
            yield self.twin.reference_system.format(system)
        if "system_versioning" in extra:
            yield f"{extra['system_versioning'].upper()} SYSTEM VERSIONING"
        if "options" in extra:
            yield extra["options"]

    # Keys

    def key_clause(self, key: Key) -> str:
        """Return a key; a unique one is called so by its index."""
        if key.primary:
            return joined("PRIMARY KEY", f"({self.key_columns(key)})", self.index_options(key))
        name = self.own_name(key) if key.name else ""
        return joined("UNIQUE KEY", name, f"({self.key_columns(key)})", self.index_options(key), self.key_tail(key))

    def key_columns(self, key: Key) -> str:
        """Return the columns of a key, and the period of one without overlaps."""
        period = key.extra.get("period", "")
        listed = self.parts(key.parts) if key.parts else self.columns(key.columns)
        return f"{listed}, {self.dialect.quote(period)} WITHOUT OVERLAPS" if period and key.without_overlaps else listed

    def index_clause(self, index: Index, table: Table) -> str | None:
        """Return an index as a line of its table, or None where there can be no such index."""
        kind = index.method.upper() if index.method in ("fulltext", "spatial", "vector") else ""
        name = self.own_name(index) if index.name else ""
        word = joined("UNIQUE" if index.unique else kind, "KEY")
        using = f"USING {index.method.upper()}" if index.method in ("btree", "hash", "rtree") else ""
        return joined(word, name, using, f"({self.parts(index.parts)})", self.index_options(index))

    def index_options(self, index: Key | Index) -> str:
        """Return what stands behind the parts of an index."""
        extra = index.extra
        return joined(
            f"USING {extra['using'].upper()}" if "using" in extra else "",
            f"KEY_BLOCK_SIZE={extra['key_block_size']}" if "key_block_size" in extra else "",
            f"WITH PARSER {extra['parser']}" if self.has_parser(index, extra) else "",
            self.twin.hidden_index if extra.keys() & {"invisible", "ignored"} else "",
            f"COMMENT {self.literal(index.comment)}" if index.comment else "",
        )

    def has_parser(self, index: Key | Index, extra: dict[str, str]) -> bool:
        """Say whether an index has a parser that the target has, too."""
        if extra.get("parser") not in self.twin.parsers:
            return "parser" in extra
        self.lost("parser", f"{self.dialect.title} has no parser {extra['parser']}; the built-in one is used", index)
        return False

    def part_subject(self, part: IndexPart) -> str:
        """Return a column with its prefix length, or an expression in parentheses."""
        if part.column is not None:
            return self.column(part.column) + (f"({part.length})" if part.length else "")
        return enclosed(self.speech.expr(part.expr) or "")

    def inlines_key(self, key: Key) -> bool:
        """A key without name and comment may stand behind its column, unless that has a primary key there, too."""
        if not super().inlines_key(key) or key.comment:
            return False
        keys = self.catalog.hanging.get(key.parent or "", Parts()).keys
        return key.primary or all(each.columns != key.columns for each in keys if each.primary)

    def foreign_key_clause(self, key: ForeignKey) -> str:
        """Return a foreign key, with the name of its index where it was given one."""
        listed = self.foreign_key_columns(key.columns, False)
        index = self.dialect.quote(key.extra["index_name"]) if "index_name" in key.extra else ""
        return joined(self.constraint_name(key), "FOREIGN KEY", index, f"({listed})", self.references(key))

    def action(self, event: str, action: str, key: ForeignKey) -> str:
        """Return a referential action; NO ACTION where it was written, as the server shows it again."""
        written = key.extra.get(f"on_{event.lower()}", "")
        return f"ON {event} {written.upper()}" if written and not action else super().action(event, action, key)

    def place_foreign_keys(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Foreign keys stand at table level: behind a column MySQL reads them and forgets them."""
        waiting = [key for key in parts.foreign_keys if not self.is_ready(key, table, parts)]
        for key in parts.foreign_keys:
            if waiting and (key in waiting or not all(each.name for each in parts.foreign_keys)):
                self.put_off(key, table)
            else:
                self.place(key, self.foreign_key_clause(key), layout, table)

    def check_clause(self, check: Check) -> str | None:
        """A check cannot speak of the column that numbers the rows."""
        used = (self.design.get(use.id) for use in check.expr.uses)
        if any(isinstance(column, Column) and self.speech.counts(column) for column in used):
            message = f"{self.dialect.title} allows no check of an AUTO_INCREMENT column; it is left out"
            self.lost("check", message, check)
            return None
        return super().check_clause(check)

    def check_tail(self, check: Check) -> str:
        """Return NOT ENFORCED, where there is such a thing."""
        if check.not_enforced and self.can(can.INLINE_CHECK_ENFORCEMENT, check, "the check is enforced"):
            return "NOT ENFORCED"
        return ""

    # Views, routines, triggers

    def view(self, view: View) -> Iterator[str]:
        """A view."""
        text = self.view_text(view)
        if text is not None:
            self.created.add(view.id)
            yield self.under(view, text)

    def view_text(self, view: View) -> str | None:
        """Return the statement that makes a view; None where its query cannot be said here."""
        text = self.speech.expr(view.query, view.id)
        if text is None:
            return None
        extra = view.extra
        if view.materialized:
            self.lost(
                "no-materialized-views", f"{self.dialect.title} has no materialized views; it is a plain view", view
            )
        columns = ", ".join(map(self.dialect.quote, view.columns))
        head = joined(
            "CREATE",
            f"ALGORITHM={extra['algorithm'].upper()}" if "algorithm" in extra else "",
            f"DEFINER={extra['definer']}" if "definer" in extra else "",
            f"SQL SECURITY {extra['sql_security'].upper()}" if "sql_security" in extra else "",
            f"VIEW {self.path(view)}",
            f"({columns})" if columns else "",
        )
        check = f"\nWITH {view.check_option.upper()} CHECK OPTION" if view.check_option else ""
        query = terminated(text)
        return f"{head} AS\n" + (
            query[:-1].rstrip() + f"{check}\n;" if query.endswith("\n;") else f"{query[:-1]}{check};"
        )

    def whole(self, text: str) -> str:
        """A body with semicolons needs another delimiter round it: clients read up to the next one."""
        return delimited(text)

    def sequence(self, sequence: Sequence) -> Iterator[str]:
        """A sequence of MariaDB."""
        if not self.can(can.SEQUENCES, sequence, "the sequence is left out"):
            return
        numbers = (
            ("START WITH", sequence.start),
            ("MINVALUE", sequence.minimum),
            ("MAXVALUE", sequence.maximum),
            ("INCREMENT BY", sequence.increment),
            ("CACHE", sequence.cache),
        )
        yield joined(
            f"CREATE SEQUENCE {self.path(sequence)}",
            *(f"{word} {number}" for word, number in numbers if number is not None),
            "CYCLE" if sequence.cycle else "",
            f"ENGINE={sequence.extra['engine']}" if "engine" in sequence.extra else "",
            f"COMMENT={sequence.extra['comment']}" if "comment" in sequence.extra else "",
        ) + ";"  # fmt: skip

    handlers: ClassVar[dict[type[Record], Handler]] = {
        Schema: schema,
        EnumType: Writer.named_type,
        DomainType: Writer.named_type,
        CompositeType: Writer.named_type,
        Table: table,
        View: view,
        Routine: SettledWriter.verbatim,
        Sequence: sequence,
        Statement: SettledWriter.statement,
    }


def _first(columns: tuple[Id, ...], parts: tuple[IndexPart, ...]) -> Id | None:
    if parts:
        return parts[0].column
    return columns[0] if columns else None
