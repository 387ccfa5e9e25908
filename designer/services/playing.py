"""Relations that somebody types to play with, analysed in a process of its own; nothing of them is stored."""

from __future__ import annotations

import pickle
import subprocess
import sys
from threading import BoundedSemaphore
from typing import Literal

import msgspec
from django.conf import settings

from designer.normalization.analysis import Analysis
from designer.normalization.contract import BadRelation
from designer.services.errors import Invalid, ServiceError, TooLarge
from designer.services.import_process import environment

MOST_TYPED = 100_000
"""Letters that one page may hold."""
SECONDS = 10
MEMORY = 1024**3
AT_ONCE = 2
_TURNS = BoundedSemaphore(AT_ONCE)
_WAIT = 10

Format = Literal["text", "json", "markdown", "html"]
FORMATS: dict[Format, tuple[str, str]] = {
    "text": ("txt", "text/plain; charset=utf-8"),
    "markdown": ("md", "text/markdown; charset=utf-8"),
    "html": ("html", "text/html; charset=utf-8"),
    "json": ("json", "application/json"),
}
"""The formats of a report: how its file ends, and what browsers call it."""


class Busy(ServiceError):
    """All turns are taken."""

    status = 503


def analysed(text: str) -> list[Analysis | BadRelation]:
    """Return what there is to know about each typed relation, in order; a bad one says what is wrong with it."""
    found: list[Analysis | BadRelation] = pickle.loads(_asked(text, ""))  # noqa: S301 - it comes from our own process
    return found


def report(text: str, wanted: Format) -> bytes:
    """Return a report of the typed relations that shows the work. Raises Invalid where none can be read."""
    return _asked(text, wanted)


def _asked(text: str, wanted: str) -> bytes:
    if len(text) > MOST_TYPED:
        raise TooLarge(f"This is too long; {MOST_TYPED:,} letters can be typed. Larger ones: wholekey normalize.")
    if not _TURNS.acquire(timeout=_WAIT):
        raise Busy("The server is busy with other relations; try again in a moment.")
    try:
        return _worked(text, wanted)
    finally:
        _TURNS.release()


def _worked(text: str, wanted: str) -> bytes:
    task = msgspec.json.encode({"text": text, "format": wanted, "seconds": SECONDS, "memory": MEMORY})
    command = [sys.executable, "-m", "designer.services.playing_worker"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; what is typed travels as data
            command, input=task, cwd=settings.BASE_DIR, env=environment(), capture_output=True,
            timeout=SECONDS + 2, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Invalid(_TOO_MUCH) from None
    if done.returncode:
        raise Invalid(_TOO_MUCH)
    return done.stdout


_TOO_MUCH = (
    f"This takes more than {SECONDS} seconds or too much memory here; leave out columns or dependencies, "
    "or run wholekey normalize on your own computer."
)
