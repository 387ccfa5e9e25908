"""The three passes for one pair of designs: decide, order, write."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.actions import Action, ordered
from designer.evolution.contract import Step
from designer.evolution.decisions import Decisions, decide
from designer.evolution.facts import Facts
from designer.evolution.mover import Mover
from designer.evolution.scope import scoped
from designer.schema import Design, Id


def steps_between(old: Design, new: Design, models: tuple[Id, Id], mover: Mover) -> list[Step]:
    """Return the steps from one design to another, which share their ids."""
    if mover.scoped:
        old, new = scoped(old, new)
    renamed = mover.renamed(old, new)
    before = mover.facts(renamed.design, models[0], old=True)
    after = mover.facts(renamed.target or new, models[1], old=False)
    decided = mover.decided = decide(before, after, mover)
    steps = list(renamed.steps)
    for action in ordered(before, after, decided, mover):
        steps += _written(action, before, after, decided, mover)
    return mover.finish(steps)


def _written(action: Action, old: Facts, new: Facts, decided: Decisions, mover: Mover) -> Iterator[Step]:
    reason = decided.reasons.get(action.fact, "")
    folded = [new[each] for each in action.folded]
    if action.verb == "drop":
        yield from mover.drop(old[action.fact], reason)
    elif action.verb == "create":
        yield from mover.create(new[action.fact], folded, reason)
    elif action.verb == "rebuild":
        yield from mover.rebuild(old[action.fact], new[action.fact], folded)
    elif action.verb == "fill":
        yield from mover.fill(old[action.fact], new[action.fact])
    else:
        yield from decided.altered[action.fact].steps
