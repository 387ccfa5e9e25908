"""One model brought into step with the one above: the three sides, their merge, and what a person settles of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_values

from designer.change import Change, apply, complete, diff, merge, resolve
from designer.change.change import with_fields
from designer.change.merge import Conflict, Merged, Side
from designer.commands.contract import replace
from designer.levels import baseline, distinct
from designer.levels.baseline import Records
from designer.levels.contract import Note
from designer.levels.deriving import renamed_ids, result_of
from designer.levels.meeting import common, met
from designer.levels.ordering import lined_up
from designer.levels.removals import Removals
from designer.levels.wording import alike
from designer.schema import (
    Assessment,
    BusinessRule,
    Dependency,
    Derivation,
    Design,
    Deviation,
    Diagram,
    Id,
    Model,
    Record,
    Term,
)
from designer.schema.references import referred_ids

THEIRS, LATER = "theirs", "later"
GONE = ("removed", "reference")
"""Conflicts about what is gone above and needed here."""
_BESIDE = (Derivation, Diagram, Term, BusinessRule)
"""Children of a model that are not what it says of the data, with all that hangs on them."""
_FACTS = (Dependency, Assessment, Deviation)
"""What people say about an element; it goes with the element, and is no reason to keep it."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is known about one model before anything is settled.

    `old` is the base as it was derived, `fresh` the new derivation, both in the ids that the model's records have;
    `met` are ids that this step found to be those of records made below.
    """

    design: Design
    derivation: Derivation
    model: Model
    here: Records
    old: Records
    fresh: Records
    met: Mapping[Id, Id]
    merged: Merged
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What happens to the model when the conflicts are settled, and to the memory of its derivation."""

    change: Change
    put: list[Record] = field(default_factory=list)
    removed: list[Id] = field(default_factory=list)
    notes: tuple[Note, ...] = ()


def step_of(design: Design, derivation: Derivation) -> Step | None:
    """Return the step of a derivation, or None where the source gives what it gave last time."""
    model = design[derivation.parent or ""]
    if not isinstance(model, Model):
        return None
    result = result_of(design, derivation)
    fresh = {record.id: record for record in result.records}
    texts = baseline.texts_of(design, derivation.id)
    if len(fresh) == len(texts) and all(texts.get(each) == baseline.encoded(fresh[each]) for each in fresh):
        return None
    old = baseline.base_of(design, derivation.id, fresh)
    here = records_of(design, model.id, {*old, *fresh})
    same = met(old, here, fresh.values())
    if same:
        fresh = {record.id: record for record in renamed_ids(fresh.values(), same)}
    merged, notes = _merged(design, *alike(model, _agreed(old, here, fresh), here, fresh))
    return Step(design, derivation, model, here, old, fresh, same, merged, (*result.notes, *notes))


def records_of(design: Design, model: Id, known: set[Id] | None = None) -> Records:
    """Return what a model says of the data; facts about its elements only where they are `known` to be derived."""
    found: Records = {}
    queue = [each for each in design.children(model) if not isinstance(design[each], _BESIDE) or each in (known or ())]
    while queue:
        record = design[queue.pop()]
        if not isinstance(record, _FACTS) or record.id in (known or ()):
            found[record.id] = record
        queue += design.children(record.id)
    return found


def _agreed(old: Records, here: Records, fresh: Records) -> Records:
    """Return the base with what is on both sides, and was not derived before."""
    new = ((each, common(here[each], fresh[each])) for each in fresh if each in here and each not in old)
    return old | {each: record for each, record in new if record is not None}


def _merged(design: Design, base: Records, here: Records, fresh: Records) -> tuple[Merged, tuple[Note, ...]]:
    base, here, fresh = lined_up(base, here, fresh)
    removals = Removals(base, here, fresh)
    outside = _outside(design, here, fresh)
    sides = (Design({**outside, **side}) for side in (base, here, removals.fresh))
    whole = merge(*sides)
    return with_values(whole, conflicts=(*removals.conflicts, *whole.conflicts)), removals.notes


def _outside(design: Design, here: Records, fresh: Records) -> Records:
    """Return what stands for the records beyond the model that its own name, so that nothing looks lost."""
    named = {target for side in (here, fresh) for record in side.values() for target in referred_ids(record)}
    return {each: Model(id=each) for each in named if each in design and each not in here and each not in fresh}


def settle(step: Step, choices: Mapping[str, str]) -> Settled:
    """Return what the step does. A conflict that is not in `choices` keeps what people made; so does one put off.

    Either way the base becomes the new derivation, so that nobody is asked twice; only what is put off (`later`) keeps
    its old base.
    """
    merged = step.merged
    sides: dict[str, Side] = {c.key: "theirs" if choices.get(c.key) == THEIRS else "ours" for c in merged.conflicts}
    fields = tuple(each for each in merged.conflicts if each.code not in GONE)
    after = apply(merged.base, resolve(with_values(merged, conflicts=fields), {c.key: sides[c.key] for c in fields}))
    after = _dropped(after, [c.about for c in merged.conflicts if c.code in GONE and sides[c.key] == "theirs"])
    named = distinct.renames(after, merged, sides)
    after = after.changed((), named.put)
    change = diff({each: step.here[each] for each in step.here}, {each: after[each] for each in _inside(step, after)})
    later = [c for c in merged.conflicts if choices.get(c.key) == LATER]
    base = _base_after(step, later)
    texts = {each: baseline.encoded(record) for each, record in base.items()}
    put, removed = baseline.renewed(step.design, step.derivation.id, base, texts)
    if step.met:
        put.append(replace(step.derivation, adopted={**step.derivation.adopted, **step.met}))
    whole = complete(step.design, change)
    return Settled(whole.change, put, removed, named.notes)


def _dropped(after: Design, gone: list[Id]) -> Design:
    """Drop what is gone above, with what people built on it."""
    whole = complete(after, Change({}, {each: after[each] for each in gone if each in after}, {}))
    return apply(after, whole.change) if gone else after


def _inside(step: Step, after: Design) -> Iterator[Id]:
    return (each for each in after if each in step.here or each in step.fresh or each in step.old)


def _base_after(step: Step, later: list[Conflict]) -> Records:
    base = dict(step.fresh)
    for conflict in later:
        about, was = conflict.about, step.old.get(conflict.about)
        if conflict.code == "field" and was is None:
            base.pop(about, None)
        elif conflict.code == "field" and about in base:
            base[about] = with_fields(base[about], {conflict.field: conflict.base})
        elif was is not None and about not in base:
            base.update({each: record for each, record in step.old.items() if _is_within(step.old, record, about)})
    return base


def _is_within(records: Records, record: Record | None, about: Id) -> bool:
    while record is not None and record.id != about:
        record = records.get(record.parent or "")
    return record is not None
