"""What a check is: a title, whether it holds, a sentence, and a line for each offender."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.commands.names import called, word
from designer.schema import Design, Id, Record

MOST_LINES = 50
PASSED, FAILED, RUNNING, NOT_RUN = "passed", "failed", "running", "not run"


@dataclass(frozen=True, slots=True)
class Line:
    """One offender. `here`: it is on the branch, else only in what it goes into.

    `fix` is the name that would settle it; `hazard` the key of a hazard that can be taken, `taken` who has and why;
    `mark` the code of a finding or the severity of a hazard.
    """

    text: str
    element: Id
    here: bool = True
    fix: str = ""
    hazard: str = ""
    taken: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: whether it holds, in a sentence, with a line for each offender. `required` ones block a merge.

    `state`: passed, failed, running or "not run"; empty is what `passed` says. `action` is what can be done about it:
    fix, prove, stop or take. `count` is how many offenders there are, of which the lines may be the first ones only.
    `due`: the project wants it done without being asked, and it is not.
    """

    code: str
    title: str
    passed: bool
    said: str
    required: bool
    details: tuple[Line, ...] = field(default=())
    state: str = ""
    action: str = ""
    count: int = 0
    percent: int = 0
    due: bool = False

    @property
    def lines(self) -> tuple[tuple[str, Id], ...]:
        """Each offender in words, with what it is."""
        return tuple((each.text, each.element) for each in self.details)

    @property
    def blocks(self) -> bool:
        """Whether a merge has to wait for it."""
        return self.required and not self.passed

    @property
    def shown(self) -> str:
        """The state as a word: passed, failed, running, not run, or `to see` where it fails and stops nothing."""
        if self.state in (RUNNING, NOT_RUN):
            return self.state
        return PASSED if self.passed else FAILED if self.required else "to see"

    @property
    def running(self) -> bool:
        """Whether it will say more by itself."""
        return self.state == RUNNING

    @property
    def more(self) -> int:
        """How many offenders have no line."""
        return max(self.count - len(self.details), 0)

    @property
    def fixable(self) -> int:
        """How many offenders have a fix."""
        return sum(bool(each.fix) for each in self.details)


def told(design: Design, record: Record) -> str:
    """Return a record as a line begins with it: `column users.email`."""
    return f"{word(record)} {called(design, record)}"
