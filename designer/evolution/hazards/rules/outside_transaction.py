"""WM309: a step cannot be taken back with the others."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if not step.in_transaction and setting.dialect.name == "postgresql":
        yield Found(f"{step.label}: the server takes this outside of a transaction only")


RULE = Rule(
    code="WM309",
    name="outside-transaction",
    title="A step cannot be taken back with the others",
    severity=INFO,
    help=(
        "The server refuses it inside of a transaction, so it stands by itself: if a later step fails, it "
        "stays. A CREATE INDEX CONCURRENTLY that fails leaves an invalid index behind; drop it and try again."
    ),
    firing=Pair(
        "CREATE PUBLICATION p FOR ALL TABLES;",
        "CREATE PUBLICATION p FOR ALL TABLES; CREATE SUBSCRIPTION s CONNECTION "
        "'host=a' PUBLICATION p WITH (connect = false);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX t_b ON t (b);",
    ),
    check=_check,
    targets=("postgresql",),
    peers=("squawk ban-concurrent-index-creation-in-transaction", "squawk transaction-nesting", "Atlas PG103"),
)
