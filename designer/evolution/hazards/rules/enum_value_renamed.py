"""WM405: a value of an enum gets another name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    yield Found(f"programs that say the old value of {step.label} fail")


RULE = Rule(
    code="WM405",
    name="enum-value-renamed",
    title="A value of an enum gets another name",
    severity=WARNING,
    help=("Programs that write or compare the old value fail or find nothing."),
    firing=Pair(
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (m mood);",
        "CREATE TYPE mood AS ENUM ('good', 'poor'); CREATE TABLE t (m mood);",
    ),
    silent=Pair(
        "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (m mood);",
        "CREATE TYPE mood AS ENUM ('good', 'bad', 'poor'); CREATE TABLE t (m mood);",
    ),
    check=_check,
    operations=("rename enum value",),
    targets=("postgresql",),
    peers=("strong_migrations renaming an enum value",),
    breaks_clients=True,
)
