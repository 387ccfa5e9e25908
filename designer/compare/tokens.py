"""SQL of MySQL, MariaDB and SQLite as tokens in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from designer.compare.mysql.defaults import unescaped

Tokens = tuple[str, ...]

_REST = r"""
      | (?P<word>[\w$@]+(?:\.\d+)?)
      | (?P<sign><=>|<>|!=|<=|>=|\|\||&&|:=|->>|->|<<|>>|.)"""
_MYSQL = re.compile(
    r"""(?P<gap>\s+|/\*.*?\*/|--[^\n]*|\#[^\n]*)
      | (?P<text>[xX]'[0-9a-fA-F]*'|_[a-z0-9]+\s*'(?:[^'\\]|''|\\.)*'|[nN]?'(?:[^'\\]|''|\\.)*')
      | (?P<double>"(?:[^"\\]|""|\\.)*")
      | (?P<quoted>`(?:[^`]|``)*`)"""
    + _REST,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_SQLITE = re.compile(
    r"""(?P<gap>\s+|/\*.*?\*/|--[^\n]*)
      | (?P<text>[xX]'[0-9a-fA-F]*'|'(?:[^']|'')*')
      | (?P<quoted>`(?:[^`]|``)*`|"(?:[^"]|"")*"|\[[^\]]*\])"""
    + _REST,
    re.VERBOSE | re.DOTALL,
)
_SAME = {
    "!=": "<>", "&&": "and", "integer": "int", "now": "current_timestamp", "localtimestamp": "current_timestamp",
    "localtime": "current_timestamp", "curdate": "current_date", "curtime": "current_time", "lcase": "lower",
    "ucase": "upper", "substr": "substring", "character_length": "char_length", "true": "1", "false": "0",
}  # fmt: skip
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EMPTY_CALLS = frozenset({"current_timestamp", "current_date", "current_time", "utc_timestamp"})
_ZERO_TIME = re.compile(r"(\d{4}-\d\d-\d\d) 00:00:00(?:\.0+)?")


@lru_cache(maxsize=8_192)
def tokens(text: str, mysql: bool = True, clause: bool = False, ansi: bool = False) -> Tokens:
    """Return the tokens of a text in one spelling: names without quotes, key words in lower case, no comments.

    In a `clause`, the bounds of partitions, constants are compared by what they say, `'5'` with 5; with `ansi` double
    quotes are round names.
    """
    found: list[str] = []
    for match in (_MYSQL if mysql else _SQLITE).finditer(text):
        kind = match.lastgroup or "sign"
        if kind == "gap":
            continue
        if kind == "double":
            kind = "quoted" if ansi else "text"
        token = _token(kind, match.group(), mysql, clause)
        found.extend(("-", token[1:]) if _NUMBER.fullmatch(token) and token[0] == "-" else (token,))
        if found[-3:-2] and found[-3] in _EMPTY_CALLS and found[-2:] == ["(", ")"]:
            del found[-2:]
    while found and found[-1] == ";":
        found.pop()
    return tuple(found)


class Word(NamedTuple):
    """A token as it was written; `depth` is the number of parentheses round it, those that it is itself included."""

    text: str
    kind: str
    depth: int

    @property
    def plain(self) -> str:
        """The word in lower case; empty for what is in quotes or no word."""
        return self.text.lower() if self.kind == "word" else ""

    @property
    def is_literal(self) -> bool:
        """Whether it is a text or a number."""
        return self.kind == "text" or (self.kind == "word" and self.text[0].isdigit())

    @property
    def is_name(self) -> bool:
        """Whether it may be a name."""
        return self.kind in ("quoted", "double") or (self.kind == "word" and not self.text[0].isdigit())

    @property
    def name(self) -> str:
        """The name without its quotes."""
        if self.kind == "word":
            return self.text
        closing = {"[": "]"}.get(self.text[0], self.text[0])
        return self.text[1:-1].replace(closing * 2, closing)


def words(text: str, mysql: bool) -> Iterator[Word]:
    """Yield the tokens of a text as they were written, without comments."""
    depth = 0
    for match in (_MYSQL if mysql else _SQLITE).finditer(text):
        kind = match.lastgroup or "sign"
        if kind != "gap":
            depth += match.group() == "("
            yield Word(match.group(), kind, depth)
            depth -= match.group() == ")"


def _token(kind: str, text: str, mysql: bool, clause: bool) -> str:
    if kind == "text":
        return _literal(text, mysql, clause)
    if kind == "quoted":
        closing = {"[": "]"}.get(text[0], text[0])
        return text[1:-1].replace(closing * 2, closing).lower()
    lower = _number(text) if _NUMBER.fullmatch(text) else text.lower()
    return _SAME.get(lower, lower)


def _literal(text: str, mysql: bool, clause: bool) -> str:
    if text[0] in "xX":
        return text.lower()
    quote = '"' if text[0] == '"' else "'"
    inner = text[text.index(quote) + 1 : -1]
    value = unescaped(inner, quote) if mysql else inner.replace("''", "'")
    if not clause:
        return f"'{value}'"
    return _number(value) if _NUMBER.fullmatch(value) else _moment(f"'{value}'")


def _number(text: str) -> str:
    """Return a number without zeros that a scale adds."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(literal: str) -> str:
    """Return a literal without midnight, which a server adds to a date; the zero date is 0."""
    moment = _ZERO_TIME.fullmatch(literal[1:-1])
    day = moment[1] if moment else literal[1:-1]
    return "0" if day == "0000-00-00" else f"'{day}'" if moment else literal
