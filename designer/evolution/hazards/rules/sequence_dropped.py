"""WM107: a sequence is dropped with its number."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Sequence


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.old, Sequence):
        yield Found(f"the sequence {step.label} is dropped with the number it has reached")


RULE = Rule(
    code="WM107",
    name="sequence-dropped",
    title="A sequence is dropped with its number",
    severity=WARNING,
    help=("The next number is gone; a sequence made again starts from the beginning and gives numbers that are taken."),
    firing=Pair(
        "CREATE SEQUENCE s; CREATE TABLE t (id int);",
        "CREATE TABLE t (id int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE SEQUENCE s; CREATE TABLE t (id int);",
    ),
    check=_check,
    operations=("drop",),
    peers=("squawk ban-drop-sequence",),
    loses_data=True,
)
