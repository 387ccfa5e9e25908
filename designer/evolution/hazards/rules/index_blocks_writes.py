"""WM202: making an index keeps others from writing."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and "concurrently" not in step.sql[:60].lower():
        yield Found(
            f"nobody can write to {setting.table_path(step)} while the index {step.label} "
            f"is made over {setting.counted(step)}"
        )


RULE = Rule(
    code="WM202",
    name="index-blocks-writes",
    title="Making an index keeps others from writing",
    severity=WARNING,
    help=(
        "CREATE INDEX lets others read and not write until it is done. CREATE INDEX CONCURRENTLY, as the "
        "online strategy writes it, takes longer and lets them write; it cannot run inside a transaction."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX t_b ON t (b);",
    ),
    silent=Pair(
        "CREATE TABLE u (id int);",
        "CREATE TABLE u (id int);CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX t_b ON t (b);",
    ),
    check=_check,
    operations=("create index",),
    targets=("postgresql",),
    peers=(
        "squawk require-concurrent-index-creation",
        "strong_migrations adding an index non-concurrently",
        "Atlas PG101",
        "pg-schema-diff ACQUIRES_SHARE_LOCK",
    ),
)
