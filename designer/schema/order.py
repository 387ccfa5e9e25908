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
    return _midpoint(low or "", high) if high is not None else _next(low or "")


def _next(low: str) -> str:
    """Return a key after `low` and before the open end: the next number of the same width, so that appending is cheap.

    Where the digits are used up, the width doubles and there is room for as many more; keys grow with the logarithm
    of how often something was appended.
    """
    if not low:
        return DIGITS[len(DIGITS) // 2]
    kept = low.rstrip(DIGITS[-1])
    if not kept:
        return low + DIGITS[0] * len(low) + DIGITS[1]
    raised = kept[:-1] + DIGITS[_VALUE[kept[-1]] + 1]
    missing = len(low) - len(raised)
    return raised + DIGITS[0] * (missing - 1) + DIGITS[1] if missing else raised


def _midpoint(low: str, high: str) -> str:
    shared = _shared_prefix(low, high)
    head, low, high = high[:shared], low[shared:], high[shared:]
    low_digit = _VALUE[low[0]] if low else 0
    high_digit = _VALUE[high[0]]
    if high_digit - low_digit > 1:
        return head + DIGITS[(low_digit + high_digit) // 2]
    if len(high) > 1:
        return head + high[:1]
    return head + DIGITS[low_digit] + _next(low[1:])


def _shared_prefix(low: str, high: str) -> int:
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
