"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from designer.services import notices


def site(request: HttpRequest) -> dict[str, object]:
    """Return whether this is one person's own computer, where there is nothing to log out of, and how many notices wait."""
    return {"local_mode": settings.WHOLEKEY_LOCAL, "unread": lambda: notices.unread(request.user)}
