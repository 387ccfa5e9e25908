"""Row counts as people type them."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d{1,15}(?:\.\d{1,15})?)\s*([kmgbt]?)", re.IGNORECASE)
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "b": 10**9, "t": 10**12}


def count_of(text: str) -> int | None:
    """Return what `1200`, `40k`, `3.5M` or `2G` says, None for what is no number of rows."""
    found = _NUMBER.fullmatch(text.strip().replace("_", "").replace(",", ""))
    return int(float(found[1]) * _UNITS[found[2].lower()]) if found else None
