"""WM205: a new check reads every row while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and not step.sql.rstrip("; \n").upper().endswith(("NOT VALID", "NOT ENFORCED")):
        yield Found(
            f"nobody can use {setting.table_path(step)} while {setting.counted(step)} is checked against {step.label}"
        )


RULE = Rule(
    code="WM205",
    name="check-scans",
    title="A new check reads every row while others wait",
    severity=WARNING,
    help=(
        "Nobody can read or write the table while each row is checked. Add the check NOT VALID and validate "
        "it in a transaction of its own."
    ),
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
    targets=("postgresql",),
    peers=("squawk constraint-missing-not-valid", "strong_migrations adding a check constraint", "Atlas PG305"),
)
