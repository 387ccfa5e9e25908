"""WM406: a constraint no longer holds."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if step.about not in setting.new and step.table in setting.new:
        yield Found(f"{step.label} is dropped: rows that it refused can come in")


RULE = Rule(
    code="WM406",
    name="constraint-dropped",
    title="A constraint no longer holds",
    severity=INFO,
    help=("Rows that it refused can come in from now on, and the way back fails if some did."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (t int CONSTRAINT u_t REFERENCES t);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (t int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (t int CONSTRAINT u_t REFERENCES t);",
    ),
    check=_check,
    operations=("drop constraint",),
    peers=("Atlas CD101", "squawk ban-drop-constraint"),
)
