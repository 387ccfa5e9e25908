"""What a database must answer, so that a migration can be planned for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from designer.evolution.contract import Options, Remark, Step
from designer.evolution.facts import Fact, FactId, Facts
from designer.schema import Design, Id

if TYPE_CHECKING:
    from designer.evolution.decisions import Decisions


@dataclass(slots=True)
class Alteration:
    """How a fact becomes another one in place.

    `disturbs` are facts of the old side that cannot stay as they are meanwhile: those that are still there afterwards
    are dropped before and made again behind.
    """

    steps: list[Step]
    disturbs: frozenset[FactId] = frozenset()


@dataclass(slots=True)
class Renamed:
    """The old design with the names and schemas of the new one, and the steps that give them.

    `target` is the new design where the mover spells out what it only implies: the name that a server gives to a key.
    """

    design: Design
    steps: list[Step] = field(default_factory=list)
    target: Design | None = None


class Mover(Protocol):
    """The words of one dialect for one migration. `old` below is always the old side with the new names.

    Renames come first, so that all that follows can speak of things by the names that they keep. A new name that is
    still taken by something which goes, or which takes a third name, is made free first.
    """

    pen: ClassVar[type[Any]]
    """What writes records in the words of the dialect."""
    options: Options
    """What was chosen for the migration."""
    remarks: list[Remark]
    """What the mover noticed on its way and no step says."""
    scoped: bool
    """Whether only what a change touches, and what hangs on that, is to be looked at."""
    decided: Decisions
    """What happens to each fact; known before the first statement is written."""

    def renamed(self, old: Design, new: Design) -> Renamed:
        """Give what is on both sides its new name and schema."""
        ...

    def facts(self, design: Design, model: Id, *, old: bool) -> Facts:
        """Take one side apart. Called once for each side, the old one first."""
        ...

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Say how a fact that changed is altered in place; None: it is dropped and made again."""
        ...

    def reparents(self, old: Fact, new: Fact) -> bool:
        """Say whether `alter` is asked for a fact that belongs to something else than before."""
        ...

    def rebuilds(self, old: Fact, new: Fact) -> bool:
        """Say whether a fact that cannot be altered is made anew beside the old one, its rows carried over."""
        ...

    def folds(self, child: Fact, parent: Fact) -> bool:
        """Say whether a new part is written in the statement that makes what it belongs to."""
        ...

    def separable(self, fact: Fact) -> bool:
        """Say whether a part can be dropped by itself before what it belongs to, to break a circle: foreign keys."""
        ...

    def loosens(self, fact: Fact) -> bool:
        """Say whether a part is dropped by itself before a table is made anew: a partition is detached."""
        ...

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Make a fact, with the parts that are folded into it."""
        ...

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a fact."""
        ...

    def rebuild(self, old: Fact, new: Fact, folded: Sequence[Fact]) -> list[Step]:
        """Make a fact anew with the parts folded into it, carry its rows over, and drop the old one.

        Where rows can only be carried over later, `fill` does that, and drops the old one.
        """
        ...

    def fill(self, old: Fact, new: Fact) -> list[Step]:
        """Carry rows over that `rebuild` left, when all that `before_filling` names is there."""
        ...

    def before_filling(self, fact: Fact) -> Iterable[FactId]:
        """Return facts of the new side that make room for rows: the partitions of a table."""
        ...

    def taken_along(self, fact: Fact) -> Iterable[FactId]:
        """Return facts of the old side that go with a table which is made anew, not before: its partitions."""
        ...

    def rank(self, verb: str, fact: Fact) -> int:
        """Say how early an action comes where nothing needs it to come earlier or later: `usual_rank` is a start."""
        ...

    def finish(self, steps: list[Step]) -> list[Step]:
        """Return the steps with what they need of the session; join those that one statement can do."""
        ...


ROWS = frozenset({"table", "column"})
"""Kinds that hold rows: dropping one loses them."""
_FIRST = {"schema": 10, "extension": 15}
"""Kinds that much else is in or made of: when they are made."""
_TOGETHER = ("enum", "composite type", "domain", "sequence", "type")


def usual_rank(verb: str, fact: Fact) -> int:
    """Return a rank by which things appear before they are filled, and rows are dropped last."""
    if fact.kind in _FIRST:
        return 110 - _FIRST[fact.kind] if verb == "drop" else _FIRST[fact.kind]
    if verb == "drop":
        return 90 if fact.kind in ROWS else 92 if fact.kind in _TOGETHER else 10
    if verb in ("alter", "rebuild"):
        return 40 if fact.kind in (*ROWS, *_TOGETHER) else 50
    return 20 if fact.kind in _TOGETHER else 30 if fact.kind in ROWS else 60
