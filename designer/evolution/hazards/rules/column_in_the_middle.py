"""WM221: a new column stands before others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting

_PLACE = re.compile(r"\b(?:FIRST|AFTER\s+(?:`(?:[^`]|``)+`|\w+))\s*\Z", re.IGNORECASE)


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    words = step.sql.rstrip("; \n").rsplit("\n", 1)[-1]
    if setting.has_rows(step) and _PLACE.search(words):
        yield Found(
            f"{step.label} stands before other columns: older servers write {setting.counted(step)} anew for that"
        )


RULE = Rule(
    code="WM221",
    name="column-in-the-middle",
    title="A new column stands before others",
    severity=INFO,
    help=(
        "MySQL before 8.0.29 and MariaDB before 10.4 write the table anew for a column that does not come "
        "last. Where the order does not matter to you, add it at the end."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int);",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, b int, c int);",
        "mariadb",
    ),
    check=_check,
    operations=("add column",),
    targets=("mysql", "mariadb"),
    peers=("Atlas MY142",),
)
