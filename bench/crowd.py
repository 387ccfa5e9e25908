"""People at work, as cheap as they can be: viewers that parse every event, editors that post, pointers that move.

One event loop and plain sockets; httptools reads HTTP, msgspec JSON. The load shares the machine with the servers.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httptools
import msgspec

TOKEN_HEADER = "X-CSRFToken"


class Entry(msgspec.Struct):
    """What a viewer reads of an accepted edit."""

    version: int
    time: str
    key: str = ""


class Changes(msgspec.Struct):
    """What a stream sends, and what an edit is answered with."""

    version: int
    entries: list[Entry]


@dataclass
class Tally:
    """What was seen: seconds to the acknowledgement and to each viewer, events of each kind, versions that failed."""

    acknowledged: list[float] = field(default_factory=list)
    delivered: list[float] = field(default_factory=list)
    pointed: list[float] = field(default_factory=list)
    events: int = 0
    words: int = 0
    refused: int = 0
    accepted_at: dict[int, float] = field(default_factory=dict)
    measuring: bool = False

    def deliver(self, entry: Entry, now: float) -> None:
        """Note that a viewer has an edit."""
        at = self.accepted_at.get(entry.version)
        if at is None:
            at = self.accepted_at[entry.version] = datetime.fromisoformat(entry.time).timestamp()
        if self.measuring:
            self.delivered.append(now - at)


CHANGES = msgspec.json.Decoder(Changes)


class Line(asyncio.Protocol):
    """One connection: an HTTP response is read as it comes."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.transport: asyncio.Transport | None = None
        self.answer = bytearray()
        self.done: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self.answer += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        answer, self.answer = bytes(self.answer), bytearray()
        if self.done is not None and not self.done.done():
            self.done.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        if self.done is not None and not self.done.done():
            self.done.set_exception(error or ConnectionResetError("the server hung up"))

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        assert self.transport is not None
        self.parser = httptools.HttpResponseParser(self)
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return_value = await self.done
        return self.parser.get_status_code(), return_value


class Viewer(Line):
    """A stream, every event of which is parsed."""

    def __init__(self, tally: Tally, own: str):
        super().__init__()
        self.tally, self.own = tally, own
        self.version = 0
        self.token = ""
        self.first = asyncio.get_running_loop().create_future()
        self.lost = False

    def on_body(self, body: bytes) -> None:
        self.answer += body
        if not self.first.done():
            self.first.set_result(None)
        while (end := self.answer.find(b"\n\n")) >= 0:
            event = bytes(self.answer[:end])
            del self.answer[: end + 2]
            self.take(event)

    def take(self, event: bytes) -> None:
        """Read one event."""
        name, _, data = event.rpartition(b"\ndata: ")
        if name.endswith(b"event: hello"):
            self.token = msgspec.json.decode(data)["token"]
        if name.endswith(b"event: changes"):
            now = time.time()
            for entry in CHANGES.decode(data).entries:
                self.version = entry.version
                self.tally.deliver(entry, now)
            self.tally.events += 1
        elif name.endswith((b"event: presence", b"event: people")):
            told = msgspec.json.decode(data)
            self.tally.words += len(told) if isinstance(told, list) else 1
            self.tally.events += 1

    def connection_lost(self, _: Exception | None) -> None:
        self.lost = True


