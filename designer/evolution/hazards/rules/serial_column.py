"""WM504: a new column is serial."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        if column.type.lower() in ("serial", "bigserial", "smallserial"):
            yield Found(
                f"{column.name} is {column.type}; an identity column says the same in the words of the standard"
            )


RULE = Rule(
    code="WM504",
    name="serial-column",
    title="A new column is serial",
    severity=INFO,
    help=(
        "A serial column is an integer with a sequence and a default that anybody can overwrite, and the "
        "privileges of the sequence are apart. An identity column is what the SQL standard has."
    ),
    firing=Pair(
        "CREATE TABLE u (a text);",
        "CREATE TABLE u (a text); CREATE TABLE t (id bigserial PRIMARY KEY);",
    ),
    silent=Pair(
        "CREATE TABLE u (a text);",
        "CREATE TABLE u (a text); CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
    ),
    check=_check,
    operations=("add column", "create table"),
    targets=("postgresql",),
    peers=("squawk prefer-identity",),
)
