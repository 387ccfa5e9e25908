"""Rebase: a change made on an old state, carried over to what others made of it. Rules R1 to R10."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from designer.change.bookkeeping import is_bookkeeping, is_by_key, together, united
from designer.change.change import Change, Fields, diff, differences, with_fields
from designer.schema.base import Id, Record
from designer.schema.design import Design
from designer.schema.kinds import CASCADE, REFERENCES, kind_of
from designer.schema.references import references, without


@dataclass(frozen=True, slots=True)
class RebaseNote:
    """Something the author of the rebased change should know. `code` is a rule's note name: gone, lost, overwrote, …"""

    code: str
    about: Id
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Rebased:
    """The change that applies now, and what became of the rest."""

    change: Change
    notes: tuple[RebaseNote, ...] = ()


def rebase(change: Change, over: Change, onto: Design) -> Rebased:
    """Carry `change` over `over`; both were made on one state, and `onto` is that state after `over`.

    For example a column type set by one person while another drops the table: nothing of the edit is left, and the
    author gets a note `gone`. See docs/change-algebra.md for the rules.
    """
    work = _Rebase(onto)
    work.take_removals(change, over)
    work.take_additions(change)
    work.take_fields(change, over)
    work.settle()
    return Rebased(work.result(), tuple(work.notes))


@dataclass(slots=True)
class _Rebase:
    """The wished state of the touched records, worked down to one where nothing dangles."""

    onto: Design
    removed: set[Id] = field(default_factory=set)
    added: dict[Id, Record] = field(default_factory=dict)
    fields: dict[Id, dict[str, Any]] = field(default_factory=dict)
    notes: list[RebaseNote] = field(default_factory=list)

    def note(self, code: str, about: Id, message: str, field: str = "") -> None:
        self.notes.append(RebaseNote(code, about, message, field))

    def take_removals(self, change: Change, over: Change) -> None:
        for each, record in sorted(change.removed.items()):
            if each in self.onto and type(self.onto[each]) is type(record):
                self.removed.add(each)
                if each in over.changed and not is_bookkeeping(record):
                    self.note(
                        "removed-edited", each, f"{_called(record)} was edited by somebody else and is removed now"
                    )

    def take_additions(self, change: Change) -> None:
        for each, record in sorted(change.added.items()):
            there = self.onto.get(each)
            if there is None or each in self.removed:
                self.added[each] = record
            elif type(there) is type(record):
                whole = together(record, there, "mine")
                self.fields[each] = {name: new for name, (_, new) in differences(there, whole).items()}
            else:
                self.note("id-taken", each, f"{_called(record)} was not added: its id belongs to another record now")

    def take_fields(self, change: Change, over: Change) -> None:
        for each, fields in sorted(change.changed.items()):
            there = self.onto.get(each)
            if there is None or any(name not in type(there).__struct_fields__ for name in fields):
                self.note("gone", each, "the record was removed by somebody else; the edit of it is dropped")
                continue
            self.fields[each] = {name: _wished(there, name, *pair) for name, pair in sorted(fields.items())}
            self._note_overwritten(each, there, fields, over.changed.get(each, {}))

    def _note_overwritten(self, each: Id, there: Record, mine: Fields, theirs: Fields) -> None:
        for name in sorted(set(mine) & set(theirs)):
            if getattr(there, name) != mine[name][1] and not is_by_key(there, name):
                self.note(
                    "overwrote", each, f"{name} of {_called(there)} was set by somebody else too; yours holds", name
                )

    def settle(self) -> None:
        while self._drop_dangling_fields() or self._drop_dangling_additions() or self._sweep_referrers():
            pass

    def _present(self, each: Id) -> bool:
        return each in self.added or (each in self.onto and each not in self.removed)

    def _after(self, each: Id) -> Record:
        if each in self.added:
            return self.added[each]
        record = self.onto[each]
        return with_fields(record, self.fields[each]) if self.fields.get(each) else record

    def _drop_dangling_fields(self) -> bool:
        """R6: a field set by the change that names a record which is not there keeps the value of `onto`."""
        dropped = False
        for each in sorted(self.fields):
            for name in self._dangling_names(each):
                if self._is_dangling_already(each, name):
                    continue
                del self.fields[each][name]
                self.note(
                    "gone", each, f"{name} would refer to a record that somebody else removed; it stays as it was", name
                )
                dropped = True
        return dropped

    def _dangling_names(self, each: Id) -> list[str]:
        if each in self.removed:
            return []
        set_here = self.fields[each]
        missing = {name for name, target in references(self._after(each)) if not self._present(target)}
        return sorted(name for name in missing if name in set_here)

    def _is_dangling_already(self, each: Id, name: str) -> bool:
        """Whether keeping the old value would dangle as well, so that R8 has to judge the record."""
        before = {target for field_name, target in references(self.onto[each]) if field_name == name}
        return any(target in self.removed for target in before) and self.fields[each][name] == getattr(
            self.onto[each], name
        )

    def _drop_dangling_additions(self) -> bool:
        """R7: an added record that names one which is not there goes, or forgets it."""
        dropped = False
        for each, record in sorted(self.added.items()):
            missing = {target for _, target in references(record) if not self._present(target)}
            if not missing:
                continue
            dropped = True
            rest = without(record, missing)
            if rest is None:
                del self.added[each]
                self.note("lost", each, f"{_called(record)} fell because what it belongs or refers to is gone")
            else:
                self.added[each] = rest
        return dropped

    def _sweep_referrers(self) -> bool:
        """R8: records of `onto` that name something removed go along, or forget it."""
        swept = False
        for gone in sorted(self.removed):
            if gone in self.added:
                continue
            for each in sorted(self.onto.referrers(gone)):
                if each not in self.removed and self._let_go(each):
                    swept = True
        return swept

    def _let_go(self, each: Id) -> bool:
        record = self._after(each)
        missing = {target for _, target in references(record) if not self._present(target)}
        if not missing:
            return False
        rest = without(record, missing)
        if rest is None:
            self.removed.add(each)
            self.note("cascade", each, f"{_called(record)} is removed with what it refers to")
        else:
            names = {name for name, _ in references(record)}
            self.fields.setdefault(each, {}).update({name: getattr(rest, name) for name in names})
        return True

    def result(self) -> Change:
        after = {each: self._after(each) for each in {*self.added, *self.fields} if self._present(each)}
        before = {each: self.onto[each] for each in {*after, *self.removed} if each in self.onto}
        return diff(before, after)


