"""One relation of a report, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.normalization.analysis import Analysis, Judged
from designer.normalization.contract import Violation


@dataclass(frozen=True)
class Entry:
    """A relation that was analysed, or the sentence about what is wrong with it.

    `place` are facts about where it comes from, which are put before all others in JSON. Where `caution` is not
    empty, the verdict is of no worth yet and this says why: `not assessed: only keys are known`. `origins[i]` says in
    words why the functional dependency with the number i is taken to hold, `many_origins[i]` of a multivalued one.
    `settled[i]` is why nothing needs to be done about the violation with the number i, where nothing needs to be.
    """

    name: str
    analysis: Analysis | None = None
    judged: Judged | None = None
    error: str = ""
    place: dict[str, object] = field(default_factory=dict)
    caution: str = ""
    origins: tuple[str, ...] = ()
    many_origins: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Violation, ...]:
        """The violations about which something needs to be done."""
        return tuple(each for each, why in self.violations if not why)

    @property
    def violations(self) -> tuple[tuple[Violation, str], ...]:
        """All violations, each with why it is settled, or nothing."""
        found = self.analysis.verdict.violations if self.analysis else ()
        return tuple(zip(found, self.settled or ("",) * len(found), strict=True))
