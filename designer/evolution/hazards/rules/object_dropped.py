"""WM409: a view, routine or type that programs may use is dropped."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import CompositeType, DomainType, EnumType, Routine, View


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.old, (View, Routine, EnumType, DomainType, CompositeType)) and step.about not in setting.new:
        yield Found(f"programs that use the {step.kind} {step.label} fail")


RULE = Rule(
    code="WM409",
    name="object-dropped",
    title="A view, routine or type that programs may use is dropped",
    severity=WARNING,
    help=(
        "Programs that use it fail. Look into the server's statistics (pg_stat_user_functions, "
        "pg_stat_statements) whether anything still does."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT id FROM t;",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE VIEW v AS SELECT id FROM t;",
    ),
    check=_check,
    operations=("drop",),
    peers=("squawk ban-drop-view", "squawk ban-drop-function", "squawk ban-drop-type", "squawk ban-drop-domain"),
    breaks_clients=True,
)
