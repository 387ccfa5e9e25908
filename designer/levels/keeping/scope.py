"""What has to be looked at to bring a model into step: what the new derivation touches, and all round it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.levels.keeping import baseline
from designer.levels.keeping.baseline import Records
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
from designer.schema.references import referred_ids, without

_BESIDE = (Derivation, Diagram, Term, BusinessRule)
"""Children of a model that are not what it says of the data, with all that hangs on them."""
_FACTS = (Dependency, Assessment, Deviation)
"""What people say about an element; it goes with the element, and is no reason to keep it."""


def records_of(design: Design, model: Id, known: set[Id] | None = None, *, facts: bool = False) -> Records:
    """Return what a model says of the data.

    Facts about its elements are in it only where they are `known` to be derived, or all of them with `facts`.
    """
    found: Records = {}
    queue = [each for each in design.children(model) if not isinstance(design[each], _BESIDE) or each in (known or ())]
    while queue:
        record = design[queue.pop()]
        if facts or not isinstance(record, _FACTS) or record.id in (known or ()):
            found[record.id] = record
        queue += design.children(record.id)
    return found


class Scope:
    """A model, its whole new derivation and its base as texts; decodes only what it needs."""

    def __init__(self, design: Design, model: Model, whole: Records, base: Mapping[Id, str]):
        self.design = design
        self.model = model
        self.whole = whole
        self.base = base
        self._old: dict[Id, Record | None] = {}

    def sides(self, touched: set[Id]) -> tuple[Records, Records, Records]:
        """Return the base, what is here and the new derivation, of what is touched and of what that concerns.

        These are the siblings of what is touched, what it is part of and names, and what names it where it goes.
        """
        ids = set(touched)
        ids |= self._users(each for each in touched if each not in self.whole)
        for each in tuple(ids):
            for record in self._states(each):
                ids |= referred_ids(record)
        ids |= self._siblings({record.parent for each in touched for record in self._states(each)} - {None})
        for each in tuple(ids):
            ids |= self._line(each)
        return self._cut(ids)

    def _cut(self, ids: Iterable[Id]) -> tuple[Records, Records, Records]:
        ids = set(ids)
        old = {each: record for each in ids if (record := self.old(each)) is not None}
        fresh = {each: self.whole[each] for each in ids if each in self.whole}
        known = {*old, *fresh}
        here = {each: record for each in ids if (record := self._here(each, known)) is not None}
        return old, here, fresh

    def old(self, each: Id) -> Record | None:
        """Return a record of the base. What it names above and is no more is forgotten, as the model itself does."""
        if each not in self.base:
            return None
        if each not in self._old:
            now = self.whole.get(each)
            same = now is not None and baseline.encoded(now) == self.base[each]
            self._old[each] = now if same else self._decoded(self.base[each])
        return self._old[each]

    def _decoded(self, text: str) -> Record | None:
        record = baseline.decoded(text)
        if record is None:
            return None
        gone = {target for target in referred_ids(record) if target not in self.base and target not in self.design}
        return (without(record, gone) or record) if gone else record

    def _here(self, each: Id, known: set[Id]) -> Record | None:
        record = self.design.get(each)
        if record is None or each == self.model.id or (isinstance(record, (*_FACTS, *_BESIDE)) and each not in known):
            return None
        return record if each in known or self._is_inside(record) else None

    def _is_inside(self, record: Record) -> bool:
        """Whether a record is of this model, and no part of its diagrams or derivation."""
        while (parent := self.design.get(record.parent or "")) is not None and not isinstance(parent, Model):
            record = parent
            if isinstance(record, _BESIDE):
                return False
        return parent is not None and parent.id == self.model.id

    def _states(self, each: Id) -> list[Record]:
        found = (self.old(each), self.whole.get(each), self.design.get(each))
        return [record for record in found if record is not None]

    def _users(self, gone: Iterable[Id]) -> set[Id]:
        """Return what names something that is gone above, and all inside of it."""
        found: set[Id] = set()
        queue = list(gone)
        while queue:
            each = queue.pop()
            inside = set(self.design.children(each)) - found
            found |= inside | self.design.referrers(each)
            queue += inside
        return found

    def _siblings(self, parents: Iterable[Id | None]) -> set[Id]:
        parents = set(parents)
        found = {each for each, record in self.whole.items() if record.parent in parents}
        for parent in parents:
            found |= set(self.design.children(parent))
        return found | {each for each in self.base if each not in self.whole and self._was_in(each, parents)}

    def _was_in(self, each: Id, parents: set[Id | None]) -> bool:
        record = self.old(each)
        return record is not None and record.parent in parents

    def _line(self, each: Id) -> set[Id]:
        """Return what a record is part of, on each side."""
        found: set[Id] = set()
        for record in self._states(each):
            parent = record.parent
            while parent and parent not in found and parent != self.model.id:
                found.add(parent)
                states = self._states(parent)
                parent = states[0].parent if states else None
        return found
