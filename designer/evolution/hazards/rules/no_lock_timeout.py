"""WM217: a lock is asked for without a time limit."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Lock, Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.effects import effect_of
from designer.evolution.hazards.setting import Setting


def locks(step: Step, setting: Setting) -> bool:
    """Say whether a step takes a lock that others wait for, on a table that was there before."""
    return setting.has_rows(step) and effect_of(step, setting).lock in (Lock.ALL, Lock.WRITES)


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if setting.migration.options.strategy == "online":
        return  # each of its steps has one
    steps = setting.migration.steps
    first = next((each for each in steps if locks(each, setting)), None)
    if first is step and not any("lock_timeout" in each.sql for each in steps if each.operation == "session"):
        yield Found("the migration sets no lock_timeout: a long query on a table lets this and all behind it wait")


RULE = Rule(
    code="WM217",
    name="no-lock-timeout",
    title="A lock is asked for without a time limit",
    severity=INFO,
    help=(
        "A statement that waits for its lock makes all that come later wait behind it, reads as well. Set "
        "lock_timeout (5 seconds, say) and try again when it fails; the online strategy does."
    ),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text);",
    ),
    silent=Pair(
        "CREATE TABLE u (id int);",
        "CREATE TABLE u (id int); CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
    ),
    check=_check,
    targets=("postgresql",),
    peers=("squawk require-lock-timeout", "squawk require-timeout-settings", "strong_migrations lock timeout"),
)
