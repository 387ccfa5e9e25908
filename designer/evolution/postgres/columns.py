"""Columns of tables, and their defaults."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence

import msgspec

from designer.dialects.extensions import extension_of_type
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, Name, id_of, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import PostgresHandler, PostgresPen, spelled
from designer.evolution.postgres.identity import identity_state, identity_steps, numbers_of_identity
from designer.evolution.postgres.serials import is_serial
from designer.evolution.postgres.types import are_integers, conversion, same_family, type_state
from designer.schema import Column, Expr, Extension, Table
from exporters.ddl.constraints import joined
from exporters.ddl.names import generated_name
from exporters.ddl.tables import Layout

_FOLLOW = frozenset({"primary key", "unique key", "comment", "grant", "statistics", "sequence", "replica identity"})
"""Kinds that the server adapts by itself when the type of a column changes."""


class ColumnHandler(PostgresHandler):
    """Columns and defaults. Columns of views belong to their view."""

    records = (Column,)
    kinds = ("column", "default")

    def facts(self, record: Column, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield a column, and its default as a fact of its own."""
        table = side.design.get(record.parent) if record.parent else None
        if not isinstance(table, Table):
            return
        label = side.label(record)
        yield Fact(
            record.id, "column", label, self.state(record), record, record.parent, self.needs(record, table, side),
            frozenset(side.pen.finder.in_text(record.type)), self.names(record, table, side),
        )  # fmt: skip
        if has_default(record):
            needs = {record.id, *self.needed(record.default, side)}
            needs |= {record.type_ref} if record.type_ref else set()
            yield Fact(
                id_of("default", record.id), "default", label, spelled(record.default), record, record.id,
                frozenset(needs),
            )  # fmt: skip

    def names(self, column: Column, table: Table, side: Side[PostgresPen]) -> frozenset[Name]:
        """Return the names that a column takes: its own, and that of the sequence which the server makes for it."""
        own: Name = ("column", table.id, column.name)
        tie = self.postgres.lineage(side).added_loose(column, self.postgres.before)
        sequence = self.postgres.identity_sequence(side, column.id)
        if is_serial(column):
            sequence = generated_name(table.name, column.name, "seq")
        if not sequence:
            return tie | {own}
        schema = side.catalog.schema_of(table) or side.dialect.default_schema
        return tie | {own, ("relation", schema, sequence)}

    def state(self, column: Column) -> Hashable:
        """Return all that the server keeps of a column but its default."""
        return (
            type_state(column), column.nullable, spelled(column.generated), column.generated_kind,
            identity_state(column), column.collation, column.storage.lower(), column.compression.lower(),
            column.statistics, column.extra.get("options", ""), column.not_null_name,
        )  # fmt: skip

    def needs(self, column: Column, table: Table, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return what must be there before a column: its type, what its generated value is made of."""
        finder = side.pen.finder
        found = {column.type_ref} if column.type_ref else {*finder.in_made(column.type), *self.extension(column, side)}
        if column.collation:
            found |= set(finder.in_made(column.collation))
        if not self.postgres.is_new(side):
            found |= self.postgres.numbered_before(column.id)
        return frozenset(found) | self.needed(column.generated, side) | self.postgres.lineage(side).source_of(column)

    def extension(self, column: Column, side: Side[PostgresPen]) -> Iterator[FactId]:
        """Yield the extension that the type of a column comes from."""
        wanted = extension_of_type(column.type)
        if wanted:
            yield from (each.id for each in side.catalog.of(Extension) if each.name == wanted)

    # New columns

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A column is made with its table, a default with its column."""
        return parent.kind in ("table", "column")

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER TABLE ADD COLUMN, or SET DEFAULT."""
        column = record_of(fact, Column)
        if fact.kind == "default":
            return self.set_default(fact, reason)
        if self.postgres.comes_along(column):
            return self.adapt_inherited(fact, folded)
        line = self.line(column, folded)
        sql = f"ALTER TABLE {self.table(self.new, column)} ADD COLUMN {line};"
        steps = [self.step(sql, "add column", new=fact, reason=reason)]
        return steps + self.settings(fact)

    def line(self, column: Column, folded: Sequence[Fact]) -> str:
        """Return a column as ADD COLUMN and CREATE TABLE have it, with its default where that is folded."""
        pen = self.new.pen
        table = self.new.design.get(column.parent or "")
        if not isinstance(table, Table):
            raise TypeError(f"{column.id} is in no table")
        has = any(each.kind == "default" and each.record.id == column.id for each in folded)
        shown = column if has or not has_default(column) else msgspec.structs.replace(column, default=None)
        return pen.column_line(shown, table, Layout({column.id}))

    def adapt_inherited(self, fact: Fact, folded: Sequence[Fact]) -> list[Step]:
        """A column comes with that of the parent; only its default may be another one."""
        column = record_of(fact, Column)
        steps = self.settings(fact)
        for each in folded:
            source = self.postgres.lineage(self.new).source(column)
            if each.kind == "default" and (source is None or spelled(source.default) != each.state):
                steps += self.set_default(each, "")
        return steps

    def settings(self, fact: Fact) -> list[Step]:
        """Return what CREATE TABLE and ADD COLUMN have no word for."""
        column = record_of(fact, Column)
        if column.statistics is None:
            return []
        sql = f"{self.alter_column(self.new, column)} SET STATISTICS {column.statistics};"
        return [self.step(sql, "alter column", new=fact, fields=("statistics",))]

    def set_default(self, fact: Fact, reason: str) -> list[Step]:
        """ALTER COLUMN SET DEFAULT."""
        column = record_of(fact, Column)
        sql = f"{self.alter_column(self.new, column)} SET {self.new.pen.default(column)};"
        step = self.step(sql, "set default", new=fact, fields=("default",), reason=reason)
        return [step, *numbers_of_identity(self, fact)]

    # Columns that go

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """ALTER TABLE DROP COLUMN, or DROP DEFAULT."""
        column = record_of(fact, Column)
        if fact.kind == "default":
            sql = f"{self.alter_column(self.old, column)} DROP DEFAULT;"
            return [self.step(sql, "drop default", old=fact, fields=("default",), reason=reason)]
        if self.postgres.goes_along(column):
            return []
        sql = f"ALTER TABLE {self.table(self.old, column)} DROP COLUMN {self.old.pen.column(column.id)};"
        return [self.step(sql, "drop column", old=fact, reason=reason)]

    # Columns that change

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Change type, nullability and settings; a generated column becomes another one by being made again."""
        before, after = record_of(old, Column), record_of(new, Column)
        if old.kind == "default":
            return Alteration(self.set_default(new, ""))
        if self.is_both_inherited(before, after):
            return Alteration(self.own_changes(old, new))
        if self.must_be_made_again(before, after):
            return None
        steps = self.ungenerate(old, new)
        disturbs: frozenset[FactId] = frozenset()
        if type_state(before) != type_state(after) or before.collation != after.collation:
            steps += self.retype(old, new)
            disturbs = self.disturbed(before, after)
        steps += self.regenerate(old, new)
        steps += identity_steps(self, old, new) + self.null_steps(old, new) + self.setting_steps(old, new)
        return Alteration(steps, disturbs)

    def is_both_inherited(self, before: Column, after: Column) -> bool:
        """Say whether a column was and is that of a parent, so that what changes there changes here."""
        was, now = self.postgres.lineage(self.old), self.postgres.lineage(self.new)
        return was.is_inherited(before) and now.is_inherited(after)

    def own_changes(self, old: Fact, new: Fact) -> list[Step]:
        """Return what a child sets by itself."""
        before, after = record_of(old, Column), record_of(new, Column)
        was, now = self.postgres.lineage(self.old).source(before), self.postgres.lineage(self.new).source(after)
        steps = self.setting_steps(old, new)
        follows = (
            was is not None and now is not None and was.nullable != now.nullable and now.nullable == after.nullable
        )
        return steps if follows else self.null_steps(old, new) + steps

    def must_be_made_again(self, before: Column, after: Column) -> bool:
        """Say whether a generated column has to be dropped and added: another kind, or a value that cannot be set."""
        if after.generated is None:
            return before.generated is not None and before.generated_kind == "virtual"
        if before.generated is None or before.generated_kind != after.generated_kind:
            return True
        changed = spelled(before.generated) != spelled(after.generated)
        return changed and (self.new.pen.is_before(17) or type_state(before) != type_state(after))

    def ungenerate(self, old: Fact, new: Fact) -> list[Step]:
        """A stored value stays as a plain one."""
        before, after = record_of(old, Column), record_of(new, Column)
        if before.generated is None or after.generated is not None:
            return []
        sql = f"{self.alter_column(self.new, after)} DROP EXPRESSION;"
        return [self.step(sql, "alter column", old=old, new=new, fields=("generated", "generated_kind"))]

    def regenerate(self, old: Fact, new: Fact) -> list[Step]:
        """Set another expression."""
        before, after = record_of(old, Column), record_of(new, Column)
        if after.generated is None or spelled(before.generated) == spelled(after.generated):
            return []
        text = self.new.pen.speech.expr(after.generated, after.id)
        sql = f"{self.alter_column(self.new, after)} SET EXPRESSION AS ({text});"
        return [self.step(sql, "alter column", old=old, new=new, fields=("generated",))]

    def retype(self, old: Fact, new: Fact) -> list[Step]:
        """ALTER COLUMN TYPE, with the way that values take where the server knows none by itself."""
        before, after = record_of(old, Column), record_of(new, Column)
        pen = self.new.pen
        written = pen.column_type(after)
        using = "" if after.generated is not None else conversion(pen.column(after.id), before, after, written)
        sql = joined(
            f"ALTER TABLE {self.table(self.new, after)} ALTER COLUMN {pen.column(after.id)} TYPE {written}",
            f"COLLATE {after.collation}" if after.collation else "",
            f"USING {using}" if using else "",
        )
        fields = tuple(name for name in ("type", "collation") if getattr(before, name) != getattr(after, name))
        return [self.step(f"{sql};", "alter type", old=old, new=new, fields=fields)]

    def disturbed(self, before: Column, after: Column) -> frozenset[FactId]:
        """Return what cannot stay while the type of a column changes, or would not be written as it is asked for."""
        found = {*self.mentioned(before), *self.ties(after)}
        narrow = same_family(before, after)
        for each in self.mover.old_facts.dependents(before.id):
            fact = self.mover.old_facts[each]
            stays = fact.kind in _FOLLOW or (narrow and fact.kind in ("default", "check", "index", "exclusion"))
            if fact.kind == "foreign key":
                stays = are_integers(before, after) or narrow
            if fact.kind == "index" and not stays:
                stays = is_plain_index(fact)
            if fact.kind == "column" and self.postgres.lineage(self.old).is_inherited(fact.record):
                stays = True
                found |= set() if narrow else set(self.inherited_defaults(each))
            if not stays:
                found.add(each)
        return frozenset(found)

    def inherited_defaults(self, column: FactId) -> Iterator[FactId]:
        """Yield the defaults of a column that another table inherits, there and below: each would keep a cast."""
        facts = self.mover.old_facts
        yield from (each for each in facts.children(column) if facts[each].kind == "default")
        for each in facts.dependents(column):
            if facts[each].kind == "column" and self.postgres.lineage(self.old).is_inherited(facts[each].record):
                yield from self.inherited_defaults(each)

    def mentioned(self, column: Column) -> Iterator[FactId]:
        """Yield what is kept as text, hangs on the table and has the name of a column in it: rules, bodies."""
        word = re.compile(rf"(?<![\w$]){re.escape(column.name)}(?![\w$])")
        facts, table = self.mover.old_facts, column.parent or ""
        for each in (*facts.dependents(table), *facts.children(table)):
            text = getattr(self.mover.old_facts[each].record, "text", None)
            if isinstance(text, Expr) and word.search(text.text):
                yield each

    def ties(self, column: Column) -> Iterator[FactId]:
        """Yield the ties that are loose while a column changes: of its table, or of partitions that are made anew."""
        if column.parent in self.postgres.lineage(self.new).loose:
            yield id_of("partition", column.parent)
        for each in self.mover.old_facts.dependents(column.parent or ""):
            fact = self.mover.old_facts[each]
            if fact.kind == "partition" and fact.record.id in self.postgres.remade:
                yield each

    def null_steps(self, old: Fact, new: Fact) -> list[Step]:
        """SET or DROP NOT NULL; rows without a value get the default first, where there is one."""
        before, after = record_of(old, Column), record_of(new, Column)
        if before.nullable == after.nullable:
            return self.rename_not_null(old, new)
        where = self.alter_column(self.new, after, only=False)
        if after.nullable:
            if after.identity:
                return []
            sql = f"{where} DROP NOT NULL;"
            return [self.step(sql, "drop not null", old=old, new=new, fields=("nullable",))]
        if after.not_null_name and not self.new.pen.is_before(18):
            name = self.new.dialect.quote(after.not_null_name)
            table, column = self.table(self.new, after), self.new.pen.column(after.id)
            sql = f"ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column};"
        else:
            sql = f"{where} SET NOT NULL;"
        step = self.step(sql, "set not null", old=old, new=new, fields=("nullable",))
        return [*self.backfill(old, new), step]

    def rename_not_null(self, old: Fact, new: Fact) -> list[Step]:
        """A NOT NULL has a name of its own from PostgreSQL 18 on."""
        before, after = record_of(old, Column), record_of(new, Column)
        if before.not_null_name in ("", after.not_null_name) or not after.not_null_name or self.new.pen.is_before(18):
            return []
        one, two = map(self.new.dialect.quote, (before.not_null_name, after.not_null_name))
        sql = f"ALTER TABLE {self.table(self.new, after)} RENAME CONSTRAINT {one} TO {two};"
        return [self.step(sql, "rename", old=old, new=new, fields=("not_null_name",))]

    def backfill(self, old: Fact, new: Fact) -> list[Step]:
        """Write the default where there is no value yet."""
        after = record_of(new, Column)
        text = self.new.pen.speech.default(after) if has_default(after) else None
        if not text or self.postgres.lineage(self.new).is_inherited(after):
            return []
        name = self.new.pen.column(after.id)
        sql = f"UPDATE {self.table(self.new, after)} SET {name} = {text} WHERE {name} IS NULL;"
        return [self.step(sql, "backfill", old=old, new=new, fields=("nullable",))]

    def setting_steps(self, old: Fact, new: Fact) -> list[Step]:
        """Set storage, compression and the statistics target."""
        before, after = record_of(old, Column), record_of(new, Column)
        where = self.alter_column(self.new, after)
        target = -1 if after.statistics is None else after.statistics
        words = {
            "storage": f"SET STORAGE {after.storage.upper() or 'DEFAULT'}",
            "compression": f"SET COMPRESSION {after.compression or 'default'}",
            "statistics": f"SET STATISTICS {target}",
        }
        return [
            self.step(f"{where} {sql};", "alter column", old=old, new=new, fields=(name,))
            for name, sql in words.items()
            if getattr(before, name) != getattr(after, name)
        ]

    # Words

    def table(self, side: Side[PostgresPen], column: Column) -> str:
        """Return the table of a column, quoted."""
        return side.pen.path_of(column.parent)

    def alter_column(self, side: Side[PostgresPen], column: Column, *, only: bool = True) -> str:
        """Return `ALTER TABLE ONLY t ALTER COLUMN c`: what is set so is set for this table alone."""
        word = "ALTER TABLE ONLY" if only else "ALTER TABLE"
        return f"{word} {self.table(side, column)} ALTER COLUMN {side.pen.column(column.id)}"


def has_default(column: Column) -> bool:
    """Say whether a column has a default of its own: identity and generated columns have none."""
    return column.default is not None and not column.identity and column.generated is None


def is_plain_index(fact: Fact) -> bool:
    """Say whether an index is over whole columns only, which the server builds anew by itself."""
    record = fact.record
    return getattr(record, "where", None) is None and all(part.expr is None for part in getattr(record, "parts", ()))
