"""What a comparison finds: one difference of one object, and all of them with the count of what is equal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from designer.schema import Id

SHOWN = 400
"""Characters of a value that a sentence shows."""


class Verdict(IntEnum):
    """How two values relate; the larger, the less alike."""

    EQUAL = 0
    SPELLED = 1  # the same words in another arrangement: nobody but the server can say whether they mean the same
    DIFFERENT = 2


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the least alike of some verdicts, EQUAL where there are none."""
    return max(verdicts, default=Verdict.EQUAL)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Without a `field` the object is only on one side, and `left` or `right` is None.

    `left_id` and `right_id` are the records of the object in the two designs. `spelled` marks the weaker class: the
    text differs, and the meaning may well be the same.
    """

    kind: str  # in words: table, foreign key
    path: str  # `public.users.email`, `users_pkey on public.users`
    field: str = ""  # in words: default, columns
    left: str | None = None
    right: str | None = None
    left_id: Id | None = None
    right_id: Id | None = None
    spelled: bool = False

    @property
    def about(self) -> str:
        """The object in words: `column public.users.email`."""
        return f"{self.kind} {self.path}"

    def sentence(self, left: str = "left", right: str = "right") -> str:
        """Return the difference in words; `left` and `right` say what the two sides are called."""
        if not self.field:
            return f"{self.about} is only in the {left if self.right is None else right}"
        verb = "is spelled differently" if self.spelled else "differs"
        return f"{self.about}: {self.field} {verb}: {left} {_cut(self.left)}, {right} {_cut(self.right)}"


def _cut(words: str | None) -> str:
    plain = " ".join((words or "").split())
    return (plain[:SHOWN] + "…" if len(plain) > SHOWN else plain) or "nothing"


@dataclass(slots=True)
class Comparison:
    """What came of comparing two designs.

    `rest` counts the objects that needed no reading, since both sides have the same records: it is asked once, and only
    where somebody wants to know.
    """

    differences: list[Difference] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)
    rest: Callable[[], Counter[str]] | None = None

    @property
    def equal(self) -> Counter[str]:
        """By kind, how many objects have no difference."""
        if self.rest is not None:
            self.read, self.rest = self.read + self.rest(), None
        return self.read

    @property
    def real(self) -> list[Difference]:
        """The differences that are more than a spelling."""
        return [each for each in self.differences if not each.spelled]
