"""The words that a name is made of."""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_]+")


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: `unitPrice_EUR` -> `unit`, `price`, `eur`."""
    return tuple(word.lower() for word in _WORDS.findall(name))
