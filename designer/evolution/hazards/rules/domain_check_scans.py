"""WM220: a new constraint of a domain reads every column of it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Check, DomainType


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    check = step.new
    domain = setting.find(check.parent) if isinstance(check, Check) else None
    if isinstance(domain, DomainType) and domain.id in setting.old and "NOT VALID" not in step.sql.upper():
        yield Found(f"every column of the domain {setting.path(domain)} is read and checked while its table is locked")


RULE = Rule(
    code="WM220",
    name="domain-check-scans",
    title="A new constraint of a domain reads every column of it",
    severity=WARNING,
    help=(
        "All tables with a column of that domain are locked while their rows are read. Add the check NOT "
        "VALID and validate it later, or keep the check on the tables."
    ),
    firing=Pair(
        "CREATE DOMAIN mail AS text; CREATE TABLE t (m mail);",
        "CREATE DOMAIN mail AS text CONSTRAINT ok CHECK (VALUE LIKE '%@%'); CREATE TABLE t (m mail);",
    ),
    silent=Pair(
        "CREATE TABLE t (m text);",
        "CREATE DOMAIN mail AS text CONSTRAINT ok CHECK (VALUE LIKE '%@%'); CREATE TABLE t (m text);",
    ),
    check=_check,
    operations=("add check",),
    targets=("postgresql",),
    peers=("squawk ban-alter-domain-with-add-constraint", "squawk ban-create-domain-with-constraint"),
    may_fail=True,
)
