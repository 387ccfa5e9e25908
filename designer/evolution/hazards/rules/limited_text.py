"""WM506: a new text has a limit in its type."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        name, numbers, _ = taken_apart(column.type)
        if name == "varchar" and numbers:
            yield Found(f"{column.name} is {column.type}; text with a check is easier to change")


RULE = Rule(
    code="WM506",
    name="limited-text",
    title="A new text has a limit in its type",
    severity=INFO,
    help=(
        "Raising varchar(n) costs nothing, lowering it reads every row under a lock. text with a check can be "
        "changed either way without one."
    ),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a varchar(50));",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a text);",
    ),
    check=_check,
    operations=("add column", "create table"),
    targets=("postgresql",),
    peers=("squawk prefer-text-field",),
)
