"""The online strategy of PostgreSQL, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from designer.evolution.contract import Lock, Migration, Remark, Step, Work
from designer.evolution.hazards.casts import rewrites
from designer.evolution.hazards.defaults import is_volatile
from designer.evolution.hazards.effects import effect_of
from designer.evolution.hazards.setting import Setting
from designer.evolution.online.swap import swapped
from designer.evolution.online.words import backfilled, bare, checks_kept, patience, tried_again
from designer.schema import Check, Column, ForeignKey, Id, Key, Named, Partitioning, Table
from designer.schema.expressions import render

EXPAND, BACKFILL, CONTRACT = "expand", "backfill", "contract"
_DONE = "it has done its work"
_ADD = re.compile(r"\AALTER\s+TABLE\s", re.IGNORECASE)
_DESTRUCTIVE = frozenset({"drop table", "drop column"})
_LONG = frozenset({"backfill", "validate"})


def online(migration: Migration) -> Migration:
    """Return the migration in steps that take strong locks only for a moment."""
    setting = Setting(migration)
    work = _Online(setting)
    migration.steps = [each for step in migration.steps for each in work.step(step)]
    migration.remarks += work.remarks
    return migration


def patient(migration: Migration) -> Migration:
    """Return the migration with each step in a transaction of its own, tried again where it does not get its lock."""
    setting = Setting(migration)
    together = _together(migration.steps)
    migration.remarks += _missing(migration.steps)
    migration.steps = [
        step if place in together else _guarded(step, setting) for place, step in enumerate(migration.steps)
    ]
    if any(step.sql.startswith("CALL ") for step in migration.steps):
        sql = patience(migration.options.lock_timeout)
        first = Step(sql, "session", migration.new_model, "the session", "session", in_transaction=False, stage=EXPAND)
        migration.steps.insert(0, first)
    return migration


def _together(steps: list[Step]) -> set[int]:
    """Return the places of steps that belong into one transaction: from where something is dropped to its return.

    What has a long step in between, or one that the server refuses in a transaction, cannot be kept together.
    """
    found: set[int] = set()
    gone: dict[tuple[Id, str], int] = {}
    for place, step in enumerate(steps):
        if step.operation == "drop" and step.new is None:
            gone.setdefault((step.about, step.kind), place)
        elif step.operation == "create" and (step.about, step.kind) in gone:
            span = range(gone.pop((step.about, step.kind)), place + 1)
            if all(steps[each].in_transaction and steps[each].operation not in _LONG for each in span):
                found |= set(span)
    return found


def _missing(steps: list[Step]) -> Iterator[Remark]:
    """Yield what is dropped and made again with long steps in between: programs miss it meanwhile."""
    together = _together(steps)
    back = {(step.about, step.kind): place for place, step in enumerate(steps) if step.operation == "create"}
    for place, step in enumerate(steps):
        returns = back.get((step.about, step.kind), -1) > place
        if step.operation == "drop" and returns and place not in together:
            yield Remark(f"{step.kind} {step.label} is missing from step {place + 1} until it is made again; for less,"
                         " change what it reads by a migration of its own", step.about, "online")  # fmt: skip


def _guarded(step: Step, setting: Setting) -> Step:
    """Return a step that waits for a strong lock for a short time only."""
    strong = setting.has_rows(step) and effect_of(step, setting).lock in (Lock.ALL, Lock.WRITES)
    alone = replace(step, in_transaction=False)
    if not strong or step.operation in ("backfill", "validate") or not step.in_transaction:
        return alone
    return replace(alone, sql=tried_again(step.sql))


class _Online:
    """One migration on its way to an online one."""

    def __init__(self, setting: Setting):
        self.setting = setting
        self.options = setting.migration.options
        self.remarks: list[Remark] = []

    def step(self, step: Step) -> Iterator[Step]:
        """Yield the steps that stand for one; on a table that the migration makes itself nothing changes."""
        if not self.setting.has_rows(step) or step.operation == "session":
            yield replace(step, stage=EXPAND)
            return
        rewriter = _REWRITERS.get(step.operation)
        steps = rewriter(self, step) if rewriter is not None else [step]
        stage = CONTRACT if step.operation in _DESTRUCTIVE else EXPAND
        for each in steps:
            yield each if each.stage else replace(each, stage=stage)

    def kept(self, step: Step, why: str) -> list[Step]:
        """Return a step as it is, with a remark that it has no online way."""
        self.remarks.append(Remark(f"{step.label}: {why}", step.about, "online"))
        return [step]

    # What hangs on the table

    def table(self, step: Step) -> str:
        return self.setting.table_path(step)

    def is_partitioned(self, step: Step) -> bool:
        """Say whether the table of a step is partitioned: the server has few online ways for such."""
        return bool(step.table and step.table in self.setting.new and self.setting.new.of(Partitioning, step.table))

    def quoted(self, name: str) -> str:
        return self.setting.dialect.quote(name)

    def spare_name(self, about: Id, what: str) -> str:
        """Return a name that nothing else has: it carries the id of a record."""
        safe = "".join(letter if letter.isalnum() else "_" for letter in about)
        return self.quoted(f"wholekey_{what}_{safe}"[:63])

    # Indexes and keys

    def create_index(self, step: Step) -> list[Step]:
        """CREATE INDEX CONCURRENTLY."""
        if self.is_partitioned(step):
            return self.kept(step, "an index of a partitioned table cannot be made concurrently; make those of its"
                             " partitions first, and it only has to join them")  # fmt: skip
        sql = re.sub(r"\A(CREATE\s+(?:UNIQUE\s+)?INDEX)\b", r"\1 CONCURRENTLY", step.sql, count=1, flags=re.IGNORECASE)
        return [replace(step, sql=sql, in_transaction=False)]

    def drop_index(self, step: Step) -> list[Step]:
        """DROP INDEX CONCURRENTLY."""
        if self.is_partitioned(step):
            return [step]
        sql = re.sub(r"\A(DROP\s+INDEX)\b", r"\1 CONCURRENTLY", step.sql, count=1, flags=re.IGNORECASE)
        stage = EXPAND if step.about in self.setting.new else CONTRACT
        return [replace(step, sql=sql, in_transaction=False, stage=stage)]

    def add_key(self, step: Step) -> list[Step]:
        """A unique index, made concurrently, becomes the key."""
        key = step.new
        if not isinstance(key, Key) or not key.name or key.without_overlaps or self.is_partitioned(step):
            return self.kept(step, "this key cannot take an index that was made before")
        name = self.quoted(key.name)
        nulls = " NULLS NOT DISTINCT" if key.nulls_not_distinct else ""
        include = f" INCLUDE ({', '.join(self.setting.columns(key.include))})" if key.include else ""
        options = f" WITH ({key.options})" if key.options else ""
        columns = ", ".join(self.setting.columns(key.columns))
        index = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {self.table(step)} ({columns}){include}{nulls}{options};"
        word = "PRIMARY KEY" if key.primary else "UNIQUE"
        when = " DEFERRABLE INITIALLY DEFERRED" if key.deferred else " DEFERRABLE" if key.deferrable else ""
        added = f"ALTER TABLE {self.table(step)} ADD CONSTRAINT {name} {word} USING INDEX {name}{when};"
        required = [each for column in key.columns for each in self.required(step, column)] if key.primary else []
        return [
            *required,
            replace(step, sql=index, operation="create index", in_transaction=False, reason="the index of the key"),
            replace(step, sql=added),
        ]

    def required(self, step: Step, column: Id) -> list[Step]:
        """Return the steps that forbid nulls in a column which still allows them."""
        before = self.setting.old.get(column)
        if not isinstance(before, Column) or not before.nullable:
            return []
        sql = f"ALTER TABLE {self.table(step)} ALTER COLUMN {self.setting.column(column)} SET NOT NULL;"
        return self.set_not_null(replace(step, sql=sql, operation="set not null", about=column, old=before,
                                         new=self.setting.new.get(column), kind="column"))  # fmt: skip

    # Checks and foreign keys

    def add_foreign_key(self, step: Step) -> list[Step]:
        """NOT VALID, which takes a moment, then VALIDATE, which lets others write."""
        key = step.new
        if not isinstance(key, ForeignKey) or key.not_valid or key.not_enforced or not key.name:
            return [step]
        if self.is_partitioned(step):
            return self.kept(step, "a foreign key of a partitioned table cannot be validated later")
        return self.validated(step, key)

    def add_check(self, step: Step) -> list[Step]:
        """NOT VALID, then VALIDATE."""
        check = step.new
        if not isinstance(check, Check) or check.not_valid or check.not_enforced or not check.name:
            return [step]
        if not isinstance(self.setting.find(check.parent), Table):
            return [step]
        return self.validated(step, check)

    def validated(self, step: Step, constraint: Named) -> list[Step]:
        """Return a constraint in two steps."""
        if not _ADD.match(step.sql):
            return [step]
        check = f"ALTER TABLE {self.table(step)} VALIDATE CONSTRAINT {self.quoted(constraint.name)};"
        return [
            replace(step, sql=f"{bare(step.sql)} NOT VALID;"),
            replace(step, sql=check, operation="validate", reason="the rows that are there, while others write"),
        ]

    def set_not_null(self, step: Step) -> list[Step]:
        """A check that is validated by the side spares SET NOT NULL the reading under its lock."""
        name, column = self.spare_name(step.about, "set"), self.setting.column(step.about)
        alter = f"ALTER TABLE {self.table(step)}"
        why = "spares SET NOT NULL the reading of all rows"
        return [
            replace(step, sql=f"{alter} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID;",
                    operation="add check", reason=why),
            replace(step, sql=f"{alter} VALIDATE CONSTRAINT {name};", operation="validate", reason=why),
            step,
            replace(step, sql=f"{alter} DROP CONSTRAINT {name};", operation="drop constraint", reason=_DONE),
        ]  # fmt: skip

    # Columns

    def add_column(self, step: Step) -> list[Step]:
        """A default that is worked out row by row is set first and filled in batches afterwards."""
        column = step.new
        if not isinstance(column, Column) or column.generated is not None or column.identity:
            return [step]
        if column.default is None or not is_volatile(column.default.text) or self.is_partitioned(step):
            return [step]
        dialect = self.setting.dialect
        default = render(column.default, self.setting.new, dialect.quote, dialect.unquote)
        table, name = self.table(step), self.setting.column(column.id)
        plain = re.sub(r"\s+DEFAULT\s+" + re.escape(default), "", bare(step.sql), count=1)
        plain = plain if column.nullable else re.sub(r"\s+NOT\s+NULL\b", "", plain, count=1, flags=re.IGNORECASE)
        if default in plain:
            return self.kept(step, "its default is worked out row by row while others wait")
        alter = f"ALTER TABLE {table} ALTER COLUMN {name}"
        filled = [
            replace(step, sql=f"{plain};"),
            replace(step, sql=f"{alter} SET DEFAULT {default};", operation="set default"),
            replace(step, sql=backfilled(table, name, default, f"{name} IS NULL", self.options.batch),
                    operation="backfill", stage=BACKFILL, in_transaction=False),
        ]  # fmt: skip
        if column.nullable:
            return filled
        required = replace(step, sql=f"{alter} SET NOT NULL;", operation="set not null")
        return [*filled, *self.set_not_null(required)]

    def backfill(self, step: Step) -> list[Step]:
        """An UPDATE of all rows becomes one in batches."""
        found = _UPDATE.match(bare(step.sql))
        if found is None or self.is_partitioned(step):
            return [replace(step, stage=BACKFILL)]
        sql = backfilled(found["table"], found["column"], found["value"], found["condition"], self.options.batch)
        return [replace(step, sql=sql, stage=BACKFILL, in_transaction=False)]

    def alter_type(self, step: Step) -> list[Step]:
        """Another column, kept in step by a trigger and filled in batches, takes the place of the first."""
        old, new = step.old, step.new
        if not isinstance(old, Column) or not isinstance(new, Column):
            return [step]
        if rewrites(old, new, "postgresql") is not Work.REWRITE:
            return [step]
        steps, why = swapped(step, self.setting)
        return steps or self.kept(step, f"its type is changed in place, while others wait: {why}")

    # Partitions

    def detach(self, step: Step) -> list[Step]:
        """DETACH PARTITION CONCURRENTLY, which the server refuses where there is a default partition."""
        table = self.setting.new.get(step.old.id) if isinstance(step.old, Table) else None
        if not isinstance(step.old, Table) or not isinstance(table, Table) or table.partition_of is not None:
            return [step]  # it goes, or comes back at once
        siblings = [each for each in self.setting.old.of(Table) if each.partition_of == step.old.partition_of]
        if any(each.partition_bound.strip().upper() in ("", "DEFAULT") for each in siblings):
            return [step]
        before, behind = checks_kept(self.setting.path(table))
        why = "the server leaves a check behind that says what the partition held"
        return [
            replace(step, sql=before, operation="session", reason=why, in_transaction=False),
            replace(step, sql=f"{bare(step.sql)} CONCURRENTLY;", in_transaction=False),
            replace(step, sql=behind, operation="drop constraint", kind="check", old=None, new=None, reason=why),
        ]

    def rename(self, step: Step) -> list[Step]:
        """A view with the old name lets programs go on until they know the new one."""
        old, new = step.old, step.new
        if not isinstance(old, Table) or not isinstance(new, Table) or "RENAME TO" not in step.sql.upper():
            return [step]
        parent = self.setting.find(old.parent)
        taken = any(each.name == old.name and each.parent == old.parent for each in self.setting.new.of(Table))
        if taken or old.parent != new.parent:
            return [step]
        schema = f"{self.quoted(parent.name)}." if isinstance(parent, Named) and "." in self.table(step) else ""
        view, table = f"{schema}{self.quoted(old.name)}", self.setting.path(new)
        both = f"{bare(step.sql)};\nCREATE VIEW {view} AS SELECT * FROM {table};"
        return [
            replace(step, sql=both),
            replace(step, sql=f"DROP VIEW {view};", operation="drop", kind="view", old=None, new=None, stage=CONTRACT,
                    table=None, reason="programs know the new name by now"),
        ]  # fmt: skip


_UPDATE = re.compile(
    r"UPDATE\s+(?:ONLY\s+)?(?P<table>\S+)\s+SET\s+(?P<column>\"(?:[^\"]|\"\")+\"|\w+)\s*=\s*(?P<value>.+?)"
    r"\s+WHERE\s+(?P<condition>.+)\Z",
    re.IGNORECASE | re.DOTALL,
)
_REWRITERS: dict[str, Callable[[_Online, Step], list[Step]]] = {
    "create index": _Online.create_index,
    "drop index": _Online.drop_index,
    "add unique": _Online.add_key,
    "add primary key": _Online.add_key,
    "add foreign key": _Online.add_foreign_key,
    "add check": _Online.add_check,
    "set not null": _Online.set_not_null,
    "add column": _Online.add_column,
    "backfill": _Online.backfill,
    "alter type": _Online.alter_type,
    "detach partition": _Online.detach,
    "rename": _Online.rename,
}
