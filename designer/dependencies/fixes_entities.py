"""A plan made an edit of an entity."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused
from designer.dependencies.fixes_plan import Plan
from designer.schema import Design, IdSource


def take_entity_apart(design: Design, plan: Plan, ids: IdSource) -> Edit:
    """Return the edit that makes a plan true for an entity."""
    raise Refused("take an entity apart by hand: add one, and move its attributes")
