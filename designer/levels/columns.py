"""Writing the columns of a table: names, types, and how keys of their own and audit columns get their values."""

from __future__ import annotations

from dataclasses import dataclass

from designer.dialects.base import Dialect
from designer.dialects.logical import raw_type
from designer.levels.counting import COUNTED, SERIAL
from designer.levels.slots import Slot


@dataclass(frozen=True, slots=True)
class Typed:
    raw: str
    logical: str


def typed(slot: Slot, surrogate: str, dialect: Dialect) -> Typed:
    field = slot.root.field
    logical = (field.type or "string(255)") if field else ("uuid" if surrogate == "uuid7" else "bigint")
    if logical in SERIAL or logical in COUNTED:
        logical = SERIAL.get(logical, logical)
    return Typed(raw_type(logical, dialect)[0], logical)
