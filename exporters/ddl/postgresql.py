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
from exporters.ddl.postgresql_late import LatePen
from exporters.ddl.tables import Layout
from exporters.ddl.text import block, commented, enclosed, terminated
from exporters.ddl.writer import Handler

_STORAGE_IN_PLACE = 16
"""The first version that takes STORAGE inside CREATE TABLE."""
_TRIGGER_STATES = {"disabled": "DISABLE", "replica": "ENABLE REPLICA", "always": "ENABLE ALWAYS"}


class PostgresWriter(LatePen):
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
            yield from self.create_schema(schema)
        yield from self.comment_on("SCHEMA", self.ident(schema), schema)

    def create_schema(self, schema: Schema) -> Iterator[str]:
        """CREATE SCHEMA; its owner is set where that role exists."""
        written = schema.extra.get("authorization", "")
        owner = self.dialect.quote(written) if written else ""
        lacking = self.lacking([owner]) if owner else ()
        role = f"AUTHORIZATION {owner}" if owner and not lacking else ""
        yield joined(f"CREATE SCHEMA IF NOT EXISTS {self.ident(schema)}", role) + ";"
        if lacking:
            yield self.where_roles(lacking, f"ALTER SCHEMA {self.ident(schema)} OWNER TO {owner};")

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
        late = [check for check in checks if self.waits_for_expr(check.expr)]
        name = self.type_path(domain)
        yield self.create_domain(domain, [check for check in checks if not check.not_valid and check not in late])
        for check in checks:
            if check in late:
                self.later(domain, f"ALTER DOMAIN {name} ADD {self.domain_check(check)};")
            elif check.not_valid:
                yield f"ALTER DOMAIN {name} ADD {self.domain_check(check)};"
        yield from self.domain_comments(domain, checks)

    def create_domain(self, domain: DomainType, checks: list[Check]) -> str:
        """Return CREATE DOMAIN with some of its checks."""
        default = self.speech.expr(domain.default, domain.id)
        return joined(
            f"CREATE DOMAIN {self.type_path(domain)} AS {self.speech.type(domain)}",
            f"COLLATE {domain.collation}" if domain.collation else "",
            f"DEFAULT {default}" if default else "",
            "" if domain.nullable else "NOT NULL",
            *map(self.domain_check, checks),
        ) + ";"  # fmt: skip

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
            joined("CREATE", sequence.extra.get("persistence", "").upper(), "SEQUENCE", self.path(sequence)),
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
        if table.of_type:
            kind = self.design.get(table.of_type)
            lines = [line for line in lines if line]
            head = f"CREATE {self.table_word(table)} {self.path(table)} OF "
            head += self.type_path(kind) if isinstance(kind, CompositeType) else ""
            return (
                block(head, lines, self.table_tail(table, parts))
                if lines
                else f"{head}{self.table_tail(table, parts)};"
            )
        if table.partition_of is None or self.is_attached(table, parts):
            return super().create_table(table, parts, lines)
        head = f"CREATE {self.table_word(table)} {self.path(table)} PARTITION OF {self.path_of(table.partition_of)}"
        tail = f" {table.partition_bound or 'DEFAULT'}{self.table_tail(table, parts)}"
        return block(head, lines, tail) if lines else f"{head}{tail};"

    def table(self, table: Table) -> list[str]:
        """A partition that was created as a table of its own is attached when its indexes are there."""
        statements = super().table(table)
        statements += self.table_settings(table)
        if table.partition_of is not None and self.is_attached(table, self.catalog.parts(table)):
            statements.append(
                f"ALTER TABLE ONLY {self.path_of(table.partition_of)} ATTACH PARTITION {self.path(table)}"
                f" {table.partition_bound or 'DEFAULT'};"
            )
        return statements

    def table_settings(self, table: Table) -> Iterator[str]:
        """Yield what CREATE TABLE has no word for: statistics targets, the replica identity."""
        for column in self.catalog.parts(table).columns:
            if column.storage and self.is_before(_STORAGE_IN_PLACE):
                name = self.column(column.id)
                yield f"ALTER TABLE ONLY {self.path(table)} ALTER COLUMN {name} SET STORAGE {column.storage.upper()};"
            if column.statistics is not None:
                name = self.column(column.id)
                yield f"ALTER TABLE ONLY {self.path(table)} ALTER COLUMN {name} SET STATISTICS {column.statistics};"
        if table.replica_identity in ("full", "nothing"):
            yield f"ALTER TABLE ONLY {self.path(table)} REPLICA IDENTITY {table.replica_identity.upper()};"
        index = self.design.get(table.replica_index) if table.replica_index else None
        if table.replica_identity == "index" and isinstance(index, (Index, Key)):
            written = self.own_name(index) if index.name else self.dialect.quote(self.unsaid_name(index, table))
            yield f"ALTER TABLE ONLY {self.path(table)} REPLICA IDENTITY USING INDEX {written};"

    def is_before(self, version: int) -> bool:
        """Say whether the model is for an older server than this; one that does not say is for the newest."""
        major = self.catalog.model.version.partition(".")[0]
        return major.isdecimal() and int(major) < version

    def unsaid_name(self, record: Index | Key, table: Table) -> str:
        """Return the name that the server gives to an index or key without one."""
        return self.index_name(record, table) if isinstance(record, Index) else self.server_name(record, table)

    def table_word(self, table: Table) -> str:
        """Return the kind of table; a table of another server is a foreign one."""
        return "FOREIGN TABLE" if "server" in table.extra else super().table_word(table)

    def column_line(self, column: Column, table: Table, layout: Layout) -> str:
        """A column of a typed table is named only where it says more than its type."""
        if not table.of_type:
            return super().column_line(column, table, layout)
        clauses = [*self.column_clauses(column, layout), *layout.inline.get(column.id, ())]
        return joined(self.column(column.id), "WITH OPTIONS", *clauses) if any(clauses) else ""

    def is_attached(self, table: Table, parts: Parts) -> bool:
        """Say whether a partition has columns of its own, so that it is made first and attached then."""
        return bool(parts.columns)

    def table_tail(self, table: Table, parts: Parts) -> str:
        """Return parents, partitioning, access method, options and tablespace."""
        parents = ", ".join(map(self.path_of, table.inherits))
        partitionings = parts.partitionings
        tail = joined(
            f"INHERITS ({parents})" if parents else "",
            *map(self.partitioning, partitionings),
            table.extra.get("server", ""),
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
        if "options" in column.extra:
            yield f"OPTIONS ({column.extra['options']})"
        if column.storage and not self.is_before(_STORAGE_IN_PLACE):
            yield f"STORAGE {column.storage.upper()}"
        if column.compression:
            yield f"COMPRESSION {column.compression}"
        if column.collation:
            yield f"COLLATE {column.collation}"
        if not column.nullable and (column.id not in layout.primary or column.not_null_name):
            yield self.not_null(column)
        if column.default is not None and not column.identity:
            yield self.default_in_place(column)
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

    def place_key(self, key: Key, layout: Layout, table: Table) -> None:
        """A second key on the same columns is added behind: inside CREATE TABLE the server leaves it out."""
        keys = self.catalog.parts(table).keys
        if len(keys) < 2 or all(each is key or each.columns != key.columns for each in keys[: keys.index(key)]):
            super().place_key(key, layout, table)
        elif not self.refused(key):
            layout.behind.append(f"ALTER TABLE {self.path(table)} ADD {self.key_clause(key)};")

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
        return self.where(f"to_regclass({self.literal(table)}) IS NOT NULL", action)

    def statement(self, record: Statement) -> Iterator[str]:
        """Yield a verbatim statement, where what it is about is there: a table that is not in the design, or roles."""
        if not self.speaks(record.dialect) or (record.phase == "never" and "only_where" not in record.extra):
            yield from super().statement(record)
            return
        text = self.whole(self.speech.verbatim(record.text))
        table, roles = record.extra.get("only_where", ""), self.lacking_roles(record)
        if table:
            label = self.catalog.label(record)
            self.notes.add("only-where", f"{label} runs only where {table} exists: it is not in the design", record.id)
            yield self.only_where(table, text)
        elif record.extra.get("makes") == "role":
            yield self.where(f"NOT {self.role_exists(self.dialect.quote(record.extra.get('name', '')))}", text)
        else:
            yield self.where_roles(roles, text) if roles else text

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
        text = self.speech.expr(view.query, view.id)
        if text is None:
            return
        query = terminated(text)
        yield from self.view_statement(
            view,
            f"{head} AS\n" + (query[:-1].rstrip() + f"{tail}\n;" if query.endswith("\n;") else f"{query[:-1]}{tail};"),
        )
        self.created.add(view.id)
        parts = self.catalog.parts(view)
        yield from self.view_defaults(view, parts)
        yield from self.indexes(view, parts)
        yield from self.view_comments(view, parts, "MATERIALIZED VIEW" if view.materialized else "VIEW")

    def view_statement(self, view: View, statement: str) -> Iterator[str]:
        """A view in a circle is created as a stub with the same columns first, and gets its query in the end."""
        if self.is_circular(view):
            yield f"CREATE VIEW {self.path(view)} AS\n{terminated(view.extra['stub'])}"
            self.later(view, statement.replace("CREATE ", "CREATE OR REPLACE ", 1))
        else:
            yield statement

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
        switch = self.switch(trigger)
        for statement in super().trigger(trigger, owner):
            yield switch + statement
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
            text = self.switch(policy) + "\n".join(self.policy(policy, owner))
            reason, lacking = self.refused(policy), self.lacking(policy.roles)
            guarded = self.where_roles(lacking, text) if lacking and not reason else text
            yield commented(f"{reason}\n{text}") if reason else guarded

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
