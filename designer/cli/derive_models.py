"""Which model of a design is meant as the source, and which one was derived from it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.cli.problems import Problem
from designer.commands.contract import get
from designer.levels.contract import LOGICAL
from designer.schema import Derivation, Design, Model, models

_ABOVE = {LOGICAL: ("conceptual",), "physical": ("logical", "conceptual")}
"""Level -> the levels that it is derived from, the closest first."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be derived: level and target, from which model if that was said, and the name that was given."""

    level: str
    target: str
    upper: str | None
    name: str


def source_meant(design: Design, wish: Wish, place: str) -> Model:
    """Return the model to derive from. Raises Problem where there is none, or more than one that it could be."""
    above = [each for each in models(design) if each.level in _ABOVE[wish.level]]
    if wish.upper is not None:
        found = [each for each in above if wish.upper in (each.name, each.id)]
        if not found:
            raise Problem(
                f"there is no {' or '.join(_ABOVE[wish.level])} model named {wish.upper}; {_listed(above)}", place
            )
        return found[0]
    for level in _ABOVE[wish.level]:
        found = [each for each in above if each.level == level]
        if len(found) > 1:
            raise Problem(f"there are {len(found)} {level} models; say with --from which one: {_names(found)}", place)
        if found:
            return found[0]
    words = " or ".join(reversed(_ABOVE[wish.level]))
    raise Problem(f"there is no {words} model to derive from; draw one first, or name another file", place)


def derivation_meant(design: Design, source: Model, wish: Wish, *, again: bool, new: bool) -> Derivation | None:
    """Return the derivation to repeat, None for a new model. Raises Problem where that is not clear."""
    if new:
        return None
    found = [each for each in design.of(Derivation) if each.source == source.id and _fits(design, each, wish)]
    if wish.name:
        found = [each for each in found if wish.name in (_model(design, each).name, each.parent)]
    if len(found) > 1:
        derived = [_model(design, each) for each in found]
        raise Problem(
            f"{len(found)} models were derived so before; name one with --name ({_names(derived)}), or say --new"
        )
    if again and not found:
        targets = {_model(design, each).target for each in design.of(Derivation) if each.source == source.id}
        there = ", ".join(f"--dialect {each}" for each in sorted(filter(None, targets)))
        hint = f"say {there}, or drop --again" if there else "drop --again"
        raise Problem(
            f"no {wish.target or wish.level} model was derived from {source.name or source.level} yet; {hint}"
        )
    return found[0] if found else None


def _fits(design: Design, derivation: Derivation, wish: Wish) -> bool:
    model = design.get(derivation.parent or "")
    return isinstance(model, Model) and model.level == wish.level and model.target == wish.target


def _model(design: Design, derivation: Derivation) -> Model:
    return get(design, derivation.parent or "", Model)


def _listed(above: Sequence[Model]) -> str:
    return f"choose one of: {_names(above)}" if above else "the design has none"


def _names(found: Sequence[Model]) -> str:
    return ", ".join(each.name or each.id for each in found)
