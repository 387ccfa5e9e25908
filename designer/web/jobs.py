"""The page of a job: progress while it runs, the report when it is done."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from designer.importers.contract import Outcome
from designer.models import Job
from designer.services import jobs
from designer.web.http import json_response

FINDINGS_SHOWN = 200
TITLES = {
    Outcome.IMPORTED: ("imported", "are in the diagram"),
    Outcome.WARNING: ("warnings", "are in, but mean something else than it seems, or would be refused"),
    Outcome.VERBATIM: ("kept word for word", "are not drawn, and exported again as they are"),
    Outcome.SKIPPED: ("skipped", "are data and settings, not part of a schema"),
    Outcome.FAILED: ("could not be read", "are kept word for word"),
}


@require_GET
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a job; htmx gets the part that changes, and `?part=state` is JSON for a form that waits for it."""
    job = jobs.find(request.user, public_id)
    if request.GET.get("part") == "state":
        return json_response(_state(job))
    context = {
        "job": job,
        "percent": round(job.fraction * 100),
        **(_report(request, job) if job.state == job.State.DONE else {}),
    }
    if request.headers.get("HX-Request"):
        part = request.GET.get("part") == "findings" and job.state == job.State.DONE
        return render(request, f"designer/partials/_{'findings' if part else 'job'}.html", context)
    return render(request, "designer/job.html", context)


def _state(job: Job) -> dict[str, Any]:
    cancel = reverse("job-cancel", args=[job.public_id])
    return {"state": job.state, "fraction": job.fraction, "message": job.message, "cancel": cancel}


def _report(request: HttpRequest, job: Job) -> dict[str, Any]:
    result = jobs.result_of(job)
    findings = result.get("findings", [])
    counts = {outcome.value: 0 for outcome in Outcome}
    for finding in findings:
        counts[finding[0]] += finding[5]
    chosen = request.GET.get("outcome", "")
    matching = [finding for finding in findings if finding[0] == chosen] if chosen in counts else findings
    page = Paginator(matching, FINDINGS_SHOWN).get_page(request.GET.get("page"))
    return {
        "dialect": result.get("dialect", ""),
        "doubt": result.get("doubt", ""),
        "counts": [(o.value, TITLES[o][0], TITLES[o][1], counts[o.value]) for o in TITLES if counts[o.value]],
        "outcome": chosen if chosen in counts else "",
        "findings": page,
        "has_lines": any(finding[3] for finding in findings),
        "total": sum(counts.values()),
    }


@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask a job to stop."""
    job = jobs.cancel(request.user, public_id)
    return redirect("job", job.public_id)
