"""WM407: a required column loses its default."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = setting.new.get(step.about)
    if (
        isinstance(column, Column)
        and not column.nullable
        and column.default is None
        and not column.identity
        and column.generated is None
    ):
        yield Found(f"an INSERT that leaves {step.label} out fails from now on")


RULE = Rule(
    code="WM407",
    name="default-dropped",
    title="A required column loses its default",
    severity=WARNING,
    help=("Programs that leave the column out of an INSERT fail from now on."),
    firing=Pair(
        "CREATE TABLE t (id int, a text NOT NULL DEFAULT 'x');",
        "CREATE TABLE t (id int, a text NOT NULL);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int, a text DEFAULT 'x');",
        "CREATE TABLE t (id int, a text);",
    ),
    check=_check,
    operations=("drop default",),
    peers=("squawk ban-drop-default",),
    breaks_clients=True,
)
