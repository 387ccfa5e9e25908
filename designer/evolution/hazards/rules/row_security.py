"""WM411: row security changes who sees which rows."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Policy, Table


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    old, new = step.old, step.new
    switched = (
        isinstance(old, Table)
        and isinstance(new, Table)
        and ((old.row_security, old.force_row_security) != (new.row_security, new.force_row_security))
        and "ROW LEVEL SECURITY" in step.sql.upper()
    )
    if switched or (isinstance(old or new, Policy) and step.table in setting.old and step.operation != "comment"):
        yield Found(f"{step.label}: who sees which rows changes")


RULE = Rule(
    code="WM411",
    name="row-security",
    title="Row security changes who sees which rows",
    severity=WARNING,
    help=(
        "Where row security is on and no policy lets a row through, programs see fewer rows and no error. Try "
        "it as the role that the programs use."
    ),
    firing=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY;",
    ),
    silent=Pair(
        "CREATE TABLE t (id int);",
        "CREATE TABLE t (id int); COMMENT ON TABLE t IS 'rows';",
    ),
    check=_check,
    targets=("postgresql",),
    peers=(
        "squawk ban-alter-row-level-security",
        "squawk ban-create-policy",
        "squawk ban-drop-policy",
        "squawk ban-alter-policy-roles",
    ),
    breaks_clients=True,
)
