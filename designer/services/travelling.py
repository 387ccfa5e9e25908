"""Travelling in time: a design as it was at any version, and the steps between versions, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models.functions import Length

from designer.change import apply, change_decode, invert
from designer.models import Branch, LogEntry, NamedVersion
from designer.schema import Design
from designer.services import branches, touching
from designer.services.errors import Invalid
from designer.services.states import design_at, log_of

MOST_VERSIONS = 20_000
"""How many versions the slider names; older ones are on the timeline."""
MOST_STEPS = 200
MOST_BYTES = 1_500_000
"""How much of a log one page of steps holds."""
LARGEST_STEP = 400_000
"""A larger change is not sent: the design after it is."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A version that people look for: `kind` is release or merge."""

    version: int
    kind: str
    text: str


def versions(branch: Branch) -> list[tuple[int, str, str, float]]:
    """Return version, author, label and time (seconds since 1970) of each version, the oldest first."""
    rows = log_of(branch).filter(version__gt=branch.head - MOST_VERSIONS).order_by("version")
    listed = rows.values_list("version", "author_name", "label", "time")
    return [(version, author, label, time.timestamp()) for version, author, label, time in listed]


def marks(branch: Branch) -> list[Mark]:
    """Return the releases and merges that lead to the head."""
    merges = log_of(branch).filter(merged_from__isnull=False, version__gt=branch.head - MOST_VERSIONS)
    found = [Mark(version, "merge", label) for version, label in merges.values_list("version", "label")]
    for at, first, last in touching.lineage(branch, branch.head):
        named = NamedVersion.objects.filter(branch=at, version__gt=first, version__lte=last)
        found += [Mark(version, "release", name) for version, name in named.values_list("version", "name")]
    return sorted(found, key=lambda mark: mark.version)


def steps(branch: Branch, first: int, last: int) -> Iterator[tuple[int, str | None]]:
    """Give the changes that made the versions from `first` to `last`; None for one that is too large.

    It ends early where a page is full; at least one is given.
    """
    if not 0 < first <= last <= branch.head:
        raise Invalid(f"Say which versions, from 1 to {branch.head}.")
    upto = min(last, first + MOST_STEPS - 1)
    rows = log_of(branch).filter(version__gte=first, version__lte=upto).order_by("version")
    sizes = list(rows.annotate(size=Length("change")).values_list("version", "size"))
    wanted: list[int] = []
    total = 0
    for version, size in sizes:
        total += size if size <= LARGEST_STEP else 0
        if wanted and total > MOST_BYTES:
            break
        wanted.append(version)
    small = {version for version, size in sizes if size <= LARGEST_STEP}
    texts = dict(rows.filter(version__in=small & set(wanted)).values_list("version", "change"))
    yield from ((version, texts.get(version)) for version in wanted)


def past(branch: Branch, version: int) -> Design:
    """Return the design at a version. Near the head it is reached backwards, which is the shorter way.

    Raises Invalid for a version that there is not.
    """
    if not 0 <= version <= branch.head:
        raise Invalid(f"There is no version {version}; the newest is {branch.head}.")
    if branch.head - version > version or version <= branch.forked_at:
        return design_at(branch, version)
    design, head = branches.load(branch)
    entries = LogEntry.objects.filter(branch=branch, version__gt=version, version__lte=head).order_by("-version")
    for text in entries.values_list("change", flat=True).iterator(chunk_size=200):
        design = apply(design, invert(change_decode(text)))
    return design
