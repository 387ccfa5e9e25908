"""WM208: a new primary key builds its index while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and "using index" not in step.sql.lower():
        yield Found(
            f"nobody can use {setting.table_path(step)} while the primary key is built over {setting.counted(step)}"
        )


RULE = Rule(
    code="WM208",
    name="primary-key-builds-index",
    title="A new primary key builds its index while others wait",
    severity=WARNING,
    help=(
        "Nobody can read or write the table until the index is built and, where columns may be null, every "
        "row is looked at. Make a unique index CONCURRENTLY, set the columns NOT NULL, then add the key USING "
        "INDEX."
    ),
    firing=Pair(
        "CREATE TABLE t (id int, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    silent=Pair(
        "CREATE TABLE u (id int);",
        "CREATE TABLE u (id int); CREATE TABLE t (id int PRIMARY KEY);",
    ),
    check=_check,
    operations=("add primary key",),
    targets=("postgresql",),
    peers=("squawk adding-serial-primary-key-field", "Atlas PG104", "Atlas PG304"),
)
