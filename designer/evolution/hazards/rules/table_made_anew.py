"""WM225: a table is made anew and its rows are copied."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and step is next(
        each for each in setting.migration.steps if each.operation == "rebuild table" and each.table == step.table
    ):
        yield Found(f"{step.label} is made anew and {setting.counted(step)} is copied while nobody can use it")


RULE = Rule(
    code="WM225",
    name="table-made-anew",
    title="A table is made anew and its rows are copied",
    severity=DANGER,
    help=("The server has no way to change this in place. Nobody can use the table until all rows are in the new one."),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t DEFAULT;",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int); CREATE TABLE u (id int) PARTITION BY RANGE (id);",
    ),
    check=_check,
    operations=("rebuild table",),
    targets=("postgresql", "mysql", "mariadb"),
)
