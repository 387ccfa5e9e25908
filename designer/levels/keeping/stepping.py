"""One model brought into step with the one above: the three sides, their merge, and what a person settles of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as with_values

from designer.change import Change, apply, complete, diff, merge, resolve
from designer.change.change import with_fields
from designer.change.merge import Conflict, Merged, Side
from designer.commands.contract import replace
from designer.dialects import registry
from designer.levels.contract import Note
from designer.levels.keeping import baseline
from designer.levels.keeping.baseline import Records
from designer.levels.keeping.deriving import renamed_ids, result_of
from designer.levels.keeping.following import moved_along
from designer.levels.keeping.meeting import common, met
from designer.levels.keeping.ordering import lined_up
from designer.levels.keeping.removals import Removals
from designer.levels.keeping.scope import Scope
from designer.levels.keeping.wording import alike
from designer.levels.tracing import distinct
from designer.schema import (
    Derivation,
    Design,
    Id,
    Model,
    Record,
)
from designer.schema.references import referred_ids

THEIRS, LATER = "theirs", "later"
GONE = ("removed", "reference")
"""Conflicts about what is gone above and needed here."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is known about one model before anything is settled.

    `here`, `old` and `fresh` are what is there, was derived and is derived now, of all that has to be looked at, in
    the ids that the model's records have. `texts` is the whole new base, `owners` tells of what is touched the owner;
    `met` are ids that this step found to be those of records made below.
    """

    design: Design
    derivation: Derivation
    model: Model
    here: Records
    old: Records
    fresh: Records
    texts: Mapping[Id, str]
    owners: Mapping[Id, Id]
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
    if not isinstance(model, Model) or (model.target and model.target not in registry.DIALECTS):
        return None
    result = result_of(design, derivation)
    whole = {record.id: record for record in result.records}
    base = baseline.texts_of(design, derivation.id)
    texts = {each: baseline.encoded(record) for each, record in whole.items()}
    touched = {each for each, text in texts.items() if base.get(each) != text} | (base.keys() - texts.keys())
    if not touched:
        return None
    old, here, fresh = Scope(design, model, whole, base).sides(touched)
    same = met(old, here, fresh.values())
    if same:
        whole, fresh = (_renamed(side, same) for side in (whole, fresh))
        texts = {each: baseline.encoded(record) for each, record in whole.items()}
        touched = {same.get(each, each) for each in touched} | _naming(fresh, same)
    merged, notes = _merged(design, *alike(model, _agreed(old, here, fresh), here, fresh))
    owners = {each: baseline.owner_of(whole[each], whole) for each in touched if each in whole}
    return Step(
        design, derivation, model, here, old, fresh, texts, owners, same, merged, (*result.notes, *notes)
    )  # fmt: skip


def _renamed(records: Records, ids_now: Mapping[Id, Id]) -> Records:
    return {record.id: record for record in renamed_ids(records.values(), ids_now)}


def _naming(records: Records, ids_now: Mapping[Id, Id]) -> set[Id]:
    """Return the records that name others by ids that they have now."""
    now = set(ids_now.values())
    return {each for each, record in records.items() if not now.isdisjoint(referred_ids(record))}


def _agreed(old: Records, here: Records, fresh: Records) -> Records:
    """Return the base with what is on both sides, and was not derived before."""
    new = ((each, common(here[each], fresh[each])) for each in fresh if each in here and each not in old)
    return old | {each: record for each, record in new if record is not None}


def _merged(design: Design, base: Records, here: Records, fresh: Records) -> tuple[Merged, tuple[Note, ...]]:
    base, here, fresh = lined_up(base, moved_along(base, here, fresh), fresh)
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
    put, removed = _memory_after(step, later)
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


def _memory_after(step: Step, later: list[Conflict]) -> tuple[list[Record], list[Id]]:
    """Return the Derived records to put and to remove: the new derivation, but for what was put off."""
    now: dict[Id, str] = {each: step.texts[each] for each in step.owners}
    owners = dict(step.owners)
    for conflict in later:
        about, was = conflict.about, step.old.get(conflict.about)
        if conflict.code == "field" and was is None:
            now.pop(about, None)
            owners.pop(about, None)
        elif conflict.code == "field" and about in step.fresh:
            now[about] = baseline.encoded(
                with_fields(step.fresh[about], {conflict.field: getattr(was, conflict.field)})
            )
            owners.setdefault(about, baseline.owner_of(step.fresh[about], step.fresh))
        elif was is not None and about not in step.fresh:
            kept = {each: record for each, record in step.old.items() if _is_within(step.old, record, about)}
            now |= {each: baseline.encoded(record) for each, record in kept.items()}
            owners |= {each: baseline.owner_of(record, step.old) for each, record in kept.items()}
    known = baseline.texts_of(step.design, step.derivation.id)
    gone = {each for each in known if each not in now and each not in step.texts}
    gone |= {each for each in step.owners if each not in now}
    return baseline.renewed_in_part(step.design, step.derivation.id, now, owners, gone)


def _is_within(records: Records, record: Record | None, about: Id) -> bool:
    while record is not None and record.id != about:
        record = records.get(record.parent or "")
    return record is not None
