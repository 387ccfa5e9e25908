"""WM415: a generated column is worked out anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if isinstance(column, Column) and column.generated is not None and step.about in setting.old:
        yield Found(f"{step.label} is worked out anew for {setting.counted(step)}")


RULE = Rule(
    code="WM415",
    name="generated-changed",
    title="A generated column is worked out anew",
    severity=INFO,
    help=(
        "The column is dropped and added with its new expression, so each row is written anew, and what reads it waits."
    ),
    firing=Pair(
        "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);",
        "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 2) STORED);",
    ),
    silent=Pair(
        "CREATE TABLE t (a int);",
        "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 2) VIRTUAL);",
    ),
    check=_check,
    operations=("add column", "alter column"),
    peers=("squawk ban-alter-generated-expression", "squawk ban-drop-generated-expression"),
)
