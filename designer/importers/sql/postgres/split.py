"""A script as pieces: statements, psql meta-commands and COPY blocks, by what `psql` itself goes by.

Splitting does not parse: a piece that is nonsense ends at its semicolon and costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.importers.sql.postgres.lexical import GAP

STATEMENT, META, COPY = "statement", "meta", "copy"

_BODY = re.compile(
    r"""(?:[^'"$;\-/]++
      |(?<=[eE])(?<![\w$][eE])'(?:[^'\\]++|\\.|'')*+'
      |'[^']*+'
      |"[^"]*+"
      |--[^\n]*+
      |/\*(?:[^*]++|\*(?!/))*+\*/
      |(?<![\w$])\$((?:[A-Za-z_]\w*)?)\$.*?\$\1\$
      |(?<=[\w$])\$|\$(?!(?:[A-Za-z_]\w*)?\$)
      |-|/(?!\*))*+""",
    re.VERBOSE | re.DOTALL,
)
_COPY = re.compile(r"copy\b.*?\bfrom\s+stdin\b", re.IGNORECASE | re.DOTALL)
_COPY_END = re.compile(r"^\\\.[ \t]*\r?$", re.MULTILINE)
_ATOMIC_HEAD = re.compile(r"create\s+(?:or\s+replace\s+)?(?:function|procedure)\b", re.IGNORECASE)
_ATOMIC = re.compile(r"\bbegin\s+atomic\b", re.IGNORECASE)
_RULE_HEAD = re.compile(r"create\s+(?:or\s+replace\s+)?rule\b", re.IGNORECASE)
_BLOCK_WORD = re.compile(r"\b(?:begin\s+atomic|case|end)\b", re.IGNORECASE)

Cut = tuple[int, int, str]
"""(start, end, kind); `end` is before the semicolon."""


def split(text: str, at: int = 0) -> Iterator[Cut]:
    """Yield the pieces of a script from `at` on. A COPY piece covers its data as well."""
    length = len(text)
    while True:
        at = GAP.match(text, at).end()  # type: ignore[union-attr]
        if at >= length:
            return
        first = text[at]
        if first == ";":
            at += 1
        elif first == "\\":
            end = text.find("\n", at)
            end = length if end < 0 else end
            yield at, end, META
            at = end
        else:
            end = _statement_end(text, at)
            if first in "cC" and _COPY.match(text, at, min(end, at + 2_000)):
                after = _data_end(text, end)
                yield at, after, COPY
                at = after
            else:
                yield at, end, STATEMENT
                at = end + 1


def _statement_end(text: str, start: int) -> int:
    end = _semicolon(text, start)
    if text[start] in "cC":
        if _ATOMIC_HEAD.match(text, start):
            if _ATOMIC.search(text, start, end):
                end = _atomic_end(text, start, end)
        elif _RULE_HEAD.match(text, start):
            while end < len(text) and text.count("(", start, end) > text.count(")", start, end):
                end = _semicolon(text, end + 1)
    return end


def _semicolon(text: str, at: int) -> int:
    """Return where the statement that is being read at `at` ends; what is never closed runs to the end of the text."""
    end = _BODY.match(text, at).end()  # type: ignore[union-attr]
    return end if end >= len(text) or text[end] == ";" else len(text)


def _atomic_end(text: str, start: int, end: int) -> int:
    """Return the end of a routine whose body is `BEGIN ATOMIC … END` and holds semicolons of its own."""
    while end < len(text):
        depth = 0
        for word in _BLOCK_WORD.finditer(text, start, end):
            depth += -1 if word.group().lower() == "end" else 1
        if depth <= 0:
            break
        end = _semicolon(text, end + 1)
    return end


def _data_end(text: str, semicolon: int) -> int:
    """Return the end of the data that follows a `COPY … FROM stdin;`: after `\\.`, or the end of a truncated dump."""
    line_end = text.find("\n", semicolon)
    if line_end < 0:
        return len(text)
    found = _COPY_END.search(text, line_end + 1)
    return found.end() if found else len(text)


def is_closed_copy(text: str, cut: Cut) -> bool:
    """Say whether a COPY piece has its end mark; a truncated dump has not."""
    return text[cut[0] : cut[1]].rstrip().endswith("\\.")


_HEADS = "create|alter|drop|comment|insert|grant|revoke|select|update|delete|set|begin|commit|with|do|copy|truncate"
_CHANCE = re.compile(
    rf"\n[ \t]*(?=(?:{_HEADS})\b|\\)|(?<![\w$])(?P<tag>\$(?:[A-Za-z_]\w*)?\$)", re.IGNORECASE
)


def second_chance(text: str, start: int, end: int) -> int:
    """Return where reading may go on inside a piece that makes no sense as a whole; -1 where nowhere.

    That is the next line that starts like a statement: after a missing semicolon, or after a quote that was never
    closed and has swallowed the statements behind it. Lines inside a closed `$$` body do not count.
    """
    at = start
    while found := _CHANCE.search(text, at, end):
        at = found.end()
        if found["tag"] is None:
            return at
        closing = text.find(found["tag"], at, end)
        at = closing + len(found["tag"]) if closing >= 0 else at
    return -1
