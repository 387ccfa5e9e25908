"""The design at a version of a branch: from memory, or from a snapshot and the log behind it.

What lies before the version at which a branch left its source is in the log of the source.
"""

from __future__ import annotations

import zlib

from django.db.models import Q, QuerySet

from designer.change import apply, change_decode
from designer.models import Branch, LogEntry, Snapshot
from designer.schema import Design
from designer.schema.codec import decode
from designer.services.cache import DESIGNS

REPLAYED = 200
"""How many log entries are replayed onto a state in memory before a newer snapshot is read."""
_LEAST_WEIGHT = 1000
"""What a small design counts for in the cache, in records: it is not free either."""


def design_at(branch: Branch, version: int) -> Design:
    """Return the design at a version that is in the log."""
    cached = DESIGNS.get(branch.public_id, version)
    if cached is not None:
        return cached
    if branch.source is not None and version <= branch.forked_at:
        return design_at(branch.source, version)
    start, design = _nearest(branch, version)
    tail = LogEntry.objects.filter(branch=branch, version__gt=start, version__lte=version).order_by("version")
    for text in tail.values_list("change", flat=True):
        design = apply(design, change_decode(text))
    remember(branch, version, design)
    return design


def remember(branch: Branch, version: int, design: Design) -> None:
    """Keep a state in memory. It must be what the log holds, after the transaction that wrote it has ended."""
    DESIGNS.put(branch.public_id, version, design, max(len(design), _LEAST_WEIGHT))


def _nearest(branch: Branch, version: int) -> tuple[int, Design]:
    """Return the latest state before `version` that needs no replay: in memory, a snapshot, or nothing at all."""
    remembered = DESIGNS.nearest(branch.public_id, version)
    at_least = remembered[0] + REPLAYED if remembered else 0
    kept = Snapshot.objects.filter(branch=branch, version__lte=version, version__gte=at_least)
    snapshot = kept.order_by("-version").first()
    if snapshot is not None:
        return snapshot.version, decode(zlib.decompress(snapshot.data))
    if remembered is None and branch.source is not None:
        return branch.forked_at, design_at(branch.source, branch.forked_at)
    return remembered or (0, Design())


def log_of(branch: Branch) -> QuerySet[LogEntry]:
    """Return all entries that lead to the head of a branch, those of its sources before it left them included."""
    wanted = Q(branch=branch)
    at, last = branch, branch.forked_at
    while at.source is not None:
        at = at.source
        wanted |= Q(branch=at, version__lte=last)
        last = min(last, at.forked_at)
    return LogEntry.objects.filter(wanted)


def entries_since(branch: Branch, version: int) -> list[LogEntry]:
    """Return the log entries after `version`, oldest first."""
    log = log_of(branch) if version < branch.forked_at else LogEntry.objects.filter(branch=branch)
    return list(log.filter(version__gt=version).order_by("version"))
