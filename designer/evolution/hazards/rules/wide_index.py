"""WM508: a new index has many columns."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Index


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    index = step.new
    if (
        isinstance(index, Index)
        and not index.unique
        and not index.method.startswith(("gin", "bloom", "brin"))
        and len(index.parts) > 3
    ):
        yield Found(f"the index {step.label} has {len(index.parts)} columns")


RULE = Rule(
    code="WM508",
    name="wide-index",
    title="A new index has many columns",
    severity=INFO,
    help=(
        "An index of more than three columns is large, and a query that does not begin with the first of them "
        "cannot use it well."
    ),
    firing=Pair(
        "CREATE TABLE t (a int, b int, c int, d int);",
        "CREATE TABLE t (a int, b int, c int, d int); CREATE INDEX i ON t (a, b, c, d);",
    ),
    silent=Pair(
        "CREATE TABLE t (a int, b int, c int, d int);",
        "CREATE TABLE t (a int, b int, c int, d int); CREATE INDEX i ON t (a, b, c);",
    ),
    check=_check,
    operations=("create index",),
    peers=("strong_migrations keeping non-unique indexes to three columns or less",),
)
