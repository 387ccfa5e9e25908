"""Which migration a database has, by the table in which a tool keeps what it ran."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from designer.evolution.formats.alembic import revision_of
from designer.evolution.formats.contract import Meta

K = TypeVar("K")
QUERIES: dict[str, str] = {
    "flyway": "SELECT version, script FROM flyway_schema_history WHERE success ORDER BY installed_rank;",
    "liquibase": "SELECT id, filename FROM databasechangelog ORDER BY orderexecuted;",
    "golang-migrate": "SELECT version FROM schema_migrations;",
    "dbmate": "SELECT version FROM schema_migrations;",
    "goose": "SELECT version_id FROM goose_db_version WHERE is_applied;",
    "sqitch": "SELECT change FROM sqitch.changes;",
    "alembic": "SELECT version_num FROM alembic_version;",
    "django": "SELECT app, name FROM django_migrations;",
    "rails": "SELECT version FROM schema_migrations;",
}
"""Tool -> the query that shows what it ran."""


def is_applied(text: str, meta: Meta) -> bool:
    """Say whether a tool's table names a migration: by its time, which is in all names, or its revision."""
    return any(mark in text for mark in (meta.stamp, meta.day, revision_of(meta)))


def latest(text: str, known: Iterable[tuple[K, Meta]]) -> K | None:
    """Return the latest of the known migrations that a tool ran, None where it ran none of them."""
    found = [(meta.at, key) for key, meta in known if is_applied(text, meta)]
    return max(found, key=lambda pair: pair[0])[1] if found else None
