"""WM214: partitioning a table copies it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(f"{setting.counted(step)} of {step.label} moves to another partition, while others wait")


RULE = Rule(
    code="WM214",
    name="partitioning-copies",
    title="Partitioning a table copies it",
    severity=DANGER,
    help=(
        "The rows move to other places, while others wait. For a large table make the partitioned one by the "
        "side, copy in batches, and exchange the names."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY) ENGINE=InnoDB;",
        "CREATE TABLE t (id int PRIMARY KEY) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 4;",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY) PARTITION BY HASH (id) PARTITIONS 4;",
        "mariadb",
    ),
    check=_check,
    operations=("partition table",),
    peers=("Atlas MY139",),
)
