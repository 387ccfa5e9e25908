"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 - Django's signature
    """Return whether this is one person's own computer, where there is nothing to log out of."""
    return {"local_mode": settings.WHOLEKEY_LOCAL}
