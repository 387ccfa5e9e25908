"""Three-way merge of designs, with conflicts that have names. Rules M1 to M10."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from designer.change.bookkeeping import Written, is_bookkeeping, is_by_key, together, united
from designer.change.change import Change, Fields, Pair, diff, with_fields
from designer.change.rebase import falls_with
from designer.schema.base import Id, Named, Record
from designer.schema.design import Design
from designer.schema.kinds import kind_of
from designer.schema.references import references, without

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that a person has to decide. `key` is stable for the same three designs."""

    code: str  # field, removed, added, reference, name
    about: Id
    field: str = ""
    base: Any = None
    ours: Any = None
    theirs: Any = None

    @property
    def key(self) -> str:
        """How choices name this conflict."""
        return f"{self.code}:{self.about}" + (f":{self.field}" if self.field else "")


@dataclass(frozen=True, slots=True)
class Merged:
    """A change to the base that holds all that both agree on, and the conflicts it leaves open."""

    base: Design
    ours: Change
    theirs: Change
    change: Change
    conflicts: tuple[Conflict, ...]


def merge(base: Design, ours: Design, theirs: Design) -> Merged:
    """Unite what happened on two sides since `base`."""
    mine, yours = diff(base, ours), diff(base, theirs)
    work = _Merge(base, mine, yours)
    return Merged(base, mine, yours, work.united(), tuple(sorted(work.conflicts.values(), key=lambda c: c.key)))


def resolve(merged: Merged, choices: Mapping[str, Side]) -> Change:
    """Return the change to the base with conflicts settled by key (M8). An unknown key raises KeyError."""
    open_conflicts = {conflict.key: conflict for conflict in merged.conflicts}
    for key in choices:
        if key not in open_conflicts:
            raise KeyError(f"there is no conflict {key!r} in this merge")
    wished = dict(merged.base.changed(merged.change.removed, _put(merged.base, merged.change)))
    twice = {conflict.about for conflict in merged.conflicts if conflict.code == "added"}
    for key, side in choices.items():
        chosen = merged.ours if side == "ours" else merged.theirs
        _settle(wished, open_conflicts[key], chosen, side)
        if open_conflicts[key].code == "added":
            wished.update({e: r for e, r in chosen.added.items() if e not in wished and e not in twice})
    _prune(wished)
    return diff(merged.base, wished)


def _put(base: Design, change: Change) -> list[Record]:
    sets = [with_fields(base[each], {n: new for n, (_, new) in f.items()}) for each, f in change.changed.items()]
    return [*change.added.values(), *sets]


def _settle(wished: dict[Id, Record], conflict: Conflict, chosen: Change, side: Side) -> None:
    about = conflict.about
    if conflict.code == "field" and about in wished:
        wished[about] = with_fields(wished[about], {conflict.field: getattr(conflict, side)})
    elif about in chosen.added:
        wished[about] = chosen.added[about]
    elif conflict.code in ("removed", "reference") and about in chosen.removed:
        wished.pop(about, None)


def _prune(wished: dict[Id, Record]) -> None:
    """Take out what a choice left dangling, as a rebase would."""
    changed = True
    while changed:
        changed = False
        for each, record in list(wished.items()):
            missing = {target for _, target in references(record) if target not in wished}
            if not missing:
                continue
            changed = True
            rest = without(record, missing)
            if rest is None:
                del wished[each]
            else:
                wished[each] = rest


