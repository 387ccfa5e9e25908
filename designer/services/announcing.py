"""Telling all server processes that share a database what happens on a branch.

On PostgreSQL by NOTIFY, which is sent when the transaction commits and to nobody when it does not; each process that
has listeners holds one connection that LISTENs. On SQLite there is one process, and its hub is told directly.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import msgspec
import psycopg
from django.db import connection, connections, transaction

from designer.models import Branch
from designer.services.hub import HUB, Message, Moved, Said, Seen

log = logging.getLogger(__name__)

CHANNEL = "wholekey"
MOST_BYTES = 7900
"""PostgreSQL takes 8,000 bytes in a notification."""
_AGAIN = (0.2, 1.0, 2.0, 5.0)
"""Seconds to wait before connecting again; the last one from then on."""


class _Wire(msgspec.Struct, array_like=True):
    """A message as it travels between processes."""

    branch: str
    version: int = 0
    client: str = ""
    data: str = ""
    gone: bool = False
    said: str = ""


def moved(branch: Branch, version: int) -> None:
    """Say, once the transaction that is open commits, that a branch has a new head."""
    _send(_Wire(branch.public_id, version=version))


def seen(branch: str, client: str, data: str, *, gone: bool = False) -> None:
    """Say that somebody is on a branch, or has left it. What is too long for a notification is left out."""
    wire = _Wire(branch, client=client, data=data, gone=gone)
    if len(msgspec.json.encode(wire)) <= MOST_BYTES:
        _send(wire)


def said(branch: Branch, data: str) -> None:
    """Say, once the transaction that is open commits, that people talked about a branch; `data` is JSON with ids."""
    _send(_Wire(branch.public_id, said=data))


def _send(wire: _Wire) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, msgspec.json.encode(wire).decode()])
    else:
        transaction.on_commit(lambda: _tell(wire))


def _tell(wire: _Wire) -> None:
    HUB.tell(wire.branch, _message(wire))


def _message(wire: _Wire) -> Message:
    if wire.said:
        return Said(wire.said)
    if wire.client:
        return Seen(wire.client, wire.data, "gone" if wire.gone else "presence")
    return Moved(wire.version)


class _Ear(threading.Thread):
    """Listens for the notifications of the other processes, and of this one, until the process ends."""

    def __init__(self) -> None:
        super().__init__(name="wholekey-listen", daemon=True)
        self.hears = threading.Event()

    def run(self) -> None:
        """Listen; where the connection is lost, connect again and have everybody look at the log."""
        failures = 0
        while True:
            try:
                self._listen()
            except psycopg.Error:
                self.hears.clear()
                if failures == 0:
                    log.warning("the connection that listens for edits of other processes was lost; trying again")
                time.sleep(_AGAIN[min(failures, len(_AGAIN) - 1)])
                failures += 1
            else:
                failures = 0

    def _listen(self) -> None:
        parameters: dict[str, Any] = connections["default"].get_connection_params()
        wanted = {name: value for name, value in parameters.items() if name not in ("cursor_factory", "context")}
        with psycopg.connect(**wanted, autocommit=True) as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            self.hears.set()
            HUB.tell_all(Moved())
            for notification in listening.notifies():
                self._heard(notification.payload)

    @staticmethod
    def _heard(payload: str) -> None:
        try:
            _tell(msgspec.json.decode(payload, type=_Wire))
        except msgspec.DecodeError:
            log.warning("a notification that is none of ours came on the channel %s", CHANNEL)


_starting = threading.Lock()
_ear: _Ear | None = None


def listen() -> None:
    """See to it that this process hears what the others do. Done again it does nothing."""
    global _ear  # noqa: PLW0603  one thread a process
    if connections["default"].vendor != "postgresql":
        return
    with _starting:
        if _ear is None:
            _ear = _Ear()
            _ear.start()
