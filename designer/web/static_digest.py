"""One digest of all static files, as a part of their path, so that browsers may keep them for ever.

`/static/<digest>/designer/main.js` imports its modules by relative paths, so they are all found below the same digest
without a word of them being rewritten. A file that is edited gives another digest at once, without a restart.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

State = tuple[int, int]
LENGTH = 16
"""Characters of the digest."""
PATIENCE = 0.2
"""For so many seconds the files are not looked at again: a page asks for the addresses of thirty of them."""
PATTERN = re.compile(rf"([0-9a-f]{{{LENGTH}}})/")


def split(name: str) -> tuple[str | None, str]:
    """Return the digest at the beginning of a name below the prefix of static files, or None, and what follows it."""
    found = PATTERN.match(name)
    return (found.group(1), name[found.end() :]) if found else (None, name)


def state_of(path: str) -> State:
    """Return what tells whether a file is still the same: time of its last edit and size; zeros where it is gone."""
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


class StaticDigest:
    """The digest of some files. `listed` gives their names, as browsers ask for them, and paths on disk."""

    def __init__(self, listed: Callable[[], Iterable[tuple[str, str]]], clock: Callable[[], float] = time.monotonic):
        self._listed = listed
        self._clock = clock
        self._looked = float("-inf")
        self._states: dict[str, State] = {}
        self._hashes: dict[str, tuple[State, bytes]] = {}
        self._paths: dict[str, str] = {}
        self._now = ""

    @property
    def paths(self) -> dict[str, str]:
        """The path on disk of each name, as they were when the digest was last taken."""
        return self._paths

    def now(self) -> str:
        """Return the digest of the files as they are."""
        if self._clock() - self._looked >= PATIENCE:
            self._look()
        return self._now

    def _look(self) -> None:
        paths = dict(self._listed())
        states = {path: state_of(path) for path in paths.values()}
        if states != self._states:
            whole = hashlib.sha256()
            for name in sorted(paths):
                whole.update(name.encode() + b"\0" + self._hash(paths[name], states[paths[name]]))
            self._paths, self._states, self._now = paths, states, whole.hexdigest()[:LENGTH]
        self._looked = self._clock()

    def _hash(self, path: str, state: State) -> bytes:
        kept = self._hashes.get(path)
        if kept is None or kept[0] != state:
            kept = state, hashlib.sha256(Path(path).read_bytes()).digest()
            self._hashes[path] = kept
        return kept[1]

    def vouches(self, digest: str | None, path: str) -> bool:
        """Tell whether a file on disk is for certain the one that a digest was taken of."""
        return digest == self.now() and self._states.get(path) == state_of(path)
