"""WM305: there may be rows that a new check refuses."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.queries import violations
from designer.evolution.hazards.setting import Setting
from designer.schema import Check


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    check = step.new
    if isinstance(check, Check) and not check.not_valid and not check.not_enforced and setting.has_rows(step):
        query = violations(setting.table_path(step), check.expr, setting)
        yield Found(f"a row that is not {step.label} stops the step", query)


RULE = Rule(
    code="WM305",
    name="violations-there",
    title="There may be rows that a new check refuses",
    severity=WARNING,
    help=("One such row stops the step. Mend the rows first, or add the check NOT VALID, which holds for what comes."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int, CONSTRAINT positive CHECK (b > 0));",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int, CONSTRAINT positive CHECK (b > 0));",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    check=_check,
    operations=("add check",),
    may_fail=True,
)
