"""Named versions of a branch, and what is deployed where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from designer.evolution.applied import QUERIES, latest
from designer.evolution.formats.contract import Meta
from designer.models import Branch, Deployment, NamedVersion
from designer.schema import Design
from designer.schema.codec import encode
from designer.services import branches, permissions
from designer.services.errors import Invalid, NotFound
from designer.services.permissions import AnyUser, Right
from designer.services.short_names import short_name
from designer.services.states import design_at

LONGEST_NAME = 100
LONGEST_NOTE = 4000
MOST_PASTED = 1_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a version runs, and since when."""

    name: str
    named: NamedVersion
    since: datetime
    source: str


def checksum(design: Design) -> str:
    """Return the SHA-256 of a design's canonical file: two states are one if and only if it is the same."""
    return hashlib.sha256(encode(design)).hexdigest()


def named(branch: Branch) -> list[NamedVersion]:
    """Return the named versions of a branch, the newest first."""
    return list(NamedVersion.objects.filter(branch=branch).order_by("-version"))


def give_name(user: AnyUser, branch: Branch, name: str, note: str = "", version: int | None = None) -> NamedVersion:
    """Name a version, the head where none is said. Raises Invalid for a name that is taken, empty or too long."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    plain = short_name(name, LONGEST_NAME, f"Give the version a name of 1 to {LONGEST_NAME} characters.")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"A note has at most {LONGEST_NOTE:,} characters.")
    at = branch.head if version is None else version
    if not 0 < at <= branch.head:
        raise Invalid(f"There is no version {at}; the newest is {branch.head}.")
    sum_ = checksum(design_at(branch, at))
    author = branches.display_name(user)
    try:
        with transaction.atomic():
            return NamedVersion.objects.create(
                branch=branch, version=at, name=plain, note=note.strip(), checksum=sum_, author_name=author
            )
    except IntegrityError:
        taken = NamedVersion.objects.filter(branch=branch, name=plain).exists()
        why = f"the name {plain} is taken" if taken else f"version {at} has a name already"
        raise Invalid(f"{why[0].upper()}{why[1:]}; choose another one.") from None


def find(branch: Branch, key: int) -> NamedVersion:
    """Return a named version of a branch. Raises NotFound where there is none."""
    found = NamedVersion.objects.filter(branch=branch, pk=key).first()
    if found is None:
        raise NotFound("There is no such version; somebody may have taken its name away.")
    return found


def take_name(user: AnyUser, branch: Branch, key: int) -> None:
    """Take a name away; the version itself stays in the log."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    find(branch, key).delete()


def is_unchanged(version: NamedVersion) -> bool:
    """Say whether the log still leads to the state that was named."""
    return checksum(design_at(version.branch, version.version)) == version.checksum


# What runs where


def mark(user: AnyUser, branch: Branch, key: int, place: str, source: str = "") -> Deployment:
    """Say that a named version runs somewhere from now on. Raises Invalid for a place without a name."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    plain = short_name(place, LONGEST_NAME, "Say where it runs, such as production or staging.", "place")
    return Deployment.objects.create(
        named=find(branch, key), place=plain, source=source[:200], author_name=branches.display_name(user)
    )


def read_tool(user: AnyUser, branch: Branch, place: str, tool: str, text: str) -> Deployment:
    """Mark what runs somewhere by what a tool's table says. Raises Invalid where that names no version of ours."""
    permissions.require(user, branch.project, Right.EDIT, "design")
    if tool not in QUERIES:
        raise Invalid("There is no such tool; choose one of the list.")
    if len(text) > MOST_PASTED:
        raise Invalid("That is more than a tool's table holds; paste the result of the query alone.")
    known = [(each.pk, meta_of(each)) for each in named(branch)]
    key = latest(text, known)
    if key is None:
        raise Invalid("None of the named versions is in that table; migrations are known by the time in their names.")
    return mark(user, branch, key, place, f"the table of {tool}")


def meta_of(version: NamedVersion) -> Meta:
    """Return what the files of the migration to a named version are called."""
    return Meta(version.name, version.created)


def places(branch: Branch) -> list[Place]:
    """Return what runs where, by the name of the place."""
    rows = Deployment.objects.filter(named__branch=branch).select_related("named").order_by("created", "pk")
    latest = {row.place: row for row in rows}
    return [Place(name, row.named, row.created, row.source) for name, row in sorted(latest.items())]


def known_places(branch: Branch) -> list[str]:
    """Return the names of places that were ever said in the project."""
    rows = Deployment.objects.filter(named__branch__project=branch.project).values_list("place", flat=True)
    return sorted(set(rows)) or ["production", "staging"]
