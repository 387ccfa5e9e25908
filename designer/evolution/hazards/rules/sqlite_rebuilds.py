"""WM224: SQLite makes the table anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and step is next(
        each for each in setting.migration.steps if each.operation == "rebuild table" and each.table == step.table
    ):
        yield Found(f"{step.label} is made anew and {setting.counted(step)} is copied")


RULE = Rule(
    code="WM224",
    name="sqlite-rebuilds",
    title="SQLite makes the table anew",
    severity=INFO,
    help=(
        "SQLite cannot change this in place: a new table takes all rows, the old one is dropped, and indexes "
        "and triggers are made again. Nobody can write to the file meanwhile, and it needs room for the table "
        "twice."
    ),
    firing=Pair(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT CHECK (a <> ''));",
        "sqlite",
    ),
    silent=Pair(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT);",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT);",
        "sqlite",
    ),
    check=_check,
    operations=("rebuild table",),
    targets=("sqlite",),
)
