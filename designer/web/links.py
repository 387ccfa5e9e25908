"""Where a link for guests leads: a password and a name where it asks for them, and then the design."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from designer.models import ShareLink
from designer.services import limits, links
from designer.services.branches import display_name
from designer.services.errors import Invalid, ServiceError
from designer.services.projects import main_branch
from designer.web import errors
from designer.web.joining import unindexed, unseen
from designer.web.teams import for_several

PAGE = "designer/teams/enter.html"


@for_several
@never_cache
@require_GET
def open_(request: HttpRequest, token: str) -> HttpResponse:
    """Let a guest in, or go on to the page that asks; either has the token not in its address."""
    try:
        found = links.opened(request.session, token, limits.visitor(request))
    except ServiceError as refused:
        return unseen(errors.page(request, refused.status, refused.message))
    if links.asks_something(found):
        return unseen(redirect("link-enter", link=found.public_id))
    links.enter(request.session, found, limits.visitor(request))
    return unseen(_design(found))


@for_several
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest, link: str) -> HttpResponse:
    """GET asks for the password of a link and for a name; POST lets the guest in."""
    try:
        found = links.asked(request.session, link)
    except ServiceError as refused:
        return unindexed(errors.page(request, refused.status, refused.message))
    said = request.POST
    name = said.get("name", display_name(request.user) if request.user.is_authenticated else "")
    context = {"link": found, "name": name}
    if request.method == "GET":
        return unindexed(render(request, PAGE, context))
    try:
        links.enter(request.session, found, limits.visitor(request), said.get("password", ""), name)
    except Invalid as invalid:
        context |= {"problem": invalid.message, "wrong": invalid.field}
        return unindexed(render(request, PAGE, context, status=422))
    return unindexed(_design(found))


def _design(found: ShareLink) -> HttpResponse:
    branch = found.branch or main_branch(found.project)
    return redirect("design", public_id=branch.public_id)
