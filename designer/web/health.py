"""Addresses for load balancers and supervisors: is the process alive, and can it do its work?

They are answered before anything asks for a host name, an account or HTTPS, since a load balancer has none of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from designer.services import health
from designer.web.http import json_response
from designer.web.middleware import GetResponse


class Health:
    """Answers `/healthz` and `/readyz`."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = {"/healthz": _alive, "/readyz": _ready}.get(request.path_info)
        if found is None:
            return self.get_response(request)
        return found() if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(("GET", "HEAD"))


def _alive() -> HttpResponse:
    return _answer({"status": "alive", "version": health.version()}, 200)


def _ready() -> HttpResponse:
    found = health.checks()
    ready = all(said == health.OK for said in found.values())
    about = {"status": "ready" if ready else "not ready", "version": health.version(), "checks": found}
    return _answer(about, 200 if ready else 503)


def _answer(about: Mapping[str, object], status: int) -> HttpResponse:
    response = json_response(about, status)
    response["Cache-Control"] = "no-store"
    return response
