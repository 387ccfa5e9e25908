"""Designs in memory, by branch and version; shared by all threads of a process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

from designer.schema import Design

V = TypeVar("V")


class Versions(Generic[V]):
    """A bounded map of (branch, version) -> value; what was not used for longest goes first.

    Values never change: a version of a branch is the same for ever, in every process. So a cache can lack something
    and cannot be wrong, and no process has to tell another that it wrote.
    """

    def __init__(self, limit: int, kept_versions: int = 2):
        self._limit = limit
        self._kept = kept_versions
        self._weights: dict[tuple[str, int], int] = {}
        self._values: OrderedDict[tuple[str, int], V] = OrderedDict()
        self._lock = Lock()

    def get(self, branch: str, version: int) -> V | None:
        """Return the value of a version, or None."""
        with self._lock:
            value = self._values.get((branch, version))
            if value is not None:
                self._values.move_to_end((branch, version))
            return value

    def nearest(self, branch: str, version: int) -> tuple[int, V] | None:
        """Return the latest version at or before `version` that is here, with its value."""
        with self._lock:
            here = [number for name, number in self._values if name == branch and number <= version]
            return (max(here), self._values[branch, max(here)]) if here else None

    def put(self, branch: str, version: int, value: V, weight: int = 1) -> None:
        """Keep a value. Of one branch only the latest few stay; `weight` counts towards the limit."""
        with self._lock:
            self._values[branch, version] = value
            self._weights[branch, version] = weight
            self._values.move_to_end((branch, version))
            self._drop_old_versions(branch)
            while sum(self._weights.values()) > self._limit and len(self._values) > 1:
                gone, _ = self._values.popitem(last=False)
                del self._weights[gone]

    def _drop_old_versions(self, branch: str) -> None:
        numbers = sorted(number for name, number in self._values if name == branch)
        for number in numbers[: -self._kept]:
            del self._values[branch, number], self._weights[branch, number]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._weights.clear()


DESIGNS: Versions[Design] = Versions(limit=500_000)
"""Heads that were worked with lately; the limit counts records."""

WIRE: Versions[tuple[bytes, bytes]] = Versions(limit=128 * 1024 * 1024, kept_versions=1)
"""The records of a design as JSON, plain and deflated, for the page that opens it; the limit counts bytes."""
