"""What a statement locks and what it does with the rows that are there, by the documentation of each server.

PostgreSQL: Explicit Locking, and the notes of ALTER TABLE and CREATE INDEX. MySQL: Online DDL Operations. MariaDB:
InnoDB Online DDL. SQLite knows one lock, on the whole file.
"""

from __future__ import annotations

from collections.abc import Callable

from designer.evolution.contract import Effect, Lock, Step, Work
from designer.evolution.hazards.casts import rewrites
from designer.evolution.hazards.defaults import is_volatile
from designer.evolution.hazards.setting import Setting
from designer.schema import Column, ForeignKey, Index, Key, View


def effect_of(step: Step, setting: Setting) -> Effect:
    """Return the lock and work of a step; on a table that the migration itself makes nobody waits."""
    if step.operation in ("session", "backfill") or setting.is_new(step):
        return Effect(Lock.NONE, "", Work.REWRITE if step.operation == "backfill" else Work.NONE)
    finder = _FINDERS.get(setting.dialect.name, _mysql)
    return finder(step, setting)


# PostgreSQL

_EXCLUSIVE = Effect(Lock.ALL, "ACCESS EXCLUSIVE")
_SHARE_UPDATE = Effect(Lock.SCHEMA, "SHARE UPDATE EXCLUSIVE")
_SHARE_ROW = Effect(Lock.WRITES, "SHARE ROW EXCLUSIVE")
_FREE = Effect()


def _postgres(step: Step, setting: Setting) -> Effect:
    special = _POSTGRES.get(step.operation)
    if special is not None:
        return special(step, setting)
    if step.operation in ("create", "drop", "replace", "comment", "rename", "move", "settings"):
        return _postgres_object(step)
    return _EXCLUSIVE if step.table else _FREE


def _postgres_object(step: Step) -> Effect:
    """Objects beside tables lock no table; triggers and policies do."""
    if step.operation == "comment":
        return _SHARE_UPDATE if step.table else _FREE
    if step.kind in ("trigger", "rule"):
        return _SHARE_ROW if step.operation == "create" and step.kind == "trigger" else _EXCLUSIVE
    if step.kind == "policy":
        return _EXCLUSIVE
    if step.operation == "settings":
        return _SHARE_UPDATE
    if step.operation in ("rename", "move", "drop", "replace") and step.table is not None:
        return _EXCLUSIVE
    if isinstance(step.new, View) and step.new.materialized and step.operation == "create":
        return Effect(Lock.NONE, "", Work.SCAN)
    return _FREE


def _create_index(step: Step, setting: Setting) -> Effect:
    if _is_concurrent(step):
        return Effect(Lock.SCHEMA, "SHARE UPDATE EXCLUSIVE", Work.BUILD)
    return Effect(Lock.WRITES, "SHARE", Work.BUILD)


def _drop_index(step: Step, setting: Setting) -> Effect:
    return _SHARE_UPDATE if _is_concurrent(step) else _EXCLUSIVE


def _is_concurrent(step: Step) -> bool:
    return "concurrently" in step.sql[:60].lower()


def _add_column(step: Step, setting: Setting) -> Effect:
    column = step.new
    if isinstance(column, Column) and writes_rows(column):
        return Effect(Lock.ALL, "ACCESS EXCLUSIVE", Work.REWRITE)
    return _EXCLUSIVE


def writes_rows(column: Column) -> bool:
    """Say whether adding a column makes PostgreSQL write every row anew."""
    stored = column.generated is not None and column.generated_kind != "virtual"
    counted = bool(column.identity) or column.type.lower() in ("serial", "bigserial", "smallserial")
    return stored or counted or (column.default is not None and is_volatile(column.default.text))


def _alter_type(step: Step, setting: Setting) -> Effect:
    work = Work.NONE
    if isinstance(step.old, Column) and isinstance(step.new, Column):
        work = rewrites(step.old, step.new, "postgresql")
    return Effect(Lock.ALL, "ACCESS EXCLUSIVE", work)


def _set_not_null(step: Step, setting: Setting) -> Effect:
    return Effect(Lock.ALL, "ACCESS EXCLUSIVE", Work.SCAN)


def _add_key(step: Step, setting: Setting) -> Effect:
    if "using index" in step.sql.lower():
        return _EXCLUSIVE
    return Effect(Lock.ALL, "ACCESS EXCLUSIVE", Work.BUILD)


def _add_foreign_key(step: Step, setting: Setting) -> Effect:
    waits = isinstance(step.new, ForeignKey) and (step.new.not_valid or step.new.not_enforced)
    work = Work.NONE if waits or _is_not_valid(step) else Work.SCAN
    return Effect(Lock.WRITES, "SHARE ROW EXCLUSIVE", work)


