"""What the last derivation made, as the design keeps it: the base of every three-way merge between levels.

A `Derived` record holds the records of one owner as canonical JSON. So two branches that touch different tables touch
different records, and two that touch one table are united key by key (`designer.change.bookkeeping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from designer.levels.contract import Settings
from designer.levels.marks import derived_id
from designer.levels.options import BadOption, checked
from designer.schema import Choice, Derivation, Derived, Design, Id, Model, Record, Schema
from designer.schema.codec import AnyRecord, encode_record
from designer.schema.references import referred_ids, without

Records = dict[Id, Record]
_decoder = msgspec.json.Decoder(AnyRecord)


def derivation_of(design: Design, model: Id) -> Derivation | None:
    """Return how a model is derived, or None where it stands for itself. The first counts, if a merge left two."""
    found = (each for each in design.of(Derivation, model) if isinstance(design.get(each.source or ""), Model))
    return next(found, None)


def in_order(design: Design) -> list[Derivation]:
    """Return the derivations of all models, those of upper levels first; models that go round in a circle are left out.

    A circle cannot be drawn, but two branches may each have drawn half of it.
    """
    models = sorted((design[each].order, each) for each in design.children(None))
    by_model = {model: found for _, model in models if (found := derivation_of(design, model))}
    depths = {model: _depth(by_model, model) for model in by_model}
    reached = [model for model in by_model if depths[model]]
    return [by_model[model] for model in sorted(reached, key=lambda model: depths[model])]


def _depth(by_model: Mapping[Id, Derivation], model: Id) -> int:
    """Return how many derivations lead to a model; 0 where they go round in a circle."""
    depth, at = 0, model
    while at in by_model:
        depth, at = depth + 1, by_model[at].source or ""
        if depth > len(by_model):
            return 0
    return depth


def settings_of(design: Design, derivation: Derivation) -> Settings:
    """Return the options and choices of a derivation; an option that this program does not know counts as unsaid."""
    options = {name: value for name, value in derivation.options.items() if _is_option(name, value)}
    choices = {(each.element or "", each.topic): each.value for each in design.of(Choice, derivation.id)}
    return Settings(options, choices)


def _is_option(name: str, value: str) -> bool:
    try:
        return checked(name, value) == value
    except BadOption:
        return False


def texts_of(design: Design, derivation: Id) -> dict[Id, str]:
    """Return the base as it is kept: id -> canonical JSON."""
    return {each: text for derived in design.of(Derived, derivation) for each, text in derived.base.items()}


def decoded(text: str) -> Record | None:
    """Return the record of a base; None for a text that is none, as a hand-edited file may have."""
    try:
        record: Record = _decoder.decode(text)
    except msgspec.DecodeError:  # ValidationError is one of them
        return None
    return record


def base_of(design: Design, derivation: Id, known: Mapping[Id, Record] | None = None) -> Records:
    """Return the records of the base; those `known` that are the same are taken as they are.

    What they name above and is no more is forgotten, as the model's own records have done.
    """
    old: Records = {}
    for each, text in texts_of(design, derivation).items():
        now = known.get(each) if known else None
        record = now if now is not None and encoded(now) == text else decoded(text)
        if record is not None:
            old[each] = record
    for each, record in old.items():
        if known is None or record is not known.get(each):
            gone = {target for target in referred_ids(record) if target not in old and target not in design}
            old[each] = (without(record, gone) or record) if gone else record
    return old


def encoded(record: Record) -> str:
    """Return the text that the base keeps of a record."""
    return encode_record(record).decode()


def owner_of(record: Record, records: Mapping[Id, Record]) -> Id:
    """Return the table, entity, type or other record right under model or schema that a record belongs to."""
    while (parent := records.get(record.parent or "")) is not None and not isinstance(parent, (Schema, Model)):
        record = parent
    return record.id


def by_owner(records: Mapping[Id, Record], texts: Mapping[Id, str]) -> dict[Id, dict[str, str]]:
    """Return the texts of records in one dict for each owner."""
    found: dict[Id, dict[str, str]] = {}
    for each, record in records.items():
        found.setdefault(owner_of(record, records), {})[each] = texts[each]
    return found


def derived_records(derivation: Id, records: Iterable[Record]) -> list[Derived]:
    """Return the records that keep what a derivation made."""
    known = {record.id: record for record in records}
    texts = {each: encoded(record) for each, record in known.items()}
    return [_derived(derivation, owner, base) for owner, base in by_owner(known, texts).items()]


def _derived(derivation: Id, owner: Id, base: dict[str, str]) -> Derived:
    return Derived(id=derived_id(derivation, "derived", owner), parent=derivation, about=owner, base=base)


def renewed_in_part(
    design: Design, derivation: Id, texts: Mapping[Id, str], owners: Mapping[Id, Id], gone: set[Id]
) -> tuple[list[Record], list[Id]]:
    """Return the Derived records to put and to remove, so that some of the base is another text, or is gone."""
    there = {each.about: each for each in design.of(Derived, derivation)}
    now: dict[Id, dict[str, str]] = {}
    for each, owner in owners.items():
        now.setdefault(owner, {})[each] = texts[each]
    put: list[Record] = []
    removed: list[Id] = []
    for owner in {*there, *now}:
        old = there[owner].base if owner in there else {}
        base = {each: text for each, text in old.items() if each not in gone and each not in owners}
        base |= now.get(owner, {})
        if not base:
            removed += [there[owner].id] if owner in there else []
        elif owner not in there:
            put.append(_derived(derivation, owner, base))
        elif old != base:
            put.append(msgspec.structs.replace(there[owner], base=base))
    return put, removed


def renewed(
    design: Design, derivation: Id, records: Mapping[Id, Record], texts: Mapping[Id, str]
) -> tuple[list[Record], list[Id]]:
    """Return the Derived records to put and those to remove, so that the base becomes these records."""
    there = {each.about: each for each in design.of(Derived, derivation)}
    now = by_owner(records, texts)
    put: list[Record] = []
    for owner, base in now.items():
        old = there.get(owner)
        if old is None:
            put.append(_derived(derivation, owner, base))
        elif old.base != base:
            put.append(msgspec.structs.replace(old, base=base))
    return put, [each.id for owner, each in there.items() if owner not in now]
