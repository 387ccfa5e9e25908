"""The history list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from designer.services import history, permissions
from designer.services.errors import Invalid


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
