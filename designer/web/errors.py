"""Errors as people meet them: one sentence, in the form the request asked for. Never a traceback."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from designer.services import links, permissions
from designer.services.errors import ServiceError
from designer.web.http import client_of, json_response, wants_json

TITLES = {
    400: "That did not work",
    403: "Not allowed",
    404: "Not found",
    413: "Too large",
    429: "Too many tries",
    500: "Something broke on our side",
}
SIGNED_OUT = "You are signed out; sign in again to go on."
FORWARDED_TO_LOCAL = (
    "This server runs in local mode, for one person on its own computer, and this request was forwarded by a proxy. "
    "Set WHOLEKEY_HOSTS to the public host name to turn on accounts."
)


def page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """Return a whole page that says what went wrong."""
    context = {"title": TITLES.get(status, TITLES[400]), "message": message, "status": status}
    return render(request, "error.html", context, status=status)


def answer(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """Return the answer to a request that a use case refused: JSON, a sentence for htmx to show, or a page.

    A stranger without an account is asked to log in, whatever he asked for; a guest is told when his link has ended.
    """
    ended = _ended(request) if error.status == 404 else ""
    message, status = ended or error.message, error.status
    if status == 404 and not ended and _is_signed_out(request):
        message, status = SIGNED_OUT, 401
    if wants_json(request):
        return json_response({"error": message}, status=status)
    if request.headers.get("HX-Request"):
        return toast(message, status)
    unknown = error.status == 404 or (error.status == 403 and not permissions.grants_of(request.user))
    if unknown and not ended and not request.user.is_authenticated and request.method == "GET":
        return redirect(f"{reverse('login')}?next={request.get_full_path()}")
    return page(request, error.status, message)


def _is_signed_out(request: HttpRequest) -> bool:
    """Return whether a canvas asks whose visitor is logged in no more: he hears that, and not that nothing is there."""
    return bool(client_of(request)) and not request.user.is_authenticated and not permissions.grants_of(request.user)


def _ended(request: HttpRequest) -> str:
    """Return why the link does not hold any more by which a guest came to what he asks for."""
    match = request.resolver_match
    return links.ended(request.user, str(match.kwargs.get("public_id", ""))) if match else ""


def toast(message: str, status: int) -> HttpResponse:
    """Return an answer whose body is one plain sentence; the page shows it as a toast."""
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")


def _any(request: HttpRequest, status: int, message: str) -> HttpResponse:
    if wants_json(request):
        return json_response({"error": message}, status=status)
    if request.headers.get("HX-Request"):
        return toast(message, status)
    return page(request, status, message)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the 400 page: a host that is not ours, a body too large to read, a malformed form."""
    return _any(
        request, 400, "The server could not read this request. Check the address and the size of what was sent."
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the 404 page."""
    return _any(request, 404, "There is nothing at this address. The list of projects is a good place to go on.")


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the 429 page, for allauth."""
    return _any(request, 429, "That was tried too often; wait a few minutes, and try again.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the 403 page."""
    return _any(request, 403, "You are not allowed to do that.")


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the 500 page."""
    return _any(request, 500, "The server met an error that is not your fault; nothing that was acknowledged is lost.")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Return the answer to a request without the page's token; the canvas asks for a new one and tries again."""
    if wants_json(request) and client_of(request):
        return json_response({"error": "This page is out of date; reload it.", "code": "token"}, status=403)
    return _any(request, 403, "This page is out of date or was opened by another site; reload it and try again.")
