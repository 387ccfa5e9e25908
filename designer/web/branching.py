"""The page of branches: make, open, compare, bring up to date, merge, put away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from designer.change import apply, diff
from designer.change.merge import Side
from designer.models import Branch, ChangeRequest
from designer.services import branching, permissions, requests
from designer.services.branching import Union
from designer.services.comparing import NOW
from designer.services.errors import Invalid, ServiceError
from designer.services.leveling_words import decisions, groups
from designer.services.permissions import Right
from designer.services.words import ago
from designer.web.http import whole

PAGE = "designer/branches/page.html"
LIST = "designer/branches/_list.html"
MERGE = "designer/branches/merge.html"
UP, DOWN = "up", "down"
MOST_GROUPS = 200
"""How many tables a merge lists; all of them are merged."""


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the branches of the project."""
    branch = permissions.branch(request.user, public_id)
    return render(request, PAGE, _listed(request, branch))


@require_POST
def create(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a branch, and open it."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    said = request.POST
    try:
        at = _version(said.get("version", ""))
        made = branching.create(request.user, branch, said.get("name", ""), at)
    except Invalid as error:
        return render(request, LIST, {**_listed(request, branch), "problem": error.message, "named": said.get("name")})
    return HttpResponseClientRedirect(reverse("design", args=(made.public_id,)))


def _version(text: str) -> int | None:
    plain = text.strip()
    if plain and whole(plain) is None:
        raise Invalid("A version is a number; leave the field empty for the newest.", "version")
    return whole(plain)


@require_POST
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """Rename, archive or protect a branch, and show the list again."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    said = request.POST
    problem = ""
    try:
        match said.get("do", ""):
            case "rename":
                branching.rename(request.user, branch, said.get("name", ""))
            case "archive" | "restore" as do:
                branching.archive(request.user, branch, do == "archive")
            case "protect" | "open" as do:
                branching.protect(request.user, branch, do == "protect")
            case _:
                problem = "Choose what to do with the branch."
    except ServiceError as error:
        problem = error.message
    return render(request, LIST, {**_listed(request, branch), "problem": problem})


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, public_id: str, way: str) -> HttpResponse:
    """Show what a merge brings and what it leaves to decide; posted, make it."""
    branch = permissions.branch(request.user, public_id, Right.EDIT if request.method == "POST" else Right.VIEW)
    problem = ""
    if request.method == "POST":
        try:
            _merged(request, branch, way)
        except ServiceError as error:
            problem = error.message
        else:
            into = branch.source if way == UP and branch.source else branch
            return redirect("design", public_id=into.public_id)
        branch = permissions.branch(request.user, public_id)
    union = branching.merge_of(request.user, branch) if way == UP else branching.update_of(request.user, branch)
    return render(request, MERGE, {**_shown(request, branch, union, way), "problem": problem})


def _merged(request: HttpRequest, branch: Branch, way: str) -> None:
    do = requests.merge_branch if way == UP else branching.update
    do(request.user, branch, choices_of(request), seen_by(request))


def seen_by(request: HttpRequest) -> tuple[int, int]:
    """Return the versions that somebody saw of both sides. Raises Invalid where the form does not say."""
    into, _, of = request.POST.get("seen", "").partition("-")
    seen = whole(into), whole(of)
    if seen[0] is None or seen[1] is None:
        raise Invalid("Look at the merge before you make it.")
    return seen[0], seen[1]


def choices_of(request: HttpRequest) -> dict[str, Side]:
    """Return the sides that a form has chosen, by the key of the conflict."""
    chosen: dict[str, Side] = {}
    for name, value in request.POST.items():
        if name.startswith("choice:") and value in ("ours", "theirs"):
            chosen[name.removeprefix("choice:")] = "ours" if value == "ours" else "theirs"
    return chosen


def _shown(request: HttpRequest, branch: Branch, union: Union, way: str) -> dict[str, Any]:
    return {
        "branch": branch,
        "project": branch.project,
        "way": way,
        "may_merge": _may_merge(request, branch, union),
        **shown_union(request, union),
    }


def shown_union(request: HttpRequest, union: Union) -> dict[str, Any]:
    """Return what a merge brings and what it leaves to decide, with what the request has chosen already."""
    chosen = choices_of(request) if request.method == "POST" else {}
    settled: dict[str, Side] = {each.key: chosen.get(each.key, "ours") for each in union.conflicts}
    after = branching.outcome(union, settled)
    theirs = apply(union.merged.base, union.merged.theirs)
    told = groups(union.before, diff(union.before, after))
    return {
        "union": union,
        "seen": f"{union.into_version}-{union.of_version}",
        "decisions": [
            (each, chosen.get(each.key, ""))
            for each in decisions(union.before, theirs, branching.asked(union.conflicts))
        ],
        "groups": told[:MOST_GROUPS],
        "more": max(0, len(told) - MOST_GROUPS),
        "nothing": not told and not union.conflicts,
    }


def _may_merge(request: HttpRequest, branch: Branch, union: Union) -> bool:
    held = permissions.right_of(request.user, branch.project)
    needed = Right.MANAGE if union.into.protected and union.into.pk != branch.pk else Right.EDIT
    return held is not None and held >= needed and not union.into.archived


def _listed(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    held = permissions.right_of(request.user, branch.project) or Right.VIEW
    open_ones = {each.branch_id: each for each in ChangeRequest.objects.filter(project=branch.project, state="open")}
    return {
        "branch": branch,
        "project": branch.project,
        "open_requests": len(open_ones),
        "rows": [_row(each, branch, open_ones.get(each.pk)) for each in branching.of_project(branch)],
        "may_branch": held >= Right.EDIT,
        "may_manage": held >= Right.MANAGE,
    }


def _row(each: Branch, here: Branch, asked: ChangeRequest | None) -> dict[str, Any]:
    source = each.source
    compare = ""
    if source is not None:
        query = urlencode({"from": f"{source.public_id}:{NOW}", "to": NOW})
        compare = f"{reverse('versions', args=(each.public_id,))}?{query}"
    return {
        "branch": each,
        "here": each.pk == here.pk,
        "edited": ago(each.edited),
        "standing": branching.standing(each),
        "compare": compare,
        "request": asked,
    }
