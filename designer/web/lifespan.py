"""The beginning and the end of a server process (ASGI lifespan): work under way is ended before the process is.

Streams never end by themselves, so they must be told when a signal comes: uvicorn waits for open connections before it
tells the application anything. Whatever else is slow then is left after a few seconds, and its row says so.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
log = logging.getLogger(__name__)
SIGNALS = (signal.SIGTERM, signal.SIGINT)
"""What stops a server. SIGHUP, where nobody else takes it, is a terminal that was closed, and stops it likewise."""
PATIENCE = 5.0
"""Seconds that jobs have to stop."""
LAST_MOMENT = 3.0
"""Seconds after which threads that do not end are left, and with them the process."""
ONE_PROCESS = (
    "Several workers need PostgreSQL: on SQLite each of them would show its own visitors' edits only. "
    "Set DATABASE_URL to a postgresql:// address, or start one worker."
)


def with_lifespan(app: App) -> App:
    """Return the application with a beginning and an end."""

    async def living(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        else:
            await app(scope, receive, send)

    return living


async def _live(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            problem = refusal()
            if problem:
                await send({"type": "lifespan.startup.failed", "message": problem})
                return
            _hear_signals(asyncio.get_running_loop())
            await send({"type": "lifespan.startup.complete"})
        else:
            await asyncio.to_thread(_end)
            await send({"type": "lifespan.shutdown.complete"})
            return


def refusal() -> str:
    """Return why this process must not start, or nothing."""
    return ONE_PROCESS if asked_workers() > 1 and sqlite_is_used() else ""


def sqlite_is_used() -> bool:
    """Say whether the data is in an SQLite file, which is for one process."""
    from django.db import connections

    return connections["default"].vendor == "sqlite"


def asked_workers() -> int:
    """Return how many workers uvicorn was told to start: its child processes have its arguments."""
    arguments = sys.argv[1:]
    for number, each in enumerate(arguments):
        name, _, value = each.partition("=")
        if name == "--workers":
            written = value or "".join(arguments[number + 1 : number + 2])
            return int(written) if written.isdecimal() else 1
    written = os.environ.get("WEB_CONCURRENCY", "")
    return int(written) if written.isdecimal() else 1


def _hear_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Have streams end on a signal, and then what the server does anyway."""
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    for number in SIGNALS:
        before = signal.getsignal(number)
        if callable(before):
            signal.signal(number, _first(loop, before))


def _first(loop: asyncio.AbstractEventLoop, before: Callable[[int, FrameType | None], Any]) -> Any:
    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(_end_streams)
        before(number, frame)

    return handle


def _end_streams() -> None:
    from designer.services.hub import HUB

    for listener in HUB.listeners():
        listener.end()


def _end() -> None:
    """Stop jobs, and let no thread keep the process."""
    from designer.services import background, jobs

    try:
        jobs.stop(PATIENCE)
        background.stop()
    except Exception:
        log.exception("jobs could not be stopped")
    last = threading.Timer(LAST_MOMENT, os._exit, (0,))
    last.daemon = True
    last.start()
