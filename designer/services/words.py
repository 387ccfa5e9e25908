"""Small words: plurals, and how long ago something was."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timesince import timesince

_IRREGULAR = {"index": "indexes", "check": "checks", "policy": "policies", "entity": "entities", "box": "boxes"}


def plural(name: str) -> str:
    """Return the plural of a kind's name."""
    ends_in_y = name.endswith("y") and name[-2:-1] not in "aeo"
    return _IRREGULAR.get(name) or (name[:-1] + "ies" if ends_in_y else name + "s")


def counted(count: int, name: str) -> str:
    """Return `1 table`, `2 tables`."""
    return f"{count} {name if count == 1 else plural(name)}"


def ago(time: datetime) -> str:
    """Return how long ago a time was, in the largest unit: `just now`, `3 minutes ago`."""
    if timezone.now() - time < timedelta(minutes=1):
        return "just now"
    return timesince(time, depth=1).replace("\xa0", " ") + " ago"
