"""Whether this installation can do its work, in words that anybody may read: nothing of names, addresses or logins."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from functools import cache
from importlib import metadata
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from designer.models import LogEntry

log = logging.getLogger(__name__)

SECONDS = 3.0
"""How long the database may take to answer."""
ROOM = 64 * 1024 * 1024
"""Bytes that must be free for uploads under way and, on SQLite, for the log."""
OK = "ok"
Checks = dict[str, str]
"""What was looked at -> "ok", or one sentence about what is wrong."""


@cache
def version() -> str:
    """Return the version of the program."""
    return metadata.version("wholekey")


class _Asking:
    """Asks the database on one thread: a database that hangs holds that thread, and no other."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="wholekey-health")
        self._lock = Lock()
        self._under_way: Future[Checks] | None = None

    def ask(self, question: Callable[[], Checks]) -> Checks:
        with self._lock:
            if self._under_way is None or self._under_way.done():
                self._under_way = self._pool.submit(question)
            waiting = self._under_way
        try:
            return waiting.result(SECONDS)
        except TooSlow:
            return {"database": f"The database did not answer within {SECONDS:g} seconds."}


_asking = _Asking()


def checks() -> Checks:
    """Return what was found of everything that work needs."""
    return {**_asking.ask(_of_database), "disk": _of_disk()}


def _of_database() -> Checks:
    own = connections["default"].copy()  # a pool would wait for a server that is gone
    own.settings_dict["OPTIONS"].pop("pool", None)
    try:
        missing = unapplied(own)
        return {"database": OK, "migrations": _words(missing), "log": OK if missing else _of_log(own)}
    except (DatabaseError, OSError) as error:
        log.warning("the database is not ready: %s", " ".join(str(error).split())[:300])
        return {"database": "The database cannot be reached; the server's log says why."}
    finally:
        own.close()


def unapplied(on: BaseDatabaseWrapper) -> list[str]:
    """Return the migrations of this program that a database has not seen, in no order."""
    with on.cursor() as cursor:
        applied: set[tuple[str, str]] = set()
        if MigrationRecorder.Migration._meta.db_table in on.introspection.table_names(cursor):
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = {(app, name) for app, name in cursor.fetchall()}
    return [f"{app}.{name}" for app, name in _known() if (app, name) not in applied]


@cache
def _known() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def _words(missing: list[str]) -> str:
    return f"The database lacks {len(missing)} migrations; run wholekey migrate." if missing else OK


def _of_log(on: BaseDatabaseWrapper) -> str:
    """Say whether edits can be kept. Asks without writing, so that health checks leave nothing behind."""
    with on.cursor() as cursor:
        if on.vendor == "sqlite":
            cursor.execute("PRAGMA query_only")
            readable_only = bool(cursor.fetchone()[0]) or not _writable(str(on.settings_dict["NAME"]))
        else:
            table = on.ops.quote_name(LogEntry._meta.db_table)
            cursor.execute(
                "SELECT current_setting('transaction_read_only')::bool OR NOT has_table_privilege(%s, 'INSERT')",
                [table],
            )
            readable_only = bool(cursor.fetchone()[0])
    return "The database takes no edits: it is read-only for this server." if readable_only else OK


def _writable(path: str) -> bool:
    return os.access(path, os.W_OK)


def _of_disk() -> str:
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError:
        return "The directory of WHOLEKEY_VAR cannot be read."
    return OK if free >= ROOM else f"Less than {ROOM // 1024**2} MB are free where WHOLEKEY_VAR is."
