"""`WHOLEKEY_EMAIL_URL` as Django wants it: one line that says which server takes our mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

SCHEMES = {"smtp": (25, None), "smtp+tls": (587, "EMAIL_USE_TLS"), "smtps": (465, "EMAIL_USE_SSL")}
"""Scheme -> the usual port, and the setting that turns encryption on: after a greeting, or from the first byte."""
SECONDS = 15
"""How long a mail server may take to answer."""


def parse(url: str) -> dict[str, Any]:
    """Return the settings for `smtp+tls://user:password@host:587`; none of the parts but the host must be there.

    Raises ValueError that says what is wrong, without repeating the password.
    """
    if not url:
        return {}
    parts = urlsplit(url.replace("smtp+ssl://", "smtps://", 1))
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in SCHEMES or not parts.hostname or port == -1:
        raise ValueError("WHOLEKEY_EMAIL_URL must look like smtp+tls://user:password@host:587, smtps://… or smtp://…")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise ValueError("the user and the password in WHOLEKEY_EMAIL_URL may have letters of ASCII only, as in SMTP")
    usual, encryption = SCHEMES[parts.scheme]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_TIMEOUT": SECONDS,
    } | ({encryption: True} if encryption else {})
