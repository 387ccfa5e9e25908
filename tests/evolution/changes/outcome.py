"""What became of a change, and whether its migration did no more than it had to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from designer.evolution import Step, migrate
from designer.evolution.align import aligned
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from tests.evolution.changes.change import Change

DROPS = ("drop", "drop table", "drop column", "drop constraint", "drop index")
MAKES = ("create", "create table", "add column", "add primary key", "add unique", "add foreign key", "add check",
         "add exclusion", "create index")  # fmt: skip


@dataclass
class Outcome:
    """What became of one change."""

    change: Change
    up: Sequence[Step] = ()
    down: Sequence[Step] = ()
    faults: list[str] = field(default_factory=list)

    def plan(self, dialect: str, old: str, new: str, renames: Iterable[str]) -> None:
        """Work both ways out from the two scripts."""
        one, two = (read(text, "", dialect).design for text in (old, new))
        try:
            pair = aligned(one, two, dialect, renames=asked(list(renames), one, two, dialect))
            self.up = migrate(pair.old, pair.new, dialect).steps
            self.down = migrate(pair.new, pair.old, dialect).steps
        except Exception as error:
            self.faults.append(f"no migration: {type(error).__name__}: {error}")

    def judge(self) -> None:
        """Raise AssertionError where the servers were not where they should be, or more was done than needed."""
        said = f"\n{self.told()}"
        assert not self.faults, "\n".join(self.faults) + said
        assert self.up and self.down, f"nothing is done{said}"
        if self.change.does is not None:
            assert operations(self.up) == self.change.does, said
        for steps in (self.up, self.down):
            assert remade(steps) <= self.change.remade, said

    def told(self) -> str:
        """Return both ways as scripts."""
        return "\n".join(["-- up", *(step.sql for step in self.up), "-- down", *(step.sql for step in self.down)])


def remade(steps: Iterable[Step]) -> set[str]:
    """Return the kinds of which an object is dropped and made again."""
    steps = list(steps)
    gone = {(each.about, each.kind) for each in steps if each.operation in DROPS}
    come = {(each.about, each.kind) for each in steps if each.operation in MAKES}
    return {kind for _, kind in gone & come}


def operations(steps: Sequence[Step]) -> str:
    """Return what steps do, sorted, without what only sets the session; a table that is made anew counts once."""
    rebuilt = {each.table for each in steps if each.operation == "rebuild table"}
    counted = Counter(each.operation for each in steps if each.operation not in ("session", "rebuild table"))
    counted["rebuild table"] = len(rebuilt)
    return ", ".join(sorted(counted.elements()))