def _wished(there: Record, name: str, old: Any, new: Any) -> Any:
    """Return what the change makes of a field of `there`: what it says, or what is united of both (R10)."""
    return united(old, new, getattr(there, name), "mine") if is_by_key(there, name) else new


def complete(design: Design, change: Change) -> Rebased:
    """Return `change` with what must follow from it on `design`, so that nothing dangles (R6 to R8 without a rival).

    Commands end with it: deleting a column takes its keys, foreign keys and indexes along.
    """
    return rebase(change, Change(), design)


def dangling(design: Design, ids: Iterable[Id] | None = None) -> list[tuple[Id, str, Id]]:
    """Return (record, field, missing id) for every mention of a record that is not in the design."""
    checked = design.records() if ids is None else (design[each] for each in ids if each in design)
    return [(r.id, name, target) for r in checked for name, target in references(r) if target not in design]


def falls_with(design: Design, ids: Iterable[Id]) -> set[Id]:
    """Return the ids of all records that fall when the records `ids` are removed, these included."""
    gone = set(ids)
    queue = list(gone)
    while queue:
        for each in design.referrers(queue.pop()):
            if each not in gone and _falls(design[each], gone):
                gone.add(each)
                queue.append(each)
    return gone


def _falls(record: Record, gone: set[Id]) -> bool:
    policies = REFERENCES[kind_of(record)]
    return any(target in gone and policies[name][1] == CASCADE for name, target in references(record))


def _called(record: Record) -> str:
    name = getattr(record, "name", "")
    kind = kind_of(record).replace("_", " ")
    return f"the {kind} {name}" if name else f"a {kind}"


__all__ = ["RebaseNote", "Rebased", "complete", "dangling", "falls_with", "rebase"]
