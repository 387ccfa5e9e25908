"""Where the address in an invitation leads: what it is for, an account for whoever has none, and joining."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from designer.models import Invitation
from designer.services import invitations, limits, signing_up
from designer.services.branches import display_name
from designer.services.errors import Invalid, ServiceError
from designer.services.project_roles import WORDS
from designer.services.projects import main_branch
from designer.web.teams import for_several

PAGE = "designer/teams/join.html"
OPENING = "30/m,200/h"


@for_several
@never_cache
@require_GET
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the token of an invitation and go on to a page that has it not in its address."""
    limits.hit("invitation-token", limits.visitor(request), OPENING)
    invitations.keep(request.session, token)
    return unseen(redirect("invitation"))


def unseen(response: HttpResponse) -> HttpResponse:
    """Keep an address with a secret in it out of other servers' logs and of search engines."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@for_several
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """GET says what the invitation is for; POST accepts it and opens what it is for."""
    try:
        found = invitations.look(request.session)
        if request.method == "POST":
            return redirect(_way_in(invitations.accept(request.user, request.session)))
    except ServiceError as refused:
        context = {"problem": refused.message}
        return unindexed(render(request, PAGE, context, status=422 if isinstance(refused, Invalid) else refused.status))
    return unindexed(render(request, PAGE, _about(request, found)))


def unindexed(response: HttpResponse) -> HttpResponse:
    """Keep a page out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _about(request: HttpRequest, found: Invitation) -> dict[str, Any]:
    project = found.project
    return {
        "invitation": found,
        "project": project,
        "to": project.name if project else found.workspace.name,
        "role": WORDS[found.role],
        "me": display_name(request.user) if request.user.is_authenticated else "",
        "sign_up": reverse("account_signup") if signing_up.may(request.session) else "",
        "log_in": resolve_url(settings.LOGIN_URL),
        "next": urlencode({"next": reverse("invitation")}),
    }


def _way_in(accepted: Invitation) -> str:
    if accepted.project is not None:
        return reverse("design", args=[main_branch(accepted.project).public_id])
    return reverse("workspace", args=[accepted.workspace.slug])
