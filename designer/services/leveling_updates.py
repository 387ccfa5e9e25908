"""Bringing models into step, and setting their derivations otherwise: looked at first, then made in one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from designer.commands import Edit
from designer.commands.contract import get
from designer.levels.contract import Note, Proposal
from designer.levels.keeping import adopting, propagating, setting
from designer.models import Branch
from designer.schema import Choice, Derivation, Design, Diagram, Id, Model, Placement, new_id
from designer.services import branches
from designer.services.branches import Accepted, display_name
from designer.services.leveling import Sides, looked_at, made, proposals
from designer.services.leveling_words import LATER, Group, Question, asked, groups
from designer.services.permissions import AnyUser


@dataclass(frozen=True, slots=True)
class Update:
    """What changes above mean for one model, to be looked at; `taken` says that it is to be brought into step."""

    model: Model
    derivation: Id
    diagram: Id
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class Updating:
    """Everything that an update would do, and the notes about what it touches."""

    updates: tuple[Update, ...]
    notes: tuple[Note, ...]
    sides: dict[Id, dict[str, str]]
    only: tuple[Id, ...]

    @property
    def open(self) -> int:
        """How many conflicts are put off."""
        return sum(each.side == LATER for update in self.updates if update.taken for each in update.questions)


def updating(branch: Branch, sides: Sides, only: Iterable[Id] | None = None) -> Updating:
    """Return what would bring the models of the head into step, those of the derivations `only` or all.

    Conflicts that nobody has decided are put off.
    """
    design, _ = branches.load(branch)
    every = proposals(branch, sides)
    wanted = {each.derivation for each in every} if only is None else {*only}
    taken = every if wanted >= {each.derivation for each in every} else proposals(branch, sides, wanted)
    return _plan(design, every, taken, sides)


def _plan(design: Design, every: Iterable[Proposal], taken: Iterable[Proposal], sides: Sides) -> Updating:
    found = {each.derivation: each for each in taken}
    updates = tuple(
        _update(design, found.get(each.derivation, each), sides, each.derivation in found) for each in every
    )
    settled = {
        each: {c.key: sides.get(each, {}).get(c.key, LATER) for c in proposal.conflicts}
        for each, proposal in found.items()
    }
    notes = tuple(dict.fromkeys(note for each in found.values() for note in _notes(each)))
    return Updating(updates, notes, settled, tuple(sorted(found)))


def _update(design: Design, proposal: Proposal, sides: Sides, taken: bool) -> Update:
    model = get(design, proposal.model, Model)
    found = groups(proposal.before, proposal.change)
    questions = asked(proposal, sides.get(proposal.derivation, {}))
    about = {each.about for each in found} | {each.drawn for each in questions}
    diagram = _diagram_of(design, model.id, about)
    return Update(model, proposal.derivation, diagram, tuple(found), tuple(questions), taken)


def _diagram_of(design: Design, model: Id, about: set[Id]) -> Id:
    """Return the diagram of a model that shows most of some elements."""
    diagrams = design.of(Diagram, model)
    counted = [
        (sum(each.element in about for each in design.of(Placement, diagram.id)), -at, diagram.id)
        for at, diagram in enumerate(diagrams)
    ]
    return max(counted)[2] if counted else ""


def _notes(proposal: Proposal) -> list[Note]:
    """Return the notes that are about what changes; the others were read when the model was made."""
    change = proposal.change
    records = [*change.added.values(), *(proposal.before[each] for each in change.changed if each in proposal.before)]
    origins = {record.origin for record in records}
    return [note for note in proposal.notes if note.about in origins]


def updated(user: AnyUser, branch: Branch, plan: Updating) -> Edit:
    """Return the edit that brings the models into step, to be looked at."""
    return looked_at(user, branch, _key(plan), _propagating(plan))


def update(user: AnyUser, branch: Branch, plan: Updating, client: str) -> Accepted:
    """Bring the models into step, in one edit."""
    return made(user, branch, _key(plan), _propagating(plan), client)[0]


def _key(plan: Updating) -> tuple[object, ...]:
    return ("update", sorted((each, sorted(sides.items())) for each, sides in plan.sides.items()), plan.only)


def _propagating(plan: Updating) -> Callable[[Design], Edit]:
    return lambda design: propagating.propagate(design, plan.sides, new_id, plan.only)


# Settings


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What somebody sets otherwise for a derivation: options, and choices (empty takes one back), with the reason."""

    derivation: Id
    options: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[Id, str, str], ...] = ()
    reason: str = ""

    @property
    def topics(self) -> dict[tuple[Id, str], str]:
        """The choices as a derivation takes them."""
        return {(element, topic): value for element, topic, value in self.choices}


def resetting(design: Design, wish: Otherwise, sides: Sides) -> Updating:
    """Return what other settings would do to the model and to those below it. Raises Refused for a bad option."""
    found = design.get(wish.derivation)
    ready = setting.prepared(design, wish.derivation, options=dict(wish.options), choices=wish.topics)
    only = {wish.derivation, *setting.below(design, found.parent or "")} if isinstance(found, Derivation) else set()
    every = propagating.pending(ready, sides, only)
    return _plan(ready, every, every, sides)


def reset_edit(user: AnyUser, branch: Branch, wish: Otherwise, plan: Updating) -> Edit:
    """Return the edit that sets a derivation otherwise, to be looked at."""
    return looked_at(user, branch, (wish, _key(plan)), lambda design: _set(user, design, wish, plan))


def set_otherwise(user: AnyUser, branch: Branch, wish: Otherwise, plan: Updating, client: str) -> Accepted:
    """Set a derivation otherwise, and carry out what follows, in one edit."""
    return made(user, branch, (wish, _key(plan)), lambda design: _set(user, design, wish, plan), client)[0]


def _set(user: AnyUser, design: Design, wish: Otherwise, plan: Updating) -> Edit:
    return setting.set_up(
        design, wish.derivation, new_id, options=dict(wish.options), choices=wish.topics, reason=wish.reason,
        by=display_name(user), on=date.today().isoformat(), settled=plan.sides,
    )  # fmt: skip


def decided(design: Design, derivation: Id) -> dict[tuple[Id, str], Choice]:
    """Return the choices of a derivation by element and topic."""
    return {(each.element or "", each.topic): each for each in design.of(Choice, derivation)}


def release(user: AnyUser, branch: Branch, derivation: Id, client: str) -> Accepted:
    """Let a model stand for itself."""
    return branches.run_command(user, branch, lambda design: adopting.release(design, derivation), client=client)
