"""WM206: SET NOT NULL reads every row while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    proven = any(each.operation == "validate" and each.about == step.about for each in setting.migration.steps)
    if setting.has_rows(step) and not proven:
        yield Found(
            f"nobody can use {setting.table_path(step)} while {setting.counted(step)} is looked at for nulls in "
            f"{step.label}"
        )


RULE = Rule(
    code="WM206",
    name="not-null-scans",
    title="SET NOT NULL reads every row while others wait",
    severity=WARNING,
    help=(
        "Nobody can read or write the table meanwhile. With a validated check that the column is not null "
        "PostgreSQL skips the reading; the online strategy writes that."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    check=_check,
    operations=("set not null",),
    targets=("postgresql",),
    peers=(
        "squawk adding-not-nullable-field",
        "strong_migrations setting NOT NULL on an existing column",
        "Atlas PG303",
    ),
)
