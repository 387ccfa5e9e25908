"""The pages of change requests: the list, one with changes, checks, reviews and talk, and the rules of a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designer.commands.names import called, word
from designer.models import Branch, ChangeRequest
from designer.schema import Design, Id, Placement
from designer.services import branching, notices, permissions, request_list, requests
from designer.services import request_parts as parts
from designer.services.branches import display_name
from designer.services.branching import Union
from designer.services.errors import Invalid, ServiceError
from designer.services.markdown import rendered
from designer.services.permissions import Right
from designer.services.request_list import Filter
from designer.services.requests import OPEN
from designer.services.words import ago
from designer.web.branching import choices_of, seen_by
from designer.web.http import whole
from designer.web.talk_shown import all_shown

LIST = "designer/requests/list.html"
PAGE = "designer/requests/page.html"
NEW = "designer/requests/new.html"
PARTS = {"changes": "designer/requests/_changes.html", "side": "designer/requests/_side.html"}
"""What comes later on the page of a large design."""
MOST_GROUPS = 300


@require_GET
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the change requests of the project."""
    branch = permissions.branch(request.user, public_id)
    wanted = _filter(request)
    found = request_list.listed(request.user, branch, wanted)
    context = {
        **_where(request, branch),
        "wanted": wanted,
        "found": found,
        "rows": [{"row": each, "request": each.request, "ago": ago(each.request.created)} for each in found.rows],
        "whose": [(key, word, _asked(wanted, whose=key)) for key, word in request_list.WHOSE.items()],
        "states": [(state, number, _asked(wanted, state=state)) for state, number in found.counts],
        "earlier": _asked(wanted, page=wanted.page - 1) if wanted.page > 1 else "",
        "later": _asked(wanted, page=wanted.page + 1) if wanted.page < found.pages else "",
        "filtered": bool(wanted.whose or wanted.text),
    }
    return render(request, LIST, context)


def _filter(request: HttpRequest) -> Filter:
    given = request.GET
    state, whose, page = given.get("state", ""), given.get("whose", ""), given.get("page", "")
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    return Filter(
        state if state in request_list.STATES else OPEN,
        whose if whose in request_list.WHOSE else "",
        given.get("q", "").strip()[: request_list.LONGEST_SEARCH],
        max(1, number),
    )


def _asked(wanted: Filter, **other: Any) -> str:
    """Return the address of the list with something else asked for; another filter begins at the first page."""
    asked = replace(wanted, **{"page": 1, **other})
    pairs = {"state": asked.state, "whose": asked.whose, "q": asked.text, "page": asked.page if asked.page > 1 else ""}
    return "?" + urlencode({name: value for name, value in pairs.items() if value})


def _where(request: HttpRequest, branch: Branch) -> dict[str, Any]:
    held = permissions.right_of(request.user, branch.project) or Right.VIEW
    return {
        "branch": branch,
        "project": branch.project,
        "may_edit": held >= Right.EDIT,
        "may_comment": held >= Right.COMMENT,
        "may_manage": held >= Right.MANAGE,
    }


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for a branch to be merged."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    said = request.POST
    problem = ""
    if request.method == "POST":
        try:
            made = requests.open_one(
                request.user, branch, said.get("title", ""), said.get("description", ""), draft="draft" in said
            )
        except ServiceError as error:
            problem = error.message
        else:
            return redirect("request", public_id=branch.public_id, number=made.number)
    title = said.get("title") or branch.name
    return render(request, NEW, {**_where(request, branch), "title": title, "said": said, "problem": problem})


