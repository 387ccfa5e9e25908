"""Values to show where no rows are at hand: readable, and different where they have to be."""

from __future__ import annotations

from datetime import datetime, timedelta

from designer.dependencies.seen import Seen

_BY_WORD: dict[str, tuple[str, ...]] = {
    "city": ("Paris", "Rome", "Oslo"),
    "town": ("Paris", "Rome", "Oslo"),
    "country": ("France", "Italy", "Norway"),
    "zip": ("10004", "00184", "0150"),
    "postcode": ("10004", "00184", "0150"),
    "code": ("A1", "B2", "C3"),
    "name": ("Ada", "Grace", "Edgar"),
    "title": ("First", "Second", "Third"),
    "email": ("ada@example.org", "grace@example.org", "edgar@example.org"),
    "phone": ("555 0100", "555 0101", "555 0102"),
    "currency": ("EUR", "USD", "NOK"),
    "status": ("open", "paid", "sent"),
    "sku": ("A-100", "B-200", "C-300"),
}
_NUMBERS = ("smallint", "integer", "bigint")
_FRACTIONS = ("decimal", "real", "double")
_MOMENTS = ("timestamp", "timestamp_tz")
_FIRST = datetime(2026, 3, 1, 9, 0)


def value_of(column: Seen, number: int) -> str:
    """Return the value with a number, from 0, of a column; different numbers are different values."""
    base = column.type.split("(", 1)[0]
    last = "zip" if "postal" in column.words else column.words[-1] if column.words else ""
    if base in _NUMBERS or (last in ("id", "no", "nr", "number") and base not in (*_MOMENTS, "date", "time")):
        return str(number + 1)
    if base in _FRACTIONS:
        return f"{9.9 + 2.6 * number:.2f}"
    if base in (*_MOMENTS, "date", "time"):
        return _moment(base, number)
    if base == "boolean" and number < 2:
        return "true" if number == 0 else "false"
    known = _BY_WORD.get(last, ())
    return known[number] if number < len(known) else f"{column.name} {_letters(number)}"


def _moment(base: str, number: int) -> str:
    if base == "date":
        return f"{_FIRST + timedelta(days=number):%Y-%m-%d}"
    moment = _FIRST + timedelta(minutes=15 * number)
    return f"{moment:%H:%M}" if base == "time" else f"{moment:%Y-%m-%d %H:%M}"


def _letters(number: int) -> str:
    """Return A to Z, then AA: the numbers of a spreadsheet's columns."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
