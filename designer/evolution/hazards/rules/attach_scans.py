"""WM216: attaching a partition reads its rows."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(f"{setting.counted(step)} of {step.label} is checked against its bound")


RULE = Rule(
    code="WM216",
    name="attach-scans",
    title="Attaching a partition reads its rows",
    severity=INFO,
    help=(
        "Each row of the new partition is checked against its bound, and the default partition is searched "
        "under a lock. A valid check that says the same as the bound spares the reading. Rows out of bounds "
        "stop the step."
    ),
    firing=Pair(
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 (id int);",
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int) PARTITION BY RANGE (id);",
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9);",
    ),
    check=_check,
    operations=("attach partition",),
    targets=("postgresql",),
    may_fail=True,
)
