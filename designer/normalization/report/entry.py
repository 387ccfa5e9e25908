"""One relation of a report, with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.normalization.analysis import Analysis, Judged


@dataclass(frozen=True)
class Entry:
    """A relation that was analysed, or the sentence about what is wrong with it.

    `place` are facts about where it comes from, which are put before all others in JSON. Where `caution` is not
    empty, the verdict is of no worth yet and this says why: `not assessed: only keys are known`. `origins[i]` says in
    words why the functional dependency with the number i is taken to hold, `many_origins[i]` of a multivalued one.
    """

    name: str
    analysis: Analysis | None = None
    judged: Judged | None = None
    error: str = ""
    place: dict[str, object] = field(default_factory=dict)
    caution: str = ""
    origins: tuple[str, ...] = ()
    many_origins: tuple[str, ...] = ()
