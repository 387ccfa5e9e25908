"""The conflicts of a merge in words: what was, what each side has, grouped by the table or entity they are about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from designer.change import Change
from designer.change.merge import Conflict
from designer.commands.names import word
from designer.levels.called import called
from designer.levels.keeping.describing import field_word, value
from designer.schema import Design, Id, Named, Placement, Record
from designer.services import branching
from designer.services.branching import Union
from designer.services.leveling_words import place_of, placed, said_of
from designer.services.reviewing_words import detail_of, owner_of
from designer.services.words import counted

_MOST_SAID = 3


@dataclass(frozen=True, slots=True)
class Question:
    """One conflict. `base`, `ours` and `theirs` say what is there; `digest` is another one as soon as they do."""

    key: str
    about: Id
    title: str
    base: str
    ours: str
    theirs: str
    digest: str


@dataclass(frozen=True, slots=True)
class Owner:
    """The conflicts about one table, entity or other owner."""

    about: Id
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class _Three:
    base: Design
    ours: Design
    theirs: Design
    mine: Change
    yours: Change

    def holder(self, about: Id) -> Design:
        """Return the design that still has a record, ours first."""
        return next((each for each in (self.ours, self.theirs, self.base) if about in each), self.base)


def asked(union: Union, theirs: Design) -> list[Owner]:
    """Return the conflicts of a merge by what they are about; `theirs` is the design that is merged in."""
    three = _Three(union.merged.base, union.before, theirs, union.merged.ours, union.merged.theirs)
    found: dict[Id, list[Question]] = {}
    for each in branching.asked(union.conflicts):
        here = three.holder(each.about)
        owner = owner_of(here, here[each.about]) if each.about in here else each.about
        found.setdefault(owner, []).append(_question(three, each, owner))
    owners = [Owner(about, _title(three, about), tuple(each)) for about, each in found.items()]
    return sorted(owners, key=lambda each: (each.title.casefold(), each.about))


def _title(three: _Three, about: Id) -> str:
    here = three.holder(about)
    record = here.get(about)
    if record is None:
        return "something that is gone"
    name = called(here, record)
    return name if name.startswith("the ") else f"{word(record)} {name}"


def _question(three: _Three, conflict: Conflict, owner: Id) -> Question:
    title, base, ours, theirs = _SAID.get(conflict.code, _added)(three, conflict, owner)
    told = repr((conflict.key, base, ours, theirs))
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return Question(conflict.key, conflict.about, title, base, ours, theirs, digest)


def _name(three: _Three, about: Id, owner: Id) -> str:
    here = three.holder(about)
    record = here.get(about)
    if record is None or about == owner:
        return ""
    if isinstance(record, Placement):
        return placed(here, record)
    name = record.name if isinstance(record, Named) else ""
    return f"{word(record)} {name}".strip()


def _field(three: _Three, conflict: Conflict, owner: Id) -> tuple[str, str, str, str]:
    title = ": ".join(part for part in (_name(three, conflict.about, owner), field_word(conflict.field)) if part)
    sides = ((three.base, conflict.base), (three.ours, conflict.ours), (three.theirs, conflict.theirs))
    if conflict.field == "order":
        base, ours, theirs = (place_of(design, conflict.about) for design, _ in sides)
    else:
        base, ours, theirs = (said_of(design, conflict.field, it) for design, it in sides)
    return title, base, ours, theirs


def _gone(three: _Three, conflict: Conflict, owner: Id) -> tuple[str, str, str, str]:
    name = _name(three, conflict.about, owner) or "the whole of it"
    why = "removed on one side, changed on the other" if conflict.code == "removed" else "removed, but still needed"
    ours = _left(three.base, three.ours, three.mine, conflict.about)
    theirs = _left(three.base, three.theirs, three.yours, conflict.about)
    return f"{name}: {why}", _described(three.base, conflict.about) or "there", ours, theirs


def _left(base: Design, side: Design, change: Change, about: Id) -> str:
    """Return what one side made of a record: removed it, changed it, or leaves it there."""
    if about not in side:
        return "removed"
    fields = [name for name in change.changed.get(about, {}) if name not in ("order", "origin")]
    if not fields:
        return "kept"
    pairs = change.changed[about]
    said = [f"{field_word(n)} {value(base, pairs[n][0])} → {value(side, pairs[n][1])}" for n in fields[:_MOST_SAID]]
    more = f" and {counted(len(fields) - _MOST_SAID, 'field')} more" if len(fields) > _MOST_SAID else ""
    return f"kept, with {', '.join(said)}{more}"


def _described(design: Design, about: Id) -> str:
    record = design.get(about)
    return detail_of(design, record) if record is not None else ""


def _names(three: _Three, conflict: Conflict, _owner: Id) -> tuple[str, str, str, str]:
    first = _record(three, conflict.ours)
    name = first.name if isinstance(first, Named) else "it"
    said = "keeps the name; the other one gets another"
    kind = word(first) if first is not None else "thing"
    return f"two got the name {name}", "not there", f"this {kind} {said}", f"this {kind} {said}"


def _record(three: _Three, about: Id) -> Record | None:
    found: Record | None = three.holder(about).get(about)
    return found


def _added(three: _Three, conflict: Conflict, owner: Id) -> tuple[str, str, str, str]:
    name = _name(three, conflict.about, owner) or "the whole of it"
    ours, theirs = (_described(side, conflict.about) or "as it is there" for side in (three.ours, three.theirs))
    differs = "; ".join(_differing(three, conflict.about))
    return f"{name}: added on both sides{f', with another {differs}' if differs else ''}", "not there", ours, theirs


def _differing(three: _Three, about: Id) -> Iterator[str]:
    ours, theirs = three.ours.get(about), three.theirs.get(about)
    if ours is not None and theirs is not None and type(ours) is type(theirs):
        fields = (name for name in ours.__struct_fields__ if getattr(ours, name) != getattr(theirs, name))
        yield from [field_word(name) for name in fields][:_MOST_SAID]


_SAID = {"field": _field, "removed": _gone, "reference": _gone, "name": _names}
