"""PostgreSQL text as tokens: where an expression ends, where a list splits, where a statement stops.

The grammar tells where things start but not where they end. Everything here works on character offsets of one text
and knows strings, quoted names, dollar quotes, comments and brackets, and nothing else.
"""

from __future__ import annotations

import re

NAME = r'(?:"(?:[^"]|"")*"|(?:[A-Za-z_]|[^\x00-\x7f])(?:[\w$]|[^\x00-\x7f])*)'
"""A written name, quoted or not."""

GAP = re.compile(r"(?>(?:\s++|--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/)*)")
"""White space and comments."""

QUALIFIED = re.compile(rf"{NAME}(?:\s*\.\s*{NAME})*")
ONE_NAME = re.compile(NAME)

_TOKEN = re.compile(
    r"""(?P<gap>\s++|--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/)?)
      |(?P<open>[(\[])|(?P<close>[)\]])|(?P<stop>[,;])
      |[eE]'(?>(?:[^'\\]++|\\.|'')*)'
      |'[^']*+'|"[^"]*+"
      |\$(?P<tag>(?:[A-Za-z_]\w*)?)\$(?:.*?\$(?P=tag)\$|.*)
      |[\w.$]++
      |.""",
    re.VERBOSE | re.DOTALL,
)

_TYPE = re.compile(
    rf"""(?:setof\s+)?
    (?:double\s+precision\b
      |(?:national\s+)?(?:character|char|nchar)\b(?:\s+varying\b)?
      |bit\b(?:\s+varying\b)?
      |(?:timestamp|time)\b(?:\s*\(\s*\d+\s*\))?(?:\s+with(?:out)?\s+time\s+zone\b)?
      |interval\b(?:\s*\(\s*\d+\s*\)
         |\s+(?:year|month|day|hour|minute|second)\b(?:\s+to\s+(?:month|hour|minute|second)\b)?(?:\s*\(\s*\d+\s*\))?)?
      |{NAME}(?:\s*\.\s*{NAME})*(?:%\s*type\b)?)
    (?:\s*\((?:[^()']|'(?:[^']|'')*')*\))?
    (?>(?:\s*\[\s*\d*\s*\])*)
    (?:\s+array\b(?:\s*\[\s*\d+\s*\])?)?""",
    re.VERBOSE | re.IGNORECASE,
)


def skip_gap(text: str, at: int) -> int:
    """Return where the next token starts."""
    return GAP.match(text, at).end()  # type: ignore[union-attr]


def expression_end(text: str, start: int, limit: int | None = None) -> int:
    """Return the end of the expression that starts at `start`: before the `,`, `;` or `)` that is not its own.

    `limit` is where the next clause is known to start. White space and comments at the end are left out.
    """
    depth, end = 0, start
    stop = len(text) if limit is None else limit
    for token in _TOKEN.finditer(text, start, stop):
        kind = token.lastgroup
        if kind == "gap":
            continue
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth < 0:
                break
        elif kind == "stop" and depth == 0:
            break
        end = token.end()
    return end


def list_items(text: str, opening: int) -> tuple[list[tuple[int, int]], int]:
    """Return the (start, end) of each item of the bracketed list at `opening`, and where the closing bracket stands.

    Where the list is never closed, the closing place is the end of the text.
    """
    items: list[tuple[int, int]] = []
    depth, start, end = 0, -1, -1
    for token in _TOKEN.finditer(text, opening):
        kind = token.lastgroup
        if kind == "gap":
            continue
        if kind == "open":
            depth += 1
            if depth == 1:
                continue
        elif kind == "close":
            depth -= 1
            if depth == 0:
                if start >= 0:
                    items.append((start, end))
                return items, token.start()
        elif kind == "stop" and depth == 1:
            if start >= 0:
                items.append((start, end))
            start = -1
            continue
        if start < 0:
            start = token.start()
        end = token.end()
    if start >= 0:
        items.append((start, end))
    return items, len(text)


def comma_items(text: str, start: int) -> list[tuple[int, int]]:
    """Return the (start, end) of each item of an unbracketed list that runs from `start` to the end of the text."""
    items: list[tuple[int, int]] = []
    while start < len(text):
        start = skip_gap(text, start)
        end = expression_end(text, start)
        items.append((start, end))
        start = skip_gap(text, end)
        if text[start : start + 1] != ",":
            break
        start += 1
    return items


def matching(text: str, opening: int) -> int:
    """Return where the bracket at `opening` is closed; the end of the text where it never is."""
    return list_items(text, opening)[1]


def find_opening(text: str, start: int) -> int:
    """Return where the next `(` stands that is not inside a string or comment; -1 where there is none."""
    for token in _TOKEN.finditer(text, start):
        if token.lastgroup == "open" and token.group() == "(":
            return token.start()
    return -1


def word_after(text: str, start: int, *words: str) -> int:
    """Return the end of the first token sequence `words` at bracket depth 0 after `start`; -1 where there is none."""
    depth, met = 0, 0
    for token in _TOKEN.finditer(text, start):
        kind = token.lastgroup
        if kind == "gap":
            continue
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth -= 1
        if depth == 0 and token.group().lower() == words[met]:
            met += 1
            if met == len(words):
                return token.end()
        else:
            met = 0
    return -1


def without_parentheses(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of an expression without the parentheses that enclose all of it."""
    if text[start : start + 1] != "(":
        return start, end
    closing = _pairs(text, start, end)
    while closing.get(start) == end - 1:
        inner, last = skip_gap(text, start + 1), end - 1
        while text[last - 1].isspace():
            last -= 1
        if inner >= last:
            break
        start, end = inner, last
    return start, end


def _pairs(text: str, start: int, end: int) -> dict[int, int]:
    """Return opening -> closing for the brackets between `start` and `end`."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for token in _TOKEN.finditer(text, start, end):
        if token.lastgroup == "open":
            stack.append(token.start())
        elif token.lastgroup == "close" and stack:
            pairs[stack.pop()] = token.start()
    return pairs


def type_end(text: str, start: int) -> int:
    """Return the end of the type name that starts at `start`, with its arguments and array brackets."""
    found = _TYPE.match(text, start)
    return found.end() if found else expression_end(text, start)


def unquoted(written: str) -> str:
    """Return the name that a written identifier means."""
    if written[:1] == '"':
        return written[1:-1].replace('""', '"')
    return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in written)
