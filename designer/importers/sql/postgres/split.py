"""A script as pieces: statements, psql meta-commands and COPY blocks, by what `psql` itself goes by.

Splitting does not parse: a piece that is nonsense ends at its semicolon and costs only itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BETWEEN = re.compile(r"(?>(?:[\s;]++|--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/)*)")
STATEMENT, META, COPY = "statement", "meta", "copy"

_BODY = re.compile(
    r"""(?>(?:[^'"$;\-/]++
      |(?<=[eE])(?<![\w$][eE])'(?>(?:[^'\\]++|\\.|'')*)'
      |'[^']*+'
      |"[^"]*+"
      |--[^\n]*+
      |/\*(?>(?:[^*]++|\*(?!/))*)\*/
      |(?<![\w$])\$((?:[A-Za-z_]\w*)?)\$.*?\$\1\$
      |(?<=[\w$])\$|\$(?!(?:[A-Za-z_]\w*)?\$)
      |-|/(?!\*))*)""",
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


def split(text: str, at: int = 0, stop: int | None = None) -> Iterator[Cut]:
    """Yield the pieces of a script from `at` to `stop`. A COPY piece covers its data as well."""
    length = len(text) if stop is None else stop
    while True:
        at = _BETWEEN.match(text, at, length).end()  # type: ignore[union-attr]
        if at >= length:
            return
        first = text[at]
        if first == "\\":
            end = text.find("\n", at, length)
            end = length if end < 0 else end
            yield at, end, META
            at = end
            continue
        end = _statement_end(text, at, length)
        if first in "cC" and _COPY.match(text, at, min(end, at + 2_000)):
            after = _data_end(text, end)
            yield at, after, COPY
            at = after
        else:
            yield at, end, STATEMENT
            at = end + 1


def _statement_end(text: str, start: int, length: int) -> int:
    end = _semicolon(text, start, length)
    if text[start] in "cC":
        if _ATOMIC_HEAD.match(text, start):
            if _ATOMIC.search(text, start, end):
                end = _atomic_end(text, start, end, length)
        elif _RULE_HEAD.match(text, start):
            while end < length and text.count("(", start, end) > text.count(")", start, end):
                end = _semicolon(text, end + 1, length)
    return end


def _semicolon(text: str, at: int, length: int) -> int:
    """Return where the statement that is being read at `at` ends; what is never closed runs to the end of the text."""
    end = _BODY.match(text, at, length).end()  # type: ignore[union-attr]
    return end if end >= length or text[end] == ";" else length


def _atomic_end(text: str, start: int, end: int, length: int) -> int:
    """Return the end of a routine whose body is `BEGIN ATOMIC … END` and holds semicolons of its own."""
    while end < length:
        depth = 0
        for word in _BLOCK_WORD.finditer(text, start, end):
            depth += -1 if word.group().lower() == "end" else 1
        if depth <= 0:
            break
        end = _semicolon(text, end + 1, length)
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


_HEADS = "create|alter|drop|comment|insert|grant|revoke|begin|commit|copy|truncate|set"
_QUERIES = "select|with|update|delete|do|explain"
_CHANCE = re.compile(
    rf"\n(?=(?:{_HEADS})\b|\\)|;[ \t]*\n(?=(?:{_QUERIES})\b)|(?<![\w$])(?P<tag>\$(?:[A-Za-z_]\w*)?\$)", re.IGNORECASE
)
TOO_LONG = 4_000_000


def second_chances(text: str, start: int, end: int) -> list[int]:
    """Return where reading may go on inside a piece that makes no sense as a whole.

    These are the lines that start like a statement: behind a missing semicolon, or behind a quote that was never
    closed and has swallowed the statements after it. Lines inside a closed `$$` body do not count.
    """
    found: list[int] = []
    if text.find("\n", start, end) < 0 or end - start > TOO_LONG:
        return found
    at = start
    closed: dict[str, int] = {}
    while chance := _CHANCE.search(text, at, end):
        at = chance.end()
        tag = chance["tag"]
        if tag is None:
            found.append(at)
        elif closed.get(tag, 0) >= 0:
            closed[tag] = text.find(tag, at, end)
            at = closed[tag] + len(tag) if closed[tag] >= 0 else at
    return found
