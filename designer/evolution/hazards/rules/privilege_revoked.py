"""WM412: a privilege is taken away."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if step.sql.lstrip().upper().startswith("REVOKE"):
        yield Found(f"{step.label}: programs of that role lose it")


RULE = Rule(
    code="WM412",
    name="privilege-revoked",
    title="A privilege is taken away",
    severity=WARNING,
    help=("Programs that work with that role fail where they need it."),
    firing=Pair(
        "CREATE TABLE t (id int); GRANT SELECT, INSERT ON t TO PUBLIC;",
        "CREATE TABLE t (id int); GRANT SELECT ON t TO PUBLIC;",
    ),
    silent=Pair(
        "CREATE TABLE t (id int); GRANT SELECT ON t TO PUBLIC;",
        "CREATE TABLE t (id int); GRANT SELECT, INSERT ON t TO PUBLIC;",
    ),
    check=_check,
    targets=("postgresql",),
    peers=("squawk ban-revoke", "pg-schema-diff AUTHZ_UPDATE"),
    breaks_clients=True,
)
