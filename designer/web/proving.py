"""The proof in the export dialog: a button, progress, the result."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from designer.models import Branch, Job
from designer.services import branches, jobs, permissions, proving
from designer.services.errors import Invalid, TooLarge

PARTIAL = "designer/partials/_proof.html"


@require_http_methods(["GET", "POST"])
def prove(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET the button for what is chosen in the dialog; POST starts the proof."""
    branch = permissions.branch(request.user, public_id)
    said = request.POST if request.method == "POST" else request.GET
    dialect, part = said.get("dialect", ""), said.get("part", "")
    if request.method == "GET":
        return render(request, PARTIAL, _offer(branch, dialect, part))
    try:
        job = proving.start(request.user, branch, dialect, part)
    except (Invalid, TooLarge) as error:
        return render(request, PARTIAL, _offer(branch, dialect, part) | {"problem": error.message}, status=422)
    return render(request, PARTIAL, _progress(branch, job, dialect, part))


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, public_id: str, job: str) -> HttpResponse:
    """GET how a proof goes, and its result when it is done; POST stops it."""
    branch = permissions.branch(request.user, public_id)
    said = request.POST if request.method == "POST" else request.GET
    if request.method == "POST":
        jobs.cancel(request.user, job)
    found = jobs.find(request.user, job)
    dialect, part = said.get("dialect", ""), said.get("part", "")
    if not found.finished:
        return render(request, PARTIAL, _progress(branch, found, dialect, part))
    context = _offer(branch, dialect, part)
    if found.state == found.State.DONE and found.result:
        return render(request, PARTIAL, context | _result(branch, found))
    return render(request, PARTIAL, context | {"problem": found.message, "stopped": found.state != found.State.FAILED})


def _offer(branch: Branch, dialect: str, part: str) -> dict[str, Any]:
    _, target = proving.target_of(branch, dialect, part)
    return {"branch": branch, "dialect": dialect, "part": part, "obstacle": proving.obstacle(target)}


def _progress(branch: Branch, job: Job, dialect: str, part: str) -> dict[str, Any]:
    return {"branch": branch, "dialect": dialect, "part": part, "job": job, "percent": round(job.fraction * 100)}


def _result(branch: Branch, job: Job) -> dict[str, Any]:
    found = jobs.result_of(job)
    _, version = branches.load(branch)
    refused, different, unproven = found["counts"]
    return {
        "proof": found,
        "is_old": found["version"] != version,
        "left": {
            "refused": refused - len(found["refused"]),
            "differences": different - len(found["differences"]),
            "unproven": unproven - len(found["unproven"]),
        },
    }
