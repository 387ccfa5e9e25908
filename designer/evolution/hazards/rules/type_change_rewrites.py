"""WM201: a change of type writes every row anew."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step, Work
from designer.evolution.hazards.casts import rewrites
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Column


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = step.old, step.new
    if not isinstance(old, Column) or not isinstance(new, Column) or not setting.has_rows(step):
        return
    if step.stage == "exchange":  # the rows were written before, in batches
        return
    if rewrites(old, new, setting.dialect.name) is Work.REWRITE:
        yield Found(
            f"changing {step.label} from {old.type} to {new.type} writes {setting.counted(step)} anew, and others wait"
        )


RULE = Rule(
    code="WM201",
    name="type-change-rewrites",
    title="A change of type writes every row anew",
    severity=DANGER,
    help=(
        "Nobody can read or write the table until every row and index is written anew. With the online "
        "strategy a second column is filled in batches by the side and takes the place of the first."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, b bigint);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(20));",
        "CREATE TABLE t (id int PRIMARY KEY, a varchar(40));",
    ),
    check=_check,
    operations=("alter type",),
    targets=("postgresql", "mysql", "mariadb"),
    peers=(
        "squawk changing-column-type",
        "strong_migrations changing the type of a column",
        "Atlas PG301",
    ),
)
