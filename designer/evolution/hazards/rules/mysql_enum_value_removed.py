"""WM106: values of an ENUM or SET column are removed."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.members import members
from designer.evolution.hazards.queries import values
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    gone = [each for each in members(step.old) if each not in members(step.new)]
    if members(step.new) and gone and setting.has_rows(step):
        column = setting.column(step.about)
        query = values(setting.table_path(step), column, gone)
        yield Found(f"{step.label} may no longer be {', '.join(gone)}; rows that are stop the migration", query)


RULE = Rule(
    code="WM106",
    name="mysql-enum-value-removed",
    title="Values of an ENUM or SET column are removed",
    severity=DANGER,
    help=(
        "Rows that have such a value stop the migration in strict mode and get an empty text without it. Give "
        "them another value first."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','b','c'));",
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','b'));",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','b'));",
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','b','c'));",
        "mariadb",
    ),
    check=_check,
    operations=("alter type",),
    targets=("mysql", "mariadb"),
    peers=("Atlas MY110", "Atlas MY120"),
    loses_data=True,
    may_fail=True,
)
