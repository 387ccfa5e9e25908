"""Carrying a change above to the levels below: proposals, and one edit for whole chains of models."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from designer.change import Change, apply, complete, diff
from designer.change.merge import Merged
from designer.change.rebase import RebaseNote
from designer.commands.contract import Edit, Refused
from designer.levels.contract import Proposal
from designer.levels.keeping import baseline
from designer.levels.keeping.describing import label
from designer.levels.keeping.placing import beside
from designer.levels.keeping.stepping import Settled, Step, settle, step_of
from designer.schema import Derivation, Design, Id, IdSource, Record

Choices = Mapping[Id, Mapping[str, str]]
"""Derivation -> key of a conflict -> `ours` (what people made below), `theirs` (what comes from above) or `later`."""


def propose(design: Design, derivation: Id, choices: Mapping[str, str] | None = None) -> Proposal:
    """Return what changes above mean for one model, with conflicts settled as in `choices`.

    Raises Refused where the derivation is gone. For a chain of levels see `pending`.
    """
    step = step_of(design, _derivation(design, derivation))
    if step is None:
        return _nothing(design, _derivation(design, derivation))
    return _proposal(step, settle(step, choices or {}))


def _derivation(design: Design, derivation: Id) -> Derivation:
    found = design.get(derivation)
    if not isinstance(found, Derivation) or found.source not in design:
        raise Refused("this model is not derived from another any more; somebody may have ended that")
    return found


def _proposal(step: Step, settled: Settled) -> Proposal:
    notes = (*step.notes, *settled.notes)
    return Proposal(step.derivation.id, step.model.id, step.design, step.merged, settled.change, notes)


def _nothing(design: Design, derivation: Derivation) -> Proposal:
    same = Merged(Design(), Change(), Change(), Change(), ())
    return Proposal(derivation.id, derivation.parent or "", design, same, Change())


def in_step(design: Design, derivation: Id) -> bool:
    """Tell whether there is nothing that a person would see change or has to decide."""
    proposal = propose(design, derivation)
    return not proposal.change and not proposal.conflicts


def pending(design: Design, choices: Choices | None = None, only: Collection[Id] | None = None) -> tuple[Proposal, ...]:
    """Return the proposals for all models that are not in step, upper levels first.

    The proposal for a lower level is made on the design in which those before it are carried out.
    """
    found = _walk(design, choices or {}, only, None).proposals
    return tuple(each for each in found if each.change or each.conflicts)


def propagate(design: Design, choices: Choices | None, ids: IdSource, only: Collection[Id] | None = None) -> Edit:
    """Bring all models into step with those above them, or those of the derivations `only`, in one edit.

    New elements come onto the diagrams that show their neighbours. An edit without change where nothing is to do.
    """
    walk = _walk(design, choices or {}, only, ids)
    change = diff(design, walk.design, walk.touched)
    made = tuple(each for proposal in walk.proposals for each in proposal.change.added)
    return Edit(change, label(design, walk.design, walk.proposals), made, tuple(walk.notes))


@dataclass(slots=True)
class _Walk:
    """The design as it becomes, from one derivation to the next."""

    design: Design
    proposals: list[Proposal] = field(default_factory=list)
    touched: set[Id] = field(default_factory=set)
    notes: list[RebaseNote] = field(default_factory=list)

    def take(self, change: Change) -> None:
        """Carry a change out, with all that follows from it."""
        whole = complete(self.design, change)
        self.notes += whole.notes
        self.touched |= whole.change.touched()
        self.design = apply(self.design, whole.change)

    def put(self, records: Iterable[Record], removed: Iterable[Id] = ()) -> None:
        """Put records and remove others."""
        records, gone = list(records), list(removed)
        touched = {*(record.id for record in records), *gone}
        self.touched |= touched
        self.design = self.design.changed(gone, records)


def _walk(design: Design, choices: Choices, only: Collection[Id] | None, ids: IdSource | None) -> _Walk:
    walk = _Walk(design)
    for derivation in baseline.in_order(design):
        if only is not None and derivation.id not in only:
            continue
        step = step_of(walk.design, derivation)
        if step is not None:
            _carry_out(walk, step, settle(step, choices.get(derivation.id, {})), ids)
    return walk


def _carry_out(walk: _Walk, step: Step, settled: Settled, ids: IdSource | None) -> None:
    """Take one step. Where no ids are given nothing is placed: it is only to be seen what would happen."""
    walk.proposals.append(_proposal(step, settled))
    walk.take(settled.change)
    walk.put(settled.put, (each for each in settled.removed if each in walk.design))
    if ids is not None and settled.change.added:
        walk.put(beside(walk.design, step.model, settled.change.added, ids))