@require_GET
def show(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show a change request."""
    branch = permissions.branch(request.user, public_id)
    return _page(request, branch, requests.find(request.user, branch, number))


@require_POST
def act(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Do something with a change request: edit, ask, review, comment, settle, merge, close, open again."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    found = requests.find(request.user, branch, number)
    do = _ACTS.get(request.POST.get("do", ""))
    problem = ""
    try:
        if do is None:
            raise Invalid("Choose what to do with the change request.")
        do(request, found)
    except ServiceError as error:
        problem = error.message
    if problem:
        return _page(request, branch, requests.find(request.user, branch, number), problem)
    return redirect("request", public_id=public_id, number=number)


def _edit(request: HttpRequest, found: ChangeRequest) -> None:
    said = request.POST
    requests.edit(request.user, found, said.get("title", ""), said.get("description", ""), draft="draft" in said)


def _ask(request: HttpRequest, found: ChangeRequest) -> None:
    requests.ask(request.user, found, [key for each in request.POST.getlist("reviewer") if (key := whole(each))])


def _review(request: HttpRequest, found: ChangeRequest) -> None:
    said = request.POST
    seen = whole(said.get("version", ""))
    requests.review(request.user, found, said.get("verdict", ""), said.get("body", ""), -1 if seen is None else seen)


def _comment(request: HttpRequest, found: ChangeRequest) -> None:
    said = request.POST
    requests.comment(
        request.user, found, said.get("body", ""), element=said.get("element", ""), thread=whole(said.get("thread", ""))
    )


def _settle(request: HttpRequest, found: ChangeRequest) -> None:
    thread = whole(request.POST.get("thread", "")) or 0
    requests.settle(request.user, found, thread, request.POST.get("resolved") == "yes")


def _merge(request: HttpRequest, found: ChangeRequest) -> None:
    requests.merge(request.user, found, choices_of(request), seen_by(request))


_ACTS: dict[str, Callable[[HttpRequest, ChangeRequest], None]] = {
    "edit": _edit,
    "ask": _ask,
    "review": _review,
    "comment": _comment,
    "settle": _settle,
    "merge": _merge,
    "close": lambda request, found: requests.close(request.user, found),
    "reopen": lambda request, found: requests.reopen(request.user, found),
}


def _page(request: HttpRequest, branch: Branch, found: ChangeRequest, problem: str = "") -> HttpResponse:
    """Show a request; of a large design what takes long comes later, part by part."""
    ready = "whole" in request.GET or parts.is_ready(found)
    context = {
        **_where(request, branch),
        "request_": found,
        "description": rendered(found.description),
        "ago": ago(found.created),
        "ended_ago": ago(found.ended) if found.ended else "",
        "problem": problem,
        "said": request.POST if problem else {},
        "is_open": found.state == OPEN,
        "members": _members(found),
        "opinions": requests.opinions(found),
        "ready": ready,
    }
    part = PARTS.get(request.GET.get("part", "")) if request.method == "GET" else None
    if not ready:
        parts.prepare(found)
        ready = context["ready"] = parts.is_ready(found)
    context |= {} if part else _talk(request, found)
    if ready:
        context |= _changes(found) | (_of_open(request, found) if found.state == OPEN else {})
    return render(request, part or PAGE, context, status=422 if problem else 200)


def _talk(request: HttpRequest, found: ChangeRequest) -> dict[str, Any]:
    threads = all_shown(request, requests.threads(found))
    open_ones = [each for each in threads if each["suggestion"] and each["suggestion"]["may_apply"]]
    if request.method == "GET":
        notices.seen_request(request.user, found)
    return {"threads": threads, "open_suggestions": open_ones}


def _changes(found: ChangeRequest) -> dict[str, Any]:
    seen, said = parts.changes(found)
    asked = parts.query(found)
    return {
        "seen": seen,
        "groups": said.groups[:MOST_GROUPS],
        "more": max(0, len(said.groups) - MOST_GROUPS),
        "counts": said.counts,
        "diagrams": said.diagrams,
        "ways": parts.ways(found),
        "compare": f"{reverse('versions', args=(found.branch.public_id,))}?{asked}",
        "picture": f"{reverse('versions-picture', args=(found.branch.public_id,))}?{asked}",
        "undecided": len(parts.merging(found).decisions) if found.state == OPEN else 0,
    }


def _of_open(request: HttpRequest, found: ChangeRequest) -> dict[str, Any]:
    standing, merging = requests.standing(found), parts.merging(found)
    chosen = choices_of(request) if request.method == "POST" else {}
    return {
        "standing": standing,
        "opinions": standing.opinions,
        "elements": _elements(merging.union),
        "behind": branching.standing(found.branch).behind,
        "union": merging.union,
        "merge_seen": merging.seen,
        "decisions": [(each, chosen.get(each.key, "")) for each in merging.decisions],
        "nothing": merging.nothing,
    }


@require_GET
def migration(request: HttpRequest, public_id: str, number: int, model: str, way: str) -> HttpResponse:
    """Return the SQL of a request's migration of one physical model, up or down."""
    branch = permissions.branch(request.user, public_id)
    made = parts.script(requests.find(request.user, branch, number), model, way)
    response = HttpResponse(made.content, content_type=f"{made.media_type}; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def _members(found: ChangeRequest) -> list[dict[str, Any]]:
    asked = set(found.reviewers.values_list("pk", flat=True))
    people = [each for each in permissions.people(found.project, Right.COMMENT) if each.pk != found.author_id]
    return [{"user": each, "name": display_name(each), "asked": each.pk in asked} for each in people]


def _about(design: Design, element: Id) -> str:
    record = design.get(element) if element else None
    if record is None:
        return "something that is not there any more" if element else ""
    return f"{word(record)} {called(design, record)}"


def _elements(union: Union) -> list[tuple[Id, str]]:
    """Return what a comment can be about: what the branch touches and still has."""
    design = union.merged.base.changed((), union.merged.theirs.added.values())
    touched = union.merged.theirs.touched()
    told = {each for each in touched if each in design and not isinstance(design[each], Placement)}
    named = [(each, _about(design, each)) for each in told]
    fields = [
        (f"{each}:{field}", f"{_about(design, each)}: {field.replace('_', ' ')}")
        for each, changed in union.merged.theirs.changed.items()
        for field in changed
        if each in told and field != "order"
    ]
    named += fields
    return sorted(((each, text) for each, text in named if text.split(" ", 1)[-1]), key=lambda pair: pair[1])[:300]
