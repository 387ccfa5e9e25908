"""The history list."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from designer.services import history, permissions
from designer.services.errors import Invalid
from designer.web.http import json_response

_LONGEST = 10 * 366 * 24  # hours


@require_GET
def page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one page of the history, newest first; `?before=` goes on."""
    branch = permissions.branch(request.user, public_id)
    before = request.GET.get("before", "")
    if before and not (before.isdecimal() and len(before) < 10):
        raise Invalid("Say before which version, as a whole number.")
    events, more = history.events(branch, int(before) if before else None)
    template = "designer/partials/_history_events.html" if before else "designer/partials/_history.html"
    return render(request, template, {"branch": branch, "events": events, "more_before": more})


@require_GET
def touched(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the ids of the records that were touched in the last `?hours=`."""
    branch = permissions.branch(request.user, public_id)
    hours = request.GET.get("hours", "")
    if not (hours.isdecimal() and len(hours) < 7 and 0 < int(hours) <= _LONGEST):
        raise Invalid("Say for how many hours back, as a whole number.")
    since = timezone.now() - timedelta(hours=int(hours))
    return json_response({"ids": sorted(history.touched_since(branch, since))})
