"""WM301: a new column must have a value and no row has one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column

_SERIAL = ("serial", "bigserial", "smallserial")


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if not isinstance(column, Column) or column.nullable or column.default is not None or not setting.has_rows(step):
        return
    if column.generated is None and not column.identity and column.type.lower() not in _SERIAL:
        yield Found(f"{step.label} must have a value and has no default: the step fails if there is one row")


RULE = Rule(
    code="WM301",
    name="required-column",
    title="A new column must have a value and no row has one",
    severity=DANGER,
    help=(
        "The step fails as soon as there is one row, and programs that do not know the column can no longer "
        "insert. Give it a default, or add it without NOT NULL, fill it, and forbid nulls then."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL DEFAULT '');",
    ),
    check=_check,
    operations=("add column",),
    peers=(
        "squawk adding-required-field",
        "strong_migrations (questions for NOT NULL)",
        "Atlas MF103",
        "Atlas MY101",
        "Atlas LT101",
    ),
    may_fail=True,
    breaks_clients=True,
)
