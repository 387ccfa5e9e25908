"""WM211: a new stored generated column writes every row anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if (
        isinstance(column, Column)
        and column.generated is not None
        and column.generated_kind != "virtual"
        and setting.has_rows(step)
    ):
        yield Found(f"{step.label} is stored, so {setting.counted(step)} is written anew")


RULE = Rule(
    code="WM211",
    name="stored-column-rewrites",
    title="A new stored generated column writes every row anew",
    severity=DANGER,
    help=(
        "Nobody can use the table meanwhile. Use a virtual column where the database has them, or a plain "
        "column that a trigger keeps and a backfill fills."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) VIRTUAL);",
    ),
    check=_check,
    operations=("add column",),
    targets=("postgresql", "mysql", "mariadb"),
    peers=("strong_migrations adding a stored generated column", "Atlas MY140"),
)
