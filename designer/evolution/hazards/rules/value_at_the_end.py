"""WM510: a new value of an enum comes after all others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting

_PLACED = re.compile(r"\b(?:BEFORE|AFTER)\s+'", re.IGNORECASE)


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if not _PLACED.search(step.sql):
        yield Found(f"the new value of {step.label} sorts after all others")


RULE = Rule(
    code="WM510",
    name="value-at-the-end",
    title="A new value of an enum comes after all others",
    severity=INFO,
    help=("The order of the values is their sort order. Where it matters, say BEFORE or AFTER."),
    firing=Pair(
        "CREATE TYPE size AS ENUM ('small', 'large'); CREATE TABLE t (s size);",
        "CREATE TYPE size AS ENUM ('small', 'large', 'medium'); CREATE TABLE t (s size);",
    ),
    silent=Pair(
        "CREATE TYPE size AS ENUM ('small', 'large'); CREATE TABLE t (s size);",
        "CREATE TYPE size AS ENUM ('small', 'medium', 'large'); CREATE TABLE t (s size);",
    ),
    check=_check,
    operations=("add enum value",),
    targets=("postgresql",),
    peers=("squawk require-enum-value-ordering",),
)