@dataclass
class Crowd:
    """So many people on one branch, over several servers."""

    ports: list[int]
    branch: str
    people: list[dict[str, Any]]
    tally: Tally = field(default_factory=Tally)
    viewers: list[Viewer] = field(default_factory=list)
    tasks: list[asyncio.Task[None]] = field(default_factory=list)
    version: int = 0

    def head(self, number: int) -> str:
        """The headers that say who somebody is."""
        cookies = "; ".join(
            f"{name}={value}" for name, value in self.people[number % len(self.people)]["cookies"].items()
        )
        host = f"Host: 127.0.0.1:{self.ports[number % len(self.ports)]}\r\nCookie: {cookies}\r\n"
        token = self.viewers[number].token if number < len(self.viewers) else ""
        return f"{host}X-Wholekey-Client: c{number}\r\nX-Wholekey-Stream: {token}\r\n"

    def request(self, number: int, path: str, body: bytes | None = None) -> bytes:
        """Return a request of somebody."""
        target = f"/d/{self.branch}/{path}"
        if body is None:
            return f"GET {target} HTTP/1.1\r\n{self.head(number)}\r\n".encode()
        token = next(value for name, value in self.people[0]["cookies"].items() if name.endswith("csrf"))
        about = f"{TOKEN_HEADER}: {token}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"POST {target} HTTP/1.1\r\n{self.head(number)}{about}".encode() + body

    async def line(self, number: int, made: Callable[[], Any] = Line) -> Any:
        """Return a connection to the server of somebody."""
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(made, "127.0.0.1", self.ports[number % len(self.ports)])
        return line

    async def look(self, count: int) -> None:
        """Let so many more viewers come, ten at a time."""
        first = len(self.viewers)
        for start in range(first, first + count, 10):
            await asyncio.gather(*(self._join(number) for number in range(start, min(start + 10, first + count))))

    async def _join(self, number: int) -> None:
        viewer = await self.line(number, lambda: Viewer(self.tally, f"c{number}"))
        viewer.transport.write(self.request(number, f"stream?since={self.version}&client=c{number}"))
        self.viewers.append(viewer)
        await asyncio.wait_for(viewer.first, 60)

    async def records(self) -> dict[str, Any]:
        """Return the design as the page loads it."""
        line = await self.line(0)
        status, body = await line.ask(self.request(0, "records"))
        if status != 200:
            raise RuntimeError(f"the server answered {status}: {body[:300]!r}")
        line.transport.close()
        about = msgspec.json.decode(body)
        self.version = about["version"]
        return about

    def edit(self, number: int, diagram: str, every: float) -> None:
        """Let somebody edit on and on."""
        self.tasks.append(asyncio.create_task(self._editing(number, diagram, every)))

    async def _editing(self, number: int, diagram: str, every: float) -> None:
        line = await self.line(number)
        mine, x, posted = f"crowd{number:06}{random.randrange(10**6):06}", 0, 0
        await asyncio.sleep(random.random() * every)
        while True:
            note = {"kind": "note", "id": mine, "parent": diagram, "text": "hello", "x": x}
            change = {"changed": {mine: {"x": [x, x + 1]}}} if posted else {"added": {mine: note}}
            base = max(self.viewers[number % len(self.viewers)].version if self.viewers else 0, self.version)
            edit = {"base": base, "key": f"{mine}-{posted}", "label": "Move a note", "change": change}
            start = time.perf_counter()
            status, body = await line.ask(self.request(number, "changes", msgspec.json.encode(edit)))
            if status != 200:
                self.tally.refused += 1
            else:
                CHANGES.decode(body)
                x, posted = x + (1 if posted else 0), posted + 1
            if self.tally.measuring:
                self.tally.acknowledged.append(time.perf_counter() - start)
            await asyncio.sleep(max(0.0, every * random.uniform(0.5, 1.5) - (time.perf_counter() - start)))

    def point(self, number: int, diagram: str, every: Callable[[], float]) -> None:
        """Let somebody's pointer move; `every` says how many seconds lie between two words about it."""
        self.tasks.append(asyncio.create_task(self._pointing(number, diagram, every)))

    async def _pointing(self, number: int, diagram: str, every: Callable[[], float]) -> None:
        line = await self.line(number)
        await asyncio.sleep(random.random() * every())
        while True:
            where = {"diagram": diagram, "x": random.randrange(2000) / 1.0, "y": random.randrange(1000) / 1.0}
            start = time.perf_counter()
            status, _ = await line.ask(self.request(number, "presence", msgspec.json.encode(where)))
            self.tally.refused += status != 204
            if self.tally.measuring:
                self.tally.pointed.append(time.perf_counter() - start)
            await asyncio.sleep(every() * random.uniform(0.7, 1.3))

    async def leave(self) -> None:
        """Let everybody go."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        for viewer in self.viewers:
            if viewer.transport is not None:
                viewer.transport.abort()
        self.tasks, self.viewers = [], []
