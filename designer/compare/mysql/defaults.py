"""Defaults as a server keeps them, by the type of their column."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_NUMBERS = re.compile(r"(?:tinyint|smallint|mediumint|int|bigint|decimal|float|double|year)\b")
_SCALE = re.compile(r"decimal\(\d+,(\d+)\)")
_WHOLE = re.compile(r"(?:tinyint|smallint|mediumint|int|bigint|year)\b")
_MOMENTS = re.compile(r"(?:datetime|timestamp|date|time)\b")
_LITERAL = re.compile(r"(?:_\w+\s*|[nN])?'((?:[^'\\]|''|\\.)*)'|\"((?:[^\"\\]|\"\"|\\.)*)\"", re.DOTALL)
_BITS = re.compile(r"b'([01]*)'|0b([01]+)\Z", re.IGNORECASE)
_BYTES = re.compile(r"x'((?:[0-9a-f]{2})*)'|0x((?:[0-9a-f]{2})+)\Z", re.IGNORECASE)
_BARE = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\Z", re.IGNORECASE)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a"}


def default_form(text: str, kind: str) -> str:
    """Return a default in one spelling: constants as a column of the type `kind` has them, the rest as written."""
    said = _unwrapped(text.strip())
    word = {"true": "1", "false": "0"}.get(said.lower(), said)
    value = constant(word)
    if value is None:
        return said
    if _NUMBERS.match(kind):
        return _number(value, kind) or _quoted(value)
    if kind.startswith("bit"):
        bits = _BITS.fullmatch(word)
        number = int(bits[1] or bits[2] or "0", 2) if bits else int(value) if value.isdecimal() else None
        return f"b'{number:b}'" if number is not None else _quoted(value)
    if _MOMENTS.match(kind):
        return _quoted(_moment(value, kind))
    if kind.startswith("binary"):
        value = value.rstrip("\0")
    return _quoted(str(int(word)) if word.isdecimal() else value)


def constant(text: str) -> str | None:
    """Return the text that a constant stands for; None for an expression."""
    if _BARE.match(text):
        return text
    if found := _BYTES.fullmatch(text):
        return bytes.fromhex(found[1] or found[2] or "").decode("latin-1")
    if found := _BITS.fullmatch(text):
        return str(int(found[1] or found[2] or "0", 2))
    found = _LITERAL.fullmatch(text)
    if found is None:
        return None
    quote = "'" if found[1] is not None else '"'
    return unescaped(found[1] if found[1] is not None else found[2], quote)


def unescaped(inner: str, quote: str) -> str:
    """Return what stands between quotes without the escapes of MySQL."""
    text = inner.replace(quote * 2, quote)
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text, flags=re.DOTALL)


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''").replace("\0", "\\0") + "'"


def _unwrapped(text: str) -> str:
    while text.startswith("(") and text.endswith(")") and constant(text[1:-1].strip()) is not None:
        text = text[1:-1].strip()
    return text


def _number(value: str, kind: str) -> str:
    """Return a number as the column keeps it, empty for what is none."""
    try:
        number = Decimal(value.strip())
        scale = _SCALE.match(kind)
        if scale or _WHOLE.match(kind):
            number = number.quantize(Decimal(1).scaleb(-int(scale[1]) if scale else 0), ROUND_HALF_UP)
        return "0" if number == 0 else f"{number.normalize():f}"
    except InvalidOperation:
        return ""


def _moment(value: str, kind: str) -> str:
    """Return a point in time without midnight, fractions of nothing and zeros; the zero date is empty."""
    if value.isdecimal() and int(value) == 0:
        return ""
    parts = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d)(\.\d+)?)?", value)
    if parts is None:
        return "" if re.fullmatch(r"[0:.]+", value) else value
    day, time, fraction = parts[1], parts[2] or "00:00:00", (parts[3] or "").rstrip("0").rstrip(".")
    if (day, time, fraction) == ("0000-00-00", "00:00:00", ""):
        return ""
    return day if kind.startswith("date") and not kind.startswith("datetime") else f"{day} {time}{fraction}"
