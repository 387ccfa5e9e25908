"""WM212: a new numbered column writes every row anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column

_SERIAL = ("serial", "bigserial", "smallserial")


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if isinstance(column, Column) and setting.has_rows(step) and (column.identity or column.type.lower() in _SERIAL):
        yield Found(f"{step.label} numbers the rows, so {setting.counted(step)} is written anew")


RULE = Rule(
    code="WM212",
    name="numbered-column-rewrites",
    title="A new numbered column writes every row anew",
    severity=DANGER,
    help=(
        "serial, an identity and AUTO_INCREMENT give each row that is there a number, in no order that you "
        "choose, while nobody can use the table."
    ),
    firing=Pair(
        "CREATE TABLE t (a text);",
        "CREATE TABLE t (a text, id bigint GENERATED ALWAYS AS IDENTITY);",
    ),
    silent=Pair(
        "CREATE TABLE t (a text);",
        "CREATE TABLE t (a text, id bigint);",
    ),
    check=_check,
    operations=("add column",),
    targets=("postgresql", "mysql", "mariadb"),
    peers=(
        "squawk adding-serial-primary-key-field",
        "strong_migrations adding an auto-incrementing column",
        "Atlas MY141",
    ),
)
