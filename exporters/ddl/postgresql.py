"""DDL for PostgreSQL 18: everything that the records hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import msgspec

from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    Exclusion,
    Extension,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Named,
    Partitioning,
    Policy,
    Publication,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import joined
from exporters.ddl.pen import Scope
from exporters.ddl.postgresql_comments import CommentPen
from exporters.ddl.tables import Layout
from exporters.ddl.text import block, commented, dollar_quoted, enclosed, terminated
from exporters.ddl.writer import Handler, Writer

_TRIGGER_STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}


class PostgresWriter(CommentPen, Writer):
    """Writes PostgreSQL."""

    keeps_long_names = True

    def preamble(self) -> str:
        """Bodies are not checked when they are created: they may name what only comes later."""
        return "SET check_function_bodies = off;" if self.catalog.of(Routine) else ""

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """Indexes share their names with all relations of the schema, constraints only those of their table."""
        table = self.design.get(record.parent) if record.parent else None
        relations = ("relation", self.catalog.schema_of(table)) if table is not None else ("relation", "")
        constraints = ("constraint", record.parent or "")
        if isinstance(record, Index):
            return (relations,)
        return (relations, constraints) if isinstance(record, (Key, Exclusion)) else (constraints,)

    def names_in(self, scope: Scope) -> set[str]:
        """Return the tables, views and sequences of a schema."""
        if scope[0] != "relation":
            return set()
        relations = [*self.catalog.of(Table), *self.catalog.of(View), *self.catalog.of(Sequence)]
        return {each.name for each in relations if self.catalog.schema_of(each) == scope[1]}

    # Schemas, extensions, types, sequences

    def schema(self, schema: Schema) -> Iterator[str]:
        """`public` is in every database."""
        if schema.name != self.dialect.default_schema:
            owner = schema.extra.get("authorization", "")
            role = f"AUTHORIZATION {self.dialect.quote(owner)}" if owner else ""
            yield joined(f"CREATE SCHEMA IF NOT EXISTS {self.ident(schema)}", role) + ";"
        yield from self.comment_on("SCHEMA", self.ident(schema), schema)

    def extension(self, extension: Extension) -> Iterator[str]:
        """The version is left to the server: dumps say none either, and old ones are not installed."""
        schema = f"WITH SCHEMA {self.dialect.quote(extension.schema)}" if extension.schema else ""
        yield joined(f"CREATE EXTENSION IF NOT EXISTS {self.ident(extension)}", schema) + ";"
        yield from self.comment_on("EXTENSION", self.ident(extension), extension)

    def enum(self, enum: EnumType) -> Iterator[str]:
        """An enum, its values in their sort order."""
        values = ", ".join(self.literal(self.label(value, enum)) for value in enum.values)
        yield f"CREATE TYPE {self.type_path(enum)} AS ENUM ({values});"
        yield from self.comment_on("TYPE", self.type_path(enum), enum)

    def label(self, value: str, enum: EnumType) -> str:
        """Return a value of an enum; the server refuses labels that are longer than names."""
        if not self.dialect.too_long(value):
            return value
        short = self.shortened(value)
        self.lost("name", f"PostgreSQL refuses the value {value!r} for its length; it is written as {short}", enum)
        return short

    def domain(self, domain: DomainType) -> Iterator[str]:
        """A domain with its checks; one that is not valid is added behind."""
        checks = [check for check in self.catalog.parts(domain).checks if not self.refused(check)]
        name = self.type_path(domain)
        default = self.speech.expr(domain.default, domain.id)
        yield joined(
            f"CREATE DOMAIN {name} AS {self.speech.type(domain)}",
            f"COLLATE {domain.collation}" if domain.collation else "",
            f"DEFAULT {default}" if default else "",
            "" if domain.nullable else "NOT NULL",
            *(self.domain_check(check) for check in checks if not check.not_valid),
        ) + ";"  # fmt: skip
        for check in checks:
            if check.not_valid:
                yield f"ALTER DOMAIN {name} ADD {self.domain_check(check)};"
        yield from self.domain_comments(domain, checks)

    def domain_check(self, check: Check) -> str:
        """Return a check of a domain."""
        text = enclosed(self.speech.expr(check.expr) or "true")
        return joined(self.constraint_name(check), f"CHECK {text}", "NOT VALID" if check.not_valid else "")

    def composite(self, composite: CompositeType) -> Iterator[str]:
        """A row type."""
        lines = [
            joined(self.dialect.quote(each.name), each.type, f"COLLATE {each.collation}" if each.collation else "")
            for each in composite.fields
        ]
        name = self.type_path(composite)
        yield block(f"CREATE TYPE {name} AS", lines) if lines else f"CREATE TYPE {name} AS ();"
        yield from self.composite_comments(composite)

    def sequence(self, sequence: Sequence) -> Iterator[str]:
        """A sequence; who owns it is said when the table is there."""
        numbers = (
            ("INCREMENT BY", sequence.increment),
            ("MINVALUE", sequence.minimum),
            ("MAXVALUE", sequence.maximum),
            ("START WITH", sequence.start),
            ("CACHE", sequence.cache),
        )
        yield joined(
            f"CREATE SEQUENCE {self.path(sequence)}",
            f"AS {sequence.type}" if sequence.type else "",
            *(f"{word} {number}" for word, number in numbers if number is not None),
            "CYCLE" if sequence.cycle else "",
        ) + ";"  # fmt: skip
        owner = self.design.get(sequence.owned_by) if sequence.owned_by else None
        if isinstance(owner, Column):
            self.late.append(
                f"ALTER SEQUENCE {self.path(sequence)} OWNED BY {self.path_of(owner.parent)}.{self.column(owner.id)};"
            )
        yield from self.comment_on("SEQUENCE", self.path(sequence), sequence)

    # Tables

    def create_table(self, table: Table, parts: Parts, lines: list[str]) -> str:
        """A partition without columns of its own takes those of its parent."""
        if table.partition_of is None or self.is_attached(table, parts):
            return super().create_table(table, parts, lines)
        head = f"CREATE {self.table_word(table)} {self.path(table)} PARTITION OF {self.path_of(table.partition_of)}"
        tail = f" {table.partition_bound or 'DEFAULT'}{self.table_tail(table, parts)}"
        return block(head, lines, tail) if lines else f"{head}{tail};"

    def table(self, table: Table) -> list[str]:
        """A partition that was created as a table of its own is attached when its indexes are there."""
        statements = super().table(table)
        if table.partition_of is not None and self.is_attached(table, self.catalog.parts(table)):
            statements.append(
                f"ALTER TABLE ONLY {self.path_of(table.partition_of)} ATTACH PARTITION {self.path(table)}"
                f" {table.partition_bound or 'DEFAULT'};"
            )
        return statements

    def is_attached(self, table: Table, parts: Parts) -> bool:
        """Say whether a partition has columns of its own, so that it is made first and attached then."""
        return bool(parts.columns)

    def table_tail(self, table: Table, parts: Parts) -> str:
        """Return parents, partitioning, access method, options and tablespace."""
        parents = ", ".join(map(self.path_of, table.inherits))
        partitionings = [] if self.speech.translates else parts.partitionings
        tail = joined(
            f"INHERITS ({parents})" if parents else "",
            *map(self.partitioning, partitionings),
            f"USING {table.access_method}" if table.access_method else "",
            f"WITH ({table.options})" if table.options else "",
            f"ON COMMIT {table.extra['on_commit'].upper()}" if "on_commit" in table.extra else "",
            f"TABLESPACE {self.dialect.quote(table.tablespace)}" if table.tablespace else "",
        )
        return f" {tail}" if tail else ""

    def partitioning(self, partitioning: Partitioning) -> str:
        """Return how a table is partitioned."""
        if not partitioning.strategy:
            return partitioning.text
        return f"PARTITION BY {partitioning.strategy.upper()} ({self.parts(partitioning.parts)})"

    def column_clauses(self, column: Column, layout: Layout) -> Iterator[str]:
        """Yield the clauses of a column. NOT NULL goes without saying behind PRIMARY KEY."""
        if column.storage:
            yield f"STORAGE {column.storage.upper()}"
        if column.compression:
            yield f"COMPRESSION {column.compression}"
        if column.collation and not self.speech.translates:
            yield f"COLLATE {column.collation}"
        if not column.nullable and (column.id not in layout.primary or column.not_null_name):
            yield self.not_null(column)
        if column.default is not None and not column.identity:
            yield self.default(column)
        if column.generated is not None:
            yield self.generated(column)
        if column.identity:
            yield self.identity(column)

    def not_null(self, column: Column) -> str:
        """Return NOT NULL, with the name that someone gave to it."""
        if not column.not_null_name:
            return "NOT NULL"
        return f"CONSTRAINT {self.dialect.quote(column.not_null_name)} NOT NULL"

    def identity(self, column: Column) -> str:
        """Return the identity clause of a column."""
        kind = "ALWAYS" if column.identity == "always" else "BY DEFAULT"
        options = f"({column.identity_options})" if column.identity_options else ""
        return joined(f"GENERATED {kind} AS IDENTITY", options)

    def key_columns(self, key: Key) -> str:
        """A key has columns only: no lengths, no directions."""
        for part in key.parts:
            self.kept_length(part.length, key)
        return super().key_columns(msgspec.structs.replace(key, parts=()) if key.parts else key)

    def key_tail(self, key: Key) -> str:
        """Return what stands behind the columns of a key, tablespace included."""
        space = key.extra.get("using_index_tablespace", "")
        return joined(
            self.include(key.include, key),
            f"WITH ({key.options})" if key.options else "",
            f"USING INDEX TABLESPACE {self.dialect.quote(space)}" if space else "",
            "DEFERRABLE INITIALLY DEFERRED" if key.deferred else "DEFERRABLE" if key.deferrable else "",
        )

    def check_tail(self, check: Check) -> str:
        """Return whom a check binds."""
        return joined("NO INHERIT" if check.no_inherit else "", "NOT ENFORCED" if check.not_enforced else "")

    def place_check(self, check: Check, clause: str | None, layout: Layout, table: Table) -> None:
        """A check that is not valid yet cannot be a part of CREATE TABLE: there it would be taken as valid."""
        if check.not_valid and clause:
            layout.behind.append(f"ALTER TABLE {self.path(table)} ADD {clause} NOT VALID;")
        else:
            super().place_check(check, clause, layout, table)

    def foreign_key_rules(self, key: ForeignKey) -> str:
        """Return actions and times, and whether it is enforced."""
        return joined(
            super().foreign_key_rules(key),
            "NOT ENFORCED" if key.not_enforced else "",
            "NOT VALID" if key.not_valid and not key.not_enforced else "",
        )

    def missing_reference(self, key: ForeignKey, table: Table) -> str:
        """A foreign key to a table that is not in the design is added only where the table exists."""
        self.lost(
            "missing-table", f"the table {key.missing_table} is not in the design; added only where it exists", key
        )
        action = f"ALTER TABLE {self.path(table)} ADD {self.foreign_key_clause(key)};"
        return self.only_where(self.missing_path(key), action)

    def only_where(self, table: str, action: str) -> str:
        """Return a statement that runs only where a table, named as SQL writes it, exists."""
        body = f"BEGIN\n    IF to_regclass({self.literal(table)}) IS NOT NULL THEN\n        {action}\n    END IF;\nEND"
        return f"DO {dollar_quoted(body)};"

    def statement(self, record: Statement) -> Iterator[str]:
        """Yield a verbatim statement; one about a table that is not in the design runs only where the table exists."""
        table = record.extra.get("only_where", "")
        if not table or not self.speaks(record.dialect):
            yield from super().statement(record)
            return
        label = self.catalog.label(record)
        self.notes.add("only-where", f"{label} runs only where {table} exists: it is not in the design", record.id)
        yield self.only_where(table, self.whole(self.speech.verbatim(record.text)))

    def exclusion_clause(self, exclusion: Exclusion) -> str | None:
        """Return an exclusion constraint."""
        parts = ", ".join(f"{self.part(part)} WITH {part.operator or '='}" for part in exclusion.parts)
        where = self.speech.expr(exclusion.where)
        return joined(
            self.constraint_name(exclusion),
            "EXCLUDE",
            f"USING {exclusion.method}" if exclusion.method else "",
            f"({parts})",
            self.include(exclusion.include, exclusion),
            f"WITH ({exclusion.options})" if exclusion.options else "",
            f"WHERE {enclosed(where)}" if where else "",
            "DEFERRABLE INITIALLY DEFERRED" if exclusion.deferred else "DEFERRABLE" if exclusion.deferrable else "",
        )

    # Indexes

    def indexes(self, table: Table | View, parts: Parts) -> Iterator[str]:
        """Yield CREATE INDEX for each, as a comment where the server would refuse it."""
        for index in filter(None, map(self.simpler_index, parts.indexes)):
            reason = self.refused(index)
            statement = self.index(index, table)
            yield commented(f"{reason}\n{statement}") if reason else statement

    def index(self, index: Index, table: Table | View) -> str:
        """Return CREATE INDEX."""
        where = self.speech.expr(index.where)
        return joined(
            "CREATE UNIQUE INDEX" if index.unique else "CREATE INDEX",
            self.own_name(index) if index.name else "",
            f"ON ONLY {self.path(table)}" if index.only else f"ON {self.path(table)}",
            f"USING {index.method}" if index.method else "",
            f"({self.parts(index.parts)})",
            self.include(index.include, index),
            "NULLS NOT DISTINCT" if index.nulls_not_distinct else "",
            f"WITH ({index.options})" if index.options else "",
            f"TABLESPACE {self.dialect.quote(index.tablespace)}" if index.tablespace else "",
            f"WHERE {where}" if where else "",
        ) + ";"  # fmt: skip

    def part(self, part: IndexPart) -> str:
        """Return one element of an index, with its operator class."""
        return joined(self.part_subject(part), self.part_collation(part), part.opclass, self.part_order(part))

    # Views, routines, triggers, policies

    def view(self, view: View) -> Iterator[str]:
        """A view with its indexes and comments."""
        kind = "MATERIALIZED VIEW" if view.materialized else "RECURSIVE VIEW" if view.recursive else "VIEW"
        columns = ", ".join(map(self.dialect.quote, view.columns))
        if view.extra.get("persistence") == "temporary":
            kind = f"TEMPORARY {kind}"
        head = joined(
            f"CREATE {kind} {self.path(view)}",
            f"({columns})" if columns else "",
            f"USING {view.extra['access_method']}" if "access_method" in view.extra else "",
            f"WITH ({view.options})" if view.options else "",
            f"TABLESPACE {self.dialect.quote(view.tablespace)}" if view.tablespace else "",
        )
        tail = f"\nWITH {view.check_option.upper()} CHECK OPTION" if view.check_option else ""
        tail += "\nWITH NO DATA" if view.materialized and not view.with_data else ""
        text = self.view_query(view)
        if text is None:
            return
        query = terminated(text)
        yield f"{head} AS\n" + (query[:-1].rstrip() + f"{tail}\n;" if query.endswith("\n;") else f"{query[:-1]}{tail};")
        self.created.add(view.id)
        parts = self.catalog.parts(view)
        yield from self.view_defaults(view, parts)
        yield from self.indexes(view, parts)
        yield from self.view_comments(view, parts, "MATERIALIZED VIEW" if view.materialized else "VIEW")

    def view_defaults(self, view: View, parts: Parts) -> Iterator[str]:
        """Yield the defaults that someone gave to columns of a view."""
        for column in parts.columns:
            if column.default is not None and not view.materialized:
                yield f"ALTER VIEW {self.path(view)} ALTER COLUMN {self.column(column.id)} SET {self.default(column)};"

    def routine(self, routine: Routine) -> Iterator[str]:
        """A routine, whole, and its comment."""
        yield from self.verbatim(routine)
        yield from self.routine_comment(routine)

    def publication(self, publication: Publication) -> Iterator[str]:
        """A publication, whole, and its comment."""
        yield from self.verbatim(publication)
        yield from self.comment_on("PUBLICATION", self.ident(publication), publication)

    def trigger(self, trigger: Trigger, owner: Table | View) -> Iterator[str]:
        """A trigger, its state and its comment."""
        yield from super().trigger(trigger, owner)
        if trigger.extra.get("refused"):
            return
        state = _TRIGGER_STATES.get(trigger.enabled)
        if state:
            yield f"ALTER TABLE {self.path(owner)} {state} TRIGGER {self.ident(trigger)};"
        yield from self.comment_on("TRIGGER", f"{self.ident(trigger)} ON {self.path(owner)}", trigger)

    def row_security(self, owner: Table | View, parts: Parts) -> Iterator[str]:
        """Row security of a table, and its policies."""
        if isinstance(owner, Table) and owner.row_security:
            yield f"ALTER TABLE {self.path(owner)} ENABLE ROW LEVEL SECURITY;"
        if isinstance(owner, Table) and owner.force_row_security:
            yield f"ALTER TABLE {self.path(owner)} FORCE ROW LEVEL SECURITY;"
        for policy in parts.policies:
            text = "\n".join(self.policy(policy, owner))
            reason = self.refused(policy)
            yield commented(f"{reason}\n{text}") if reason else text

    def policy(self, policy: Policy, owner: Table | View) -> Iterator[str]:
        """A row security policy."""
        using, check = self.speech.expr(policy.using), self.speech.expr(policy.with_check)
        yield joined(
            f"CREATE POLICY {self.ident(policy)} ON {self.path(owner)}",
            "AS RESTRICTIVE" if policy.restrictive else "",
            f"FOR {policy.command.upper()}" if policy.command else "",
            f"TO {', '.join(policy.roles)}" if policy.roles else "",
            f"USING {enclosed(using)}" if using else "",
            f"WITH CHECK {enclosed(check)}" if check else "",
        ) + ";"  # fmt: skip
        yield from self.comment_on("POLICY", f"{self.ident(policy)} ON {self.path(owner)}", policy)

    handlers: ClassVar[dict[type, Handler]] = {
        Schema: schema,
        Extension: extension,
        EnumType: enum,
        DomainType: domain,
        CompositeType: composite,
        Sequence: sequence,
        Table: table,
        View: view,
        Routine: routine,
        Publication: publication,
        Statement: statement,
    }
