"""WM105: values of an enum are removed."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import DANGER, Found, Pair, Rule
from designer.evolution.hazards.queries import values
from designer.evolution.hazards.setting import Setting
from designer.schema import Column, EnumType


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    column = step.new
    if not isinstance(column, Column) or column.type_ref is None:
        return
    old, new = setting.old.get(column.type_ref), setting.new.get(column.type_ref)
    if not isinstance(old, EnumType) or not isinstance(new, EnumType):
        return
    gone = [each for each in old.values if each not in new.values]
    if gone and len(gone) > len([each for each in new.values if each not in old.values]):
        literals = [setting.dialect.literal(each) for each in gone]
        query = values(setting.table_path(step), setting.column(column.id), literals)
        yield Found(f"{step.label} may no longer be {', '.join(literals)}; rows that are stop the migration", query)


RULE = Rule(
    code="WM105",
    name="enum-value-removed",
    title="Values of an enum are removed",
    severity=DANGER,
    help=(
        "Rows that have such a value stop the migration. Give them another value first. PostgreSQL cannot "
        "take a value out of an enum: the type is made anew and every column of it is written anew."
    ),
    firing=Pair(
        "CREATE TYPE mood AS ENUM ('good', 'bad', 'ugly'); CREATE TABLE t (id int, m mood);",
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (id int, m mood);",
    ),
    silent=Pair(
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (id int, m mood);",
        "CREATE TYPE mood AS ENUM ('good', 'bad', 'ugly'); CREATE TABLE t (id int, m mood);",
    ),
    check=_check,
    operations=("alter type",),
    targets=("postgresql",),
    peers=("Atlas MY110 (for MySQL: WM106)",),
    may_fail=True,
    breaks_clients=True,
)
