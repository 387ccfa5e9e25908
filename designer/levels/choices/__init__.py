"""The questions that a model leaves open when it is derived: only where there is a choice, the weightiest first."""

from __future__ import annotations

from designer.dialects.base import Dialect
from designer.levels.choices import of_attributes as attributes
from designer.levels.choices import of_references as references
from designer.levels.choices.choosing import asking
from designer.levels.choices.of_subtypes import subtypes
from designer.levels.contract import LOGICAL, Question, Settings
from designer.levels.logical.upper import upper
from designer.schema import Design, Entity, Id


def questions(
    design: Design, source: Id, level: str, dialect: Dialect | None, settings: Settings
) -> tuple[Question, ...]:
    """Return what may be chosen when the model `source` is derived to `level`, for a target where one is known.

    The value of a question is what was chosen, else what the options say. Those of one topic stand together, in the
    order of their elements: subtypes, structure, types, keys, what happens on deletion, what is left out.
    """
    about = asking(design, upper(design, source, settings), dialect, settings)
    left_out = {each.id: each.name for each in design.of(Entity) if each.id in about.above.left_out}
    last = (*references.left_alone(about), *references.left_out(about, left_out))
    if level == LOGICAL:
        return (*attributes.several(about), *references.sides(about, with_attributes=True), *last)
    return (
        *subtypes(about),
        *attributes.several(about),
        *references.sides(about, with_attributes=False),
        *attributes.composites(about),
        *attributes.domains(about),
        *references.keys(about),
        *attributes.derived(about),
        *references.deletions(about),
        *last,
    )
