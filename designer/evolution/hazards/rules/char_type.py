"""WM501: a new column is of type char(n)."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.columns import new_columns
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    for column in new_columns(step, setting):
        if taken_apart(column.type)[0] == "character" and taken_apart(column.type)[1] != (1,):
            yield Found(f"{column.name} is {column.type}, which is filled up with blanks")


RULE = Rule(
    code="WM501",
    name="char-type",
    title="A new column is of type char(n)",
    severity=INFO,
    help=(
        "PostgreSQL fills char(n) up with blanks, which costs room and surprises comparisons; nothing is "
        "faster. Use text, with a check for the length."
    ),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a char(10));",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int, a text);",
    ),
    check=_check,
    operations=("add column", "create table", "alter type"),
    targets=("postgresql",),
    peers=("squawk ban-char-field",),
)
