"""WM511: every row is written in one statement."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if step.stage != "backfill" and setting.has_rows(step):
        yield Found(f"{step.label} is filled in one statement, over {setting.counted(step)} that needs it")


RULE = Rule(
    code="WM511",
    name="backfill-in-one",
    title="Every row is written in one statement",
    severity=WARNING,
    help=(
        "One UPDATE over all rows keeps a lock on each of them until the end, and PostgreSQL keeps the old "
        "rows as well. The online strategy writes in batches, each a transaction of its own."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x' NOT NULL);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x');",
    ),
    check=_check,
    operations=("backfill",),
    peers=("strong_migrations backfilling data",),
)
