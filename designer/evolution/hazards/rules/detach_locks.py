"""WM215: detaching a partition locks the whole table."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if "concurrently" not in step.sql.lower():
        yield Found(f"detaching {step.label} locks all of its table for a moment")


RULE = Rule(
    code="WM215",
    name="detach-locks",
    title="Detaching a partition locks the whole table",
    severity=INFO,
    help=(
        "ALTER TABLE … DETACH PARTITION locks the partitioned table against everybody for a moment. DETACH "
        "PARTITION … CONCURRENTLY, outside of a transaction, does not."
    ),
    firing=Pair(
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9);",
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 (id int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 (id int);",
        "CREATE TABLE t (id int) PARTITION BY RANGE (id); CREATE TABLE t1 PARTITION OF t FOR VALUES FROM (0) TO (9);",
    ),
    check=_check,
    operations=("detach partition",),
    targets=("postgresql",),
    peers=("squawk require-concurrent-partition-detach",),
)
