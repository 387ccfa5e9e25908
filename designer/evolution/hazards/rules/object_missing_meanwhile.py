"""WM410: a view or routine is dropped and made again."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Routine, View


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.old, (View, Routine)) and step.about in setting.new:
        yield Found(
            f"the {step.kind} {step.label} is dropped and made again{f': {step.reason}' if step.reason else ''}"
        )


RULE = Rule(
    code="WM410",
    name="object-missing-meanwhile",
    title="A view or routine is dropped and made again",
    severity=INFO,
    help=(
        "Outside of a transaction it is missing for a moment, and what programs prepared against it is "
        "planned anew. It loses what the design does not know: an owner, grants given by hand."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT id, a FROM t;",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT a FROM t;",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT id FROM t;",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT id, a FROM t;",
    ),
    check=_check,
    operations=("drop",),
    peers=("squawk ban-alter-view-options",),
)
