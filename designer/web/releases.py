"""The pages of releases, and what can be done with a version: name it, go back to it, branch from it, take it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from designer.models import Branch, NamedVersion
from designer.services import branching, permissions, releases, requests, reverting, versions
from designer.services.errors import Invalid
from designer.services.markdown import rendered
from designer.services.permissions import Right
from designer.services.words import ago
from designer.web.http import json_response, wants_json

LIST = "designer/history/releases.html"
PAGE = "designer/history/release.html"
MOST_GROUPS = 200


@require_GET
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the releases of the project."""
    branch = permissions.branch(request.user, public_id)
    where: dict[int, list[str]] = {}
    for place in versions.places(branch):
        where.setdefault(place.named.pk, []).append(place.name)
    rows = [
        {"named": each, "url": url_of(each), "ago": ago(each.created), "places": where.get(each.pk, [])}
        for each in releases.of_project(branch)
    ]
    return render(request, LIST, {**_where(request, branch), "rows": rows})


def url_of(named: NamedVersion) -> str:
    """Return the address of the page of a release."""
    return reverse("release", args=(named.branch.public_id, releases.address_of(named)))


def _where(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    held = permissions.right_of(request.user, branch.project) or Right.VIEW
    return {"branch": branch, "project": branch.project, "may_edit": held >= Right.EDIT}


@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, public_id: str, release: str) -> HttpResponse:
    """Show a release; posted, write its notes anew."""
    branch = permissions.branch(request.user, public_id)
    named = releases.find(branch, release)
    problem = ""
    if request.method == "POST":
        try:
            releases.edit_note(request.user, named, request.POST.get("note", ""))
        except Invalid as error:
            problem = error.message
    return render(request, PAGE, _shown(request, named, problem), status=422 if problem else 200)


def _shown(request: HttpRequest, named: NamedVersion, problem: str) -> dict[str, Any]:
    branch = named.branch
    before = releases.previous(named)
    told = releases.brought(named, before)
    query = {"from": _ref(before, branch) if before else "empty", "to": str(named.pk)}
    page = reverse("versions", args=(branch.public_id,))
    return {
        **_where(request, branch),
        "named": named,
        "ago": ago(named.created),
        "note": rendered(named.note),
        "before": before,
        "before_url": url_of(before) if before else "",
        "groups": told[:MOST_GROUPS],
        "more": max(0, len(told) - MOST_GROUPS),
        "query": urlencode(query),
        "migrations": [(each, urlencode({**query, "model": each.id})) for each in releases.physical_models(named)],
        "places": [(each, ago(each.created), now) for each, now in releases.runs_on(named)],
        "others": [
            (url, each) for each in releases.of_project(branch) if each != named for url in [_ref(each, branch)]
        ],
        "compare_page": page,
        "unchanged": versions.is_unchanged(named),
        "problem": problem,
        "url": url_of(named),
    }


def _ref(named: NamedVersion, here: Branch) -> str:
    """Return how the page of versions names a release, seen from a branch."""
    return str(named.pk) if named.branch_id == here.pk else f"{named.branch.public_id}:{named.pk}"


@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return a `version` as a file: `what` is `design` or `ddl`."""
    branch = permissions.branch(request.user, public_id)
    made = releases.file(branch, _version(request.GET), request.GET.get("what", ""), request.GET.get("model", ""))
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _version(said: Any) -> int:
    text = str(said.get("version", ""))
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid("Say which version, as a whole number.")
    return int(text)


# What can be done with a version


@require_POST
def act(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name a version, go back to it, make a branch at it; or take a merged request back. Answers where to go then."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    do = _ACTS.get(request.POST.get("do", ""))
    if do is None:
        raise Invalid("Choose what to do with the version.")
    said, address = do(request, branch)
    if wants_json(request):
        return json_response({"said": said, "go": address})
    return HttpResponseClientRedirect(address)


def _name(request: HttpRequest, branch: Branch) -> tuple[str, str]:
    said = request.POST
    at = _version(said)
    named = versions.give_name(request.user, branch, said.get("name", ""), said.get("note", ""), at)
    return f"Version {at} is called {named.name} now.", url_of(named)


def _restore(request: HttpRequest, branch: Branch) -> tuple[str, str]:
    at = _version(request.POST)
    done = releases.restore(request.user, branch, at)
    if done.made:
        address = reverse("request-new", args=(done.branch.public_id,))
        return f"{branch.name} is protected: ask for {done.branch.name} to be merged.", address
    title = releases.title_of(branch, at)
    return f"{branch.name} is as it was at {title}.", reverse("design", args=(branch.public_id,))


def _branch(request: HttpRequest, branch: Branch) -> tuple[str, str]:
    made = branching.create(request.user, branch, request.POST.get("name", ""), _version(request.POST))
    return f"{made.name} begins at version {made.forked_at}.", reverse("design", args=(made.public_id,))


def _revert(request: HttpRequest, branch: Branch) -> tuple[str, str]:
    number = request.POST.get("number", "")
    found = requests.find(request.user, branch, int(number) if number.isdecimal() and len(number) < 9 else 0)
    made = reverting.revert(request.user, found)
    return f"#{made.number} takes #{found.number} back.", reverse("request", args=(made.branch.public_id, made.number))


_ACTS: dict[str, Callable[[HttpRequest, Branch], tuple[str, str]]] = {
    "name": _name,
    "restore": _restore,
    "branch": _branch,
    "revert": _revert,
}
