"""Patterns of LIKE and of regular expressions, as far as two databases read them alike."""

from __future__ import annotations

import re

_OF_POSTGRES = re.compile(r"\\[mMyY<>]|\[\[:[<>]:\]\]|\(\?[^:=!]|^\*\*\*")
"""Word boundaries and directors that only PostgreSQL writes so."""
_SPECIAL = frozenset("\\^$.|?*+()[]{}")


def is_portable(pattern: str) -> bool:
    """Say whether PostgreSQL, PCRE and ICU read a regular expression alike."""
    return not _OF_POSTGRES.search(pattern)


def plain_part(pattern: str) -> str | None:
    """Return the text that a regular expression looks for, where it is nothing but a text."""
    return None if not pattern or set(pattern) & _SPECIAL else pattern


def glob_of(like: str) -> str | None:
    """Return the GLOB pattern for one of LIKE; None for one with escapes."""
    if "\\" in like:
        return None
    held = re.sub(r"[*?\[]", lambda found: f"[{found.group()}]", like)
    return held.replace("%", "*").replace("_", "?")
