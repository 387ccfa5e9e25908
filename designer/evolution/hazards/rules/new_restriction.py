"""WM413: rows that were accepted are refused from now on."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and step.about not in setting.old:
        yield Found(f"{step.label} refuses rows that were accepted before")


RULE = Rule(
    code="WM413",
    name="new-restriction",
    title="Rows that were accepted are refused from now on",
    severity=INFO,
    help=("Programs that write such rows fail. Let them know of it first."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int, CONSTRAINT positive CHECK (b > 0));",
    ),
    silent=Pair(
        "CREATE TABLE u (id int);",
        "CREATE TABLE u (id int); CREATE TABLE t (b int CHECK (b > 0));",
    ),
    check=_check,
    operations=("add check", "add unique", "add foreign key", "add exclusion"),
    peers=("squawk ban-new-write-restriction",),
)
