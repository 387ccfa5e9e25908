"""What a script of steps needs of its session."""

from __future__ import annotations

from designer.evolution.contract import Step
from designer.evolution.facts import FactId
from designer.schema import Routine, Statement

BODIES = "SET check_function_bodies = off;"


def finished(steps: list[Step]) -> list[Step]:
    """Return the steps, each under the search path that its words were written for.

    Bodies are not checked when they are made: they may name what only comes later.
    """
    found: list[Step] = []
    path = ""
    if any(isinstance(step.new, Routine) and step.operation in ("create", "replace") for step in steps):
        found.append(session(BODIES, steps[0].about))
    for step in steps:
        words = step.new or (step.old if isinstance(step.old, Statement) else None)
        wanted = words.extra.get("search_path", "") if words is not None else ""
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
