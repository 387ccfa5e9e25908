"""The proof of a migration on the page of versions: a button, progress, the result."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from designer.models import Branch, Job
from designer.services import comparing, jobs, permissions, proving
from designer.services.comparing import Wish
from designer.services.errors import Invalid, TooLarge
from designer.web.versions import query_of, wish_of

PARTIAL = "designer/partials/_evolution.html"


@require_POST
def prove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start the proof of the migration that the address names."""
    branch = permissions.branch(request.user, public_id)
    wish = wish_of(request, branch)
    try:
        job = proving.start_migration(request.user, branch, wish)
    except (Invalid, TooLarge) as error:
        return render(request, PARTIAL, _of(branch, wish) | {"problem": error.message}, status=422)
    return render(request, PARTIAL, _of(branch, wish) | _progress(job))


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, public_id: str, job: str) -> HttpResponse:
    """GET how a proof goes, and its result when it is done; POST stops it."""
    branch = permissions.branch(request.user, public_id)
    if request.method == "POST":
        jobs.cancel(request.user, job)
    found = jobs.find(request.user, job)
    wish = wish_of(request, branch)
    context = _of(branch, wish)
    if not found.finished:
        return render(request, PARTIAL, context | _progress(found))
    if found.state == found.State.DONE and found.result:
        return render(request, PARTIAL, context | _result(branch, wish, found))
    return render(request, PARTIAL, context | {"problem": found.message, "stopped": found.state != found.State.FAILED})


def _of(branch: Branch, wish: Wish) -> dict[str, Any]:
    return {"branch": branch, "query": query_of(wish)}


def _progress(job: Job) -> dict[str, Any]:
    return {"job": job, "percent": round(job.fraction * 100)}


def _result(branch: Branch, wish: Wish, job: Job) -> dict[str, Any]:
    """Return what was found; a design that was edited since is another one."""
    found = jobs.result_of(job)
    versions = [comparing.state(branch, ref).version for ref in (wish.old, wish.new)]
    to_know = len(found["lost"]) + len(found["notes"])
    return {"proof": found, "to_know": to_know, "is_old": found["versions"] != versions}
