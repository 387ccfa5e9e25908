"""WM403: something moves to another schema."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    yield Found(f"programs that look for {step.label} in its old schema fail")


RULE = Rule(
    code="WM403",
    name="moved-away",
    title="Something moves to another schema",
    severity=WARNING,
    help=("Programs that name the schema, or whose search_path does not have the new one, no longer find it."),
    firing=Pair(
        "CREATE SCHEMA app; CREATE TABLE public.t (id int);",
        "CREATE SCHEMA app; CREATE TABLE app.t (id int);",
        "postgresql",
        (("public.t", "app.t"),),
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE SCHEMA app; CREATE TABLE t (id int);",
    ),
    check=_check,
    operations=("move",),
    peers=("squawk ban-set-schema",),
    breaks_clients=True,
)
