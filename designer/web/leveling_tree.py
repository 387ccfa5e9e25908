"""The models of a design as a tree: what is derived hangs below what it is derived from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.schema import Design, Diagram, Entity, Id, Model, Schema, Table
from designer.services.leveling import LEVELS, Standing, behind
from designer.services.words import counted
from designer.web.leveling_form import in_short

_WHY = {
    "hand": "It was made by hand: changes above do not arrive here.",
    "step": "Everything above has arrived here.",
    "behind": "The model above was changed, and this one does not have it yet.",
    "conflicts": "The model above was changed where this one was changed too.",
}


@dataclass(frozen=True, slots=True)
class Node:
    """A model with what the template needs beside it, and the models that are derived from it."""

    standing: Standing
    name: str
    about: str
    diagram: Id
    here: bool
    inner: bool
    below: tuple[Node, ...]

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        standing = self.standing
        words = {
            "hand": "made by hand",
            "step": "in step",
            "behind": f"{counted(standing.changes, 'change')} above",
            "conflicts": f"{standing.conflicts} to decide",
        }
        return words.get(standing.state, "")

    @property
    def why(self) -> str:
        """What that means, in a sentence."""
        return _WHY.get(self.standing.state, "")

    @property
    def options(self) -> str:
        """What was set otherwise than usual, in a line."""
        derivation = self.standing.derivation
        return in_short(derivation.options) if derivation else ""

    @property
    def upper(self) -> bool:
        """Whether something can be derived from it."""
        return self.standing.model.level != LEVELS[-1]


def tree(design: Design, found: Sequence[Standing], shown: Id) -> list[Node]:
    """Return the models that stand for themselves, the upper ones first; `shown` is the diagram that is looked at."""
    diagram = design.get(shown)
    here = diagram.parent if isinstance(diagram, Diagram) else None
    by_source: dict[Id, list[Standing]] = {}
    for each in found:
        by_source.setdefault(each.source, []).append(each)
    roots = sorted(by_source.get("", []), key=lambda each: LEVELS.index(each.model.level))
    return [_node(design, each, by_source, here or "", inner=False) for each in roots]


def _node(design: Design, standing: Standing, by_source: Mapping[Id, list[Standing]], here: Id, *, inner: bool) -> Node:
    model = standing.model
    below = tuple(_node(design, each, by_source, here, inner=True) for each in by_source.get(model.id, []))
    first = next(iter(design.of(Diagram, model.id)), None)
    diagram = first.id if first else ""
    return Node(standing, name_of(model), about(design, model), diagram, model.id == here, inner, below)


def name_of(model: Model) -> str:
    """Return how a model is called."""
    return model.name or f"the {model.level} model"


def about(design: Design, model: Model) -> str:
    """Return level, target and size of a model: `PostgreSQL 18, 12 tables`."""
    if model.level != "physical":
        return f"{model.level.capitalize()}, {counted(len(design.of(Entity, model.id)), 'entity')}"
    homes = [model.id, *(each.id for each in design.of(Schema, model.id))]
    tables = sum(len(design.of(Table, home)) for home in homes)
    title = dialect_of(model.target).title if model.target in DIALECTS else "Tables"
    return f"{' '.join(filter(None, (title, model.version)))}, {counted(tables, 'table')}"


def behind_in_words(design: Design, found: Sequence[Standing]) -> str:
    """Return `“Shop, logical” was changed: 3 models are behind.`"""
    late = behind(found)
    if not late:
        return ""
    sources = {each.source for each in late} - {each.model.id for each in late}
    above = [f"“{name_of(model)}”" for each in sources if isinstance(model := design.get(each), Model)]
    who = above[0] if len(above) == 1 else "Models above"
    verb = "was" if len(above) == 1 else "were"
    level = {each.model.level for each in late}
    kind = f"{level.pop()} model" if len(level) == 1 else "model"
    return f"{who} {verb} changed: {counted(len(late), kind)} {'is' if len(late) == 1 else 'are'} behind."
