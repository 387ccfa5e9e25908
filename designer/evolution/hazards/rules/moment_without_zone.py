"""WM505: a new moment has no time zone."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        if taken_apart(column.type)[0] in ("timestamp", "timestamp without time zone"):
            yield Found(f"{column.name} is {column.type}, which knows no time zone")


RULE = Rule(
    code="WM505",
    name="moment-without-zone",
    title="A new moment has no time zone",
    severity=INFO,
    help=("timestamp keeps what a clock on some wall said, and nobody knows which wall. timestamptz keeps the moment."),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, at timestamp);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, at timestamptz);",
    ),
    check=_check,
    operations=("add column", "create table", "alter type"),
    targets=("postgresql",),
    peers=("squawk prefer-timestamptz",),
)
