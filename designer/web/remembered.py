"""Static files without Django the second time: the page of a design asks for two hundred modules when it first opens.

The first answer to a path goes through the whole application, with its checks and headers, and is kept; it is given
again for as long as the file on disk is the same and the request is alike in all that those checks look at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from designer.web.static_digest import State, state_of

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]
Key = tuple[str, str, bytes]

MOST = 2000
"""Answers to keep; with more, all are forgotten."""
CONDITIONS = frozenset((b"if-none-match", b"if-modified-since"))
SPECIAL = (b"range", b"forwarded", b"x-forwarded", b"x-real-ip")
"""Beginnings of the headers of requests that always go to the application."""


@dataclass(frozen=True)
class Kept:
    """An answer, and the file that it was made of as it was then."""

    headers: Headers
    body: bytes
    path: str
    state: State

    @property
    def tag(self) -> bytes | None:
        """The ETag of the answer."""
        return next((value for name, value in self.headers if name.lower() == b"etag"), None)


def remembered(app: App, prefix: str, find: Callable[[str], str | None]) -> App:
    """Return the application with a memory for files under `prefix`; `find` gives the path of a name on disk."""
    known: dict[Key, Kept] = {}

    async def answering(scope: dict[str, Any], receive: Any, send: Any) -> None:
        key = _key(scope, prefix)
        if key is None:
            await app(scope, receive, send)
            return
        kept = known.get(key)
        if kept is None or state_of(kept.path) != kept.state:
            kept = await _asked(app, scope, receive, send, find(scope["path"].removeprefix(prefix)))
            if kept is None:
                return
            if len(known) >= MOST:
                known.clear()
            known[key] = kept
        await _answer(kept, dict(scope["headers"]).get(b"if-none-match"), send)

    return answering


def _key(scope: dict[str, Any], prefix: str) -> Key | None:
    """What an answer depends on; None for a request that is not for a plain file."""
    if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(prefix):
        return None
    headers = dict(scope["headers"])
    if any(name.startswith(SPECIAL) for name in headers):
        return None
    return (
        scope["path"],
        scope.get("scheme", "http"),
        headers.get(b"host", b"") + b" " + headers.get(b"accept-encoding", b""),
    )


async def _asked(app: App, scope: dict[str, Any], receive: Any, send: Any, path: str | None) -> Kept | None:
    """Ask the application for the whole file. What is no file is sent on as it comes, and None is returned."""
    if path is None:
        await app(scope, receive, send)
        return None
    state = state_of(path)
    messages: list[dict[str, Any]] = []

    async def collect(message: dict[str, Any]) -> None:
        messages.append(message)

    plain = [(name, value) for name, value in scope["headers"] if name not in CONDITIONS]
    await app({**scope, "headers": plain}, receive, collect)
    if not messages:  # whoever asked has gone away
        return None
    start, *bodies = messages
    if start["status"] != 200:
        for message in messages:
            await send(message)
        return None
    return Kept(list(start["headers"]), b"".join(each.get("body", b"") for each in bodies), path, state)


async def _answer(kept: Kept, held: bytes | None, send: Any) -> None:
    """Send a kept answer, or 304 where the browser holds it already."""
    if held is not None and kept.tag is not None and kept.tag.removeprefix(b"W/") in held:
        headers = [each for each in kept.headers if each[0].lower() not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
    await send({"type": "http.response.body", "body": kept.body})
