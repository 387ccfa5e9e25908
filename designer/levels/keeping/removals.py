"""What one side took away and the other still needs, before the rest is merged.

What people dropped stays dropped, whatever becomes of it above. What is gone above goes below, but for what somebody
decided something about: then there is one question, about the table or column that is gone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.change.merge import Conflict
from designer.levels.called import called
from designer.levels.contract import Note
from designer.levels.keeping.baseline import Records
from designer.schema import Design, Id, Record, kind_of
from designer.schema.references import references, referred_ids, without


class Removals:
    """The new derivation as far as it can be united with what is here without anything missing."""

    def __init__(self, old: Records, here: Records, fresh: Records):
        self.old = old
        self.here = here
        self.fresh = dict(fresh)
        self.conflicts: tuple[Conflict, ...] = ()
        self.notes: tuple[Note, ...] = ()
        self._gone_here = {each for each in old if each not in here}
        self._gone_above = {each for each in old if each in here and each not in fresh}
        if self._gone_here:
            self._stay_dropped()
        if self._gone_above:
            self._stay_needed()

    # What people dropped

    def _stay_dropped(self) -> None:
        about: set[Id] = set()
        for each in self._gone_here & self.fresh.keys():
            if self.fresh[each] != self.old[each]:
                self.fresh[each] = self.old[each]
                about.add(each)
        about |= self._fall()
        self.notes = tuple(self._note(each) for each in sorted(about))

    def _fall(self) -> set[Id]:
        """Take out what is new and names something that people dropped; returns what was named."""
        gone, named = set(self._gone_here), set()
        new = {each: record for each, record in self.fresh.items() if record is not self.old.get(each)}
        settled = False
        while not settled:
            settled = True
            for each, record in list(new.items()):
                missing = referred_ids(record) & gone
                if not missing or each in gone:
                    continue
                settled = False
                named |= missing & self._gone_here
                self._leave_out(each, without(record, gone), new, gone)
        return named

    def _leave_out(self, each: Id, rest: Record | None, new: Records, gone: set[Id]) -> None:
        if rest is not None:
            new[each] = self.fresh[each] = rest
        elif each in self.old:
            self.fresh[each] = self.old[each]
            del new[each]
        else:
            del self.fresh[each], new[each]
            gone.add(each)

    def _note(self, each: Id) -> Note:
        record = self.old[each]
        name = called(Design(_line(self.old, record)), record)
        return Note("stays-dropped", record.origin, f"the {_word(record)} {name} was dropped here and stays so")

    # What is gone above

    def _stay_needed(self) -> None:
        reasons: dict[Id, list[Id]] = {}
        decided = [each for each, record in self.here.items() if record is not self.old.get(each)]
        for each in sorted(each for each in decided if self.here[each] != self.old.get(each)):
            if each in self._gone_above:
                reasons.setdefault(self._whole(each), []).append(each)
            for name, target in references(self.here[each]):
                if name != "origin" and target in self._gone_above and self._is_new(each, name, target):
                    reasons.setdefault(self._whole(target), []).append(each)
        kept = self._kept(reasons)
        self.fresh.update({each: self.old[each] for each in kept})
        self.conflicts = tuple(self._conflict(each, users) for each, users in sorted(reasons.items()))

    def _is_new(self, each: Id, name: str, target: Id) -> bool:
        """Whether people made the record or this mention; what was derived so goes or changes by itself."""
        was = self.old.get(each)
        return was is None or each in self._gone_above or (name, target) not in references(was)

    def _whole(self, each: Id) -> Id:
        """Return the largest thing that is gone above and that a record is part of."""
        while (parent := self.old[each].parent) in self._gone_above:
            each = parent or ""
        return each

    def _kept(self, wholes: Iterable[Id]) -> set[Id]:
        """Return what stays of these; what refers to other things that are gone does not, unless people changed it."""
        inside: dict[Id | None, list[Id]] = {}
        for each in self._gone_above:
            inside.setdefault(self.old[each].parent, []).append(each)
        kept, queue = set(), list(wholes)
        while queue:
            each = queue.pop()
            if each not in kept:
                kept.add(each)
                queue += inside.get(each, ())
        gone = self._gone_above - kept
        while fallen := {each for each in kept if gone and without(self.here[each], gone) is None}:
            kept -= fallen
            gone |= fallen
        return kept

    def _conflict(self, each: Id, users: list[Id]) -> Conflict:
        code = "removed" if users == [each] else "reference"
        return Conflict(code, each, base=self.old[each], ours=tuple(dict.fromkeys(users)))


def _word(record: Record) -> str:
    return kind_of(record).replace("_", " ")


def _line(records: Mapping[Id, Record], record: Record) -> list[Record]:
    """Return a record and those that it is part of, to call it by."""
    line = [record]
    while (parent := records.get(line[-1].parent or "")) is not None:
        line.append(parent)
    return line
