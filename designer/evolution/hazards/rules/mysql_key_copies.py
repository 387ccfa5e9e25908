"""WM226: MySQL copies the table for a foreign key or check."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(
            f"nobody can write to {setting.table_path(step)} while {setting.counted(step)} is copied and checked"
        )


RULE = Rule(
    code="WM226",
    name="mysql-key-copies",
    title="MySQL copies the table for a foreign key or check",
    severity=WARNING,
    help=(
        "With foreign_key_checks on, ADD FOREIGN KEY copies the table and nobody can write to it; a check "
        "does the same."
    ),
    firing=Pair(
        "CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, u int, KEY (u));",
        "CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, u "
        "int, KEY (u), CONSTRAINT k FOREIGN KEY (u) REFERENCES u (id));",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE u (id int PRIMARY KEY);",
        "CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE t (id int PRIMARY KEY, u "
        "int, KEY (u), CONSTRAINT k FOREIGN KEY (u) REFERENCES u (id));",
        "mariadb",
    ),
    check=_check,
    operations=("add foreign key", "add check"),
    targets=("mysql", "mariadb"),
    peers=("strong_migrations adding a foreign key", "strong_migrations shared locking"),
)