def _add_check(step: Step, setting: Setting) -> Effect:
    return Effect(Lock.ALL, "ACCESS EXCLUSIVE", Work.NONE if _is_not_valid(step) else Work.SCAN)


def _is_not_valid(step: Step) -> bool:
    return step.sql.rstrip("; \n").upper().endswith(("NOT VALID", "NOT ENFORCED"))


def _validate(step: Step, setting: Setting) -> Effect:
    return Effect(Lock.SCHEMA, "SHARE UPDATE EXCLUSIVE", Work.SCAN)


def _attach(step: Step, setting: Setting) -> Effect:
    return Effect(Lock.SCHEMA, "SHARE UPDATE EXCLUSIVE", Work.SCAN)


def _detach(step: Step, setting: Setting) -> Effect:
    return _SHARE_UPDATE if "concurrently" in step.sql.lower() else _EXCLUSIVE


def _rewrite(step: Step, setting: Setting) -> Effect:
    return Effect(Lock.ALL, "ACCESS EXCLUSIVE", Work.REWRITE)


_POSTGRES: dict[str, Callable[[Step, Setting], Effect]] = {
    "create table": lambda step, setting: _FREE,
    "create index": _create_index,
    "drop index": _drop_index,
    "add column": _add_column,
    "alter type": _alter_type,
    "set not null": _set_not_null,
    "add primary key": _add_key,
    "add unique": _add_key,
    "add exclusion": _add_key,
    "add foreign key": _add_foreign_key,
    "add check": _add_check,
    "validate": _validate,
    "attach partition": _attach,
    "detach partition": _detach,
    "rewrite table": _rewrite,
    "rebuild table": _rewrite,
    "partition table": _rewrite,
    "add enum value": lambda step, setting: _FREE,
    "rename enum value": lambda step, setting: _FREE,
}

# MySQL and MariaDB (InnoDB)

_INSTANT = Effect(Lock.SCHEMA, "ALGORITHM=INSTANT")
_INPLACE = Effect(Lock.SCHEMA, "ALGORITHM=INPLACE, LOCK=NONE", Work.BUILD)
_COPY = Effect(Lock.WRITES, "ALGORITHM=COPY, LOCK=SHARED", Work.REWRITE)
_SHARED = Effect(Lock.WRITES, "LOCK=SHARED", Work.BUILD)
_TWICE = Effect(Lock.SCHEMA, "ALGORITHM=INPLACE, LOCK=NONE", Work.REWRITE)


def _mysql(step: Step, setting: Setting) -> Effect:
    if step.operation in ("rebuild table", "rewrite table", "partition table", "validate"):
        return _COPY
    special = _MYSQL.get(step.operation)
    if special is not None:
        return special(step)
    return _INSTANT if step.table else _FREE


def _mysql_add_column(step: Step) -> Effect:
    column = step.new
    if isinstance(column, Column):
        if column.identity:
            return Effect(Lock.WRITES, "ALGORITHM=INPLACE, LOCK=SHARED", Work.REWRITE)
        if column.generated is not None and column.generated_kind != "virtual":
            return _COPY
    return _INSTANT


def _mysql_type(step: Step) -> Effect:
    if isinstance(step.old, Column) and isinstance(step.new, Column):
        work = rewrites(step.old, step.new, "mysql")
        return _INSTANT if work is Work.NONE else _COPY
    return _COPY


def _mysql_index(step: Step) -> Effect:
    special = isinstance(step.new, Index) and step.new.method in ("fulltext", "spatial")
    return _SHARED if special else _INPLACE


def _mysql_key(step: Step) -> Effect:
    return _TWICE if isinstance(step.new, Key) and step.new.primary else _INPLACE


_MYSQL: dict[str, Callable[[Step], Effect]] = {
    "create table": lambda step: _FREE,
    "drop table": lambda step: Effect(Lock.ALL, "metadata lock"),
    "add column": _mysql_add_column,
    "drop column": lambda step: _INSTANT,
    "alter type": _mysql_type,
    "set not null": lambda step: _TWICE,
    "drop not null": lambda step: _TWICE,
    "create index": _mysql_index,
    "add unique": _mysql_key,
    "add primary key": _mysql_key,
    "add foreign key": lambda step: _COPY,
    "add check": lambda step: _COPY,
    "drop constraint": lambda step: _TWICE if isinstance(step.old, Key) and step.old.primary else _INSTANT,
}

# SQLite


def _sqlite(step: Step, setting: Setting) -> Effect:
    """There is one writer at a time, for the whole file."""
    work = {
        "rebuild table": Work.REWRITE,
        "create index": Work.BUILD,
        "drop column": Work.REWRITE,
        "validate": Work.SCAN,
    }.get(step.operation, Work.NONE)
    return Effect(Lock.WRITES, "the file", work)


_FINDERS = {"postgresql": _postgres, "sqlite": _sqlite}
