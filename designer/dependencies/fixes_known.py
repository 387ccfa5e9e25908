"""What is known of a table or an entity, carried over to what it was taken apart into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from designer.commands.carrying import Parts
from designer.commands.contract import replace
from designer.commands.names import called
from designer.dependencies.columns import names
from designer.dependencies.fixes_plan import Part, Plan
from designer.dependencies.subject import HOLDING, Subject, subject_of
from designer.normalization.closure import Closure
from designer.normalization.contract import FD
from designer.schema import Assessment, Dependency, Design, Id, IdSource


@dataclass(frozen=True, slots=True)
class Known:
    """Where the columns of a table are now: `maps[i]` tells which column of `owners[i]` stands for each old one.

    The first is the old table itself; `leaving` are the columns that move away from it.
    """

    design: Design
    plan: Plan
    owners: Sequence[Id]
    maps: Sequence[dict[Id, Id]]
    leaving: Set[Id]
    parts: Parts
    ids: IdSource
    wholes: Mapping[Id, frozenset[Id]] = field(default_factory=dict)
    """What stands for several old columns together, by its id: a relationship for a key of two attributes."""

    def carry(self) -> None:
        """Let each stored dependency go to the fragments that hold its columns, and an assessment to all of them."""
        said: list[list[FD]] = [[] for _ in self.maps]
        for stored in self.design.of(Dependency, self.owners[0]):
            self._dependency(stored, said)
        self._derived(said)
        for word in self.design.of(Assessment, self.owners[0]):
            self._assessment(word)

    def _derived(self, said: list[list[FD]]) -> None:
        """State what holds within a fragment by way of columns that are elsewhere now."""
        subject = subject_of(self.design, self.owners[0])
        for at, part in enumerate(self.plan.fragments):
            known = [*said[at], *self._by_keys(subject, at, part)]
            for left, right in part.rules:
                closed = Closure(known, len(subject.columns)).of(subject.set_of(left))
                fresh = tuple(each for each in right if not closed & subject.set_of((each,)))
                here = self._there(at, fresh)
                if here and self._there(at, left) == left:
                    known.append(FD(subject.set_of(left), subject.set_of(here)))
                    reason = f"follows from what was known of {called(self.design, self.design[self.owners[0]])}"
                    made = Dependency(id=self.ids(), determinant=left, dependent=here, reason=reason)
                    self.parts.add(self._placed(made, at, here, made.id))

    def _by_keys(self, subject: Subject, at: int, part: Part) -> list[FD]:
        """Return what the keys of a fragment say of it."""
        every = subject.set_of(part.columns)
        if at:
            return [FD(subject.set_of(key), every) for key in part.keys]
        declared = zip(subject.relation.fds, subject.origins, strict=True)
        return [FD(fd.left, fd.right & every) for fd, origin in declared if origin.kept and not fd.left & ~every]

    def _dependency(self, stored: Dependency, said: list[list[FD]]) -> None:
        subject = subject_of(self.design, self.owners[0])
        left, unplaced = set(stored.determinant), set(stored.dependent)
        whole = [at for at in range(len(self.maps)) if self._there(at, stored.determinant) == stored.determinant]
        first = True
        for at in sorted(whole, key=lambda at: (-len(unplaced & self.maps[at].keys()), -at)):
            here = self._there(at, tuple(each for each in stored.dependent if each in unplaced))
            if not here or (stored.multivalued and left | set(here) >= self.maps[at].keys()):
                continue
            unplaced -= set(here) if not stored.multivalued else set()
            self.parts.add(self._placed(stored, at, here, stored.id if first else self.ids()))
            first = False
            if not stored.multivalued and stored.state in HOLDING:
                said[at].append(FD(subject.set_of(stored.determinant), subject.set_of(here)))
        if first:
            self.parts.drop(stored)
            self._tell(stored)

    def _there(self, at: int, columns: tuple[Id, ...]) -> tuple[Id, ...]:
        """Return those of some columns for which something stands in a fragment."""
        known = self.maps[at]
        return tuple(
            each for each in columns if each in known and self.wholes.get(known[each], frozenset()) <= set(columns)
        )

    def _tell(self, stored: Dependency) -> None:
        if not stored.multivalued and stored.state in ("confirmed", "waived"):
            said = f"{names(self.design, stored.determinant)} → {names(self.design, stored.dependent)}"
            self.parts.note("lost", stored.id, f"{said} cannot be said of one table any more; a trigger can check it")

    def _placed(self, stored: Dependency, at: int, here: tuple[Id, ...], own_id: Id) -> Dependency:
        known = self.maps[at]
        given = (*stored.determinant, *stored.dependent)
        kept = {*stored.determinant, *here}
        rows = tuple(
            tuple(value for column, value in zip(given, row, strict=False) if column in kept)
            for row in stored.counterexample
        )
        return replace(
            stored, id=own_id, parent=self.owners[at],
            determinant=tuple(dict.fromkeys(known[each] for each in stored.determinant)),
            dependent=tuple(dict.fromkeys(known[each] for each in here)),
            counterexample=rows if len(set(rows)) == len(rows) and not self.wholes else (),
        )  # fmt: skip

    def _assessment(self, word: Assessment) -> None:
        seen = set(word.columns)
        for at, (known, owner) in enumerate(zip(self.maps, self.owners, strict=True)):
            columns = tuple(dict.fromkeys(now for old, now in known.items() if old in seen))
            if at == 0:
                self.parts.add(replace(word, columns=columns))
            elif owner in self.design:
                moved = [now for old, now in known.items() if old in seen & self.leaving and now == old]
                for there in self.design.of(Assessment, owner):
                    self.parts.add(replace(there, columns=(*there.columns, *moved)))
            elif len(columns) == len(set(known.values())):
                self.parts.add(replace(word, id=self.ids(), parent=owner, columns=columns))
