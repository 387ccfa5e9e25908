"""Regular expressions of rules as each database tests them."""

from __future__ import annotations

import re

from designer.dialects.base import Dialect

_LONGEST = 500
_LONGEST_GLOB = 200
_EXTENSION = re.compile(r"(?<!\\)\(\?(?!:)")
_CLASSES = {r"\d": "[0-9]", r"\w": "[A-Za-z0-9_]"}
_ELEMENT = re.compile(r"(\[\^?\]?[^\]\[\\*?]*\]|\\[dw]|\\[^\w]|[^\\\[\](){}*+?.|^$])(?:\{(\d{1,3})\})?")


def matching(pattern: str, dialect: Dialect) -> tuple[str, str]:
    """Return the operator and the pattern with which a database tests a whole text, upper and lower case apart.

    Raises ValueError with half a sentence where the pattern is none, or is more than the database can test.
    """
    if not pattern or len(pattern) > _LONGEST or "\0" in pattern:
        raise ValueError("has a pattern that is empty or too long")
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        raise ValueError(f"has a pattern that is no regular expression: {pattern[:40]}") from None
    if _EXTENSION.search(pattern):
        raise ValueError("has a pattern that databases read differently, by its (?")
    if dialect.name == "postgresql":
        return "~", pattern.replace(r"\b", r"\y")
    if dialect.name == "sqlite":
        return "GLOB", _glob(pattern)
    return "REGEXP", f"(?-i){pattern}"


def _glob(pattern: str) -> str:
    r"""Return a pattern of SQLite's GLOB for the simple ones: `^[A-Z]{2}\d$` -> `[A-Z][A-Z][0-9]`."""
    found = re.fullmatch(r"\^(.*)\$", pattern, re.DOTALL)
    body, at, made = found[1] if found else "", 0, ""
    while found and at < len(body):
        element = _ELEMENT.match(body, at)
        if element is None:
            break
        made += _glob_element(element[1]) * int(element[2] or 1)
        at = element.end()
    if not found or at < len(body) or len(made) > _LONGEST_GLOB:
        raise ValueError("has a pattern, and SQLite tests none but simple ones")
    return made


def _glob_element(element: str) -> str:
    if element.startswith("[") or element in _CLASSES:
        return _CLASSES.get(element, element)
    letter = element.removeprefix("\\")
    return f"[{letter}]" if letter in "*?[" else letter
