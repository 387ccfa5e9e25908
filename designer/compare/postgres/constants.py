"""Constants that the server writes its own way, by their type: '1 hour' as '01:00:00', '0.50' as '0.5'."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation

_UNITS = {
    "year": (12, 0, 0), "yr": (12, 0, 0), "y": (12, 0, 0), "decade": (120, 0, 0), "century": (1200, 0, 0),
    "mon": (1, 0, 0), "month": (1, 0, 0), "week": (0, 7, 0), "w": (0, 7, 0), "day": (0, 1, 0), "d": (0, 1, 0),
    "hour": (0, 0, 3600), "hr": (0, 0, 3600), "h": (0, 0, 3600), "minute": (0, 0, 60), "min": (0, 0, 60),
    "m": (0, 0, 60), "second": (0, 0, 1), "sec": (0, 0, 1), "s": (0, 0, 1),
}  # fmt: skip
"""Unit -> months, days, seconds. The three stay apart: a month has no fixed number of days, a day none of hours."""
_PIECE = re.compile(r"\s*(?:([-+]?)(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?|([-+]?\d*\.?\d+)\s*([a-z]*))\s*", re.IGNORECASE)


def same(kind: str, one: str, two: str) -> bool | None:
    """Say whether two constants of a type are one value; None where only the server knows."""
    read = _READERS.get(kind)
    if read is None:
        return None
    values = read(one), read(two)
    return None if None in values else values[0] == values[1]


def interval(text: str) -> tuple[int, int, Decimal] | None:
    """Return months, days and seconds; None for a spelling that is not known here."""
    back = text.strip().lower().endswith("ago")
    text = text.strip().removeprefix("@").removesuffix("ago").strip()
    total = [Decimal(0), Decimal(0), Decimal(0)]
    at = 0
    while at < len(text):
        found = _PIECE.match(text, at)
        if found is None or found.end() == at:
            return None
        if found[2]:
            seconds = int(found[2]) * 3600 + int(found[3]) * 60 + Decimal(found[4] or 0)
            total[2] += -seconds if found[1] == "-" else seconds
        else:
            word = found[6].lower()
            unit = _UNITS.get(word) or _UNITS.get(word.removesuffix("s")) or ((0, 0, 1) if not word else None)
            if unit is None:
                return None
            total = [have + Decimal(found[5]) * each for have, each in zip(total, unit, strict=True)]
        at = found.end()
    if not text or total[0] % 1 or total[1] % 1:
        return None
    sign = -1 if back else 1
    return sign * int(total[0]), sign * int(total[1]), sign * total[2]


def _moment(text: str) -> datetime | None:
    """Return the point in time that a constant is, UTC where it says no zone; None for what is none."""
    if not text[:4].isdigit() or text[4:5] != "-":
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"([+-]\d\d)$", r"\1:00", text))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _time(text: str) -> time | None:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> float | None:
    try:
        return float(Decimal(text.strip()))
    except InvalidOperation:
        return None


def _bytes(text: str) -> bytes | None:
    if text.startswith("\\x"):
        try:
            return bytes.fromhex(text[2:])
        except ValueError:
            return None
    return text.encode() if "\\" not in text else None


def _uuid(text: str) -> str:
    return re.sub(r"[{}-]", "", text).lower()


def _json(text: str) -> str | None:
    try:
        return json.dumps(json.loads(text, parse_float=Decimal), sort_keys=True, default=str)
    except (ValueError, RecursionError):
        return None


_READERS: dict[str, Callable[[str], Hashable | None]] = {
    "interval": interval, "timestamp": _moment, "timestamptz": _moment, "date": _date, "time": _time,
    "float4": _number, "float8": _number, "bytea": _bytes, "uuid": _uuid, "jsonb": _json,
}  # fmt: skip
