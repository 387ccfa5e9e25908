"""Keys, foreign keys, checks and exclusions of tables."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, Name, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import PostgresHandler, PostgresPen, spelled, spelled_parts
from designer.evolution.postgres.options import changed_options, options_of
from designer.schema import Check, Exclusion, ForeignKey, Index, Key, Named, Table

Constraint = Key | ForeignKey | Check | Exclusion


class ConstraintHandler(PostgresHandler):
    """What keys, checks and exclusions have in common."""

    operation = ""

    def facts(self, record: Any, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield a constraint that the server takes."""
        table = side.design.get(record.parent) if record.parent else None
        if not isinstance(table, Table) or record.extra.get("refused"):
            return
        needs = self.needs(record, side) | self.postgres.related(side, record)
        yield Fact(
            record.id, self.word(record), side.label(record), self.state(record), record, table.id,
            needs - {record.id}, names=self.names(record, table, side),
        )  # fmt: skip

    def word(self, record: Any) -> str:
        """Return the kind of a constraint in words."""
        return self.kinds[0]

    @abstractmethod
    def state(self, record: Any) -> Hashable:
        """Return what the server keeps of a constraint."""

    @abstractmethod
    def needs(self, record: Any, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return what must be there before a constraint."""

    def names(self, record: Any, table: Table, side: Side[PostgresPen]) -> frozenset[Name]:
        """Return the names that a constraint takes; one with an index takes that of a relation too."""
        own: Name = ("constraint", table.id, record.name)
        tie = self.postgres.lineage(side).added_loose(record, self.postgres.before)
        if not isinstance(record, (Key, Exclusion)):
            return tie | {own}
        schema = side.catalog.schema_of(table) or side.dialect.default_schema
        return tie | {own, ("relation", schema, record.name)}

    @abstractmethod
    def clause(self, record: Any, pen: PostgresPen) -> str:
        """Return a constraint as ADD has it."""

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A constraint is made with its table."""
        return parent.kind == "table"

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER TABLE ADD CONSTRAINT."""
        if self.comes_along(fact):
            return []
        pen = self.new.pen
        sql = f"ALTER TABLE {self.table(self.new, fact)} ADD {self.clause(fact.record, pen)};"
        return [self.step(sql, self.operation_of(fact), new=fact, reason=reason)]

    def operation_of(self, fact: Fact) -> str:
        """Return the operation that adds a constraint."""
        return self.operation

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """ALTER TABLE DROP CONSTRAINT."""
        if self.goes_along(fact):
            return []
        sql = f"ALTER TABLE {self.table(self.old, fact)} DROP CONSTRAINT {self.quoted(self.old, fact)};"
        return [self.step(sql, "drop constraint", old=fact, reason=reason)]

    def comes_along(self, fact: Fact) -> bool:
        """Say whether a constraint is there already, since it came with that of the parent."""
        return fact.record.id in self.postgres.lineage(self.new).implied and self.postgres.comes_along(fact.record)

    def goes_along(self, fact: Fact) -> bool:
        """Say whether a constraint goes by itself, with that of the parent."""
        return self.postgres.goes_along(fact.record)

    def table(self, side: Side[PostgresPen], fact: Fact) -> str:
        """Return the table of a constraint, quoted."""
        return side.pen.path_of(fact.record.parent)

    def quoted(self, side: Side[PostgresPen], fact: Fact) -> str:
        """Return the name of a constraint, quoted."""
        record = fact.record
        return side.dialect.quote(record.name) if isinstance(record, Named) else ""


class KeyHandler(ConstraintHandler):
    """Primary and unique keys."""

    records = (Key,)
    kinds = ("primary key", "unique key")

    def word(self, record: Key) -> str:
        """Return the kind of key."""
        return "primary key" if record.primary else "unique key"

    def state(self, record: Key) -> Hashable:
        """Return what the server keeps of a key."""
        return (*self.flat(record), options_of(record.options))

    def needs(self, record: Key, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return the columns of a key."""
        return frozenset((*record.columns, *record.include))

    def clause(self, record: Key, pen: PostgresPen) -> str:
        """Return a key as ADD has it."""
        return pen.key_clause(record)

    def operation_of(self, fact: Fact) -> str:
        """Return the operation that adds a key."""
        return "add primary key" if fact.kind == "primary key" else "add unique"

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Only storage options can be set."""
        before, after = record_of(old, Key), record_of(new, Key)
        changed = [one == two for one, two in zip(self.flat(before), self.flat(after), strict=True)]
        if not all(changed):
            return None
        path = self.postgres.index_path(self.new, after)
        return Alteration(
            [
                self.step(f"ALTER INDEX {path} {each};", "settings", old=old, new=new, fields=("options",))
                for each in changed_options(before.options, after.options)
            ]
        )

    def flat(self, key: Key) -> tuple[object, ...]:
        """Return what cannot be changed of a key."""
        return (
            key.primary, key.columns, key.include, key.nulls_not_distinct, key.without_overlaps,
            key.deferrable or key.deferred, key.deferred, key.extra.get("using_index_tablespace", ""),
        )  # fmt: skip


class ForeignKeyHandler(ConstraintHandler):
    """Foreign keys."""

    records = (ForeignKey,)
    kinds = ("foreign key",)
    operation = "add foreign key"

    def state(self, record: ForeignKey) -> Hashable:
        """Return what the server keeps of a foreign key."""
        return (*self.firm(record), record.deferrable or record.deferred, record.deferred, record.not_valid,
                record.not_enforced)  # fmt: skip

    def firm(self, record: ForeignKey) -> tuple[object, ...]:
        """Return what cannot be changed of a foreign key."""
        return (
            record.columns, record.ref_table, record.ref_columns, record.missing_table, record.missing_columns,
            _action(record.on_delete), _action(record.on_update), record.on_delete_columns,
            "" if record.match == "simple" else record.match, record.period,
        )  # fmt: skip

    def needs(self, record: ForeignKey, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return the columns of both sides, and what makes the other side unique."""
        found = {*record.columns, *record.ref_columns}
        if record.ref_table:
            found |= {record.ref_table, *self.referred_keys(record, side)}
        return frozenset(found)

    def referred_keys(self, record: ForeignKey, side: Side[PostgresPen]) -> Iterator[FactId]:
        """Yield the keys and unique indexes by which the other side is found."""
        target = side.design.get(record.ref_table or "")
        parts = side.catalog.parts(target) if target is not None else None
        if parts is None:
            return
        wanted = set(record.ref_columns)
        for key in parts.keys:
            if key.primary if not wanted else set(key.columns) == wanted:
                yield key.id
        for index in parts.indexes:
            columns = {part.column for part in index.parts}
            if index.unique and index.where is None and columns == wanted:
                yield index.id

    def clause(self, record: ForeignKey, pen: PostgresPen) -> str:
        """Return a foreign key as ADD has it."""
        return pen.foreign_key_clause(record)

    def folds(self, child: Fact, parent: Fact) -> bool:
        """One that is not valid, or may have no table, is added behind."""
        record = record_of(child, ForeignKey)
        return super().folds(child, parent) and not record.not_valid and record.ref_table is not None

    def separable(self, fact: Fact) -> bool:
        """Foreign keys are what circles are made of."""
        return True

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """A foreign key to a table that is not in the design is added only where that table exists."""
        steps = super().create(fact, folded, reason)
        record = record_of(fact, ForeignKey)
        if record.ref_table is not None:
            return steps
        pen = self.new.pen
        target = pen.missing_path(record)
        return [
            self.step(pen.only_where(target, step.sql), self.operation, new=fact, reason=reason) for step in steps
        ]  # fmt: skip

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """One to a table that is not in the design may not be there."""
        record = record_of(fact, ForeignKey)
        if record.ref_table is not None or self.goes_along(fact):
            return super().drop(fact, reason)
        table, name = self.table(self.old, fact), self.quoted(self.old, fact)
        sql = f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name};"
        return [self.step(sql, "drop constraint", old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set when it is checked and whether it is enforced; validate it."""
        before, after = record_of(old, ForeignKey), record_of(new, ForeignKey)
        if self.firm(before) != self.firm(after) or after.ref_table is None:
            return None
        if self.goes_along(old):
            return Alteration([])
        loosened = after.not_valid and not before.not_valid
        enforced = after.not_enforced != before.not_enforced
        if loosened or (enforced and (after.not_valid or self.new.pen.is_before(18))):
            return None
        return Alteration(self.time_steps(old, new) + self.validity_steps(old, new))

    def time_steps(self, old: Fact, new: Fact) -> list[Step]:
        """ALTER CONSTRAINT … DEFERRABLE."""
        before, after = record_of(old, ForeignKey), record_of(new, ForeignKey)
        times = [(each.deferrable or each.deferred, each.deferred) for each in (before, after)]
        if times[0] == times[1]:
            return []
        word = "DEFERRABLE INITIALLY DEFERRED" if after.deferred else "DEFERRABLE INITIALLY IMMEDIATE"
        word = word if times[1][0] else "NOT DEFERRABLE"
        sql = f"ALTER TABLE {self.table(self.new, new)} ALTER CONSTRAINT {self.quoted(self.new, new)} {word};"
        return [self.step(sql, "replace", old=old, new=new, fields=("deferrable", "deferred"))]

    def validity_steps(self, old: Fact, new: Fact) -> list[Step]:
        """ALTER CONSTRAINT … ENFORCED, VALIDATE CONSTRAINT."""
        before, after = record_of(old, ForeignKey), record_of(new, ForeignKey)
        where, name = f"ALTER TABLE {self.table(self.new, new)}", self.quoted(self.new, new)
        if before.not_enforced != after.not_enforced:
            word = "NOT ENFORCED" if after.not_enforced else "ENFORCED"
            sql = f"{where} ALTER CONSTRAINT {name} {word};"
            return [self.step(sql, "replace", old=old, new=new, fields=("not_enforced", "not_valid"))]
        if before.not_valid and not after.not_valid:
            sql = f"{where} VALIDATE CONSTRAINT {name};"
            return [self.step(sql, "validate", old=old, new=new, fields=("not_valid",))]
        return []


class CheckHandler(ConstraintHandler):
    """Checks of tables."""

    records = (Check,)
    kinds = ("check",)
    operation = "add check"

    def facts(self, record: Check, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Checks of domains belong to their domain."""
        if isinstance(side.design.get(record.parent or ""), Table):
            yield from super().facts(record, side)

    def state(self, record: Check) -> tuple[Hashable, ...]:
        """Return what the server keeps of a check."""
        return (spelled(record.expr), record.no_inherit, record.not_enforced, record.not_valid)

    def needs(self, record: Check, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return what the condition names."""
        return self.needed(record.expr, side) - {record.parent or ""}

    def clause(self, record: Check, pen: PostgresPen) -> str:
        """Return a check as ADD has it."""
        return (pen.check_clause(record) or "") + (" NOT VALID" if record.not_valid else "")

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A check that is not valid would be taken as valid in CREATE TABLE."""
        return super().folds(child, parent) and not getattr(child.record, "not_valid", False)

    def comes_along(self, fact: Fact) -> bool:
        """A check that the parent gets at the same time comes with that, where the table is a child already."""
        if super().comes_along(fact):
            return True
        if not self.postgres.comes_along(fact.record):
            return False
        source = self.postgres.lineage(self.new).source_of(fact.record)
        return any(each in self.mover.decided.fresh | self.mover.decided.replaced for each in source)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Validate what only held for new rows."""
        before, after = record_of(old, Check), record_of(new, Check)
        if self.state(before)[:3] != self.state(after)[:3] or after.not_valid:
            return Alteration([]) if self.goes_along(old) and self.postgres.lineage(self.new).source_of(after) else None
        source = self.postgres.lineage(self.new).source_check(after)
        above = self.old.design.get(source.id) if source is not None and not source.not_valid else None
        if isinstance(above, Check) and above.not_valid:
            return Alteration([])  # that of the table above is validated with those below it
        sql = f"ALTER TABLE {self.table(self.new, new)} VALIDATE CONSTRAINT {self.quoted(self.new, new)};"
        return Alteration([self.step(sql, "validate", old=old, new=new, fields=("not_valid",))])


class ExclusionHandler(ConstraintHandler):
    """Exclusion constraints."""

    records = (Exclusion,)
    kinds = ("exclusion",)
    operation = "add exclusion"

    def state(self, record: Exclusion) -> Hashable:
        """Return what the server keeps of an exclusion."""
        return (
            record.method.lower(), spelled_parts(record.parts), record.include, spelled(record.where),
            record.deferrable or record.deferred, record.deferred, options_of(record.options),
        )  # fmt: skip

    def needs(self, record: Exclusion, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return the columns, expressions and operators of an exclusion."""
        return index_needs(self, record, side)

    def clause(self, record: Exclusion, pen: PostgresPen) -> str:
        """Return an exclusion as ADD has it."""
        return pen.exclusion_clause(record) or ""


def index_needs(handler: PostgresHandler, record: Index | Exclusion, side: Side[PostgresPen]) -> frozenset[FactId]:
    """Return what an index needs: columns, what expressions name, operator classes."""
    finder = side.pen.finder
    found = {part.column for part in record.parts if part.column} | set(record.include)
    found |= set(finder.in_parts(record.parts)) | set(finder.in_made(record.method))
    return frozenset(found) | handler.needed(record.where, side)


def _action(written: str) -> str:
    return "" if written == "no action" else written
