"""The models of a design by level: how each stands to the one above, and deriving one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from designer.change import Change
from designer.commands import Edit
from designer.commands.contract import edit as edited
from designer.levels.contract import Proposal, Result, Settings
from designer.levels.keeping import baseline, deriving, propagating
from designer.models import Branch
from designer.schema import (
    Derivation,
    Design,
    Diagram,
    Id,
    Model,
    kind_of,
    models,
    new_id,
)
from designer.schema.order import after
from designer.services import branches, permissions
from designer.services.branches import Accepted, display_name
from designer.services.cache import Versions
from designer.services.leveling_words import groups
from designer.services.permissions import AnyUser, Right
from designer.services.words import plural

LEVELS = ("conceptual", "logical", "physical")
Sides = Mapping[Id, Mapping[str, str]]
"""Derivation -> key of a conflict -> side."""

# How the models stand


@dataclass(frozen=True, slots=True)
class Standing:
    """How a model stands to the one that it is derived from; `adoptable` says that it stands alone below others."""

    model: Model
    derivation: Derivation | None = None
    source: Id = ""
    changes: int = 0
    conflicts: int = 0
    adoptable: bool = False

    @property
    def state(self) -> str:
        """`top` (derived from nothing), `hand` (so too, though others are above), `step`, `behind` or `conflicts`."""
        if self.derivation is None:
            return "hand" if self.adoptable else "top"
        if self.conflicts:
            return "conflicts"
        return "behind" if self.changes else "step"


_STOOD: Versions[list[Standing]] = Versions(limit=50)


def standings(branch: Branch) -> tuple[list[Standing], int]:
    """Return how all models of the head stand, in their order, with its version."""
    design, version = branches.load(branch)
    known = _STOOD.get(branch.public_id, version)
    if known is None:
        known = _standings(branch, design)
        _STOOD.put(branch.public_id, version, known)
    return known, version


def _standings(branch: Branch, design: Design) -> list[Standing]:
    every = models(design)
    waiting = {each.model: each for each in proposals(branch, {})} if design.of(Derivation) else {}
    return [_standing(design, model, waiting.get(model.id), every) for model in every]


def _standing(design: Design, model: Model, waiting: Proposal | None, every: list[Model]) -> Standing:
    derivation = baseline.derivation_of(design, model.id)
    if derivation is None:
        rank = LEVELS.index(model.level)
        return Standing(model, adoptable=any(LEVELS.index(each.level) < rank for each in every))
    changes = sum(len(each.lines) or 1 for each in groups(waiting.before, waiting.change)) if waiting else 0
    conflicts = len(waiting.conflicts) if waiting else 0
    return Standing(model, derivation, derivation.source or "", changes, conflicts)


_PROPOSED: Versions[tuple[Proposal, ...]] = Versions(limit=12, kept_versions=1)
"""What changes above mean for the models below: asked for to say who is behind, to show it and to do it."""


def proposals(branch: Branch, sides: Sides, only: Iterable[Id] | None = None) -> tuple[Proposal, ...]:
    """Return what is pending at the head, with conflicts settled as in `sides`, for the derivations `only` or all."""
    design, version = branches.load(branch)
    wanted = None if only is None else sorted(only)
    settled = sorted((each, sorted(said.items())) for each, said in sides.items())
    key = repr((branch.public_id, settled, wanted))
    found = _PROPOSED.get(key, version)
    if found is None:
        found = propagating.pending(design, sides, wanted)
        _PROPOSED.put(key, version, found)
    return found


def behind(found: Iterable[Standing]) -> list[Standing]:
    """Return the models that those above have left behind."""
    return [each for each in found if each.state in ("behind", "conflicts")]


def begin(user: AnyUser, branch: Branch, client: str) -> tuple[Accepted, Id]:
    """Add an empty concept map to a design that has none; return its diagram."""
    diagrams: list[Id] = []

    def command(design: Design) -> Edit:
        last = max((each.order for each in models(design)), default="")
        model = Model(id=new_id(), name="Concepts", level="conceptual", order=next(after(last or None)))
        diagram = Diagram(id=new_id(), parent=model.id, name="All concepts", notation="chen")
        diagrams.append(diagram.id)
        return edited(design, "Begin a concept map", [model, diagram])

    return branches.run_command(user, branch, command, client=client), diagrams[0]


# Deriving


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants derived; `choices` are (element, topic, value)."""

    source: Id
    level: str
    target: str = ""
    version: str = ""
    name: str = ""
    options: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[Id, str, str], ...] = ()

    @property
    def settings(self) -> Settings:
        """The options and choices as a derivation takes them."""
        return Settings(dict(self.options), {(element, topic): value for element, topic, value in self.choices})