class _Merge:
    def __init__(self, base: Design, ours: Change, theirs: Change):
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.conflicts: dict[str, Conflict] = {}
        self._written = Written(base, ours.changed), Written(base, theirs.changed)

    def united(self) -> Change:
        """Return the change of M1 to M6."""
        added = self._additions()
        fields = self._fields()
        removed = self._removals()
        self._keep_the_old(added, removed)
        self._forget_books(added, removed)
        self._take_back(removed, added, fields)
        self._drop_dangling(added, removed)
        self._name_clashes(added, fields, removed)
        kept = {each: f for each, f in fields.items() if f and each not in removed}
        return Change(added, {each: self.base[each] for each in sorted(removed)}, kept)

    def _report(self, conflict: Conflict) -> None:
        self.conflicts[conflict.key] = conflict

    def _additions(self) -> dict[Id, Record]:
        added: dict[Id, Record] = {}
        for each in sorted({*self.ours.added, *self.theirs.added}):
            mine, yours = self.ours.added.get(each), self.theirs.added.get(each)
            one = mine if mine is not None else yours
            if mine is not None and yours is not None and together(mine, yours) == together(yours, mine):
                added[each] = together(mine, yours)
            elif mine is not None and yours is not None:
                self._report(Conflict("added", each, ours=mine, theirs=yours))
            elif one is not None:
                added[each] = one
        return added

    def _fields(self) -> dict[Id, Fields]:
        found: dict[Id, Fields] = {}
        for each in sorted({*self.ours.changed, *self.theirs.changed}):
            mine, yours = self.ours.changed.get(each, {}), self.theirs.changed.get(each, {})
            found[each] = {}
            for name in sorted({*mine, *yours}):
                if name not in mine or name not in yours or mine[name] == yours[name]:
                    found[each][name] = mine.get(name) or yours[name]
                elif is_by_key(self.base[each], name):
                    old, value = mine[name][0], united(mine[name][0], mine[name][1], yours[name][1], "base")
                    found[each].update({name: (old, value)} if value != old else {})
                elif not self._chosen_by_nobody(self.base[each], name, mine[name], yours[name]):
                    self._report(Conflict("field", each, name, mine[name][0], mine[name][1], yours[name][1]))
        return found

    def _chosen_by_nobody(self, record: Record, field: str, mine: Pair, yours: Pair) -> bool:
        """M10: both sides only have what was derived; the next derivation says what both come to."""
        return self._written[0].chose_nothing(record, field, mine) and self._written[1].chose_nothing(
            record, field, yours
        )

    def _removals(self) -> set[Id]:
        """Return what goes: removed by one side and not changed by the other, M3."""
        removed = {*self.ours.removed, *self.theirs.removed}
        for each in sorted(removed):
            if each in self.ours.changed or each in self.theirs.changed:
                removed.discard(each)
                if not is_bookkeeping(self.base[each]):
                    self._report(Conflict("removed", each, base=self.base[each]))
        return removed

    def _keep_the_old(self, added: dict[Id, Record], removed: set[Id]) -> None:
        """Where a replacement by a record of another kind is in conflict, the base keeps what it has."""
        for each in [each for each in added if each in self.base and each not in removed]:
            del added[each]
        removed.difference_update({c.about for c in self.conflicts.values() if c.code == "added"})

    def _forget_books(self, added: dict[Id, Record], removed: set[Id]) -> None:
        """M9: what is written down of something that goes is no reason to keep it."""
        for each in [each for each, record in added.items() if is_bookkeeping(record) and record.parent in removed]:
            del added[each]
        changed = {*self.ours.changed, *self.theirs.changed}
        removed |= {each for each in changed if is_bookkeeping(self.base[each]) and self.base[each].parent in removed}

    def _drop_dangling(self, added: dict[Id, Record], removed: set[Id]) -> None:
        """M4: what was added under a record that is left out is left out with it."""
        settled = False
        while not settled:
            settled = True
            for each, record in list(added.items()):
                there = {t for _, t in references(record) if t in added or (t in self.base and t not in removed)}
                missing = {target for _, target in references(record)} - there
                if missing:
                    settled = False
                    rest = without(record, missing)
                    added.pop(each) if rest is None else added.update({each: rest})

    def _take_back(self, removed: set[Id], added: dict[Id, Record], fields: dict[Id, Fields]) -> None:
        """M5 and M6: a removal that would leave a kept record dangling does not happen, nor what falls with it."""
        self._keep_company({c.about for c in self.conflicts.values() if c.code == "removed"}, removed)
        kept = [each for each in self.base if each not in removed] if removed else []
        queue = [*added.values(), *(self._after(each, fields) for each in kept)]
        while queue:
            for _, target in references(queue.pop()):
                if target in removed:
                    removed.discard(target)
                    self._report(Conflict("reference", target, base=self.base[target]))
                    company = self._keep_company({target}, removed)
                    queue += [self._after(each, fields) for each in (target, *company)]
        for each in list(fields):
            if each in removed:
                del fields[each]

    def _keep_company(self, kept: set[Id], removed: set[Id]) -> list[Id]:
        """A table that stays keeps the columns that were removed only because it was."""
        company = sorted(falls_with(self.base, kept) & removed)
        removed.difference_update(company)
        return company

    def _after(self, each: Id, fields: dict[Id, Fields]) -> Record:
        record = self.base[each]
        return with_fields(record, {name: new for name, (_, new) in fields.get(each, {}).items()})

    def _name_clashes(self, added: dict[Id, Record], fields: dict[Id, Fields], removed: set[Id]) -> None:
        """M7: both sides brought a name that the other brought too, under one parent."""
        brought: dict[tuple[str, Id | None, str], list[Id]] = {}
        named = {each for each, f in fields.items() if ("name" in f or "parent" in f) and each not in removed}
        for each in sorted({*added, *named}):
            record = added[each] if each in added else self._after(each, fields)
            if isinstance(record, Named) and record.name:
                brought.setdefault((kind_of(record), record.parent, record.name), []).append(each)
        ours, theirs = self.ours.touched(), self.theirs.touched() - self.ours.touched()
        for ids in brought.values():
            mine = [each for each in ids if each in ours]
            yours = [each for each in ids if each in theirs]
            for first, second in zip(mine, yours, strict=False):
                self._report(Conflict("name", min(first, second), ours=first, theirs=second))


def mirrored(conflict: Conflict) -> Conflict:
    """Return the conflict as the other side sees it."""
    return replace(conflict, ours=conflict.theirs, theirs=conflict.ours)
