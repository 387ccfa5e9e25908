"""What is known of a table or an entity, carried over to what it was taken apart into."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from designer.commands.carrying import Parts
from designer.commands.contract import replace
from designer.dependencies.columns import names
from designer.schema import Assessment, Dependency, Design, Id, IdSource


@dataclass(frozen=True, slots=True)
class Known:
    """Where the columns of a table are now: `maps[i]` tells which column of `owners[i]` stands for each old one.

    The first is the old table itself; `leaving` are the columns that move away from it.
    """

    design: Design
    owners: Sequence[Id]
    maps: Sequence[dict[Id, Id]]
    leaving: Set[Id]
    parts: Parts
    ids: IdSource

    def carry(self) -> None:
        """Let each stored dependency go to the fragments that hold its columns, and an assessment to all of them."""
        for stored in self.design.of(Dependency, self.owners[0]):
            self._dependency(stored)
        for word in self.design.of(Assessment, self.owners[0]):
            self._assessment(word)

    def _dependency(self, stored: Dependency) -> None:
        left, unplaced = set(stored.determinant), set(stored.dependent)
        whole = [at for at, known in enumerate(self.maps) if left <= known.keys()]
        first = True
        for at in sorted(whole, key=lambda at: (-len(unplaced & self.maps[at].keys()), -at)):
            here = tuple(each for each in stored.dependent if each in unplaced and each in self.maps[at])
            if not here or (stored.multivalued and left | set(here) >= self.maps[at].keys()):
                continue
            unplaced -= set(here) if not stored.multivalued else set()
            self.parts.add(self._placed(stored, at, here, stored.id if first else self.ids()))
            first = False
        if first:
            self.parts.drop(stored)
            self._tell(stored)

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
            stored, id=own_id, parent=self.owners[at], determinant=tuple(known[each] for each in stored.determinant),
            dependent=tuple(known[each] for each in here), counterexample=rows if len(set(rows)) == len(rows) else (),
        )  # fmt: skip

    def _assessment(self, word: Assessment) -> None:
        seen = set(word.columns)
        for at, (known, owner) in enumerate(zip(self.maps, self.owners, strict=True)):
            columns = tuple(now for old, now in known.items() if old in seen)
            if at == 0:
                self.parts.add(replace(word, columns=columns))
            elif owner in self.design:
                moved = [now for old, now in known.items() if old in seen & self.leaving and now == old]
                for there in self.design.of(Assessment, owner):
                    self.parts.add(replace(there, columns=(*there.columns, *moved)))
            elif len(columns) == len(known):
                self.parts.add(replace(word, id=self.ids(), parent=owner, columns=columns))
