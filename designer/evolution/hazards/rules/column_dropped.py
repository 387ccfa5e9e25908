"""WM102: a column is dropped with its values."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.old
    if isinstance(column, Column) and column.generated is not None:
        return
    yield Found(f"the column {step.label} is dropped with the values of {setting.counted(step)}")


RULE = Rule(
    code="WM102",
    name="column-dropped",
    title="A column is dropped with its values",
    severity=DANGER,
    help=(
        "The values are gone, and the way back makes an empty column. Programs that still name the column "
        "fail at once; many frameworks keep a list of columns and fail even where they do not use it. Let the "
        "programs forget the column first, deploy that, and drop it then."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    check=_check,
    operations=("drop column",),
    peers=("squawk ban-drop-column", "strong_migrations removing a column", "Atlas DS103"),
    loses_data=True,
    breaks_clients=True,
)
