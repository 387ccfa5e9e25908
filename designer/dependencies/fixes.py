"""One-click fixes: a table or entity taken apart as one edit, previewed by that edit and undone like any other."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit
from designer.dependencies.fixes_entities import take_entity_apart
from designer.dependencies.fixes_plan import Plan, extraction, planned
from designer.dependencies.fixes_tables import names_for, take_table_apart
from designer.dependencies.subject import subject_of
from designer.normalization.contract import Decomposition
from designer.schema import Design, Entity, Id, IdSource


def take_apart(design: Design, plan: Plan, ids: IdSource) -> Edit:
    """Return the edit that makes a plan true; its `made` are the new tables or entities first.

    Raises Refused, in a sentence that names what cannot be carried over.
    """
    if isinstance(design.get(plan.owner), Entity):
        return take_entity_apart(design, plan, ids)
    return take_table_apart(design, plan, ids)


def decompose(
    design: Design, owner: Id, decomposition: Decomposition, ids: IdSource, *, names: Sequence[str] = ()
) -> Edit:
    """Take a table or entity apart as a decomposition of its relation says: "apply all".

    `names` are for the new ones, in the order of `planned(...).parts`; an empty one is proposed.
    """
    plan = planned(design, subject_of(design, owner), decomposition)
    return take_apart(design, plan.named(names), ids)


def extract(
    design: Design, owner: Id, determinant: Sequence[Id], dependent: Sequence[Id], ids: IdSource, *, name: str = ""
) -> Edit:
    """Take one dependency out: `zip -> city, state` becomes a table of its own, to which `zip` refers."""
    plan = extraction(design, subject_of(design, owner), determinant, dependent, name)
    return take_apart(design, plan, ids)


def proposed_names(design: Design, plan: Plan) -> list[str]:
    """Return the names that the parts of a plan get: those given, and proposals for the others."""
    return names_for(design, plan)
