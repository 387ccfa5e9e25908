"""Work that nobody waits for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="wholekey")


def submit(work: Callable[..., None], *arguments: Any) -> None:
    """Run `work` on a thread of its own, with its own database connection."""
    if settings.WHOLEKEY_BACKGROUND:
        with suppress(RuntimeError):  # the process ends; nobody waited for this
            _pool.submit(_run, work, arguments)
    else:
        work(*arguments)


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
