"""WM219: a materialized view is made again."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import View


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    view = step.new
    if isinstance(view, View) and view.materialized and step.about in setting.old:
        yield Found(f"the materialized view {step.label} is dropped and filled anew by its query")


RULE = Rule(
    code="WM219",
    name="view-read-again",
    title="A materialized view is made again",
    severity=WARNING,
    help=(
        "Making it runs its query over all rows, and until then nobody can read it. Its indexes are built "
        "again as well."
    ),
    firing=Pair(
        "CREATE TABLE t (id int, a text); CREATE MATERIALIZED VIEW m AS SELECT id FROM t;",
        "CREATE TABLE t (id int, a text); CREATE MATERIALIZED VIEW m AS SELECT id, a FROM t;",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE MATERIALIZED VIEW m AS SELECT id FROM t;",
    ),
    check=_check,
    operations=("create",),
    targets=("postgresql",),
)
