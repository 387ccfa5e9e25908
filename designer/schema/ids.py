"""Record ids: short, random, URL-safe, and reproducible when they must be."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Protocol

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
LENGTH = 10
ID_PATTERN = re.compile(r"^[0-9A-Za-z]{4,40}$")
_BYTES_PER_ID = 8
_BLOCK = 512


class IdSource(Protocol):
    """Anything that returns a fresh record id each time it is called."""

    def __call__(self) -> str: ...


_PAIRS = [low + high for high in ALPHABET for low in ALPHABET]
"""Two digits at a time: spelling ids is a good part of what an import does."""


def spelled(number: int) -> str:
    """Return a number of 59 bits as ten letters and digits."""
    number, first = divmod(number, 3844)
    number, second = divmod(number, 3844)
    number, third = divmod(number, 3844)
    number, fourth = divmod(number, 3844)
    return _PAIRS[first] + _PAIRS[second] + _PAIRS[third] + _PAIRS[fourth] + _PAIRS[number % 3844]


def new_id() -> str:
    """Return a random id of ten letters and digits (59 bits, so a design of a million records does not collide)."""
    return spelled(int.from_bytes(secrets.token_bytes(_BYTES_PER_ID), "big"))


def seeded_ids(seed: str | bytes) -> IdSource:
    """Return an id source that repeats itself for the same seed.

    Importers seed it with the text they read, so that importing the same file twice gives the same file back:
    without it every run of a pipeline would look like a change of everything.
    """
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass") if isinstance(seed, str) else seed).digest()
    stock: list[str] = []
    block = 0

    def fresh() -> str:
        nonlocal block
        if not stock:
            noise = hashlib.shake_128(digest + block.to_bytes(8, "big")).digest(_BYTES_PER_ID * _BLOCK)
            block += 1
            stock.extend(
                spelled(int.from_bytes(noise[at : at + _BYTES_PER_ID], "big"))
                for at in range(0, len(noise), _BYTES_PER_ID)
            )
        return stock.pop()

    return fresh
