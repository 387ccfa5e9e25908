"""WM213: a table is written anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(f"{step.label} is written anew, {setting.counted(step)} of it, while others wait")


RULE = Rule(
    code="WM213",
    name="table-rewritten",
    title="A table is written anew",
    severity=DANGER,
    help=(
        "Another engine, access method, character set or persistence copies the whole table while others "
        "wait. Choose a quiet hour, or a tool that copies by the side (gh-ost, pt-online-schema-change)."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE UNLOGGED TABLE t (id int PRIMARY KEY);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY) WITH (fillfactor = 70);",
    ),
    check=_check,
    operations=("rewrite table",),
    peers=("Atlas MY138", "strong_migrations COPY algorithm"),
)
