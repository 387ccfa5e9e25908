"""WM209: a new exclusion constraint builds its index while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step):
        yield Found(
            f"nobody can use {setting.table_path(step)} while {step.label} is built, and rows that overlap stop it"
        )


RULE = Rule(
    code="WM209",
    name="exclusion-builds-index",
    title="A new exclusion constraint builds its index while others wait",
    severity=WARNING,
    help=(
        "Nobody can read or write the table until the index is built, and there is no way to build it by the "
        "side. Choose a quiet hour."
    ),
    firing=Pair(
        "CREATE TABLE t (id int, during tstzrange);",
        "CREATE TABLE t (id int, during tstzrange, CONSTRAINT apart EXCLUDE USING gist (during WITH &&));",
    ),
    silent=Pair(
        "CREATE TABLE u (id int);",
        "CREATE TABLE u (id int); CREATE TABLE t (id int, during tstzrange, "
        "CONSTRAINT apart EXCLUDE USING gist (during WITH &&));",
    ),
    check=_check,
    operations=("add exclusion",),
    targets=("postgresql",),
    peers=("strong_migrations adding an exclusion constraint",),
    may_fail=True,
)
