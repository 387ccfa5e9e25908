"""Promoting: what was made below goes up a level, or all the way, and is derived from there on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.change import Change, apply, complete, compose, diff
from designer.commands.contract import Edit, Refused, replace
from designer.levels.called import called
from designer.levels.keeping import baseline
from designer.levels.keeping.baseline import Records
from designer.levels.keeping.deriving import renamed_ids, result_of
from designer.levels.keeping.matching import Matching
from designer.levels.keeping.placing import beside
from designer.levels.keeping.raising import raised
from designer.levels.keeping.scope import records_of
from designer.schema import Derivation, Design, Id, IdSource, Model, Record
from designer.schema.references import referred_ids

ONE, ALL = "one", "all"


def promote(design: Design, records: Sequence[Id], ids: IdSource, *, to: str = ALL) -> Edit:
    """Make columns, tables and foreign keys, or attributes, entities and relationships, part of the level above.

    With `to` `all` they go up to the topmost model. What was promoted is adopted: the next propagation leaves the model
    that it came from as it is, and offers the new element to the others. Raises Refused for what has no place above.
    """
    if not records or any(each not in design for each in records):
        raise Refused("choose what to promote; what was chosen is not there any more")
    first = design[records[0]]
    name = called(design, first)
    made: list[Id] = []
    change, after, wanted = Change(), design, tuple(records)
    while True:
        one = _raise(after, wanted, ids)
        change = compose(change, one.change)
        after = apply(after, one.change)
        made += one.made
        wanted = tuple(each for each in one.made if _may_go_on(after, each))
        if to != ALL or not wanted:
            break
    label = f"Promote {name}" if len(records) == 1 else f"Promote {name} and {len(records) - 1} more"
    model = after.model_of(after[made[-1]]) if made else None
    return Edit(change, f"{label} to {model.name or model.level}" if model else label, tuple(made))


def _may_go_on(design: Design, record: Id) -> bool:
    model = design.model_of(design[record])
    parent = design.get(design[record].parent or "")
    is_top = isinstance(parent, Model) or (parent is not None and parent.origin is not None)
    return model is not None and is_top and baseline.derivation_of(design, model.id) is not None


def _raise(design: Design, records: Sequence[Id], ids: IdSource) -> Edit:
    """Put records one level up."""
    model = design.model_of(design[records[0]])
    derivation = baseline.derivation_of(design, model.id) if model is not None else None
    if model is None or derivation is None:
        raise Refused("this model is not derived from another, so that there is nothing to promote to; adopt it first")
    if any(design.model_of(design[each]) != model for each in records):
        raise Refused("what is promoted together must be of one model")
    known = set(baseline.texts_of(design, derivation.id))
    up = raised(design, derivation, records, known, ids)
    whole = complete(design, Change({each.id: each for each in up.records}, {}, {})).change
    there = apply(design, whole)
    traced = [replace(there[below], origin=above) for below, above in up.origins.items()]
    there = there.changed((), traced)
    there = there.changed((), _adopted(design, there, derivation, model))
    there = there.changed((), beside(there, _model(there, derivation.source), [each.id for each in up.records], ids))
    change = diff(design, there)
    return Edit(change, "", tuple(each.id for each in up.records))


def _model(design: Design, model: Id | None) -> Model:
    found = design[model or ""]
    if not isinstance(found, Model):
        raise Refused("the model above is not there any more")
    return found


def _adopted(before: Design, after: Design, derivation: Derivation, model: Model) -> list[Record]:
    """Return the memory of the derivation with what was promoted, so that it counts as derived already."""
    then = {record.id: record for record in result_of(before, derivation).records}
    now = {record.id: record for record in result_of(after, derivation).records}
    new = {each: record for each, record in now.items() if each not in then}
    here = records_of(after, model.id, set(now))
    local = {each: record for each, record in here.items() if each not in then}
    around = {each: record for each, record in now.items() if each in then}
    matching = Matching(model, {**new, **_homes(around, new)}, {**local, **_homes(here, new)})
    same = {each: other for each, other in matching.run().items() if each != other and each in new}
    now = {record.id: record for record in renamed_ids(now.values(), same)}
    put, _ = _memory(before, derivation, then, now)
    kept = after[derivation.id]
    if isinstance(kept, Derivation):
        put.append(replace(kept, adopted={**kept.adopted, **same}))
    return put


def _homes(records: Records, new: Records) -> Records:
    """Return the records that new ones belong or refer to, so that they are found under them."""
    named = {target for record in new.values() for target in referred_ids(record)}
    return {each: record for each, record in records.items() if each in named}


def _memory(design: Design, derivation: Derivation, then: Records, now: Records) -> tuple[list[Record], Iterable[Id]]:
    """Return the base with what promoting changed in the derivation; what was out of step before stays so."""
    base = baseline.base_of(design, derivation.id, then)
    kept = {each: now[each] if base[each] == then.get(each) and each in now else base[each] for each in base}
    kept |= {each: record for each, record in now.items() if each not in then}
    texts = {each: baseline.encoded(record) for each, record in kept.items()}
    return baseline.renewed(design, derivation.id, kept, texts)
