"""Settings of accounts and of mail, all from the environment; `designer.settings` takes them over.

WHOLEKEY_ONE_TIME    0 lets every browser of this computer in where there are no accounts; else only those that opened
                     an address which the server printed (`wholekey serve`, `wholekey open`).
WHOLEKEY_EMAIL_URL   the server that takes our mail: smtp+tls://user:password@host:587, smtps://… or smtp://….
                     Without it no mail is sent, and no page promises any.
WHOLEKEY_EMAIL_FROM  whom our mail is from, as `Wholekey <wholekey@example.org>`.
"""

from __future__ import annotations

from typing import Any

from designer import email_url
from designer.environment import flag, text

WHOLEKEY_ONE_TIME = flag("WHOLEKEY_ONE_TIME", default=True)
"""Whether local mode lets in only browsers that opened an address made for one time."""

WHOLEKEY_EMAIL_URL = text("WHOLEKEY_EMAIL_URL")
"""Where mail is handed in; empty where mail is off."""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("WHOLEKEY_EMAIL_FROM") or "Wholekey <wholekey@localhost>"
globals().update(email_url.parse(WHOLEKEY_EMAIL_URL))

_MOST = 100_000
"""How many entries a cache keeps. Where more come in, the oldest third may be forgotten, limits among them."""


def caches(engine: str) -> dict[str, Any]:
    """Return where limits are counted: in the database where several processes may share it, in memory for SQLite."""
    shared = not engine.endswith("sqlite3")
    backend = "db.DatabaseCache" if shared else "locmem.LocMemCache"
    place = {"LOCATION": "wholekey_cache"} if shared else {}
    options = {"MAX_ENTRIES": _MOST, "CULL_FREQUENCY": 3}
    return {"default": {"BACKEND": f"django.core.cache.backends.{backend}", "OPTIONS": options} | place}
