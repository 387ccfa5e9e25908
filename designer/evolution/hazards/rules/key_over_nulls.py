"""WM306: there may be nulls or duplicates in a new primary key."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.queries import duplicates
from designer.evolution.hazards.setting import Setting
from designer.schema import Key


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    key = step.new
    if isinstance(key, Key) and setting.has_rows(step):
        query = duplicates(setting.table_path(step), setting.columns(key.columns))
        yield Found(f"rows without a value or with the same stop the primary key of {setting.table_path(step)}", query)


RULE = Rule(
    code="WM306",
    name="key-over-nulls",
    title="There may be nulls or duplicates in a new primary key",
    severity=WARNING,
    help=("A row without a value, or two with the same, stop the step."),
    firing=Pair(
        "CREATE TABLE t (id int, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int, a text);",
    ),
    check=_check,
    operations=("add primary key",),
    peers=("Atlas PG304",),
    may_fail=True,
)
