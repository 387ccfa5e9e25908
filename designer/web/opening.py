"""The address that a start prints: it lets one browser in, once."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from designer.services import local, one_time
from designer.web import errors
from designer.web.http import json_response, wants_json

LOCKED = (
    "Only the browser that opened the address printed by this server is let in. "
    "Run “wholekey open” on this computer to get a fresh one."
)
OPEN_TO_ALL = {"open", "favicon"}
"""The names of addresses that answer before anybody was let in."""


@never_cache
@require_GET
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Let the first browser that comes with the token in for good, and go on to the projects."""
    if not settings.WHOLEKEY_LOCAL:
        return errors.not_found(request)
    if let_in(request):
        return redirect("projects")
    looking_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    user = None if looking_ahead else one_time.spend(token)
    if user is None:
        return locked(request)
    local.prepare()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("projects")


def let_in(request: HttpRequest) -> bool:
    """Say whether this browser may see the designs of local mode."""
    return not settings.WHOLEKEY_ONE_TIME or (
        request.user.is_authenticated and request.user.get_username() == local.USERNAME
    )


def locked(request: HttpRequest) -> HttpResponse:
    """Return how to get in, in the form the request asked for."""
    if wants_json(request):
        return json_response({"error": LOCKED}, status=403)
    if request.headers.get("HX-Request"):
        return errors.toast(LOCKED, 403)
    return render(request, "account/locked.html", status=403)
