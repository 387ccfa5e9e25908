"""WM103: a schema is dropped."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Schema


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.old, Schema):
        yield Found(f"the schema {step.label} is dropped; it must hold nothing else by then")


RULE = Rule(
    code="WM103",
    name="schema-dropped",
    title="A schema is dropped",
    severity=WARNING,
    help=(
        "Whatever else somebody put into that schema by hand stops the step, and programs that name the schema fail."
    ),
    firing=Pair(
        "CREATE SCHEMA app; CREATE TABLE t (id int);",
        "CREATE TABLE t (id int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE SCHEMA app; CREATE TABLE t (id int);",
    ),
    check=_check,
    operations=("drop",),
    peers=("Atlas DS101", "squawk ban-drop-schema"),
    breaks_clients=True,
)
