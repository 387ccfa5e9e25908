"""WM401: a table gets another name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Table


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    before, after = setting.old.get(step.about), setting.new.get(step.about)
    if isinstance(before, Table) and isinstance(after, Table) and before.name != after.name:
        yield Found(f"programs that know {before.name} fail when it is {after.name}")


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
