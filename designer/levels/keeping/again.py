"""Deriving a large model again after a small change: only what the change reaches is derived, before and after.

What both small derivations have in common cancels out, and their difference is applied to what was derived last time.
Only changes whose reach is known are taken this way: of attributes that no key, rule or access pattern is built on, and
of what is only handed on. All else is derived as a whole. A test holds both ways to one answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from designer.change import diff
from designer.change.change import with_fields
from designer.levels.contract import Note, Result, Settings
from designer.levels.reading import lately
from designer.levels.reading.lately import inside
from designer.schema import (
    Attribute,
    BusinessRule,
    Column,
    Derivation,
    Design,
    Diagram,
    Entity,
    Generalization,
    Id,
    Model,
    Named,
    Record,
    Relationship,
    Term,
)
from designer.schema.references import referred_ids

Derive = Callable[[Design, Id, Model, Settings], Result]

LARGE = 600
"""Models of fewer records are derived as a whole each time."""
_KEPT = 8
_STATES = 2
_NOTHING: Mapping[str, str] = {}
_MOST = 20
"""More changed records than these are no small change."""
_FREE = frozenset({"comment", "owner", "classification", "pii", "retention", "tags", "extra", "origin", "sample"})
"""Fields that are handed on and decide nothing."""
_OF_THE_WHOLE = (Derivation, Diagram, Term, BusinessRule, Entity, Relationship, Generalization)
_PLAIN = _FREE | {"name", "type", "optional"}


@dataclass(frozen=True, slots=True)
class _Memory:
    """A derivation that was made: of which records, with which settings, and what came of it."""

    source: Mapping[Id, Record]
    model: Model
    settings: Settings
    ids_now: Mapping[str, str]
    records: Mapping[Id, Record]
    notes: tuple[Note, ...]


_memories: OrderedDict[tuple[Id, Id], tuple[_Memory, ...]] = OrderedDict()
"""The last derivations of each model: as it is, and as it would be when somebody asks what a change reaches."""
_lock = Lock()


def derived_again(
    derive: Derive, design: Design, source: Id, model: Model, settings: Settings, ids_now: Mapping[str, str] = _NOTHING
) -> Result:
    """Return what `derive` returns, faster where it was asked for nearly the same before.

    `ids_now` are the adopted ids that `derive` puts in; with others, all is derived anew.
    """
    records = inside(design, source)
    if len(records) < LARGE:
        return derive(design, source, model, settings)
    memories = [each for each in _memories.get((model.id, source), ()) if each.ids_now == ids_now]
    memories.sort(key=lambda each: each.source != records)
    nearest = (_by_difference(derive, each, design, source, model, settings, records) for each in memories)
    found = next((each for each in nearest if each is not None), None)
    if found is None:
        whole = derive(design, source, model, settings)
        found = _Memory(records, model, settings, ids_now, {each.id: each for each in whole.records}, whole.notes)
    with _lock:
        others = [each for each in memories if each.source != records]
        _memories[model.id, source] = (found, *others)[:_STATES]
        _memories.move_to_end((model.id, source))
        while len(_memories) > _KEPT:
            _memories.popitem(last=False)
    return Result(tuple(found.records.values()), found.notes)


def forget() -> None:
    """Forget what was derived."""
    with _lock:
        _memories.clear()
    lately.forget()


def _by_difference(
    derive: Derive, known: _Memory, design: Design, source: Id, model: Model, settings: Settings,
    records: Mapping[Id, Record],
) -> _Memory | None:  # fmt: skip
    """Return the derivation as the memory and a small change give it; None where that is not sure."""
    if known.model != model or known.settings != settings:
        return None
    changed = [each for each, record in records.items() if known.source.get(each) is not record]
    changed = [each for each in changed if known.source.get(each) != records[each]]
    changed += [each for each in known.source if each not in records]
    sides: tuple[Mapping[Id, Record], ...] = (known.source, records)
    if len(changed) > _MOST or not all(_is_plain(*(side.get(each) for side in sides)) for each in changed):
        return None
    owners = _owners({**known.source, **{each: records[each] for each in changed if each in records}}, changed)
    if owners is None or any(_is_built_on(side, changed) for side in sides):
        return None
    around = [*_around(design, source, owners), *(each for each in changed if each not in records)]
    before, after = (
        derive(Design([design[source], *(side[each] for each in around if each in side)]), source, model, settings)
        for side in sides
    ) if changed else (Result(()), Result(()))  # fmt: skip
    return _united(known, before, after, records)


def _is_plain(old: Record | None, new: Record | None) -> bool:
    """Whether only the own column, or a comment, of an attribute shows a change; or an attribute came or went."""
    if old is None or new is None:
        one = new if old is None else old
        return isinstance(one, Attribute) and one.domain is None and not one.multivalued
    if type(old) is not type(new):
        return False
    fields = set(diff({old.id: old}, {new.id: new}).changed.get(old.id, {}))
    return fields <= _PLAIN if isinstance(old, Attribute) else isinstance(old, Entity) and fields <= _FREE


def _owners(records: Mapping[Id, Record], changed: Iterable[Id]) -> set[Id] | None:
    """Return the entities of what changed; None where an attribute belongs to a relationship."""
    found = set()
    for each in changed:
        record: Record | None = records[each]
        while isinstance(record, Attribute):
            record = records.get(record.parent or "")
        if not isinstance(record, Entity):
            return None
        found.add(record.id)
    return found


def _is_built_on(records: Mapping[Id, Record], changed: Iterable[Id]) -> bool:
    """Whether a key, a rule, a kind or a pattern names an attribute that changed, or one that it is part of."""
    wanted = set()
    for each in changed:
        record: Record | None = records.get(each)
        while isinstance(record, Attribute):
            wanted.add(record.id)
            record = records.get(record.parent or "")
    return any(
        not wanted.isdisjoint(referred_ids(record))
        for record in records.values()
        if not isinstance(record, Attribute | Entity | Relationship)
    )


def _around(design: Design, source: Id, owners: set[Id]) -> list[Id]:
    """Return the ids of all that says what becomes of some entities: their kinds, and what they refer to."""
    links: dict[Id, list[Record]] = {}
    found: list[Record] = [*design.of(Relationship, source), *design.of(Generalization, source)]
    for link in found:
        for each in referred_ids(link):
            links.setdefault(each, []).append(link)
    entities, used, queue = set(owners), set[Id](), [(each, True) for each in owners]
    while queue:
        entity, whole = queue.pop()
        for link in links.get(entity, ()):
            if whole or isinstance(link, Generalization) or _identifies(link):
                used.add(link.id)
                more = {each for each in _members(link) if each not in entities}
                entities |= more
                queue += [(each, whole and isinstance(link, Generalization)) for each in more]
    return _with_parts(design, source, {*entities, *used})


def _identifies(link: Record) -> bool:
    return isinstance(link, Relationship) and any(end.identifying for end in link.ends)


def _members(link: Record) -> set[Id]:
    if isinstance(link, Relationship):
        return {end.entity for end in link.ends}
    return {each for each in (link.supertype, *link.subtypes) if each} if isinstance(link, Generalization) else set()


def _with_parts(design: Design, source: Id, tops: set[Id]) -> list[Id]:
    """Return records with all inside them, the model, and its domains and rules that need nothing else."""
    found = {source}
    queue = [*tops]
    while queue:
        each = queue.pop()
        found.add(each)
        queue += design.children(each)
    rest = [each for each in design.children(source) if not isinstance(design[each], _OF_THE_WHOLE)]
    found |= {each for each in rest if referred_ids(design[each]) - {design[each].origin} <= found}
    return sorted(found)


def _united(known: _Memory, before: Result, after: Result, records: Mapping[Id, Record]) -> _Memory | None:
    """Return the memory with the difference of the two small derivations."""
    small, made = ({each.id: each for each in side.records} for side in (before, after))
    change = diff(small, made)
    come_or_gone = [*change.added.values(), *change.removed.values()]
    if not all(isinstance(each, Column) and each.parent in known.records for each in come_or_gone):
        return None
    if any(each not in known.records for each in change.changed) or any(each in known.records for each in change.added):
        return None
    tables = {each.parent for each in come_or_gone} | {small[each].parent for each in change.changed}
    if any(small.get(each.id) != each for each in known.records.values() if each.parent in tables):
        return None
    whole = {each: record for each, record in known.records.items() if each not in change.removed} | dict(change.added)
    for each, fields in change.changed.items():
        whole[each] = with_fields(known.records[each], {name: new for name, (_, new) in fields.items()})
    if not _names_are_free(known.records, whole, change.changed, small):
        return None
    notes = [each for each in known.notes if each.about is None or each not in before.notes or each in after.notes]
    notes += [each for each in after.notes if each not in before.notes and each not in notes]
    return _Memory(records, known.model, known.settings, known.ids_now, whole, tuple(notes))


def _names_are_free(
    old: Mapping[Id, Record], new: Mapping[Id, Record], changed: Iterable[Id], small: Container[Id]
) -> bool:
    """Whether no name outside of the small derivation had, or has, to give way to one that changed."""
    moved = [each for each in changed if not isinstance(new[each], Column) and _name(old[each]) != _name(new[each])]
    if not moved:
        return True
    stems = {_name(side[each])[:20] for side in (old, new) for each in moved}
    others = (record for record in new.values() if not isinstance(record, Column))
    return not any(_name(record)[:20] in stems and record.id not in small for record in others)


def _name(record: Record) -> str:
    return record.name.casefold() if isinstance(record, Named) else ""
