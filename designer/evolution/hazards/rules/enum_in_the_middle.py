"""WM222: a value is put between others of an ENUM or SET."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.members import members
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = members(step.old), members(step.new)
    if old and new and new[: len(old)] != old and setting.has_rows(step):
        yield Found(f"the values of {step.label} get other numbers, so {setting.counted(step)} is written anew")


RULE = Rule(
    code="WM222",
    name="enum-in-the-middle",
    title="A value is put between others of an ENUM or SET",
    severity=WARNING,
    help=("MySQL keeps the number of each value, so all rows are written anew. A value at the end costs nothing."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','c'));",
        "CREATE TABLE t (id int PRIMARY KEY, m enum('a','b','c'));",
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
    peers=("Atlas MY111", "Atlas MY112", "Atlas MY121", "Atlas MY122"),
)
