"""First pass: what happens to each fact, and to what depends on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.evolution.facts import FactId, Facts
from designer.evolution.mover import Alteration, Mover


@dataclass(slots=True)
class Decisions:
    """What happens to each fact. `gone` and `fresh` are on one side only; `replaced` are dropped and made again."""

    gone: set[FactId] = field(default_factory=set)
    fresh: set[FactId] = field(default_factory=set)
    altered: dict[FactId, Alteration] = field(default_factory=dict)
    replaced: set[FactId] = field(default_factory=set)
    rebuilt: set[FactId] = field(default_factory=set)
    """Those of `replaced` whose rows are carried over."""
    reasons: dict[FactId, str] = field(default_factory=dict)
    """Why a fact is replaced that did not change itself."""

    @property
    def leaving(self) -> set[FactId]:
        """What does not stay as it is: dropped for good or for a while."""
        return self.gone | self.replaced


def decide(old: Facts, new: Facts, mover: Mover) -> Decisions:
    """Compare two sides fact by fact, then follow what each drop takes along."""
    decided = Decisions(gone=set(old) - set(new), fresh=set(new) - set(old))
    for each in old:
        if each in new and old[each].state != new[each].state:
            _change(each, old, new, mover, decided)
    _Cascade(old, new, mover, decided).run()
    return decided


def _change(each: FactId, old: Facts, new: Facts, mover: Mover, decided: Decisions) -> None:
    alteration = None
    before, after = old[each], new[each]
    if before.kind == after.kind and (before.parent == after.parent or mover.reparents(before, after)):
        alteration = mover.alter(before, after)
    if alteration is None:
        decided.replaced.add(each)
    else:
        decided.altered[each] = alteration


class _Cascade:
    """Follows what is dropped to what needs it, until nothing more has to go for a while."""

    def __init__(self, old: Facts, new: Facts, mover: Mover, decided: Decisions):
        self.old = old
        self.new = new
        self.mover = mover
        self.decided = decided
        self.waiting: list[FactId] = []

    def run(self) -> None:
        decided = self.decided
        for each, alteration in list(decided.altered.items()):
            for disturbed in alteration.disturbs:
                self.replace(disturbed, each, "changes")
        self.waiting += [*decided.gone, *decided.replaced]
        while self.waiting:
            self.follow(self.waiting.pop())

    def follow(self, fact: FactId) -> None:
        """Look at what belongs to a fact that goes, and at what needs it."""
        if fact in self.decided.replaced and self.is_rebuilt(fact):
            self.decided.rebuilt.add(fact)
        for child in self.old.children(fact):
            self.replace(child, fact, "is made again")
        for dependent in self.old.dependents(fact):
            altered = dependent in self.decided.altered
            if altered and fact not in self.new[dependent].needs and not self.is_in_the_way(fact, dependent):
                continue  # it lets go of the fact before that is dropped
            self.replace(dependent, fact, "is made again" if fact in self.new else "is dropped")

    def is_in_the_way(self, fact: FactId, dependent: FactId) -> bool:
        """Say whether a view reads what goes before something changes, and then what comes behind that change."""
        changed = self.decided.altered.keys() & self.old[fact].needs
        return self.old[dependent].kind == "view" and any(
            need in self.decided.fresh and changed & self.new[need].needs for need in self.new[dependent].needs
        )

    def is_rebuilt(self, fact: FactId) -> bool:
        return self.mover.rebuilds(self.old[fact], self.new[fact])

    def replace(self, fact: FactId, cause: FactId, what: str) -> None:
        """Make a fact again, if it is on both sides and not yet so."""
        decided = self.decided
        if fact not in self.new or fact not in self.old or fact in decided.replaced:
            return
        alteration = decided.altered.pop(fact, None)
        if alteration is None:
            decided.reasons[fact] = f"the {self.old[cause].kind} {self.old[cause].label} {what}"
        decided.replaced.add(fact)
        self.waiting.append(fact)
