"""WM307: a value may not be one of the new type."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.narrowing import bare
from designer.evolution.hazards.setting import Setting
from designer.schema import Column

_TEXTS = ("text", "varchar", "character", "citext", "longtext", "mediumtext", "tinytext", "")


def _may_fail(old: Column, new: Column) -> bool:
    """Text may say anything; the other way nothing can go wrong."""
    one, two = (taken_apart(bare(each.type))[0] for each in (old, new))
    return one in _TEXTS and two not in _TEXTS and old.type_ref is None


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = step.old, step.new
    if isinstance(old, Column) and isinstance(new, Column) and setting.has_rows(step) and _may_fail(old, new):
        yield Found(f"a value of {step.label} that is no {new.type} stops the step")


RULE = Rule(
    code="WM307",
    name="cast-may-fail",
    title="A value may not be one of the new type",
    severity=WARNING,
    help=(
        "Text that is no number, a number that is no date: one such value stops the step. Try the cast on a "
        "copy, or add a column and fill it first."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
        "CREATE TABLE t (id int PRIMARY KEY, a int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    check=_check,
    operations=("alter type",),
    peers=("squawk changing-column-type",),
    may_fail=True,
)
