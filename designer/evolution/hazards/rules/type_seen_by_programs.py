"""WM414: programs see another type."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.narrowing import bare
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = step.old, step.new
    if not isinstance(old, Column) or not isinstance(new, Column):
        return
    if taken_apart(bare(old.type))[0] != taken_apart(bare(new.type))[0]:
        yield Found(f"{step.label} is {new.type} to programs and was {old.type}")


RULE = Rule(
    code="WM414",
    name="type-seen-by-programs",
    title="Programs see another type",
    severity=INFO,
    help=("Drivers give another kind of value, and prepared statements are planned anew. Check the programs' models."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, b text);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(40));",
    ),
    check=_check,
    operations=("alter type",),
    peers=("squawk changing-column-type",),
    breaks_clients=True,
)
