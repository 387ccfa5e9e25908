"""WM210: a new column with a changing default writes every row anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.defaults import is_volatile
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if (
        isinstance(column, Column)
        and column.default is not None
        and setting.has_rows(step)
        and is_volatile(column.default.text)
    ):
        yield Found(
            f"the default of {step.label} is worked out for each row, so {setting.counted(step)} is written anew"
        )


RULE = Rule(
    code="WM210",
    name="volatile-default",
    title="A new column with a changing default writes every row anew",
    severity=DANGER,
    help=(
        "A default that is the same for all rows costs nothing; one that is worked out row by row (random(), "
        "gen_random_uuid(), nextval()) writes the table anew while nobody can use it. Add the column without "
        "it, set the default, and fill the rows in batches."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, k uuid DEFAULT gen_random_uuid());",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, k timestamptz DEFAULT now());",
    ),
    check=_check,
    operations=("add column",),
    targets=("postgresql", "mysql", "mariadb"),
    peers=(
        "squawk adding-field-with-default",
        "strong_migrations adding a column with a volatile default",
        "strong_migrations column with expression default",
        "Atlas PG302",
    ),
)
