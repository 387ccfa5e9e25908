"""WM302: there may be nulls where none are allowed any more."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.queries import nulls
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(
            f"a row without {step.label} stops the step", nulls(setting.table_path(step), [setting.column(step.about)])
        )


RULE = Rule(
    code="WM302",
    name="nulls-there",
    title="There may be nulls where none are allowed any more",
    severity=WARNING,
    help=("One row with a null stops the step. Give these rows a value first, in batches where the table is large."),
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
    peers=("Atlas MF104", "Atlas LT101", "strong_migrations setting NOT NULL"),
    may_fail=True,
)
