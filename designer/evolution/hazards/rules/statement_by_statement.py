"""WM308: what was done stays when a later statement fails."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    steps = [each for each in setting.migration.steps if each.operation != "session"]
    if len(steps) > 1 and step is steps[0]:
        yield Found(
            f"the {len(steps)} statements cannot be one transaction: what was done stays when a later one fails"
        )


RULE = Rule(
    code="WM308",
    name="statement-by-statement",
    title="What was done stays when a later statement fails",
    severity=INFO,
    help=(
        "MySQL and MariaDB commit after every change of a table. If a statement fails, those before it stand: "
        "mend the cause and run the rest, or the way back from that point."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, a int, b int); CREATE TABLE u (id int PRIMARY KEY);",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, a int);",
        "mariadb",
    ),
    check=_check,
    targets=("mysql", "mariadb"),
    peers=("Atlas PG103 (txmode)",),
)
