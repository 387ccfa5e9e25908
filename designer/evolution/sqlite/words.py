"""SQL text of SQLite cut into words, for telling whether two texts say the same."""

from __future__ import annotations

import re
from functools import lru_cache

Words = tuple[str, ...]
_WORD = re.compile(
    r"""(?P<gap>\s+|--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<name>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])"""
    r"""|(?P<string>[xX]?'(?:[^']|'')*')|(?P<word>[\w$]+(?:\.\d+)?)|(?P<sign>\|\||<=|>=|<>|!=|==|<<|>>|->>|->|.)""",
    re.DOTALL,
)


@lru_cache(maxsize=16_384)
def words_of(text: str) -> Words:
    """Return the words of a text without white space, comments, the quotes of names, and a semicolon at its end.

    Letters count in strings only.
    """
    found = [_plain(match) for match in _WORD.finditer(text) if match.lastgroup != "gap"]
    while found and found[-1] == ";":
        found.pop()
    return tuple(found)


def _plain(match: re.Match[str]) -> str:
    written = match.group()
    if match.lastgroup == "name":
        quote = written[-1]
        return (written[1:-1] if quote == "]" else written[1:-1].replace(quote * 2, quote)).lower()
    return written if match.lastgroup == "string" else written.lower()
