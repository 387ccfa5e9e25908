"""WM218: another primary key writes an InnoDB table anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(f"another primary key writes {setting.counted(step)} of {setting.table_path(step)} anew")


RULE = Rule(
    code="WM218",
    name="mysql-primary-key-rebuilds",
    title="Another primary key writes an InnoDB table anew",
    severity=WARNING,
    help=("InnoDB keeps the rows in the order of the primary key, so all of them move, and every index is built anew."),
    firing=Pair(
        "CREATE TABLE t (id int NOT NULL, b int NOT NULL, PRIMARY KEY (id));",
        "CREATE TABLE t (id int NOT NULL, b int NOT NULL, PRIMARY KEY (id, b));",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int NOT NULL, b int NOT NULL, PRIMARY KEY (id));",
        "CREATE TABLE t (id int NOT NULL, b int NOT NULL, PRIMARY KEY (id), KEY (b));",
        "mariadb",
    ),
    check=_check,
    operations=("add primary key",),
    targets=("mysql", "mariadb"),
    peers=("Atlas MY137",),
)
