"""Fractional order keys: text that sorts, with room for one more between any two.

Two people can insert a column at the same place and neither has to renumber anything. The scheme is base-62
digits after an implied point, as in "Implementing Fractional Indexing" (David Greenspan, 2020), in its
fraction-only form. A key never ends in the smallest digit, so that there is always room below it.
"""

from __future__ import annotations

from collections.abc import Iterator

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def between(low: str | None, high: str | None) -> str:
    """Return a key that sorts after `low` and before `high`; None means the open end.

    Raises ValueError where there is no room, which is only where `low >= high`.
    """
    if low is not None and high is not None and low >= high:
        raise ValueError(f"no order key lies between {low!r} and {high!r}")
    return _midpoint(low or "", high)


def _midpoint(low: str, high: str | None) -> str:
    shared = _shared_prefix(low, high)
    if shared:
        rest = high[shared:] if high is not None else None
        return (high or "")[:shared] + _midpoint(low[shared:], rest)
    low_digit = _VALUE[low[0]] if low else 0
    high_digit = _VALUE[high[0]] if high else len(DIGITS)
    if high_digit - low_digit > 1:
        return DIGITS[(low_digit + high_digit) // 2]
    if high is not None and len(high) > 1:
        return high[:1]
    return DIGITS[low_digit] + _midpoint(low[1:], None)


def _shared_prefix(low: str, high: str | None) -> int:
    if high is None:
        return 0
    at = 0
    while at < len(high) and (low[at] if at < len(low) else DIGITS[0]) == high[at]:
        at += 1
    return at


def sequence(count: int) -> list[str]:
    """Return `count` ascending keys of one width, evenly spread, for things that arrive in order.

    For example an importer gives the columns of a table `sequence(len(columns))`.
    """
    width, room = 1, len(DIGITS) - 1
    while room < count + 1:
        width += 1
        room = len(DIGITS) ** width - 1
    step = max(1, room // (count + 1))
    return [_spell(step * number, width) for number in range(1, count + 1)]


def _spell(number: int, width: int) -> str:
    letters = []
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        letters.append(DIGITS[digit])
    return "".join(reversed(letters)).rstrip(DIGITS[0]) or DIGITS[1]


def after(last: str | None) -> Iterator[str]:
    """Yield ever greater keys that sort after `last`."""
    key = last
    while True:
        key = between(key, None)
        yield key
