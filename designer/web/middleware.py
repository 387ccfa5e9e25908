"""What happens to every request: the local user, the security headers, and errors of use cases as answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from designer.services.errors import ServiceError
from designer.web import errors

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


SAFE: dict[str, str] = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": ", ".join(
        f"{each}=()"
        for each in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
            "midi", "payment", "usb",
        )
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-store",
}  # fmt: skip
"""What every answer says that says nothing else: no inline script, nothing from or for elsewhere, no copies."""


class SafeHeaders:
    """Sends the safe headers with every answer, also with those that are given before any other middleware."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in safe_headers(request.is_secure()).items():
            response.headers.setdefault(name, value)
        return response


def safe_headers(https: bool) -> dict[str, str]:
    """Return what an answer says; over HTTPS also that browsers come by HTTPS only, where the operator wants that."""
    if not (https and settings.SECURE_HSTS_SECONDS):
        return SAFE
    return {**SAFE, "Strict-Transport-Security": f"max-age={settings.SECURE_HSTS_SECONDS}"}


FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST")


OF_ACCOUNTS = ("account/", "login", "logout", "signup", "welcome/")
"""How the paths begin that mean nothing where there are no accounts."""


class LocalUser:
    """In local mode whoever is let in is the local user, so nobody else may get through.

    ALLOWED_HOSTS lets in loopback names only, which also keeps out pages that point their own name at this computer
    (DNS rebinding). What a proxy forwarded comes from somewhere else and is refused.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.WHOLEKEY_LOCAL:
            if any(name in request.META for name in FORWARDED):
                return errors.page(request, 403, errors.FORWARDED_TO_LOCAL)
            if not settings.WHOLEKEY_ONE_TIME:
                from designer.services import local  # not at import time: the demo design costs time

                request.user = local.local_user()  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Keep out every browser of this computer but those that were let in by an address for one time."""
        if not settings.WHOLEKEY_LOCAL:
            return None
        from designer.web import opening

        match = request.resolver_match
        if not (match and match.url_name in opening.OPEN_TO_ALL) and not opening.let_in(request):
            return opening.locked(request)
        return redirect("projects") if match and match.route.startswith(OF_ACCOUNTS) else None


class ServiceErrors:
    """Turns what a use case refuses into an answer in the form that the page asked for."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer for an error of ours; others are faults and go on to the 500 page."""
        if isinstance(exception, ServiceError):
            return errors.answer(request, exception)
        return None
