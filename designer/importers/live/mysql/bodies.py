"""Bodies of programs as information_schema shows them: not quite as they were written.

The server shows the text of a string's backslash once where two were written, and a quote behind one as a doubled
quote; other escapes stay. So what follows a backslash says whether it was one: `C:\\temp` may have been either.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"--[ \t][^\n]*|#[^\n]*|/\*.*?\*/|`[^`]*`|('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")", re.DOTALL
)  # fmt: skip
_LOST = re.compile(r"\\(?![0nrtbZ%_])")
_DOUBTFUL = re.compile(r"\\[0nrtbZ%_]")


def as_written(body: str, sql_mode: str) -> str:
    """Return a body with the backslashes that its strings must have had."""
    if "\\" not in body or "NO_BACKSLASH_ESCAPES" in sql_mode:
        return body
    return _TOKEN.sub(lambda found: _LOST.sub(r"\\\\", found[0]) if found[1] else found[0], body)


def is_doubtful(body: str) -> bool:
    """Say whether a string of a body may have been written otherwise."""
    return any(found[1] and _DOUBTFUL.search(found[1]) for found in _TOKEN.finditer(body))
