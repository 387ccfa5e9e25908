"""WM223: an ENUM or SET grows over a size."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.members import members, size_of
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = members(step.old), members(step.new)
    if old and new and setting.has_rows(step) and size_of(step.old) != size_of(step.new):
        yield Found(
            f"{step.label} has {len(new)} values now and takes more bytes, so {setting.counted(step)} is written anew"
        )


RULE = Rule(
    code="WM223",
    name="members-outgrow",
    title="An ENUM or SET grows over a size",
    severity=WARNING,
    help=(
        "An ENUM takes a second byte from 256 values on, a SET one more byte from 8, 16, 24 and 32 on. Every "
        "row is written anew then."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, m set('1','2','3','4','5','6','7','8'));",
        "CREATE TABLE t (id int PRIMARY KEY, m set('1','2','3','4','5','6','7','8','9'));",
        "mariadb",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, m set('1','2'));",
        "CREATE TABLE t (id int PRIMARY KEY, m set('1','2','3'));",
        "mariadb",
    ),
    check=_check,
    operations=("alter type",),
    targets=("mysql", "mariadb"),
    peers=("Atlas MY113", "Atlas MY123"),
)
