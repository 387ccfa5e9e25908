"""Who is on which branch: the last words of each tab, in all processes. Never stored, and soon forgotten."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable

LOST_AFTER = 22.0
"""Seconds after which a tab that no process speaks for is gone; its process was killed, or the line cut."""
MOST = 2000
"""How many tabs are known of one branch; more are not listed."""


class Roster:
    """The words of each tab, by branch, with the time at which they were heard last."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now = now
        self._lock = threading.Lock()
        self._there: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)

    def note(self, branch: str, client: str, data: str) -> bool:
        """Remember the words of a tab, or with "" that it has gone. Return whether that is new."""
        with self._lock:
            there = self._there[branch]
            known = there.get(client, ("", 0.0))[0]
            if data and (known or len(there) < MOST):
                there[client] = data, self._now()
            elif not data:
                there.pop(client, None)
            if not there:
                del self._there[branch]
            return known != data

    def touch(self, branch: str, client: str) -> None:
        """Remember that a tab still is there."""
        with self._lock:
            known = self._there[branch].get(client) if branch in self._there else None
            if known is not None:
                self._there[branch][client] = known[0], self._now()

    def words(self, branch: str, client: str) -> str:
        """Return the last words of a tab, "" where it is not known."""
        with self._lock:
            return self._there[branch].get(client, ("", 0.0))[0] if branch in self._there else ""

    def on(self, branch: str, but: str = "") -> list[tuple[str, str]]:
        """Return (tab, words) of everybody on a branch, but for one tab."""
        with self._lock:
            there = self._there.get(branch, {})
            return [(client, data) for client, (data, _) in there.items() if client != but]

    def lost(self) -> list[tuple[str, str]]:
        """Return (branch, tab) of those who were not heard of for too long."""
        old = self._now() - LOST_AFTER
        with self._lock:
            return [(b, client) for b, there in self._there.items() for client, (_, at) in there.items() if at < old]
