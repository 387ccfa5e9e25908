"""WM104: a type is changed to one that holds less."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.narrowing import bare, narrows
from designer.evolution.hazards.queries import too_long
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _query(step: Step, column: Column, setting: Setting) -> str:
    name, numbers, _ = taken_apart(bare(column.type))
    if name not in ("varchar", "character") or not numbers or setting.dialect.name == "sqlite":
        return ""
    return too_long(setting.table_path(step), setting.column(column.id), numbers[0])


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = step.old, step.new
    if not isinstance(old, Column) or not isinstance(new, Column) or old.type_ref or new.type_ref:
        return
    if setting.has_rows(step) and narrows(old.type, new.type, setting.dialect.name):
        message = f"{step.label} goes from {old.type} to {new.type}, which does not hold all that was there"
        yield Found(message, _query(step, new, setting))


RULE = Rule(
    code="WM104",
    name="narrower-type",
    title="A type is changed to one that holds less",
    severity=DANGER,
    help=(
        "Values that do not fit stop the migration, or are cut, as MySQL does without strict mode. Look for "
        "them first; the way back does not bring cut values back."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(200));",
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(200));",
    ),
    check=_check,
    operations=("alter type",),
    peers=("squawk changing-column-type", "sqlpackage BlockOnPossibleDataLoss"),
    loses_data=True,
    may_fail=True,
)
