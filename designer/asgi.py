"""The ASGI application: `uvicorn designer.asgi:application`."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
FORM_ROOM = 1024 * 1024
"""What the other fields of an upload form may add to the size of the file."""


def limited(app: App, most: int) -> App:
    """Return the application behind a limit on the size of request bodies.

    Django puts a whole body on disk before anything else sees the request, so the limit must stand in front of it. A
    body that does not tell its length is refused; browsers always tell it.
    """

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        refusal = _refusal(scope, most) if scope["type"] == "http" else None
        if refusal is None:
            await app(scope, receive, send)
            return
        status, sentence = refusal
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), *_safe(scope)]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": sentence.encode()})

    return guarded


def _refusal(scope: dict[str, Any], most: int) -> tuple[int, str] | None:
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers and b"content-length" not in headers:
        return 411, "This request does not say how long it is; send it with a Content-Length."
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > most:
        limit = (most - FORM_ROOM) // 1024**2
        return 413, f"The file is larger than {limit} MB; send a schema without its data, and of rows a part of them."
    return None


def _safe(scope: dict[str, Any]) -> list[tuple[bytes, bytes]]:
    from designer.web.middleware import safe_headers  # only after Django is set up

    said = safe_headers(scope.get("scheme") == "https")
    return [(name.lower().encode(), value.encode()) for name, value in said.items()]


def _application() -> App:
    inner = get_asgi_application()
    from django.conf import settings  # only after Django is set up

    from designer.web.lifespan import with_lifespan
    from designer.web.proxies import behind
    from designer.web.remembered import remembered
    from designer.web.static_files import find
    from designer.web.streaming import streams

    quick = remembered(streams(inner), settings.STATIC_URL, find)
    whole = limited(quick, settings.WHOLEKEY_UPLOAD_LIMIT + FORM_ROOM)
    # In local mode nothing is believed: what was forwarded must be seen, to be refused.
    return with_lifespan(whole if settings.WHOLEKEY_LOCAL else behind(whole, settings.WHOLEKEY_PROXIES))


application = _application()
