"""Reviewing on the diagram: what differs between two states, and the conflicts of a merge, as panels of the canvas."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from designer.change import apply, change_to
from designer.models import Branch, ChangeRequest
from designer.services import branching, permissions, requests, reviewing
from designer.services.comparing import BASE
from designer.services.errors import Invalid, NotFound, ServiceError
from designer.services.permissions import Right
from designer.services.requests import OPEN
from designer.services.resolving_words import asked
from designer.services.reviewing import DOWN, UP, Look
from designer.web.branching import choices_of, seen_by
from designer.web.http import committed, json_response

PANEL = "designer/reviewing/_panel.html"
STANDING = "designer/reviewing/_standing.html"
MOST_GROUPS = 400
"""How many tables the panel lists; the diagram marks all of them."""
_ASKED = ("review", "compare", "to", "resolve")


@require_http_methods(["GET", "POST"])
def panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what differs, or what a merge leaves to decide; POST reviews a request, or makes the merge."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT if request.method == "POST" else Right.VIEW)
    if request.method == "POST":
        try:
            return _done(request, branch)
        except ServiceError as error:
            again = permissions.branch(request.user, public_id)
            return _drawn(request, again, request.GET, error.message)
    return _drawn(request, branch, request.GET)


@require_GET
def states(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return what leads from the version that the page holds (`at`) to the states that are looked at."""
    branch = permissions.branch(request.user, public_id)
    at = _number(request.GET.get("at", ""), branch.head)
    way = request.GET.get("resolve", "")
    if way:
        union = reviewing.union_of(request.user, branch, way)
        base, ours, theirs = (change_to(each) for each in reviewing.merge_from_here(branch, at, union))
        return json_response({"base": base, "ours": ours, "theirs": theirs, "seen": _seen(union)})
    seen = reviewing.sides(request.user, branch, look_of(request.GET))
    before, after = reviewing.from_here(branch, at, seen)
    then = None if after is None else change_to(after)
    return json_response({"before": change_to(before), "after": then, "key": seen.key})


def look_of(given: QueryDict) -> Look:
    """Return what an address asks to look at. Raises NotFound where a request's number is none."""
    number = given.get("review", "")
    if number and not (number.isascii() and number.isdecimal() and len(number) < 10):
        raise NotFound("There is no such change request, or it is not shared with you.")
    return Look(int(number) if number else None, given.get("compare", ""), given.get("to", ""))


