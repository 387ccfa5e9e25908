"""WM207: a new unique key builds its index while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and "using index" not in step.sql.lower():
        yield Found(
            f"nobody can use {setting.table_path(step)} while the index of {step.label} "
            f"is built over {setting.counted(step)}"
        )


RULE = Rule(
    code="WM207",
    name="unique-builds-index",
    title="A new unique key builds its index while others wait",
    severity=WARNING,
    help=(
        "Nobody can read or write the table until the index is built. Make a unique index CONCURRENTLY first "
        "and add the key USING INDEX: that takes a moment."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int, CONSTRAINT one_b UNIQUE (b));",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (id int PRIMARY KEY, b int UNIQUE);",
    ),
    check=_check,
    operations=("add unique",),
    targets=("postgresql",),
    peers=("squawk disallowed-unique-constraint", "strong_migrations adding a unique constraint", "Atlas PG105"),
)
