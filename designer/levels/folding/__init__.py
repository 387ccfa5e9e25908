"""Taking subtypes out of an ER model: a table for all, a table for each, or a table for each concrete one.

What a target can enforce is said in keys, references and rules; for the rest there is a note. Marks stay what they are
when a field or link goes from one thing to another, so that rows can move along when somebody changes the strategy.
"""

from __future__ import annotations

from dataclasses import replace

from designer.dialects.base import Dialect
from designer.levels.contract import Settings
from designer.levels.er import Er
from designer.levels.folding.classes import apart
from designer.levels.folding.concrete import copied_down
from designer.levels.folding.plan import CLASS, CONCRETE, SINGLE, planned
from designer.levels.folding.single import into_one
from designer.levels.folding.work import Work


def fold(er: Er, settings: Settings, dialect: Dialect) -> Er:
    """Return a model without generalizations: each has become things, links, keys and rules by its strategy."""
    plan = planned(er, settings)
    if not plan.kinds:
        return replace(er, kinds=(), notes=(*er.notes, *plan.notes))
    work = Work(er, settings, dialect)
    work.notes += plan.notes
    for kind in plan.kinds:
        if kind.strategy == CLASS:
            apart(work, plan, kind)
        elif kind.strategy == SINGLE:
            into_one(work, kind)
    copied_down(work, [each for each in plan.kinds if each.strategy == CONCRETE])
    return work.er()
