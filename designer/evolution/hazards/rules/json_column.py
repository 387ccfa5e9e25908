"""WM502: a new column is of type json."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        if column.type.lower() == "json":
            yield Found(f"{column.name} is json; jsonb can be compared and indexed")


RULE = Rule(
    code="WM502",
    name="json-column",
    title="A new column is of type json",
    severity=INFO,
    help=("json has no equality, so SELECT DISTINCT and GROUP BY over it fail, and it has no index. Use jsonb."),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a json);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a jsonb);",
    ),
    check=_check,
    operations=("add column", "create table", "alter type"),
    targets=("postgresql",),
    peers=("strong_migrations adding a json column",),
)
