"""WM101: a table is dropped with its rows."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    yield Found(f"the table {step.label} is dropped with {setting.counted(step)}")


RULE = Rule(
    code="WM101",
    name="table-dropped",
    title="A table is dropped with its rows",
    severity=DANGER,
    help=(
        "The rows are gone, and the way back makes an empty table. Rename the table first and drop it when "
        "nothing has asked for it for a while; keep a dump."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (id int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (id int);",
    ),
    check=_check,
    operations=("drop table",),
    peers=("squawk ban-drop-table", "Atlas DS102", "sqlpackage BlockOnPossibleDataLoss"),
    loses_data=True,
    breaks_clients=True,
)
