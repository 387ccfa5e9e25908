"""WM204: a new foreign key reads every row while others wait."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.has_rows(step) and not step.sql.rstrip("; \n").upper().endswith(("NOT VALID", "NOT ENFORCED")):
        yield Found(
            f"nobody can write to {setting.table_path(step)} or the table it refers to "
            f"while {setting.counted(step)} is checked"
        )


RULE = Rule(
    code="WM204",
    name="foreign-key-scans",
    title="A new foreign key reads every row while others wait",
    severity=WARNING,
    help=(
        "Neither of the two tables can be written while each row is looked up. Add the foreign key NOT VALID, "
        "which takes a moment, and validate it in a transaction of its own, which lets others write."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (id int PRIMARY KEY);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int CONSTRAINT b_fk "
        "REFERENCES u); CREATE TABLE u (id int PRIMARY KEY);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE TABLE u (id int PRIMARY KEY, t int REFERENCES t);",
    ),
    check=_check,
    operations=("add foreign key",),
    targets=("postgresql",),
    peers=(
        "squawk adding-foreign-key-constraint",
        "squawk constraint-missing-not-valid",
        "strong_migrations adding a foreign key",
        "Atlas PG306",
    ),
)
