"""What a script of steps needs of its session."""

from __future__ import annotations

from designer.evolution.contract import Step
from designer.evolution.facts import FactId
from designer.schema import Design, Publication, Record, Routine, Statement

BODIES = "SET check_function_bodies = off;"
_NAMED_OUT = frozenset({
    "rename", "move", "drop", "drop table", "drop column", "drop constraint", "drop index", "drop default",
    "drop not null", "comment", "set not null", "validate", "detach partition", "settings", "rewrite table", "session",
    "add primary key", "add unique", "add foreign key",
})  # fmt: skip
"""Operations whose statements have no words of people in them: all names are written with their schema."""


def path_of(step: Step, design: Design) -> str:
    """Return the search path that the words of a step were written for; empty for the usual one."""
    record: Record | None = step.new or (step.old if isinstance(step.old, Statement) else None)
    while record is not None:
        found = record.extra.get("search_path", "")
        if found:
            return found
        record = design.get(record.parent) if record.parent else None
    return ""


def finished(steps: list[Step], design: Design) -> list[Step]:
    """Return the steps, each under the search path that its words were written for.

    Bodies are not checked when they are made: they may name what only comes later.
    """
    found: list[Step] = []
    path = ""
    if any(isinstance(step.new, Routine) and step.operation in ("create", "replace") for step in steps):
        found.append(session(BODIES, steps[0].about))
    for step in steps:
        if step.operation in _NAMED_OUT and not isinstance(step.new or step.old, (Statement, Publication)):
            found.append(step)
            continue
        wanted = path_of(step, design)
        if wanted != path:
            found.append(session(f"SET search_path = {wanted or 'public'};", step.about))
            path = wanted
        found.append(step)
    if path:
        found.append(session("SET search_path = public;", found[-1].about))
    return found


def session(sql: str, about: FactId) -> Step:
    """Return a step that sets something for those that follow."""
    return Step(sql, "session", about, "the session", "session")
