"""Single elements of a derived model: what people decided about them here, given back or taken up a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.change.change import field_names
from designer.commands import Edit, Refused
from designer.levels.called import called
from designer.levels.keeping import baseline, promoting, resetting
from designer.levels.keeping.describing import field_word
from designer.levels.marks import derived_id
from designer.models import Branch
from designer.schema import (
    Attribute,
    Column,
    Derivation,
    Derived,
    Design,
    Entity,
    Generalization,
    Id,
    Record,
    Relationship,
    Table,
    View,
    new_id,
)
from designer.services import branches
from designer.services.branches import Accepted
from designer.services.leveling_words import said_of
from designer.services.permissions import AnyUser

_SILENT = frozenset({"order", "origin", "parent", "id"})
_PROMOTED = (Column, Attribute)
_TOLD = (Table, View, Entity, Relationship, Generalization)


@dataclass(frozen=True, slots=True)
class Deviating:
    """A field that people decided here, with what the derivation made of it."""

    record: Id
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """What is derived of an element and its parts, and what people made of it.

    `own` are parts that were made here, `dropped` parts that were taken away: (id, what it is called).
    """

    id: Id
    derived: bool
    decided: tuple[Deviating, ...] = ()
    own: tuple[tuple[Id, str], ...] = ()
    dropped: tuple[tuple[Id, str], ...] = ()


def story(design: Design, record: Record) -> Story | None:
    """Return what people decided about an element of a derived model; None in a model that stands for itself."""
    model = design.model_of(record)
    derivation = baseline.derivation_of(design, model.id) if model else None
    if derivation is None or not isinstance(record, _TOLD):
        return None
    base = _base(design, derivation, record)
    if record.id not in base:
        return Story(record.id, derived=False)
    inside = _inside(design, record, set(base))
    known = [each for each in base if each == record.id or _within(base, each, record.id)]
    decided = [found for each in known if each in design for found in _decided(design, base[each], design[each])]
    own = [(each.id, called(design, each)) for each in inside if each.id not in base and isinstance(each, _PROMOTED)]
    dropped = [(each, called(design, base[each])) for each in known if each not in design]
    return Story(record.id, True, tuple(decided), tuple(own), tuple(dropped))


def _base(design: Design, derivation: Derivation, record: Record) -> dict[Id, Record]:
    """Return what the derivation made of the table or entity that a record belongs to."""
    here = {each.id: each for each in _line(design, record)}
    owner = baseline.owner_of(record, here)
    kept = design.get(derived_id(derivation.id, "derived", owner))
    if not isinstance(kept, Derived):
        kept = next((each for each in design.of(Derived, derivation.id) if each.about == owner), None)
    texts = kept.base if kept is not None else {}
    return {each: found for each, text in texts.items() if (found := baseline.decoded(text)) is not None}


def _line(design: Design, record: Record) -> list[Record]:
    found = [record]
    while (parent := design.get(found[-1].parent or "")) is not None:
        found.append(parent)
    return found


def _inside(design: Design, record: Record, base: set[Id]) -> list[Record]:
    return [design[each] for each in design.children(record.id) if each not in base]


def _within(base: dict[Id, Record], each: Id, owner: Id) -> bool:
    at = base.get(base[each].parent or "")
    while at is not None and at.id != owner:
        at = base.get(at.parent or "")
    return at is not None


def _decided(design: Design, was: Record, now: Record) -> list[Deviating]:
    if type(was) is not type(now):
        return []
    names = [
        each for each in field_names(type(now)) if each not in _SILENT and getattr(was, each) != getattr(now, each)
    ]
    names = [each for each in names if each != "logical" or "type" not in names]
    return [Deviating(now.id, each, _said(design, now, each, getattr(was, each))) for each in names]


def _said(design: Design, now: Record, field: str, was: object) -> str:
    here, above = said_of(design, field, getattr(now, field)), said_of(design, field, was)
    return f"{called(design, now)}: {field_word(field)} {here}, above {above}"


def act(user: AnyUser, branch: Branch, action: str, ids: Sequence[Id], field: str, client: str) -> Accepted:
    """Take elements up to the model above (`promote`), or give them or one field of them back (`reset`)."""
    actions = {"promote": _promote, "reset": _reset}

    def command(design: Design) -> Edit:
        found = [each for each in ids if each in design or action == "reset"]
        if action not in actions or not found:
            raise Refused("this element is not there any more; somebody may have removed it")
        return actions[action](design, found, field)

    return branches.run_command(user, branch, command, client=client)


def _promote(design: Design, ids: Sequence[Id], _: str) -> Edit:
    return promoting.promote(design, tuple(ids), new_id)


def _reset(design: Design, ids: Sequence[Id], field: str) -> Edit:
    owner = next((each for each in ids if each in design), None)
    model = design.model_of(design[owner]) if owner else None
    derivation = baseline.derivation_of(design, model.id) if model else _derivation_with(design, ids)
    if derivation is None:
        raise Refused("this model is not derived from another, so that nothing can be given back")
    return resetting.reset(design, derivation.id, tuple(ids), (field,) if field else None)


def _derivation_with(design: Design, ids: Sequence[Id]) -> Derivation | None:
    """Return the derivation that made something which is not there any more."""
    kept = next((each for each in design.of(Derived) if any(one in each.base for one in ids)), None)
    found = design.get(kept.parent or "") if kept else None
    return found if isinstance(found, Derivation) else None
