"""Who listens to which branch in this process, who is there, and telling them.

A listener lives in an event loop; what is told may come from any thread. Nothing here is stored, and nothing is lost
that matters: a listener that was told too much at once looks at the log again. However much happens, a listener is
woken only so often, and all who are woken are given the same bytes.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec

from designer.services.roster import Roster

ROOM = 64
"""How many events may wait for a listener before they are let go, and it is told to look for itself."""
PACE = 0.04
"""Seconds that lie at least between two times that the listeners of a branch are woken for edits."""
WORDS_PACE = 0.2
"""Seconds that lie at least between two events about people."""
MOST_WORDS = 40
"""How many people one event tells of; who is left over comes with the next one."""
TICK = 4.0
"""Seconds between two looks at who has not been heard of."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The head of a branch is at `version` now; 0 is "perhaps", after a connection was lost."""

    version: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody is here or moved: `data` is JSON about the tab `client`; "" says that it has gone."""

    client: str
    data: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody commented, answered or settled something: `data` is JSON with ids, which a page goes on to ask for."""

    data: str


Message = Moved | Seen | Said


@dataclass(eq=False, slots=True)
class Listener:
    """One open stream, of a tab `client`. It belongs to the event loop that it was made in.

    Whoever knows `token`, which this stream alone tells, may speak for the tab without being asked who he is. `head` is
    the newest version that it was told of; `look` says that there may be newer ones.
    """

    branch: str
    client: str
    visitor: object = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    head: int = 0
    look: bool = True
    ended: bool = False
    events: list[bytes] = field(default_factory=list)
    _ready: asyncio.Future[None] | None = None

    def offer(self, event: bytes) -> None:
        """Give it an event. Where too many wait already all are let go: they were about what soon changes again."""
        if len(self.events) >= ROOM:
            self.events.clear()
            self.look = True
        self.events.append(event)
        self.wake()

    def wake(self) -> None:
        """Let it go on."""
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)

    def end(self) -> None:
        """Let it come to its end."""
        self.ended = True
        self.wake()

    async def news(self, sent: int) -> None:
        """Wait until there is an event, an edit after version `sent`, or the end."""
        while not (self.events or self.look or self.ended or self.head > sent):
            self._ready = asyncio.get_running_loop().create_future()
            await self._ready
            self._ready = None

    def take(self) -> bytes:
        """Return the events that wait, and forget them."""
        taken, self.events = b"".join(self.events), []
        return taken


class Room:
    """The listeners of a branch. Everything is called in the event loop, but for what `Hub` says."""

    def __init__(self, loop: asyncio.AbstractEventLoop):
        self.loop = loop
        self.listeners: set[Listener] = set()
        self.news: dict[str, str] = {}
        self._head = 0
        self._timers: dict[Callable[[], None], asyncio.TimerHandle | asyncio.Handle] = {}
        self._last: dict[Callable[[], None], float] = {}

    def told(self, message: Message) -> None:
        """Take a message in."""
        if isinstance(message, Moved):
            self._moved(message.version)
        elif isinstance(message, Said):
            self._offer(f"event: talk\ndata: {message.data}\n\n".encode())
        else:
            self.news[message.client] = message.data
            self._soon(self._tell_of_people, WORDS_PACE)

    def _moved(self, version: int) -> None:
        self._head = max(self._head, version)
        if version == 0:
            for listener in self.listeners:
                listener.look = True
        self._soon(self._wake, PACE)

    def _soon(self, act: Callable[[], None], pace: float) -> None:
        """Do something now, or as soon as it is due again; not more often than `pace` says."""
        if act not in self._timers:
            wait = self._last.get(act, -pace) + pace - self.loop.time()
            self._timers[act] = self.loop.call_later(max(0.0, wait), self._do, act)

    def _do(self, act: Callable[[], None]) -> None:
        del self._timers[act]
        self._last[act] = self.loop.time()
        act()

    def _wake(self) -> None:
        for listener in self.listeners:
            listener.head = max(listener.head, self._head)
            listener.wake()

    def _tell_of_people(self) -> None:
        told = [(client, self.news.pop(client)) for client in list(self.news)[:MOST_WORDS]]
        self._offer(people_event(told))
        if self.news:
            self._soon(self._tell_of_people, WORDS_PACE)

    def _offer(self, event: bytes) -> None:
        for listener in self.listeners:
            listener.offer(event)


