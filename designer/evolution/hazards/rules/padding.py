"""WM509: a new table has room between its columns."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.columns import wasted
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column, Table

_WORTH_IT = 8
"""Bytes a row from which on it is worth a word."""


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.new, Table):
        columns = sorted(setting.new.of(Column, step.new.id), key=lambda each: each.order)
        holes = wasted(columns)
        if holes >= _WORTH_IT:
            yield Found(f"each row of {step.label} has {holes} bytes of holes; columns from large to small have none")


RULE = Rule(
    code="WM509",
    name="padding",
    title="A new table has room between its columns",
    severity=INFO,
    help=(
        "PostgreSQL begins an 8-byte value at a multiple of 8, so small columns before large ones leave "
        "holes. From large to small there are none."
    ),
    firing=Pair(
        "CREATE TABLE u (a int);",
        "CREATE TABLE u (a int); CREATE TABLE t (a boolean, b bigint, c boolean, d bigint);",
    ),
    silent=Pair(
        "CREATE TABLE u (a int);",
        "CREATE TABLE u (a int); CREATE TABLE t (b bigint, d bigint, a boolean, c boolean);",
    ),
    check=_check,
    operations=("create table",),
    targets=("postgresql",),
    peers=("Atlas PG110",),
)
