"""Snapshots: the whole design at a version, so that loading does not replay the log from its beginning.

They are made after an edit was answered, by another thread. If the process dies before or while one is written,
nothing is lost: the log is complete without, and the next edit finds that a snapshot is due still.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from django.db import transaction

from designer.models import Branch, Snapshot
from designer.schema.codec import encode
from designer.services import background
from designer.services.states import design_at

ENTRIES = 200
"""After how many log entries a new snapshot is due."""
BYTES = 4 * 1024 * 1024
"""After how many bytes of log it is due sooner."""
KEPT = 3
"""How many of the latest snapshots of a branch stay whatever their versions."""
OLDER = 8
"""How many older ones stay at most, spread over the log; what lies between is reached by replay from the one before."""
_under_way: set[int] = set()
"""Branches whose snapshot is being written; edits that come meanwhile do not ask for another."""


def when_due(branch: Branch, version: int) -> None:
    """Have a snapshot of `version` made if enough of the log has gathered behind the last one."""
    if branch.tail_entries >= ENTRIES or branch.tail_bytes >= BYTES:
        transaction.on_commit(lambda: _ask_for_one(branch.pk, version))


def _ask_for_one(branch_pk: int, version: int) -> None:
    if branch_pk not in _under_way:
        _under_way.add(branch_pk)
        background.submit(_make_one, branch_pk, version)


def _make_one(branch_pk: int, version: int) -> None:
    try:
        make(branch_pk, version)
    finally:
        _under_way.discard(branch_pk)


def make(branch_pk: int, version: int) -> None:
    """Write the snapshot of a version."""
    branch = Branch.objects.filter(pk=branch_pk).first()
    if branch is None or Snapshot.objects.filter(branch=branch, version__gte=version).exists():
        return
    data = zlib.compress(encode(design_at(branch, version)), 1)
    with transaction.atomic():
        locked = Branch.objects.select_for_update().filter(pk=branch_pk).first()
        if locked is None:
            return
        Snapshot.objects.get_or_create(branch=locked, version=version, defaults={"data": data})
        _count_anew(locked, version)
    _drop_old(branch_pk)


def _count_anew(locked: Branch, version: int) -> None:
    tail = locked.entries.filter(version__gt=version).values_list("change", flat=True)
    sizes = [len(text) for text in tail]
    Branch.objects.filter(pk=locked.pk).update(tail_entries=len(sizes), tail_bytes=sum(sizes))


def _drop_old(branch_pk: int) -> None:
    versions = list(Snapshot.objects.filter(branch_id=branch_pk).order_by("version").values_list("version", flat=True))
    old = set(versions) - set(worth_keeping(versions))
    if old:
        Snapshot.objects.filter(branch_id=branch_pk, version__in=old).delete()


def worth_keeping(versions: Sequence[int]) -> list[int]:
    """Return which of the snapshots of a log stay, given their versions in order: the latest, and some older ones.

    Of the older ones that are too many, the one goes first whose neighbours stand closest: so they stay spread evenly,
    however long the log gets.
    """
    older, latest = list(versions[:-KEPT]), list(versions[-KEPT:])
    while len(older) > OLDER:
        around = [0, *older, *latest[:1]]
        gaps = [around[at + 2] - around[at] for at in range(len(older))]
        del older[gaps.index(min(gaps))]
    return older + latest
