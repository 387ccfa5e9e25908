"""What every template may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from designer.services import notices


def site(request: HttpRequest) -> dict[str, object]:
    """Return what kind of server this is, and how many notices wait. In local mode there is nothing to log out of."""
    return {
        "local_mode": settings.WHOLEKEY_LOCAL,
        "sends_mail": bool(settings.WHOLEKEY_EMAIL_URL),
        "signup_open": settings.WHOLEKEY_SIGNUP == "open",
        "unread": lambda: notices.unread(request.user),
    }
