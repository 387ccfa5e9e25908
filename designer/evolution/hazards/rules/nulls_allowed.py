"""WM408: a column may be null from now on."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(f"programs that read {step.label} may meet nulls")


RULE = Rule(
    code="WM408",
    name="nulls-allowed",
    title="A column may be null from now on",
    severity=INFO,
    help=("Programs that read it may meet a null for the first time, and the way back fails if there is one by then."),
    firing=Pair(
        "CREATE TABLE t (id int, a text NOT NULL);",
        "CREATE TABLE t (id int, a text);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int, a text);",
        "CREATE TABLE t (id int, a text NOT NULL);",
    ),
    check=_check,
    operations=("drop not null",),
    peers=("squawk ban-drop-not-null",),
)
