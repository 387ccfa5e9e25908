"""WM203: dropping an index locks its table."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and "concurrently" not in step.sql[:60].lower():
        yield Found(
            f"dropping the index {step.label} locks {setting.table_path(step)} for a "
            "moment, and queries may miss the index"
        )


RULE = Rule(
    code="WM203",
    name="index-dropped-with-lock",
    title="Dropping an index locks its table",
    severity=INFO,
    help=(
        "DROP INDEX waits for all that use the table, and all that come wait behind it. DROP INDEX "
        "CONCURRENTLY does not. Queries that used the index get slower."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX t_b ON t (b);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX t_b ON t (b);",
    ),
    check=_check,
    operations=("drop index",),
    targets=("postgresql",),
    peers=("squawk require-concurrent-index-deletion", "Atlas PG102", "pg-schema-diff INDEX_DROPPED"),
)