def _number(text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise Invalid("A version is a number.")
    return int(text)


def _seen(union: branching.Union) -> str:
    return f"{union.into_version}-{union.of_version}"


# Drawing


def _drawn(request: HttpRequest, branch: Branch, given: QueryDict, problem: str = "") -> HttpResponse:
    if given.get("part") == "standing":
        return _standing(request, branch, given)
    context = (_resolving if given.get("resolve") else _changes)(request, branch, given)
    whole = {"branch": branch, "problem": problem, "self": _self(branch, given), "query": _query(given), **context}
    return render(request, PANEL, whole, status=422 if problem else 200)


def _query(given: QueryDict) -> str:
    return urlencode({name: str(given[name]) for name in _ASKED if given.get(name)})


def _self(branch: Branch, given: QueryDict) -> str:
    return f"{reverse('reviewing', args=[branch.public_id])}?{_query(given)}"


def _changes(request: HttpRequest, branch: Branch, given: QueryDict) -> dict[str, Any]:
    seen = reviewing.sides(request.user, branch, look_of(given))
    said = reviewing.words(branch, seen)
    return {
        "view": "changes",
        "seen": seen,
        "request_": seen.request,
        "groups": said.groups[:MOST_GROUPS],
        "total": len(said.groups),
        "more": max(0, len(said.groups) - MOST_GROUPS),
        "diagrams": said.diagrams,
        "nowhere": said.nowhere,
        "counts": said.counts,
        "is_open": seen.request is not None and seen.request.state == OPEN,
        "may_comment": (permissions.right_of(request.user, branch.project) or Right.VIEW) >= Right.COMMENT,
        "standing": f"{_self(branch, given)}&part=standing",
        **_behind(branch, seen.request),
    }


def _behind(branch: Branch, request: ChangeRequest | None) -> dict[str, Any]:
    """Return how far the source has gone ahead, where the branch that is looked at can be brought up to date."""
    if branch.source is None or (request is not None and request.branch_id != branch.pk):
        return {}
    return {"behind": branching.standing(branch).behind, "source": branch.source}


def _standing(request: HttpRequest, branch: Branch, given: QueryDict) -> HttpResponse:
    """Draw what stands in the way of a request, and the form that reviews it."""
    found = _request(request, branch, given)
    if found is None:
        raise NotFound("There is no such change request, or it is not shared with you.")
    held = permissions.right_of(request.user, found.project) or Right.VIEW
    context = {
        "branch": branch,
        "request_": found,
        "standing": requests.standing(found) if found.state == OPEN else None,
        "may_comment": held >= Right.COMMENT,
        "may_edit": held >= Right.EDIT,
        "here": _self(branch, given),
    }
    return render(request, STANDING, context)


def _resolving(request: HttpRequest, branch: Branch, given: QueryDict) -> dict[str, Any]:
    way = str(given["resolve"])
    union = reviewing.union_of(request.user, branch, way)
    theirs = apply(union.merged.base, union.merged.theirs)
    owners = asked(union, theirs)
    found = _request(request, branch, given)
    held = permissions.right_of(request.user, branch.project) or Right.VIEW
    needed = Right.MANAGE if union.into.protected and found is None else Right.EDIT
    return {
        "view": "resolve",
        "way": way,
        "union": union,
        "seen_versions": _seen(union),
        "owners": owners,
        "total": sum(len(each.questions) for each in owners),
        "chosen": choices_of(request) if request.method == "POST" else {},
        "request_": found,
        "may_merge": held >= needed and not union.into.archived,
        "changes": bool(union.merged.theirs),
    }


def _request(request: HttpRequest, branch: Branch, given: QueryDict) -> ChangeRequest | None:
    look = look_of(given)
    return None if look.review is None else requests.find(request.user, branch, look.review)


# Doing


def _done(request: HttpRequest, branch: Branch) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "review":
        return _reviewed(request, branch)
    if do == "merge":
        return _merged(request, branch)
    raise Invalid("Choose what to do: review, or merge.")


def _reviewed(request: HttpRequest, branch: Branch) -> HttpResponse:
    found = _request(request, branch, request.GET)
    if found is None:
        raise Invalid("Choose the change request to review.")
    said = request.POST
    seen = _number(said.get("version", ""), -1)
    requests.review(request.user, found, said.get("verdict", ""), said.get("body", ""), seen)
    return _drawn(request, branch, request.GET)


def _merged(request: HttpRequest, branch: Branch) -> HttpResponse:
    way, found = request.GET.get("resolve", ""), _request(request, branch, request.GET)
    choices, seen = choices_of(request), seen_by(request)
    if way == DOWN:
        done = branching.update(request.user, branch, choices, seen)
        return committed(_after(request, branch.public_id, found), done.head)
    if way != UP:
        raise Invalid("A merge goes up into the source of a branch, or down into the branch.")
    if found is not None:
        requests.merge(request.user, found, choices, seen)
        return HttpResponseClientRedirect(reverse("request", args=[branch.public_id, found.number]))
    requests.merge_branch(request.user, branch, choices, seen)
    into = branch.source or branch
    return HttpResponseClientRedirect(reverse("design", args=[into.public_id]))


def _after(request: HttpRequest, public_id: str, found: ChangeRequest | None) -> HttpResponse:
    """Draw what differs after an update: of the request that is looked at, else of the branch and its source."""
    given = request.GET.copy()
    given.pop("resolve")
    if found is None and not given.get("compare"):
        given["compare"] = BASE
    return _drawn(request, permissions.branch(request.user, public_id), given)
