"""What a stream sends of the log: each stretch of it is read and encoded once, whoever listens."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from django.db import InterfaceError, OperationalError, close_old_connections, connections

from designer.models import Branch, LogEntry
from designer.services.states import log_of

Found = TypeVar("Found")
KEPT = 64
"""How many stretches stay encoded, for listeners that are a little behind the others."""
MOST = 500
"""How many entries a stream sends at once; whoever is further behind reads the log by itself."""
_readers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="wholekey-feed")


@dataclass(frozen=True, slots=True)
class Part:
    """One entry, encoded for its author's own tab and for everybody else."""

    version: int
    client: str
    author: int | None
    mine: bytes
    others: bytes


@dataclass(frozen=True)
class Stretch:
    """The entries after `start`, up to `end`. `whole` is false where there are too many to send."""

    start: int
    end: int
    parts: tuple[Part, ...]
    whole: bool = True

    def event(self, client: str, user: int) -> bytes:
        """Return the event that brings the entries to a tab of a user; b"" where there are none."""
        if not self.whole:
            return b"event: far\ndata: {}\n\n"
        if any(each.client == client and each.author == user for each in self.parts):
            return self._encoded(
                each.mine if each.client == client and each.author == user else each.others for each in self.parts
            )
        return self.for_others

    @cached_property
    def for_others(self) -> bytes:
        """The event for everybody who has made none of the entries."""
        return self._encoded(each.others for each in self.parts)

    def _encoded(self, parts: Iterable[bytes]) -> bytes:
        if not self.parts:
            return b""
        head = f'id: {self.end}\nevent: changes\ndata: {{"version":{self.end},"entries":['.encode()
        return head + b",".join(parts) + b"]}\n\n"


class Feed:
    """Stretches of logs; used from one event loop, reads on threads of its own."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[int, int, int], asyncio.Task[Stretch]] = OrderedDict()

    async def since(self, branch: int, start: int, wanted: int) -> Stretch:
        """Return what came after `start`; `wanted` is a version that is known to be there, 0 if none is."""
        key = (branch, start, wanted)
        task = self._kept.get(key)
        if task is None:
            task = asyncio.create_task(_read(branch, start))
            self._keep(key, task)
            if not wanted:  # shared by those who ask while it is being read, and by nobody later
                task.add_done_callback(lambda _: self._kept.pop(key, None))
        if task.done() and not task.cancelled() and task.exception() is None:
            return task.result()
        try:
            return await asyncio.shield(task)
        except Exception:
            self._kept.pop(key, None)
            raise

    def _keep(self, key: tuple[int, int, int], task: asyncio.Task[Stretch]) -> None:
        self._kept[key] = task
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


async def _read(branch: int, start: int) -> Stretch:
    return await in_thread(_of_log, branch, start)


async def in_thread(work: Callable[..., Found], *arguments: Any) -> Found:
    """Return what some reading of the database gives, on a thread of those that read for all streams."""
    return await asyncio.get_running_loop().run_in_executor(_readers, _with_database, work, *arguments)


def _with_database(work: Callable[..., Found], *arguments: Any) -> Found:
    try:
        return work(*arguments)
    except (OperationalError, InterfaceError):
        connections.close_all()  # the connection of this thread may have died since it was used last
        return work(*arguments)
    finally:
        close_old_connections()


def _of_log(branch: int, start: int) -> Stretch:
    found = Branch.objects.select_related("source").get(pk=branch)
    entries = list(log_of(found).filter(version__gt=start).order_by("version")[: MOST + 1])
    if len(entries) > MOST:
        return Stretch(start, found.head, (), whole=False)
    return Stretch(start, entries[-1].version if entries else start, tuple(map(_part, entries)))


def _part(entry: LogEntry) -> Part:
    return Part(entry.version, entry.client, entry.author_id, _encoded(entry, True), _encoded(entry, False))


def _encoded(entry: LogEntry, mine: bool) -> bytes:
    return msgspec.json.encode(
        {
            "version": entry.version,
            "key": entry.key,
            "author": entry.author_name,
            "label": entry.label,
            "time": entry.time.isoformat(),
            "mine": mine and bool(entry.client),
            "change": msgspec.Raw(entry.change.replace("\n", " ").encode()),
        }
    )
