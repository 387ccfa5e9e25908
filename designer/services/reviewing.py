"""Two states of a design on its diagram: which two are meant, what differs, and what a merge would make of it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.change import Change, apply, diff
from designer.models import Branch, ChangeRequest
from designer.schema import Design
from designer.services import branching, comparing, permissions, requests
from designer.services.branching import Union
from designer.services.cache import Versions
from designer.services.comparing import NOW
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right
from designer.services.requests import MERGED, OPEN
from designer.services.reviewing_words import Told, told
from designer.services.states import design_at

UP, DOWN = "up", "down"
_TOLD: Versions[Told] = Versions(limit=30, kept_versions=4)


@dataclass(frozen=True, slots=True)
class Look:
    """What an address asks to look at: a request by its number, or two states by their references."""

    review: int | None = None
    compare: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Two states, with what they are called. `live`: the new one is the head of the branch that is looked at.

    `key` is another one as soon as the old state is, and the new one where it stands still.
    """

    before: Design
    after: Design
    old: str
    new: str
    live: bool
    key: str
    request: ChangeRequest | None = None


def sides(user: AnyUser, branch: Branch, look: Look) -> Sides:
    """Return what a look is at. Raises NotFound where there is no such request, branch or version."""
    if look.review is not None:
        return sides_of(branch, requests.find(user, branch, look.review))
    permissions.require(user, branch.project, Right.VIEW, "design")
    usual = comparing.BASE if branch.source_id else comparing.usual(branch)[0]
    before = comparing.state(branch, look.compare or usual)
    after = comparing.state(branch, look.to or NOW)
    live = after.branch.pk == branch.pk and after.version == branch.head
    fixed = "" if live else f"{after.branch.public_id}:{after.version}"
    key = f"{before.ref}:{before.branch.public_id}:{before.version}>{fixed}"
    return Sides(before.design, after.design, before.title, after.title, live, key)


def sides_of(branch: Branch, request: ChangeRequest) -> Sides:
    """Return what a request is about: what its branch adds to what both knew, or what its merge did."""
    own, target = request.branch, request.target
    if request.state == MERGED and request.merged_version:
        at = request.merged_version
        before, after = design_at(target, at - 1), design_at(target, at)
        return Sides(before, after, f"{target.name} before", f"{target.name} after", False, f"merged:{at}", request)
    live = own.pk == branch.pk and request.state == OPEN
    base = f"{own.public_id}:{own.merged_up_to}:{own.updated_to}:{own.merged_last}"
    key = base if live else f"{base}>{own.head}"
    return Sides(branching.base(own), design_at(own, own.head), target.name, own.name, live, key, request)


def words(branch: Branch, seen: Sides) -> Told:
    """Return what differs in words, by what it is about. It is kept for as long as both sides stay what they are."""
    key = f"{branch.public_id} {seen.key}"
    version = branch.head if seen.live else 0
    known = _TOLD.get(key, version)
    if known is None:
        known = told(seen.before, diff(seen.before, seen.after), seen.after)
        _TOLD.put(key, version, known)
    return known


def from_here(branch: Branch, at: int, seen: Sides) -> tuple[Change, Change | None]:
    """Return what leads from a version that the page holds to the old state, and to the new one where it is another."""
    here = _held(branch, at)
    return diff(here, seen.before), None if seen.live else diff(here, seen.after)


def _held(branch: Branch, at: int) -> Design:
    if not 0 <= at <= branch.head:
        raise Invalid(f"There is no version {at}; the newest is {branch.head}.")
    return design_at(branch, at)


def union_of(user: AnyUser, branch: Branch, way: str) -> Union:
    """Return the merge that is looked at: into the source (`up`), or into the branch (`down`)."""
    if way not in (UP, DOWN):
        raise Invalid("A merge goes up into the source of a branch, or down into the branch.")
    return branching.merge_of(user, branch) if way == UP else branching.update_of(user, branch)


def merge_from_here(branch: Branch, at: int, union: Union) -> tuple[Change, Change, Change]:
    """Return what leads from a version that the page holds to the base, to ours and to theirs."""
    here, base = _held(branch, at), union.merged.base
    return diff(here, base), diff(here, union.before), diff(here, apply(base, union.merged.theirs))
