"""Values of typed data as text: the same text for equal values, spelled as in SQL where that is short."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import msgspec


def text_of(value: Any) -> str | None:
    """Return a value as text; None for NULL.

    >>> text_of(True), text_of(1.5), text_of(b"a"), text_of({"b": 1, "a": 2})
    ('true', '1.5', '\\\\x61', '{"a":2,"b":1}')
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return str(value)
    return msgspec.json.encode(value, enc_hook=str, order="sorted").decode()
