"""WM402: a column gets another name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column, Named


def _old_name(step: Step) -> str:
    return step.old.name if isinstance(step.old, Named) else "it"


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.new, Column):
        yield Found(f"programs that know {_old_name(step)} fail when it is {step.new.name}")


RULE = Rule(
    code="WM402",
    name="column-renamed",
    title="A column gets another name",
    severity=WARNING,
    help=(
        "Programs that know the old name fail the moment the step is done. Add the new column, keep both in "
        "step by a trigger, move the programs over, and drop the old one."
    ),
    firing=Pair(
        "CREATE TABLE t (id int, mail text);",
        "CREATE TABLE t (id int, email text);",
        "postgresql",
        (("t.mail", "email"),),
    ),
    silent=Pair(
        "CREATE TABLE t (id int, mail text);",
        "CREATE TABLE t (id int, mail text, email text);",
    ),
    check=_check,
    operations=("rename",),
    peers=("squawk renaming-column", "strong_migrations renaming a column", "Atlas BC102"),
    breaks_clients=True,
)
