"""Bringing the database up to date: once, however many processes and machines start together."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from django.core.management import call_command
from django.db import connection

from designer.services import health

LOCK = 0x57686F6C656B6579
"""Number of the advisory lock, `Wholekey` in ASCII. Others on the same PostgreSQL use other databases or numbers."""
_TICK = 0.2
Say = Callable[[str], None]


def bring_up_to_date(say: Say = lambda _: None) -> int:
    """Run the migrations that are missing and return how many they were. Whoever comes second waits, and runs none."""
    if not health.unapplied(connection):  # known without waiting for anybody
        return 0
    with alone(say):
        missing = health.unapplied(connection)
        if missing:
            call_command("migrate", verbosity=0, interactive=False)
    return len(missing)


@contextlib.contextmanager
def alone(say: Say = lambda _: None) -> Iterator[None]:
    """Have the right to change the tables to ourselves as long as the block lasts."""
    held = _postgres_lock if connection.vendor == "postgresql" else _file_lock
    with held(say):
        yield


@contextlib.contextmanager
def _postgres_lock(say: Say) -> Iterator[None]:
    """Hold the advisory lock of the session: PostgreSQL gives it back also when this process dies."""
    with connection.cursor() as cursor:
        _wait(lambda: _asked(cursor), say)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _asked(cursor: object) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])  # type: ignore[attr-defined]
    return bool(cursor.fetchone()[0])  # type: ignore[attr-defined]


@contextlib.contextmanager
def _file_lock(say: Say) -> Iterator[None]:
    """Hold a lock on a file beside the database; where the system knows none (Windows), there is one process anyway."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    path = Path(str(connection.settings_dict["NAME"]) + ".migrating")

    def asked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    with path.open("w") as file:
        _wait(lambda: asked(file), say)
        yield


def _wait(got: Callable[[], bool], say: Say) -> None:
    told = False
    while not got():
        if not told:
            say("Another process is bringing the database up to date; waiting for it.")
            told = True
        time.sleep(_TICK)
