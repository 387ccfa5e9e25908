"""Secrets that stand in addresses. Only their hashes are kept, so that nobody who reads the database can use them."""

from __future__ import annotations

import hashlib
import secrets

BYTES = 24
"""192 bits: nobody finds one by guessing, so a plain hash is enough, and looking it up tells nothing by its time."""


def fresh() -> tuple[str, str]:
    """Return a new token and its hash."""
    token = secrets.token_urlsafe(BYTES)
    return token, hashed(token)


def hashed(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
