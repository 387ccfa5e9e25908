"""WM503: a new primary key counts in a small integer."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting

_SMALL = ("serial", "smallserial", "int", "integer", "int4", "smallint", "int2")


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        counts = bool(column.identity) or column.type.lower() in ("serial", "smallserial")
        if counts and column.type.lower() in _SMALL:
            yield Found(f"{column.name} counts in {column.type}, which ends at 2.1 billion or before")


RULE = Rule(
    code="WM503",
    name="small-key",
    title="A new primary key counts in a small integer",
    severity=INFO,
    help=(
        "An integer ends at 2.1 billion, and changing it later writes the table and all that refer to it "
        "anew. Use bigint."
    ),
    firing=Pair(
        "CREATE TABLE u (a text);",
        "CREATE TABLE u (a text); CREATE TABLE t (id serial PRIMARY KEY);",
    ),
    silent=Pair(
        "CREATE TABLE u (a text);",
        "CREATE TABLE u (a text); CREATE TABLE t (id bigserial PRIMARY KEY);",
    ),
    check=_check,
    operations=("add column", "create table"),
    targets=("postgresql",),
    peers=("squawk prefer-bigint-over-int", "squawk prefer-bigint-over-smallint"),
)
