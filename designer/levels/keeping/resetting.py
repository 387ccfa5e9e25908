"""Giving elements of a derived model back to the derivation: what people made of them is undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from designer.change import Change, complete, diff
from designer.change.change import with_fields
from designer.commands.contract import Edit, Refused
from designer.levels.called import called
from designer.levels.keeping import baseline
from designer.levels.keeping.baseline import Records
from designer.levels.keeping.deriving import result_of
from designer.schema import Derivation, Design, Id, Model, Named, Record
from designer.schema.references import referred_ids


def reset(design: Design, derivation: Id, elements: Collection[Id], fields: Collection[str] | None = None) -> Edit:
    """Make elements what the derivation makes of them: fields as derived, dropped ones there again.

    A table comes back with what is derived in it; what was added to it stays. With `fields` only these are given back.
    Raises Refused for an element that was made here, and where nothing differs.
    """
    found = design.get(derivation)
    if not isinstance(found, Derivation) or not isinstance(design.get(found.parent or ""), Model):
        raise Refused("this model is not derived from another any more, so that nothing can be given back")
    fresh = {record.id: record for record in result_of(design, found).records}
    local = [design[each] for each in elements if each not in fresh and each in design]
    if local or not elements:
        name = called(design, local[0]) if local else "nothing"
        raise Refused(f"{name} was made here and is not derived; delete it if it should go")
    wanted = _with_parts(fresh, elements) if fields is None else set(elements) & set(design)
    put = [_given_back(design, fresh[each], fields) for each in sorted(_with_needs(design, fresh, wanted))]
    return _edit(design, found, fresh, [record for record in put if design.get(record.id) != record])


def _with_parts(fresh: Records, elements: Iterable[Id]) -> set[Id]:
    """Return the elements with all that is derived inside them."""
    wanted = {each for each in elements if each in fresh}
    grew = True
    while grew:
        more = {each for each, record in fresh.items() if record.parent in wanted} - wanted
        wanted |= more
        grew = bool(more)
    return wanted


def _with_needs(design: Design, fresh: Records, wanted: set[Id]) -> set[Id]:
    """Return what has to come back as well: what the elements name, and what fell with them and can stand again."""
    found = set(wanted)
    queue = list(wanted)
    while queue:
        for target in referred_ids(fresh[queue.pop()]):
            if target in fresh and target not in design and target not in found:
                found.add(target)
                queue.append(target)
    back = {each for each in found if each not in design}
    for each, record in fresh.items():
        names = referred_ids(record)
        if each not in design and names & back and all(name in design or name in found for name in names):
            found.add(each)
    return found


def _given_back(design: Design, record: Record, fields: Collection[str] | None) -> Record:
    here = design.get(record.id)
    if here is None or fields is None or type(here) is not type(record):
        return record
    return with_fields(here, {name: getattr(record, name) for name in fields})


def _edit(design: Design, derivation: Derivation, fresh: Records, put: list[Record]) -> Edit:
    if not put:
        raise Refused("nothing to give back: it is all as the derivation makes it")
    added = {record.id: record for record in put if record.id not in design}
    changed = Design([design[record.id] for record in put if record.id in design])
    after = changed.changed((), [record for record in put if record.id not in added])
    whole = complete(design, Change(added, {}, diff(changed, after).changed))
    memory = _renewed(design, derivation, {record.id: fresh[record.id] for record in put})
    first = put[0]
    name = called(design.changed((), put), first) if isinstance(first, Named) else "an element"
    label = (
        f"Give {name} back to the derivation" if len(put) == 1 else f"Give {len(put)} elements back to the derivation"
    )
    both = Change(
        {**whole.change.added, **memory.added}, whole.change.removed, {**whole.change.changed, **memory.changed}
    )
    return Edit(both, label, tuple(added), whole.notes)


def _renewed(design: Design, derivation: Derivation, fresh: Records) -> Change:
    """Return the change of the base: for these records it is what the derivation makes now."""
    texts = baseline.texts_of(design, derivation.id)
    kept = {each: record for each, text in texts.items() if (record := baseline.decoded(text)) is not None}
    kept |= fresh
    now = {each: baseline.encoded(fresh[each]) if each in fresh else texts[each] for each in kept}
    put, removed = baseline.renewed(design, derivation.id, kept, now)
    return diff(design, design.changed(removed, put), {*(record.id for record in put), *removed})