_RESULTS: Versions[Result] = Versions(limit=8, kept_versions=1)
_EDITS: Versions[tuple[Design, Edit]] = Versions(limit=8, kept_versions=1)
"""What was worked out lately: it is counted, looked at and made one after the other."""


def outcome(branch: Branch, wish: Wish) -> Result:
    """Return what a derivation would make, without diagrams. Raises Refused where it cannot be."""
    design, version = branches.load(branch)
    key = repr((branch.public_id, wish.source, wish.level, wish.target, wish.version, wish.options, wish.choices))
    found = _RESULTS.get(key, version)
    if found is None:
        model = Model(id="derived", level=wish.level, target=wish.target, version=wish.version)
        found = deriving.fresh(design, wish.source, model, wish.settings)
        _RESULTS.put(key, version, found)
    return found


def derived(user: AnyUser, branch: Branch, wish: Wish) -> Edit:
    """Return the edit that makes the model, to be looked at."""
    return looked_at(user, branch, wish, lambda design: _derive(user, design, wish))


def derive(user: AnyUser, branch: Branch, wish: Wish, client: str) -> tuple[Accepted, Id]:
    """Make the model, as it was looked at if nobody has edited the design since; return its first diagram too."""
    return made(user, branch, wish, lambda design: _derive(user, design, wish), client)


def _derive(user: AnyUser, design: Design, wish: Wish) -> Edit:
    return deriving.derive(
        design, wish.source, new_id, level=wish.level, target=wish.target, version=wish.version, name=wish.name,
        settings=wish.settings, by=display_name(user), on=date.today().isoformat(),
    )  # fmt: skip


def looked_at(user: AnyUser, branch: Branch, wish: object, command: Callable[[Design], Edit]) -> Edit:
    """Return the edit of a wish on the head, to be looked at; nothing is made."""
    permissions.require(user, branch.project, Right.VIEW, "design")
    design, version = branches.load(branch)
    key = repr((branch.public_id, user.pk, wish))
    found = _EDITS.get(key, version)
    if found is None:
        found = design, command(design)
        _EDITS.put(key, version, found)
    return found[1]


def made(
    user: AnyUser, branch: Branch, wish: object, command: Callable[[Design], Edit], client: str
) -> tuple[Accepted, Id]:
    """Commit the edit of a wish; the one that was looked at, where it was made on this very design."""
    _, version = branches.load(branch)
    kept = _EDITS.get(repr((branch.public_id, user.pk, wish)), version)
    done: list[Edit] = []

    def on_head(design: Design) -> Edit:
        done.append(kept[1] if kept is not None and kept[0] is design else command(design))
        return done[-1]

    accepted = branches.run_command(user, branch, on_head, client=client)
    return accepted, first_diagram_in(done[-1].change)


def first_diagram_in(change: Change) -> Id:
    """Return the first diagram that a change adds, or nothing."""
    found = sorted((each for each in change.added.values() if isinstance(each, Diagram)), key=lambda each: each.order)
    return found[0].id if found else ""


_COUNTED = (
    "table", "entity", "column", "attribute", "relationship", "generalization", "foreign_key", "key", "check", "index",
)  # fmt: skip


def counts(result: Result) -> list[tuple[int, str]]:
    """Return how many of what a derivation makes: `(12, "tables")`."""
    found = Counter(kind_of(each) for each in result.records)
    others = [kind for kind in found if kind.endswith("_type")]
    return [(found[kind], _named(kind, found[kind])) for kind in (*_COUNTED, *others) if found[kind]]


def _named(kind: str, count: int) -> str:
    word = kind.replace("_", " ")
    return word if count == 1 else plural(word)
