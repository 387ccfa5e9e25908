"""Normalisation on the canvas: how each table stands, the panel of one, what people say in it, and fixes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from designer.commands import Refused
from designer.models import Branch, Job
from designer.schema import Design, Entity, Id, Table, new_id
from designer.services import branches, discovering, fixing, jobs, normalizing, permissions
from designer.services.branches import sentence
from designer.services.errors import Invalid, NotFound, ServiceError
from designer.services.permissions import Right
from designer.web import normalizing_data, normalizing_edits, normalizing_panel, normalizing_preview
from designer.web.http import client_of, committed, json_response

PANEL = "designer/normalizing/_panel.html"
GONE = "There is no such table any more; reload the page."


@require_GET
def states(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return how the tables of the model `?model=` stand; those that nobody assessed are only counted."""
    branch = permissions.branch(request.user, public_id)
    found, version = normalizing.standings(request.user, branch, request.GET.get("model", ""))
    signs = normalizing_panel.SIGNS
    return json_response({
        "version": version,
        "counts": {signs[state]: count for state, count in normalizing.counted(found).items()},
        "states": {
            owner: {
                "state": signs[each.state], "form": each.form, "title": each.text, "questions": each.suspicions,
            }
            for owner, each in normalizing.assessed(found).items()
        },
    })  # fmt: skip


@require_GET
def panel(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Show one table or entity."""
    branch = permissions.branch(request.user, public_id)
    return _shown(request, branch, record)


@require_POST
def edit(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Do what a form of the panel says, as one step of the history, and show the panel again."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    try:
        command = _command(request, branch, record)
        accepted = branches.run_command(request.user, branch, command, client=client_of(request))
    except Refused as refused:
        return _shown(request, branch, record, problem=sentence(refused.message))
    except Invalid as invalid:
        return _shown(request, branch, record, problem=invalid.message)
    return committed(_shown(request, branch, record), accepted.head)


def _command(request: HttpRequest, branch: Branch, record: Id) -> normalizing_edits.Command:
    action = request.POST.get("action", "")
    if action == "fix":
        wish = normalizing_preview.wish_of(request.POST)
        values = normalizing.values_of(discovering.kept(request.user, branch, record))
        return lambda design: fixing.make(design, record, wish, new_id, values)
    if action == "refer":
        return normalizing_data.referring(request.POST, record)
    kept = discovering.kept(request.user, branch, record)
    if action == "propose":
        return normalizing_data.proposing(kept)
    return normalizing_edits.command(request, record, normalizing.sample_of(kept))


@require_POST
def preview(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Show what a fix would do, and its change for the canvas; nothing is made."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    design, _ = branches.load(branch)
    if not isinstance(design.get(record), Table | Entity):
        raise NotFound(GONE)
    try:
        values = normalizing.values_of(discovering.kept(request.user, branch, record))
        shown = normalizing_preview.preview(design, record, request.POST, values)
    except Refused as refused:
        return _shown(request, branch, record, problem=sentence(refused.message))
    return _shown(request, branch, record, preview=shown)


@sensitive_post_parameters("password", "url")
@require_http_methods(["GET", "POST"])
def data(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """GET how far the reading of rows is (`?job=`); POST starts it, stops it, or forgets the rows."""
    branch = permissions.branch(request.user, public_id, Right.VIEW if request.method == "GET" else Right.EDIT)
    if request.method == "GET":
        return _shown(request, branch, record, **_outcome(jobs.find(request.user, request.GET.get("job", ""))))
    try:
        if request.POST.get("forget"):
            discovering.forget(request.user, branch, record)
            return _shown(request, branch, record)
        stopped = request.POST.get("stop")
        job = (
            jobs.cancel(request.user, stopped)
            if stopped
            else normalizing_data.start(request.user, branch, record, request)
        )
    except NotFound:
        raise
    except ServiceError as error:
        return _shown(request, branch, record, data_problem=error.message)
    return _shown(request, branch, record, **_outcome(job))


def _outcome(job: Job) -> dict[str, Any]:
    """Return what to show of a job: its progress, or what became of it."""
    job.refresh_from_db()
    if not job.finished:
        return {"job": job}
    return {} if job.state == job.State.DONE else {"data_problem": job.message}


def _references(request: HttpRequest, branch: Branch, design: Design, record: Id) -> list[normalizing_data.Reference]:
    found = discovering.references(request.user, branch)
    return normalizing_data.proposed_references(design, record, found)


def _impossible(said: QueryDict) -> tuple[Id, ...] | None:
    """Return the columns of the row that somebody called impossible; `-` is none of them, which is one as well."""
    agree = said.get("impossible", "")
    return tuple(each for each in agree.split(",") if each != "-") if agree else None


def _shown(request: HttpRequest, branch: Branch, record: Id, **more: Any) -> HttpResponse:
    """Draw the panel; a `problem` of a form makes it a 422. A job that is watched goes on being shown."""
    design, version = branches.load(branch)
    found = design.get(record)
    if not isinstance(found, Table | Entity):
        raise NotFound(GONE)
    said = request.POST if request.method == "POST" else request.GET
    if "job" not in more and said.get("watched"):
        more = {**_outcome(jobs.find(request.user, said["watched"])), **more}
    kept = discovering.kept(request.user, branch, record)
    here = [branch.public_id, record]
    job = more.get("job")
    context = {
        **normalizing_panel.panel(design, found, kept, _impossible(said) if request.method == "GET" else None),
        **normalizing_data.context(design, found, kept),
        "references": _references(request, branch, design, record) if kept else [],
        "branch": branch,
        "version": version,
        "may_edit": permissions.may_edit(request.user, branch),
        "panel": reverse("normalization", args=here),
        "action": reverse("normalization-edit", args=here),
        "preview_action": reverse("normalization-preview", args=here),
        "data_action": reverse("normalization-data", args=here),
        "impossible": request.method == "GET" and bool(said.get("impossible")),
        "percent": round(job.fraction * 100) if job else 0,
        "typed": said.get("text", "") if more.get("problem") and said.get("action") == "state" else "",
        **more,
    }
    return render(request, PANEL, context, status=422 if more.get("problem") else 200)
