"""Ids that follow from what a record is derived from, so that deriving twice is deriving once."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from designer.schema import Id
from designer.schema.ids import spelled


@lru_cache(maxsize=1 << 16)
def derived_id(model: Id, role: str, *about: str) -> Id:
    """Return the id of the record that plays `role` for `about` in `model`; the same for the same words.

    The roles are those of the records: `table`, `column`, `key`. Ten letters and digits hold 59 bits. Answers are kept,
    since the same id is asked for by each record that refers to it, and by each derivation of the same model.
    """
    text = "\x1f".join((model, role, *about))
    number = int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return spelled(number)
