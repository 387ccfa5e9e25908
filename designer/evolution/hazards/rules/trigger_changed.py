"""WM416: a trigger on a table with rows comes, goes or changes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import INFO, Found, Pair, Rule
from designer.evolution.hazards.setting import Setting
from designer.schema import Trigger


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    if (
        isinstance(step.old or step.new, Trigger)
        and setting.has_rows(step)
        and step.operation in ("create", "drop", "replace")
    ):
        yield Found(f"the trigger {step.label} changes what happens on every write")


RULE = Rule(
    code="WM416",
    name="trigger-changed",
    title="A trigger on a table with rows comes, goes or changes",
    severity=INFO,
    help=("It runs on every write from now on, or no longer does."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE FUNCTION f() "
        "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE FUNCTION f() "
        "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE TRIGGER "
        "g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); COMMENT ON TABLE t IS 'x';",
    ),
    check=_check,
    peers=("squawk ban-disable-trigger", "squawk ban-drop-trigger"),
)
