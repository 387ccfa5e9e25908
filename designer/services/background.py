"""Work that nobody waits for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)
_later: dict[str, tuple[float, Callable[..., None], tuple[Any, ...]]] = {}
"""What waits for its time: when by the monotonic clock, and what then."""
_lock = threading.Lock()
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="wholekey")


def submit(work: Callable[..., None], *arguments: Any) -> None:
    """Run `work` on a thread of its own, with its own database connection."""
    if settings.WHOLEKEY_BACKGROUND:
        with suppress(RuntimeError):  # the process ends; nobody waited for this
            _pool.submit(_run, work, arguments)
    else:
        work(*arguments)


def later(key: str, seconds: float, work: Callable[..., None], *arguments: Any) -> None:
    """Run `work` once nothing was asked for under this key for so many seconds. Only the last that was asked for runs.

    In the foreground nothing is run: nobody waits there. What waits when the process ends is not run.
    """
    if not settings.WHOLEKEY_BACKGROUND:
        return
    with _lock:
        waits = key in _later
        _later[key] = (time.monotonic() + seconds, work, arguments)
    if not waits:
        _wake_in(seconds, key)


def _wake_in(seconds: float, key: str) -> None:
    timer = threading.Timer(seconds, _wake, (key,))
    timer.daemon = True
    timer.start()


def _wake(key: str) -> None:
    with _lock:
        at, work, arguments = _later[key]
        left = at - time.monotonic()
        if left <= 0:
            del _later[key]
    if left > 0:
        _wake_in(left, key)
    else:
        submit(work, *arguments)


def stop() -> None:
    """Begin nothing more; snapshots that are due are made after another edit, by another process."""
    _pool.shutdown(wait=False, cancel_futures=True)


def _run(work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    try:
        work(*arguments)
    except Exception:
        log.exception("background work failed: %s", work.__name__)
    finally:
        connections.close_all()
