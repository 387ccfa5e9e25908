"""WM304: there may be rows whose foreign key leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.queries import orphans
from designer.evolution.hazards.setting import Setting
from designer.schema import ForeignKey


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    key = step.new
    if isinstance(key, ForeignKey) and not key.not_valid and not key.not_enforced and setting.has_rows(step):
        yield Found(f"a row of {setting.table_path(step)} that refers to nothing stops the step", orphans(key, setting))


RULE = Rule(
    code="WM304",
    name="orphans-there",
    title="There may be rows whose foreign key leads nowhere",
    severity=WARNING,
    help=("One such row stops the step. Remove the rows, or give them a row to refer to."),
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
    may_fail=True,
)
