"""Which entries of a log touch which records: an index in memory, and the part of an entry that is about some of them.

A log only grows, so what was read of it once holds for ever; each process keeps what it has read of a few logs.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from threading import Lock

import msgspec

from designer.change import Change, change_decode
from designer.models import Branch, LogEntry
from designer.schema import Id

MOST_OF_ONE = 2_000
"""Entries that touch more records, which imports are, are kept as touching any."""
MOST_KEPT = 1_000_000
"""How many places the index holds in all; the log that was not asked about for longest goes first."""
_ROWS = 500


class _Parent(msgspec.Struct):
    parent: Id | None = None


class _Ids(msgspec.Struct):
    added: dict[Id, _Parent] = {}
    removed: dict[Id, _Parent] = {}
    changed: dict[Id, msgspec.Raw] = {}


class _Raws(msgspec.Struct):
    added: dict[Id, msgspec.Raw] = {}
    removed: dict[Id, msgspec.Raw] = {}
    changed: dict[Id, msgspec.Raw] = {}


@dataclass(slots=True)
class _Index:
    """What was read of one branch's own log, up to a version."""

    upto: int
    versions: dict[Id, list[int]] = field(default_factory=dict)
    children: dict[Id, set[Id]] = field(default_factory=dict)
    large: list[int] = field(default_factory=list)
    weight: int = 0

    def read(self, version: int, text: str) -> None:
        """Take one more entry in."""
        ids = msgspec.json.decode(text, type=_Ids)
        touched = {*ids.added, *ids.removed, *ids.changed}
        self.upto = version
        if len(touched) > MOST_OF_ONE:
            self.large.append(version)
            return
        self.weight += len(touched)
        for each in touched:
            self.versions.setdefault(each, []).append(version)
        for part in (ids.added, ids.removed):
            for each, record in part.items():
                if record.parent is not None:
                    self.children.setdefault(record.parent, set()).add(each)


_KEPT: OrderedDict[str, _Index] = OrderedDict()
_LOCK = Lock()


def forget() -> None:
    """Let go of what was read, for tests that count."""
    with _LOCK:
        _KEPT.clear()


def lineage(branch: Branch, upto: int) -> Iterator[tuple[Branch, int, int]]:
    """Give the logs that lead to a version, the newest first: branch, after which version, up to which."""
    at: Branch | None = branch
    last = upto
    while at is not None:
        first = at.forked_at if at.source_id else 0
        if last > first:
            yield at, first, last
        last = min(last, first)
        at = at.source


def places(branch: Branch, upto: int, ids: Collection[Id]) -> list[tuple[Branch, int]]:
    """Return the branch and version of each entry that may touch one of the records, the newest first."""
    found: list[tuple[Branch, int]] = []
    for at, first, last in lineage(branch, upto):
        found += [(at, version) for version in own(at, ids, first, last)]
    return found


def own(branch: Branch, ids: Collection[Id], after: int = 0, upto: int | None = None) -> list[int]:
    """Return the versions of a branch's own log whose entries may touch one of the records, the newest first."""
    last = branch.head if upto is None else upto
    with _LOCK:
        index = _read(branch, last)
        hits = {version for each in ids for version in index.versions.get(each, ())} | set(index.large)
    return sorted((each for each in hits if after < each <= last), reverse=True)


def family(branches: Collection[Branch], element: Id) -> set[Id]:
    """Return a record with all that ever hung on it in the logs of some branches."""
    found, queue = {element}, [element]
    with _LOCK:
        indexes = [_read(each, each.head) for each in branches]
        while queue:
            at = queue.pop()
            fresh = {child for index in indexes for child in index.children.get(at, ())} - found
            found |= fresh
            queue += fresh
    return found


def _read(branch: Branch, upto: int) -> _Index:
    index = _KEPT.get(branch.public_id) or _Index(branch.forked_at if branch.source_id else 0)
    _KEPT[branch.public_id] = index
    _KEPT.move_to_end(branch.public_id)
    if index.upto < upto:
        rows = LogEntry.objects.filter(branch=branch, version__gt=index.upto, version__lte=upto).order_by("version")
        for version, text in rows.values_list("version", "change").iterator(chunk_size=_ROWS):
            index.read(version, text)
        _let_go(branch.public_id)
    return index


def _let_go(kept: str) -> None:
    while sum(index.weight for index in _KEPT.values()) > MOST_KEPT and len(_KEPT) > 1:
        gone = next(iter(_KEPT))
        if gone == kept:
            return
        del _KEPT[gone]


def part(text: str, ids: Collection[Id]) -> Change:
    """Return what an entry does to some records. The rest of it is not decoded."""
    whole = msgspec.json.decode(text, type=_Raws)
    parts = {
        name: {each: found[each] for each in ids if each in found}
        for name, found in (("added", whole.added), ("removed", whole.removed), ("changed", whole.changed))
    }
    return change_decode(msgspec.json.encode({name: each for name, each in parts.items() if each}))
