"""Static files are given from memory for as long as they are the same, and nothing else is."""

from __future__ import annotations

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from designer.web.remembered import App, remembered


class World:
    """An application that reads one file and counts how often it was asked."""

    def __init__(self, folder: Path):
        self.file = folder / "a.js"
        self.file.write_text("one")
        self.asked = 0
        self.app: App = remembered(self.serve, "/static/", lambda name: str(folder / name) if name == "a.js" else None)

    async def serve(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.asked += 1
        found = scope["path"] == "/static/a.js"
        body = self.file.read_bytes() if found else b"nothing"
        tag = b'"%d"' % len(body)
        headers = [(b"ETag", tag), (b"Content-Length", b"%d" % len(body)), (b"X-Safe", b"yes")]
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def get(
        self, path: str = "/static/a.js", method: str = "GET", **headers: str
    ) -> tuple[int, bytes, dict[bytes, bytes]]:
        """Return status, body and headers of an answer."""
        sent: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": [(b"host", b"here"), *given]}
        with ThreadPoolExecutor(1) as thread:  # a browser's loop may be running in this one
            thread.submit(asyncio.run, self.app(scope, None, send)).result()  # type: ignore[arg-type]
        return sent[0]["status"], sent[1]["body"], dict(sent[0]["headers"])


def test_a_file_is_asked_for_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    first, second = world.get(), world.get()
    assert first == second == (200, b"one", {b"ETag": b'"3"', b"Content-Length": b"3", b"X-Safe": b"yes"})
    assert world.asked == 1


def test_a_file_that_changed_is_asked_for_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.get()
    world.file.write_text("other")
    os.utime(world.file, ns=(1, 1))
    assert world.get()[1] == b"other"
    assert world.asked == 2


def test_what_the_browser_holds_is_not_sent_again(tmp_path: Path) -> None:
    world = World(tmp_path)
    status, body, headers = world.get(if_none_match='W/"3"')
    assert (status, body, headers[b"X-Safe"]) == (304, b"", b"yes")
    assert b"Content-Length" not in headers
    assert world.get(if_none_match='"9"')[0] == 200


def test_other_requests_go_to_the_application(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.get()
    for asked in (
        lambda: world.get(method="HEAD"),
        lambda: world.get(range="bytes=0-1"),
        lambda: world.get(x_forwarded_for="9.9.9.9"),
        lambda: world.get("/elsewhere/a.js"),
        lambda: world.get(host="another"),
    ):
        before = world.asked
        asked()
        assert world.asked == before + 1


def test_what_is_not_there_is_not_kept(tmp_path: Path) -> None:
    world = World(tmp_path)
    assert [world.get("/static/b.js")[0], world.get("/static/b.js")[0]] == [404, 404]
    assert world.asked == 2


def test_nobody_is_answered_who_has_gone_away(tmp_path: Path) -> None:
    sent: list[dict[str, Any]] = []

    async def gone(scope: dict[str, Any], receive: Any, send: Any) -> None:
        """What Django does where the client disconnects before the answer: nothing."""

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    app = remembered(gone, "/static/", lambda name: str(tmp_path))
    scope = {"type": "http", "method": "GET", "path": "/static/a.js", "headers": [(b"host", b"here")]}
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, None, send)).result()  # type: ignore[arg-type]
    assert sent == []
