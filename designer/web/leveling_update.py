"""What somebody decided about an update, and what the panel shows of it."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from designer.models import Branch
from designer.schema import Id
from designer.services.leveling import proposals
from designer.services.leveling_updates import Update, Updating, updating
from designer.services.leveling_words import LATER
from designer.services.words import counted
from designer.web.leveling_tree import name_of

MOST_LINES = 60
"""Lines that are listed for one model; the diagram shows the others."""
SIDES = ("ours", "theirs", LATER)


def plan_of(branch: Branch, given: QueryDict) -> Updating:
    """Return the update that a form describes: `take` are the derivations that take part, of those that it had.

    A decision about an upper model may leave others behind that were in step; they take part. `only` asks for one.
    """
    asked, sides = given.get("only", ""), sides_of(given)
    if "looked" not in given:
        return updating(branch, sides, [asked] if asked else None)
    left_out = {*given.getlist("had")} - {*given.getlist("take")}
    return updating(branch, sides, {each.derivation for each in proposals(branch, sides)} - left_out)


def sides_of(given: QueryDict) -> dict[Id, dict[str, str]]:
    """Return what a form decides about conflicts."""
    sides: dict[Id, dict[str, str]] = {}
    for name in given:
        if name.startswith("c:") and name.count(":") >= 2 and given[name] in SIDES:
            _, derivation, key = name.split(":", 2)
            sides.setdefault(derivation, {})[key] = str(given[name])
    return sides


def context(plan: Updating) -> dict[str, Any]:
    """Return what the template draws."""
    taken = [each for each in plan.updates if each.taken]
    still_open = plan.open
    asks = f"{counted(still_open, 'conflict')} to decide; what stays open is asked again." if still_open else ""
    several = len(plan.updates) > 1
    return {
        "updates": [_shown(each, several) for each in plan.updates],
        "lead": f"{counted(len(taken), 'model')} {'gets' if len(taken) == 1 else 'get'} this change",
        "open_conflicts": asks,
        "chosen": taken,
        "apply": f"Update {counted(len(taken), 'model')}",
    }


def _shown(update: Update, optional: bool) -> dict[str, Any]:
    """Return a model of the update with as many lines as people read."""
    shown, left = [], MOST_LINES
    for group in update.groups:
        if left > 0:
            shown.append({"about": group.about, "head": group.head, "lines": group.lines[:left]})
        left -= 1 + len(group.lines)
    return {
        "model": update.model, "name": name_of(update.model), "derivation": update.derivation,
        "diagram": update.diagram, "groups": shown, "more": max(0, -left), "decisions": update.questions,
        "taken": update.taken, "optional": optional,
    }  # fmt: skip


def marked(plan: Updating) -> list[Id]:
    """Return what the canvas marks: the conflicts that nobody has decided yet."""
    return [each.about for update in plan.updates if update.taken for each in update.questions if each.side == LATER]


def first_diagram(plan: Updating, shown: Id) -> Id:
    """Return the diagram to look at: the one that is shown if it is one of those that change, else the first."""
    diagrams = [each.diagram for each in plan.updates if each.taken and each.diagram]
    return shown if shown in diagrams else next(iter(diagrams), shown)


def said(plan: Updating) -> str:
    """Return what was done, in a sentence or two."""
    done = counted(sum(each.taken for each in plan.updates), "model")
    return f"{done} updated in one step." + (f" {counted(plan.open, 'conflict')} left open." if plan.open else "")
