"""Identifiers that are keys of their own already: an attribute `id` that is a number or a UUID."""

from __future__ import annotations

import re

from designer.levels.contract import Settings
from designer.levels.er import Field, Ident, Thing

COUNTED = frozenset({"smallint", "integer", "bigint", "smallserial", "serial", "bigserial"})
SERIAL = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint"}
_SPACES = re.compile(r"[\s_]+")


def spoken(words: str) -> str:
    """Return words as they are compared: in lower case, with single spaces."""
    return _SPACES.sub(" ", words.strip().lower())


def counts_itself(thing: Thing, ident: Ident, settings: Settings) -> Field | None:
    """Return the one field of an identifier if people use it as a key without meaning: `id`, `order id`, a serial."""
    if ident.through or len(ident.fields) != 1:
        return None
    field = next((each for each in thing.fields if each.mark == ident.fields[0]), None)
    if field is None or field.parts or field.domain:
        return None
    if field.type in SERIAL:
        return field
    own = settings.option("surrogate_name").replace("{table}", thing.words)
    names = {spoken(own), "id", spoken(f"{thing.words} id")}
    return field if field.type in {*COUNTED, "uuid"} and spoken(field.words) in names else None
