"""How often somebody may try: whatever can be guessed, or sends mail, is counted.

The counts are kept in Django's cache, which all processes of a server share (see `designer.accounts_settings`).
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

from designer.services.errors import TooMany

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def hit(name: str, who: str, rate: str) -> None:
    """Count one try of `who` at what is called `name`; raise TooMany where `rate` allows no more.

    `who` is whatever the limit holds for: the key of a link, an e-mail address, `visitor(request)`. A rate is tries and
    a time, `10/m` or `5/15m`, with units s, m, h, d; several are separated by commas, and all of them must allow it.

    >>> hit("link-password", f"{link.pk}:{visitor(request)}", "5/m,30/h")
    """
    for each in rate.split(","):
        most, seconds = parse(each)
        if not _taken(f"{name}:{each.strip()}:{hashlib.sha256(who.encode()).hexdigest()}", most, seconds):
            raise TooMany(f"That was tried too often; try again in {_words(seconds)}.")


def parse(rate: str) -> tuple[int, int]:
    """Return how many tries, and within how many seconds, a rate such as `5/15m` allows."""
    tries, _, time = rate.strip().partition("/")
    return int(tries), int(time[:-1] or 1) * _UNITS[time[-1:]]


def visitor(request: HttpRequest) -> str:
    """Return the address that a request comes from. uvicorn puts what a trusted proxy says in its place."""
    return str(request.META.get("REMOTE_ADDR") or "unknown")


def _taken(key: str, most: int, seconds: int) -> bool:
    """Take one of `most` places, each of which is free again `seconds` later, and say whether there was one.

    A place is one key, and adding a key is atomic in every cache: two processes never take the same place.
    """
    places = [f"limit:{key}:{number}" for number in range(most)]
    held = cache.get_many(places)
    return any(cache.add(place, 1, seconds) for place in places if place not in held)


def _words(seconds: int) -> str:
    if seconds < 120:
        return "a minute"
    minutes = round(timedelta(seconds=seconds) / timedelta(minutes=1))
    return f"{minutes} minutes" if minutes < 120 else f"{round(minutes / 60)} hours"
