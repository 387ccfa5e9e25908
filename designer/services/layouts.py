"""Laying a diagram out again, as an ordinary change."""

from __future__ import annotations

from designer.commands import Edit, Refused
from designer.commands.contract import edit
from designer.layout.place import placements
from designer.models import Branch
from designer.schema import Design, Diagram, Placement
from designer.services import branches, permissions
from designer.services.branches import Accepted
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right


def arrange(user: AnyUser, branch: Branch, diagram: str, client: str = "") -> Accepted:
    """Place all elements of a diagram anew; an empty one gets every element of its model. It is undone like any edit.

    The positions are computed before the branch is locked: they may take seconds, and others go on editing meanwhile.
    """
    permissions.require(user, branch.project.workspace_id, Right.EDIT, "design")
    design, version = branches.load(branch)
    try:
        made = _arranged(design, diagram)
    except Refused as refused:
        raise Invalid(branches.sentence(refused.message)) from None
    return branches.commit(user, branch, version, made.change, made.label, branches.new_key(), client)


def _arranged(design: Design, diagram: str) -> Edit:
    shown = design.get(diagram)
    model = design.model_of(shown) if isinstance(shown, Diagram) else None
    if not isinstance(shown, Diagram) or model is None:
        raise Refused("this diagram is not there any more; open another one")
    present = [place.element for place in design.of(Placement, diagram) if place.element]
    placed = placements(design, model.id, diagram, present or None, keep=False)
    return edit(design, f"Lay out {shown.name or 'the diagram'} again", list(placed))
