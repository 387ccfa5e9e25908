"""Settings of a server that others reach: HTTPS, proxies in front of it, a path below which it stands.

WHOLEKEY_HTTPS   1 where people come by https://: cookies, links and redirects insist on it from then on.
WHOLEKEY_PROXIES addresses and networks of the proxies in front, comma-separated, as `10.0.0.7, 172.16.0.0/12`. Only
                 what they say of a visitor's address is believed. This computer's own are, where nothing is named.
WHOLEKEY_PREFIX  the path below which the server stands, as `/erd`, where a host has other pages as well.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from designer.environment import flag, text

_LOOPBACK = "127.0.0.0/8, ::1"
YEAR = 365 * 24 * 60 * 60

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def proxies(written: str) -> tuple[Network, ...]:
    """Return the networks of a list. Raises ValueError that names the entry that is none."""
    entries = [each.strip() for each in written.split(",") if each.strip()]
    try:
        return tuple(ipaddress.ip_network(each, strict=False) for each in entries)
    except ValueError as error:
        raise ValueError(
            f"WHOLEKEY_PROXIES lists addresses and networks, as 10.0.0.7 or 172.16.0.0/12: {error}"
        ) from None


def prefix(written: str) -> str:
    """Return a path with one slash in front and none at its end; nothing stands for the root."""
    path = "/".join(part for part in written.split("/") if part)
    if any(not (letter.isascii() and (letter.isalnum() or letter in "-._~/")) for letter in path):
        raise ValueError(f"WHOLEKEY_PREFIX is a path of letters, digits and hyphens, as /erd, and not {written!r}")
    return f"/{path}" if path else ""


def https(wanted: bool) -> dict[str, Any]:
    """Return the settings that insist on HTTPS. Other names of the domain are not ours to decide about."""
    if not wanted:
        return {}
    return {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": YEAR,
        # Subdomains and the browsers' own lists: both would bind names that serve other things.
        "SILENCED_SYSTEM_CHECKS": ["security.W005", "security.W021"],
    }


WHOLEKEY_PROXIES = proxies(text("WHOLEKEY_PROXIES") or _LOOPBACK)
WHOLEKEY_PREFIX = prefix(text("WHOLEKEY_PREFIX"))
FORCE_SCRIPT_NAME = WHOLEKEY_PREFIX or None
STATIC_URL = f"{WHOLEKEY_PREFIX}/static/"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{WHOLEKEY_PREFIX}/"
globals().update(https(flag("WHOLEKEY_HTTPS", default=False)))
