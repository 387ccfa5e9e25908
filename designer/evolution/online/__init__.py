"""The online strategy: the same change of the schema in steps between which others go on reading and writing.

Expand (make room beside what is there), backfill (in batches, each a transaction of its own), contract (take away what
is no longer used). The rules are those of strong_migrations and of the PostgreSQL and MySQL manuals.
"""

from __future__ import annotations

from collections.abc import Callable

from designer.evolution.contract import Migration, Remark
from designer.evolution.online import mysql, postgres
from designer.evolution.online.phases import late

_STRATEGIES: dict[str, Callable[[Migration], Migration]] = {
    "postgresql": postgres.online,
    "mysql": mysql.online,
    "mariadb": mysql.online,
}


def online(migration: Migration) -> Migration:
    """Return the migration in steps that keep nobody waiting for long; what has no such way stays, with a remark."""
    strategy = _STRATEGIES.get(migration.dialect)
    if strategy is not None:
        migration = strategy(migration)
        migration.steps = list(late(migration))
        return migration
    remark = "SQLite has one writer at a time, so there is no other way than the simple one"
    migration.remarks.append(Remark(remark, code="online"))
    return migration


def patient(migration: Migration) -> Migration:
    """Return the migration with what makes its statements wait for locks for a short time only, and try again."""
    if migration.steps and migration.dialect == "postgresql":
        return postgres.patient(migration)
    return migration
