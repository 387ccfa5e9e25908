"""The logs of all branches, replayed from their first entries: what a backup is worth is found out that way.

Branches come in the order of their keys, so that the source of each has been replayed before; of a source only the
versions are kept at which others left it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from designer.change import ChangeConflict, apply, change_decode
from designer.schema import Design
from designer.schema.codec import encode
from designer.services.errors import Invalid

Entry = tuple[int, int, str]
"""Branch, version, change; ordered by branch and version."""


@dataclass(frozen=True, slots=True)
class Line:
    """A branch, as far as its log is concerned."""

    key: int
    head: int
    source: int | None
    forked_at: int


@dataclass
class Replay:
    """Logs being replayed. `seen` is called with each branch and its design at the head."""

    lines: dict[int, Line]
    seen: Callable[[Line, Design], None]
    step: Callable[[], None] = lambda: None
    _kept: dict[tuple[int, int], Design] = field(default_factory=dict)

    def run(self, entries: Iterable[Entry]) -> None:
        """Replay everything. Raises Invalid that names the branch whose log has a gap or does not fit."""
        forks = self._forks()
        logs = groupby(entries, key=itemgetter(0))
        upcoming = next(logs, None)
        for key in sorted(self.lines):
            mine: Iterator[Entry] = iter(())
            if upcoming is not None and upcoming[0] == key:
                mine = upcoming[1]
            self._branch(self.lines[key], mine, forks[key])
            if upcoming is not None and upcoming[0] == key:
                upcoming = next(logs, None)
        if upcoming is not None:
            raise Invalid(f"The log has entries of a branch {upcoming[0]} that is not there.")

    def _forks(self) -> defaultdict[int, set[int]]:
        """Return the versions of each branch that others start from."""
        wanted: defaultdict[int, set[int]] = defaultdict(set)
        for line in self.lines.values():
            if line.source is not None:
                holder = self._holder(line.source, line.forked_at)
                wanted[holder].add(line.forked_at)
        return wanted

    def _holder(self, key: int, version: int) -> int:
        """Return the branch whose own log, or whose beginning, has a version."""
        line = self._line(key)
        while line.source is not None and version <= line.forked_at:
            line = self._line(line.source)
        return line.key

    def _line(self, key: int) -> Line:
        if key not in self.lines:
            raise Invalid(f"A branch was made from branch {key}, which is not there.")
        return self.lines[key]

    def _branch(self, line: Line, entries: Iterator[Entry], forks: set[int]) -> None:
        design, version = self._start(line)
        self._keep(line, version, design, forks)
        for _, number, text in entries:
            if number != version + 1:
                raise Invalid(f"The log of branch {line.key} goes from version {version} to {number}.")
            try:
                design = apply(design, change_decode(text))
            except (ChangeConflict, ValueError) as error:
                raise Invalid(
                    f"Version {number} of branch {line.key} does not fit what came before: {error}."
                ) from None
            version = number
            self._keep(line, version, design, forks)
            self.step()
        if version != line.head:
            raise Invalid(f"The log of branch {line.key} ends at version {version}; its head is {line.head}.")
        self.seen(line, design)

    def _start(self, line: Line) -> tuple[Design, int]:
        if line.source is None:
            return Design(), 0
        found = self._kept.get((self._holder(line.source, line.forked_at), line.forked_at))
        if found is None:
            raise Invalid(f"Branch {line.key} starts at version {line.forked_at} of its source, which has none.")
        return found, line.forked_at

    def _keep(self, line: Line, version: int, design: Design, forks: set[int]) -> None:
        if version in forks:
            self._kept[line.key, version] = design


def fingerprint(design: Design) -> str:
    """Return the SHA-256 of a design's canonical file."""
    return hashlib.sha256(encode(design)).hexdigest()
