"""WM404: a schema gets another name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Schema


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if isinstance(step.new, Schema):
        yield Found(f"programs that say the old name of the schema {step.new.name} fail")


RULE = Rule(
    code="WM404",
    name="schema-renamed",
    title="A schema gets another name",
    severity=WARNING,
    help=("Programs, search paths and the bodies of functions that say the old name fail."),
    firing=Pair(
        "CREATE SCHEMA old; CREATE TABLE old.t (id int);",
        "CREATE SCHEMA new; CREATE TABLE new.t (id int);",
        "postgresql",
        (("old", "new"),),
    ),
    silent=Pair(
        "CREATE SCHEMA old; CREATE TABLE old.t (id int);",
        "CREATE SCHEMA old; CREATE SCHEMA new; CREATE TABLE old.t (id int);",
    ),
    check=_check,
    operations=("rename",),
    peers=("strong_migrations renaming a schema",),
    breaks_clients=True,
)
