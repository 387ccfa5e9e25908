"""WM401: a table gets another name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Named, Table


def _old_name(step: Step) -> str:
    return step.old.name if isinstance(step.old, Named) else "it"


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.new, Table):
        yield Found(f"programs that know {_old_name(step)} fail when it is {step.new.name}")


RULE = Rule(
    code="WM401",
    name="table-renamed",
    title="A table gets another name",
    severity=WARNING,
    help=(
        "Programs that know the old name fail the moment the step is done. Deploy them together, or leave a "
        "view with the old name behind for a while: the online strategy does."
    ),
    firing=Pair(
        "CREATE TABLE old (id int);",
        "CREATE TABLE new (id int);",
        "postgresql",
        (("old", "new"),),
    ),
    silent=Pair(
        "CREATE TABLE old (id int);",
        "CREATE TABLE old (id int); CREATE TABLE new (id int);",
    ),
    check=_check,
    operations=("rename",),
    peers=("squawk renaming-table", "strong_migrations renaming a table", "Atlas BC101"),
    breaks_clients=True,
)
