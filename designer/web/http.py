"""Small helpers for views: JSON in and out, panels that tell the canvas what was committed."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

from designer.services.errors import Invalid, TooLarge

T = TypeVar("T")
JSON = "application/json"


def wants_json(request: HttpRequest) -> bool:
    """Say whether the request comes from the canvas, which reads JSON, and not from a person or htmx."""
    match = request.resolver_match
    if match is not None and (match.url_name or "").startswith("api-"):
        return True
    return JSON in request.headers.get("Accept", "") or request.content_type == JSON


def json_response(data: Any, status: int = 200) -> HttpResponse:
    """Return `data` as JSON; msgspec structs and raw JSON inside it are fine."""
    return HttpResponse(msgspec.json.encode(data), status=status, content_type=JSON)


def json_body(request: HttpRequest, shape: type[T]) -> T:
    """Return the body of a request as a struct. Raises Invalid or TooLarge with a sentence."""
    try:
        body = request.body
    except RequestDataTooBig:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        raise TooLarge(f"One change may have {limit} MB; split it, or import it as a file.") from None
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(f"This is not a valid request: {error}.") from None


def takes_gzip(request: HttpRequest) -> bool:
    """Say whether the browser can read a compressed answer."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def committed(response: HttpResponse, version: int) -> HttpResponse:
    """Tell the canvas that a panel changed the design, so that it fetches what is new."""
    return trigger_client_event(response, "wholekey:committed", {"version": version})


def whole(text: str) -> int | None:
    """Return the number that a form or an address says in digits; None for anything else (`²` is a digit, too)."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def client_of(request: HttpRequest) -> str:
    """Return the random id of the browser tab that asks."""
    return request.headers.get("X-Wholekey-Client", "")[:64]
