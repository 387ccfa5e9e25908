"""Telling all server processes that share a database what happens on a branch.

On PostgreSQL by NOTIFY. That an edit was made is sent when the transaction commits and to nobody when it does not;
where people point is gathered and sent a few times a second. Each process that has listeners holds one connection that
LISTENs. On SQLite there is one process, and its hub is told directly.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import psycopg
from django.db import connection, connections, transaction

from designer.models import Branch
from designer.models.base import public_id
from designer.services.hub import HUB, TICK, Message, Moved, Said, Seen

log = logging.getLogger(__name__)

CHANNEL = "wholekey"
MOST_BYTES = 7900
"""PostgreSQL takes 8,000 bytes in a notification."""
GATHERED = 0.15
"""Seconds for which words about people are gathered before other processes are told."""
REPEATED = 2 * TICK
"""Seconds after which a process says again who listens to it, so that others know that they are there still."""
_AGAIN = (0.2, 1.0, 2.0, 5.0)
"""Seconds to wait before connecting again; the last one from then on."""
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""In seconds: a line that was cut without a word is noticed within a minute."""
_HERE = public_id()
"""Stands for this process."""


class _Word(msgspec.Struct, array_like=True):
    """What a tab says of itself, as it travels between processes; no data says that it has gone."""

    branch: str
    client: str
    data: str = ""


class _Wire(msgspec.Struct, array_like=True):
    """A message as it travels between processes; `by` is the one that words about people come from."""

    branch: str = ""
    version: int = 0
    said: str = ""
    by: str = ""
    words: list[_Word] = []


def moved(branch: Branch, version: int) -> None:
    """Say, once the transaction that is open commits, that a branch has a new head."""
    _send(_Wire(branch.public_id, version=version))


def said(branch: Branch, data: str) -> None:
    """Say, once the transaction that is open commits, that people talked about a branch; `data` is JSON with ids."""
    _send(_Wire(branch.public_id, said=data))


def _send(wire: _Wire) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, msgspec.json.encode(wire).decode()])
    else:
        transaction.on_commit(lambda: _tell(wire))


def seen(branch: str, client: str, data: str) -> None:
    """Say that somebody is on a branch. What is too long for a notification is left out."""
    if len(data.encode()) > MOST_BYTES // 2:
        return
    HUB.see(branch, Seen(client, data))
    _others().say(_Word(branch, client, data))


def gone(branch: str, client: str) -> None:
    """Say that somebody has left a branch, unless he listens by another stream."""
    if not HUB.has(branch, client):
        HUB.see(branch, Seen(client))
        _others().say(_Word(branch, client))


def _tell(wire: _Wire) -> None:
    if wire.words:
        _heard_of_people(wire)
    else:
        HUB.tell(wire.branch, _message(wire))


def _heard_of_people(wire: _Wire) -> None:
    if wire.by == _HERE:
        return
    for word in wire.words:
        HUB.see(word.branch, Seen(word.client, word.data))


def _message(wire: _Wire) -> Message:
    return Said(wire.said) if wire.said else Moved(wire.version)


def _parameters() -> dict[str, Any]:
    parameters: dict[str, Any] = connections["default"].get_connection_params()
    wanted = {name: value for name, value in parameters.items() if name not in ("cursor_factory", "context")}
    return {**_ALIVE, **wanted}


def _drain() -> None:
    """Close the connections that wait for requests: they died with ours, and each would be tried, and waited after."""
    pool = getattr(connections["default"], "pool", None)
    if pool is not None and not pool.closed:
        pool.drain()


class _Ear(threading.Thread):
    """Listens for the notifications of the other processes, and of this one, until the process ends."""

    def __init__(self) -> None:
        super().__init__(name="wholekey-listen", daemon=True)

    def run(self) -> None:
        """Listen; where the connection is lost, connect again and have everybody look at the log."""
        failures = 0
        while True:
            try:
                with psycopg.connect(**_parameters(), autocommit=True) as listening:
                    listening.execute(f"LISTEN {CHANNEL}")
                    if failures:
                        log.warning("edits of other processes are heard again")
                    failures = 0
                    HUB.tell_all(Moved())
                    for notification in listening.notifies():
                        self._heard(notification.payload)
            except psycopg.Error:
                _drain()
                if failures == 0:
                    log.warning("the connection that listens for edits of other processes was lost; trying again")
                time.sleep(_AGAIN[min(failures, len(_AGAIN) - 1)])
                failures += 1

    @staticmethod
    def _heard(payload: str) -> None:
        try:
            _tell(msgspec.json.decode(payload, type=_Wire))
        except msgspec.DecodeError:
            log.warning("a notification that is none of ours came on the channel %s", CHANNEL)


class _Mouth(threading.Thread):
    """Tells the other processes of people, until the process ends. What cannot be said now is not said later."""

    def __init__(self) -> None:
        super().__init__(name="wholekey-say", daemon=True)
        self._waiting: dict[tuple[str, str], _Word] = {}
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._repeated = time.monotonic()

    def say(self, word: _Word) -> None:
        """Say something soon; only the last word of a tab is said."""
        with self._lock:
            self._waiting[word.branch, word.client] = word
        self._some.set()

    def repeat(self) -> None:
        """Say again who listens in this process."""
        if time.monotonic() - self._repeated < REPEATED - 1:
            return
        self._repeated = time.monotonic()
        for branch, client, data in HUB.own_words():
            self.say(_Word(branch, client, data))

    def run(self) -> None:
        """Connect, and connect again, and say what there is."""
        failures = 0
        while True:
            try:
                with psycopg.connect(**_parameters(), autocommit=True) as saying:
                    failures = 0
                    self._talk(saying)
            except psycopg.Error:
                time.sleep(_AGAIN[min(failures, len(_AGAIN) - 1)])
                failures += 1

    def _talk(self, saying: psycopg.Connection[Any]) -> None:
        while True:
            self._some.wait()
            time.sleep(GATHERED)
            self._some.clear()
            with self._lock:
                words, self._waiting = list(self._waiting.values()), {}
            payloads = [[CHANNEL, each] for each in _packed(words)]
            saying.cursor().executemany("SELECT pg_notify(%s, %s)", payloads)


def _packed(words: Iterable[_Word]) -> Iterator[str]:
    """Return the words in as few notifications as they fit in."""
    some: list[_Word] = []
    size = 100
    for word in words:
        more = len(msgspec.json.encode(word)) + 1
        if some and size + more > MOST_BYTES:
            yield msgspec.json.encode(_Wire(by=_HERE, words=some)).decode()
            some, size = [], 100
        some.append(word)
        size += more
    if some:
        yield msgspec.json.encode(_Wire(by=_HERE, words=some)).decode()


class _Nobody:
    """The other processes where there are none."""

    def say(self, word: _Word) -> None:
        """Say nothing to nobody."""


_starting = threading.Lock()
_mouth: _Mouth | None = None
_ear: _Ear | None = None


def _others() -> _Mouth | _Nobody:
    global _mouth  # noqa: PLW0603  one thread a process
    if connections["default"].vendor != "postgresql":
        return _Nobody()
    with _starting:
        if _mouth is None:
            _mouth = _Mouth()
            _mouth.start()
            HUB.on_tick.append(_mouth.repeat)
        return _mouth


def listen() -> None:
    """See to it that this process hears what the others do. Done again it does nothing."""
    global _ear  # noqa: PLW0603  one thread a process
    if connections["default"].vendor != "postgresql":
        return
    with _starting:
        if _ear is None:
            _ear = _Ear()
            _ear.start()
