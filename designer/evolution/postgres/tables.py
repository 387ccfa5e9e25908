"""Tables: what is said of them as a whole."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

import msgspec

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, Facts, id_of, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import PostgresHandler, PostgresPen
from designer.evolution.postgres.options import changed_foreign_options, changed_options, foreign_server, options_of
from designer.evolution.postgres.rebuilding import filled, rebuilt
from designer.schema import Check, Column, Exclusion, ForeignKey, Index, Key, Partitioning, Table
from exporters.ddl.catalog import Parts

_SLOTS = {Column: "columns", Key: "keys", ForeignKey: "foreign_keys", Check: "checks", Exclusion: "exclusions"}


class TableHandler(PostgresHandler):
    """Tables and their replica identity."""

    records = (Table,)
    kinds = ("table", "replica identity")

    def facts(self, record: Table, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield a table, and its replica identity as a fact of its own: it may name an index."""
        label = side.label(record)
        schema = side.catalog.schema_of(record) or side.dialect.default_schema
        names = frozenset({("relation", schema, record.name), ("type", schema, record.name)})
        yield Fact(record.id, "table", label, self.state(record, side), record, None, self.needs(record, side),
                   frozenset(), names)  # fmt: skip
        if record.replica_identity:
            needs = frozenset({record.replica_index} if record.replica_index else ())
            state = (record.replica_identity, record.replica_index)
            yield Fact(id_of("replica", record.id), "replica identity", label, state, record, record.id, needs)

    def state(self, table: Table, side: Side[PostgresPen]) -> Hashable:
        """Return all that the server keeps of a table as a whole."""
        return (
            table.persistence, options_of(table.options), heap_unsaid(table.access_method), table.tablespace,
            table.row_security, table.force_row_security, table.of_type, table.extra.get("server", ""),
            table.extra.get("on_commit", ""), table.id in self.postgres.remade and self.postgres.is_new(side),
        )  # fmt: skip

    def needs(self, table: Table, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return what must be there before a table."""
        found: set[FactId] = {table.parent} if table.parent else set()
        if table.of_type:
            found.add(table.of_type)
        if table.id not in self.postgres.before or table.id not in self.postgres.after:
            found.update(self.inherited(table, side))
        found.update(side.pen.finder.in_made(f"{table.access_method} {table.extra.get('server', '')}"))
        for each in side.catalog.parts(table).partitionings:
            for part in each.parts:
                found |= self.needed(part.expr, side)
        return frozenset(found - self.own_columns(table, side))

    def inherited(self, table: Table, side: Side[PostgresPen]) -> Iterator[FactId]:
        """Yield the parents of a table; a new one finds their columns as they are in the end."""
        for parent in self.postgres.lineage(side).parents(table):
            yield parent
            if self.postgres.is_new(side):
                parts = side.catalog.parts(side.design[parent])
                yield from (each.id for each in (*parts.columns, *parts.checks))

    def own_columns(self, table: Table, side: Side[PostgresPen]) -> set[FactId]:
        """Return the columns of a table."""
        return {column.id for column in side.catalog.parts(table).columns}

    # New tables

    def folds(self, child: Fact, parent: Fact) -> bool:
        """The replica identity is set behind."""
        return False

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TABLE with the parts that are folded into it."""
        if fact.kind == "replica identity":
            return [self.replica_step(fact, reason)]
        table = record_of(fact, Table)
        steps = [
            self.step(sql, "create table", new=fact, reason=reason) for sql in self.statements(table, folded)
        ]  # fmt: skip
        for each in folded:
            if each.kind == "column":
                steps += self.postgres.columns.settings(each)
        return steps + self.security_steps(None, fact) + self.attachments(fact, folded)

    def statements(self, table: Table, folded: Sequence[Fact]) -> Iterator[str]:
        """Yield CREATE TABLE, and what it cannot hold."""
        pen = self.new.pen
        parts = self.parts(table, folded)
        shown = msgspec.structs.replace(
            table,
            inherits=tuple(each.extra for each in folded if each.kind == "inheritance"),
            partition_of=table.partition_of if self.is_made_as_partition(table, folded) else None,
        )
        layout = pen.layout(table, parts)
        lines = [self.postgres.columns.line(column, folded) for column in parts.columns]
        yield pen.create_table(shown, parts, [*filter(None, lines), *layout.lines])
        yield from layout.behind

    def parts(self, table: Table, folded: Sequence[Fact]) -> Parts:
        """Return the folded parts of a table that someone wrote: what comes from a parent is not written again."""
        parts = Parts(partitionings=self.new.catalog.parts(table).partitionings)
        tied = any(each.kind in ("partition", "inheritance") for each in folded)
        implied = self.postgres.lineage(self.new).implied if tied else frozenset()
        for fact in folded:
            slot = _SLOTS.get(type(fact.record))
            if slot is not None and fact.kind != "default" and fact.record.id not in implied:
                getattr(parts, slot).append(fact.record)
        return parts

    def is_made_as_partition(self, table: Table, folded: Sequence[Fact]) -> bool:
        """Say whether a table is made with PARTITION OF: nobody wrote columns for it."""
        return any(each.kind == "partition" for each in folded) and not self.parts(table, folded).columns

    def attachments(self, fact: Fact, folded: Sequence[Fact]) -> list[Step]:
        """A partition that was made as a table of its own is attached."""
        table = record_of(fact, Table)
        if self.is_made_as_partition(table, folded):
            return []
        return [
            step for each in folded if each.kind == "partition" for step in self.mover.create(each, (), "")
        ]  # fmt: skip

    def replica_step(self, fact: Fact, reason: str) -> Step:
        """REPLICA IDENTITY as the new side has it."""
        table = record_of(fact, Table)
        pen = self.new.pen
        index = self.new.design.get(table.replica_index) if table.replica_index else None
        word = table.replica_identity.upper()
        if isinstance(index, (Index, Key)):
            word = f"USING INDEX {pen.own_name(index)}"
        sql = f"ALTER TABLE ONLY {pen.path(table)} REPLICA IDENTITY {word};"
        return self.step(sql, "settings", new=fact, fields=("replica_identity", "replica_index"), reason=reason)

    # Tables that go

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TABLE, or the usual replica identity."""
        table = record_of(fact, Table)
        path = self.old.pen.path(table)
        if fact.kind == "replica identity":
            sql = f"ALTER TABLE ONLY {path} REPLICA IDENTITY DEFAULT;"
            return [self.step(sql, "settings", old=fact, fields=("replica_identity",), reason=reason)]
        word = "FOREIGN TABLE" if "server" in table.extra else "TABLE"
        return [self.step(f"DROP {word} {path};", "drop table", old=fact, reason=reason)]

    # Tables that change

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set what can be set; how a table is partitioned cannot, nor whether it is of another server."""
        before, after = record_of(old, Table), record_of(new, Table)
        if old.kind == "replica identity":
            return Alteration([self.replica_step(new, "")])
        if after.id in self.postgres.remade:
            return None
        if foreign_server(before) != foreign_server(after) or "temporary" in {before.persistence, after.persistence} - {
            before.persistence if before.persistence == after.persistence else ""
        }:
            return None
        steps = self.storage_steps(old, new) + self.type_steps(old, new)
        return Alteration(steps + self.security_steps(old, new))

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """The rows of a table are carried over; a foreign one has none of its own."""
        return old.kind == "table" and not any("server" in each.record.extra for each in (old, new))

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """Make the table anew beside the old one."""
        return rebuilt(self, old, new, folded)

    def fill(self, old: Fact, new: Fact) -> list[Step]:
        """Carry the rows over."""
        return filled(self, old, new)

    def before_filling(self, fact: Fact) -> Iterator[FactId]:
        """Yield the partitions of a table, and theirs."""
        yield from self.partitions(fact.id, self.mover.new_facts)

    def taken_along(self, fact: Fact) -> Iterator[FactId]:
        """Yield the partitions and children of a table, and theirs: their rows are seen through it."""
        yield from self.partitions(fact.id, self.mover.old_facts, ("partition", "inheritance"))

    def partitions(
        self, table: FactId, facts: Facts, kinds: tuple[str, ...] = ("partition",)
    ) -> Iterator[FactId]:  # fmt: skip
        """Yield the tables that are parts of a table, at any depth, and the facts that tie them."""
        for each in facts.dependents(table):
            if facts[each].kind in kinds:
                part = facts[each].record.id
                yield from (each, part, *self.partitions(part, facts, kinds))

    def storage_steps(self, old: Fact, new: Fact) -> list[Step]:
        """Set persistence, access method, tablespace and options."""
        before, after = record_of(old, Table), record_of(new, Table)
        head = f"ALTER {'FOREIGN ' if 'server' in after.extra else ''}TABLE {self.new.pen.path(after)}"

        def step(sql: str, operation: str, field: str) -> Step:
            return self.step(f"{head} {sql};", operation, old=old, new=new, fields=(field,))

        steps = []
        if before.persistence != after.persistence:
            steps.append(step("SET UNLOGGED" if after.persistence else "SET LOGGED", "rewrite table", "persistence"))
        if heap_unsaid(before.access_method) != heap_unsaid(after.access_method):
            steps.append(step(f"SET ACCESS METHOD {after.access_method or 'heap'}", "rewrite table", "access_method"))
        if before.tablespace != after.tablespace:
            space = self.new.dialect.quote(after.tablespace) if after.tablespace else "pg_default"
            steps.append(step(f"SET TABLESPACE {space}", "rewrite table", "tablespace"))
        steps += [step(each, "settings", "options") for each in changed_options(before.options, after.options)]
        foreign = changed_foreign_options(before, after)
        return [*steps, step(foreign, "settings", "extra")] if foreign else steps

    def type_steps(self, old: Fact, new: Fact) -> list[Step]:
        """Bind a table to the type that gives its columns, or loose it."""
        before, after = record_of(old, Table), record_of(new, Table)
        if before.of_type == after.of_type:
            return []
        kind: Any = self.new.design.get(after.of_type) if after.of_type else None
        word = f"OF {self.new.pen.type_path(kind)}" if kind is not None else "NOT OF"
        sql = f"ALTER TABLE {self.new.pen.path(after)} {word};"
        return [self.step(sql, "settings", old=old, new=new, fields=("of_type",))]

    def security_steps(self, old: Fact | None, new: Fact) -> list[Step]:
        """Turn row security on or off."""
        after = record_of(new, Table)
        before = old.record if old is not None else None
        flags = (("row_security", "ENABLE", "DISABLE"), ("force_row_security", "FORCE", "NO FORCE"))
        return [
            self.step(
                f"ALTER TABLE {self.new.pen.path(after)} {on if getattr(after, name) else off} ROW LEVEL SECURITY;",
                "replace", old=old, new=new, fields=(name,),
            )
            for name, on, off in flags
            if getattr(after, name) != getattr(before, name, False)
        ]  # fmt: skip


def heap_unsaid(method: str) -> str:
    """Return an access method; the usual one goes without saying."""
    return "" if method.lower() == "heap" else method


def is_partitioned(table: Table, side: Side[PostgresPen]) -> bool:
    """Say whether a table has partitions instead of rows."""
    return any(isinstance(each, Partitioning) for each in side.catalog.parts(table).partitionings)