def people_event(words: Iterable[tuple[str, str]], whole: bool = False) -> bytes:
    """Return the event that tells of people; `whole` where nobody else is there."""
    told = ",".join(data or msgspec.json.encode({"client": client, "gone": True}).decode() for client, data in words)
    return f"event: {'everybody' if whole else 'people'}\ndata: [{told}]\n\n".encode()


class Hub:
    """The listeners of this process, by branch, and who is on which branch in all processes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[str, Room] = {}
        self._by_token: dict[str, Listener] = {}
        self.roster = Roster()
        self.on_tick: list[Callable[[], None]] = []
        self._ticking: asyncio.AbstractEventLoop | None = None

    def join(self, branch: str, client: str = "", visitor: object = None) -> Listener:
        """Begin to listen to a branch, in the event loop that runs now. The first event is who is there."""
        loop = asyncio.get_running_loop()
        listener = Listener(branch, client, visitor)
        with self._lock:
            room = self._rooms.get(branch)
            if room is None or room.loop is not loop:
                room = self._rooms[branch] = Room(loop)
            room.listeners.add(listener)
            self._by_token[listener.token] = listener
        listener.offer(f'event: hello\ndata: {{"token":"{listener.token}"}}\n\n'.encode())
        listener.offer(people_event(self.roster.on(branch, but=client), whole=True))
        self._tick_in(loop)
        return listener

    def leave(self, listener: Listener) -> None:
        """Listen no longer."""
        with self._lock:
            self._by_token.pop(listener.token, None)
            room = self._rooms.get(listener.branch)
            if room is None:
                return
            room.listeners.discard(listener)
            if not room.listeners:
                del self._rooms[listener.branch]

    def tell(self, branch: str, message: Message) -> None:
        """Tell everybody who listens to a branch."""
        with self._lock:
            room = self._rooms.get(branch)
        if room is not None:
            _in_loop(room.loop, room.told, message)

    def see(self, branch: str, seen: Seen) -> None:
        """Take in that somebody is there, moved or went, and tell the listeners if that is new."""
        if seen.data == "" and self.has(branch, seen.client):
            return  # the tab has another stream by now
        if self.roster.note(branch, seen.client, seen.data):
            self.tell(branch, seen)

    def tell_all(self, message: Message) -> None:
        """Tell everybody, whatever they listen to."""
        with self._lock:
            rooms = list(self._rooms.values())
        for room in rooms:
            _in_loop(room.loop, room.told, message)

    def by_token(self, token: str) -> Listener | None:
        """Return the listener that a token was given to."""
        with self._lock:
            return self._by_token.get(token)

    def has(self, branch: str, client: str) -> bool:
        """Say whether a tab listens to a branch in this process."""
        return any(each.client == client for each in self.listeners(branch))

    def listeners(self, branch: str = "") -> list[Listener]:
        """Return who listens to a branch, or everybody."""
        with self._lock:
            rooms = [self._rooms[branch]] if branch in self._rooms else [] if branch else list(self._rooms.values())
            return [each for room in rooms for each in list(room.listeners)]

    def own_words(self) -> list[tuple[str, str, str]]:
        """Return (branch, tab, words) of everybody who listens in this process and has said something."""
        words = ((each.branch, each.client, self.roster.words(each.branch, each.client)) for each in self.listeners())
        return [(branch, client, data) for branch, client, data in words if data]

    def _tick_in(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._ticking is not loop:
            self._ticking = loop
            loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        listeners = self.listeners()
        for each in listeners:
            self.roster.touch(each.branch, each.client)
        for branch, client in self.roster.lost():
            self.see(branch, Seen(client))
        for act in self.on_tick:
            act()
        loop, self._ticking = self._ticking, None
        if listeners and loop is not None:
            self._tick_in(loop)


def _in_loop(loop: asyncio.AbstractEventLoop, act: Callable[[Message], None], message: Message) -> None:
    try:
        loop.call_soon_threadsafe(act, message)
    except RuntimeError:  # the loop has ended, and its listeners with it
        return


HUB = Hub()
