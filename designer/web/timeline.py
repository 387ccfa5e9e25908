"""The timeline of a project, a branch or an element, and the page of one version."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from designer.change import change_decode
from designer.models import Branch, ChangeRequest, LogEntry, NamedVersion
from designer.services import permissions, timeline
from designer.services.errors import NotFound
from designer.services.history import in_words
from designer.services.leveling_words import groups
from designer.services.states import design_at, log_of
from designer.services.timeline import BURST, EDITS, KINDS, Item, Wish
from designer.services.words import ago, counted

PAGE = "designer/history/timeline.html"
PART = "designer/history/_days.html"
VERSION = "designer/history/version.html"
MOST_GROUPS = 200
MOST_MOVED = 1_000_000
"""Characters of a change above which nobody counts what it moved."""


@dataclass(slots=True)
class Burst:
    """Edits of one person on one branch, one soon after the other; or one thing of another kind."""

    items: list[Item] = field(default_factory=list)

    @property
    def first(self) -> Item:
        """The newest of them."""
        return self.items[0]

    @property
    def said(self) -> str:
        """How many edits there are."""
        return counted(len(self.items), "edit")

    def takes(self, item: Item) -> bool:
        """Say whether an item belongs to these edits."""
        last = self.items[-1]
        same = (item.kind, item.who, item.branch.pk) == (last.kind, last.who, last.branch.pk)
        return item.kind == EDITS and same and last.at - item.at <= BURST


@dataclass(slots=True)
class Day:
    """What happened on one day. `continued`: the page before this one has begun it."""

    day: date
    continued: bool = False
    bursts: list[Burst] = field(default_factory=list)


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what happened, newest first; `before` goes on where a page ended."""
    branch = permissions.branch(request.user, public_id)
    wish = wish_of(request, branch)
    before = timeline.cursor_of(request.GET.get("before", ""))
    items, more = timeline.page(branch, wish, before)
    asked = {name: request.GET.getlist(name) for name in request.GET if name != "before"}
    told = days(items)
    if told and before is not None and request.headers.get("HX-Request"):
        told[0].continued = told[0].day == before.at.date()
    context = {
        "branch": branch,
        "project": branch.project,
        "days": told,
        "more": f"?{urlencode({**asked, 'before': str(more)}, doseq=True)}" if more else "",
    }
    if request.headers.get("HX-Request"):
        return render(request, PART, context)
    about = timeline.element_name(branch, wish.element) if wish.element else ""
    shown = {
        "wish": wish,
        "about": about,
        "scope": request.GET.get("scope", "project"),
        "kinds": KINDS,
        "people": timeline.people(branch),
        "filtered": bool(asked),
    }
    return render(request, PAGE, {**context, **shown})


def wish_of(request: HttpRequest, branch: Branch) -> Wish:
    """Return what an address asks for: scope, element, who, kind (several), since, until, text."""
    said = request.GET
    kinds = tuple(each for each in said.getlist("kind") if each in KINDS)
    return Wish(
        branch if said.get("scope") == "branch" else None, said.get("element", "")[:64], said.get("who", "")[:200],
        kinds or KINDS, _day(said.get("since", "")), _day(said.get("until", "")), said.get("text", "").strip()[:100],
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def days(items: list[Item]) -> list[Day]:
    """Return what happened by day, edits of one person together."""
    found: list[Day] = []
    for item in items:
        if not found or found[-1].day != item.at.date():
            found.append(Day(item.at.date()))
        bursts = found[-1].bursts
        if not bursts or not bursts[-1].takes(item):
            bursts.append(Burst())
        bursts[-1].items.append(item)
    return found


@require_GET
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show one version: who made it, what it changed, and where to go from there."""
    branch = permissions.branch(request.user, public_id)
    entry = log_of(branch).filter(version=number).select_related("branch", "merged_from").first()
    if entry is None:
        raise NotFound(f"There is no version {number} on {branch.name}; the newest is {branch.head}.")
    before = design_at(branch, number - 1)
    change = change_decode(entry.change)
    told = groups(before, change)
    moved = in_words(before, change)[-1:] if len(entry.change) < MOST_MOVED else []
    held = permissions.right_of(request.user, branch.project) or permissions.Right.VIEW
    context = {
        "branch": branch,
        "project": branch.project,
        "entry": entry,
        "ago": ago(entry.time),
        "groups": told[:MOST_GROUPS],
        "more": max(0, len(told) - MOST_GROUPS),
        "moved": next((each for each in moved if each.startswith("moved ")), ""),
        "named": NamedVersion.objects.filter(branch=branch, version=number).first(),
        "merged": _merged(entry),
        "may_edit": held >= permissions.Right.EDIT,
        **links_of(branch, number),
    }
    return render(request, VERSION, context)


def _merged(entry: LogEntry) -> ChangeRequest | None:
    if entry.merged_from_id is None:
        return None
    rows = ChangeRequest.objects.filter(target_id=entry.branch_id, merged_version=entry.version)
    return rows.filter(state=ChangeRequest.State.MERGED).first()


def links_of(branch: Branch, number: int) -> dict[str, Any]:
    """Return where a version leads: the diagram then, what it changed as a picture, the way from there to now."""
    versions = reverse("versions", args=(branch.public_id,))
    before = f"v{number - 1}" if number > 1 else "empty"
    return {
        "then": f"{reverse('design', args=(branch.public_id,))}?travel={number}",
        "what": f"{versions}?{urlencode({'from': before, 'to': f'v{number}'})}",
        "compare": f"{versions}?{urlencode({'from': f'v{number}', 'to': 'now'})}",
    }
