"""What a change above brings to the levels below: found by carrying it out on a design that nobody keeps.

The derivations themselves answer, so that the report is what the next update will do. Both sides are brought into step
first: what waits already is no part of the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from designer.change import Change, apply
from designer.commands.contract import Refused
from designer.levels.contract import Proposal
from designer.levels.keeping.propagating import pending, propagate
from designer.schema import Derivation, Derived, Design, Id, Record, kind_of, seeded_ids
from designer.schema.kinds import BOOKKEEPING_KINDS, PICTURE_KINDS

_SILENT = BOOKKEEPING_KINDS | PICTURE_KINDS | {"derivation", "choice"}
NAMES = frozenset({"name"})
_PLACE = frozenset({"order", "origin"})


@dataclass(frozen=True, slots=True)
class Below:
    """What the levels below lose, and which fields of what stays get other values.

    `asked` are elements that people changed or use there and that the update would change too: somebody must decide.
    `wanted` are those of them that it would take away.
    """

    removed: frozenset[Id] = frozenset()
    changed: dict[Id, frozenset[str]] = field(default_factory=dict)
    asked: frozenset[Id] = frozenset()
    wanted: frozenset[Id] = frozenset()


Act = Callable[[Design], Change]
"""The edit that is asked about, on whatever state of the design."""


def below(design: Design, act: Act) -> Below | None:
    """Return what an edit of one model means for those derived from it.

    None where the derivations cannot say: nothing is derived, or nobody remembers how.
    """
    derivations = design.of(Derivation)
    if not derivations or not all(design.of(Derived, each.id) for each in derivations):
        return None
    try:
        before = _in_step(design)
        after = apply(before, act(before))
        proposals = pending(after)
    except Refused:
        return None
    conflicts = [conflict for each in proposals for conflict in each.conflicts if conflict.about in design]
    removed = {each for proposal in proposals for each in proposal.change.removed}
    return Below(
        frozenset(each for each in removed if each in design and _counts(design[each])),
        _changed(design, proposals),
        frozenset(each.about for each in conflicts),
        frozenset(each.about for each in conflicts if not each.field and each.theirs is None),
    )


def _in_step(design: Design) -> Design:
    return apply(design, propagate(design, None, seeded_ids("impact")).change) if pending(design) else design


def _changed(design: Design, proposals: Iterable[Proposal]) -> dict[Id, frozenset[str]]:
    """Return the fields that differ of each record that stays, places aside; none for what nobody reads of."""
    found: dict[Id, frozenset[str]] = {}
    for proposal in proposals:
        for each, fields in proposal.change.changed.items():
            if each in design and _counts(design[each]) and {*fields} - _PLACE:
                found[each] = found.get(each, frozenset()) | (frozenset(fields) - _PLACE)
    return found


def _counts(record: Record) -> bool:
    return kind_of(record) not in _SILENT


def only_names(names: Iterable[str]) -> bool:
    """Whether nothing but a name is another one."""
    return {*names} <= NAMES
