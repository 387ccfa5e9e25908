"""Who listens to which branch in this process, and telling them.

A listener lives in an event loop; what is told may come from any thread. Nothing here is stored, and nothing is lost
that matters: a listener that was told too much at once looks at the log again.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

ROOM = 256
"""How many messages may wait for a listener before it is told to look for itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The head of a branch is at `version` now; 0 is "perhaps", after a connection was lost."""

    version: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody is here, moved, or went: `data` is JSON, `client` the id of the tab it is about."""

    client: str
    data: str
    event: Literal["presence", "gone"] = "presence"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody commented, answered or settled something: `data` is JSON with ids only, which a page goes on to ask for."""

    data: str


Message = Moved | Seen | Said


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream. `waiting` belongs to the event loop of `loop`."""

    branch: str
    loop: asyncio.AbstractEventLoop
    waiting: asyncio.Queue[Message] = field(default_factory=lambda: asyncio.Queue(ROOM))

    def offer(self, message: Message) -> None:
        """Put a message in the queue; where that is full, one that says to look again takes the place of all."""
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(Moved())


class Hub:
    """The listeners of this process, by branch."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[str, set[Listener]] = defaultdict(set)

    def join(self, branch: str) -> Listener:
        """Begin to listen to a branch, in the event loop that runs now."""
        listener = Listener(branch, asyncio.get_running_loop())
        with self._lock:
            self._listeners[branch].add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Listen no longer."""
        with self._lock:
            listeners = self._listeners[listener.branch]
            listeners.discard(listener)
            if not listeners:
                del self._listeners[listener.branch]

    def tell(self, branch: str, message: Message) -> None:
        """Tell everybody who listens to a branch."""
        with self._lock:
            listeners = list(self._listeners.get(branch, ()))
        for listener in listeners:
            self._offer(listener, message)

    def tell_all(self, message: Message) -> None:
        """Tell everybody, whatever they listen to."""
        with self._lock:
            listeners = [each for group in self._listeners.values() for each in group]
        for listener in listeners:
            self._offer(listener, message)

    def count(self, branch: str = "") -> int:
        """Return how many listen to a branch, or in all."""
        with self._lock:
            groups = [self._listeners.get(branch, set())] if branch else list(self._listeners.values())
            return sum(len(group) for group in groups)

    @staticmethod
    def _offer(listener: Listener, message: Message) -> None:
        try:
            listener.loop.call_soon_threadsafe(listener.offer, message)
        except RuntimeError:  # the loop has ended, and the listener with it
            return


HUB = Hub()
