"""How MySQL, MariaDB and SQLite spell tokens: strings, quoted names, comments, and how they compare names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from designer.dialects import registry
from designer.dialects.base import Dialect

_MYSQL_STRING = r"'(?>(?:[^'\\]++|\\.|'')*)'"
_MYSQL_DOUBLE = r'"(?>(?:[^"\\]++|\\.|"")*)"'
_MYSQL_QUOTED = r"`(?>(?:[^`]++|``)*)`"
_COMMENT_TAIL = r"(?>(?:[^*]++|\*(?!/))*)\*/"
_MYSQL_COMMENT = (
    rf"--(?=[\s\x00-\x1f]|\Z)[^\n]*+|\#[^\n]*+|/\*(?!M?!){_COMMENT_TAIL}"
    rf"|/\*M?!99\d{{4}}{_COMMENT_TAIL}"  # MariaDB's first line of a dump is meant for its client, not its server
)
_OF_MYSQL_ONLY = rf"|/\*!(?:50[7-9]\d\d|5[1-9]\d{{3}}|[6-9]\d{{4}})(?!\d){_COMMENT_TAIL}"
"""Versioned comments of MySQL 5.7 and later, which MariaDB passes over: it knows what they hold otherwise or not."""
_MARKER = r"/\*M?!(?!99\d{4})(?:\d{5,6})?|\*/"
_SQLITE_STRING = r"'(?>(?:[^']++|'')*)'"
_SQLITE_DOUBLE = r'"(?>(?:[^"]++|"")*)"'
_SQLITE_QUOTED = r"`(?>(?:[^`]++|``)*)`|\[[^\]]*+\]"
# SQLite itself knows no `#`; scripts that are meant for several databases use it all the same.
_SQLITE_COMMENT = r"--[^\n]*+|\#[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)"
_NEVER = r"(?!)"
_NUMBER = r"0[xX][0-9a-fA-F]+(?![\w$])|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w$])"
_WORD = r"[\w$\x80-\U0010ffff]+"

WORD, QUOTED, DOUBLE, STRING, NUMBER, GAP, PUNCTUATION = range(1, 8)
"""Groups of `Flavour.token`."""

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_NAME_QUOTES = ("`", '"', "'")
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Flavour:
    """The lexical side of one database, and the facts that its grammar differs in."""

    dialect: Dialect
    token: re.Pattern[str]
    blank: re.Pattern[str]
    """Whitespace and comments whose content does not count."""
    spans: str
    """A regular expression for what may hide a delimiter: strings, quoted names, comments."""
    openers: str
    """The characters that such spans begin with."""
    mysql: bool

    @property
    def sqlite(self) -> bool:
        """Whether this is SQLite."""
        return not self.mysql

    def fold_table(self, name: str) -> str:
        """Return the form of a table name under which equal names are equal."""
        return name if self.mysql else name.lower()

    def name_of(self, written: str) -> str:
        """Return the name that a written identifier means, in any quotes that the database takes."""
        first = written[:1]
        if first in _NAME_QUOTES and len(written) > 1:
            return written[1:-1].replace(first * 2, first)
        return written[1:-1] if first == "[" and self.sqlite else written

    def string_value(self, written: str) -> str:
        """Return the text that a string literal means."""
        quote = written[0]
        inner = written[1:-1]
        if self.mysql and "\\" in inner:
            pieces = re.split(r"(\\.)", inner, flags=re.DOTALL)
            return "".join(
                _unescape(piece) if number % 2 else piece.replace(quote * 2, quote)
                for number, piece in enumerate(pieces)
            )
        return inner.replace(quote * 2, quote)

    def clean(self, text: str) -> str:
        """Return a statement without the marks of versioned comments, whose content stays."""
        if not self.mysql or "*/" not in text:
            return text.strip()
        pieces: list[str] = []
        at = 0
        for found in self.token.finditer(text):
            if found.lastindex == GAP and (found.group(GAP) == "*/" or _is_opener(found.group(GAP))):
                pieces.append(text[at : found.start(GAP)].strip())
                at = found.end()
        pieces.append(text[at:].strip())
        return " ".join(piece for piece in pieces if piece)


def _is_opener(gap: str) -> bool:
    return gap.startswith(("/*!", "/*M!")) and not gap.endswith("*/")


def _unescape(text: str) -> str:
    return _BACKSLASH.sub(lambda found: _ESCAPES.get(found.group(1), found.group(1)), text)


def _token(quoted: str, double: str, string: str, gap: str) -> re.Pattern[str]:
    return re.compile(rf"\s*+(?:({_NUMBER_FIRST})|({quoted})|({double})|({string})|({_NUMBER})|({gap})|(.))", re.DOTALL)


_NUMBER_FIRST = rf"(?!{_NUMBER}){_WORD}"


@cache
def flavour(name: str) -> Flavour:
    """Return the flavour of `mysql`, `mariadb` or `sqlite`."""
    dialect = registry.get(name)
    if dialect.name == "sqlite":
        return Flavour(
            dialect,
            _token(_SQLITE_QUOTED, _SQLITE_DOUBLE, _SQLITE_STRING, _SQLITE_COMMENT),
            re.compile(rf"(?>(?:\s++|{_SQLITE_COMMENT})*)", re.DOTALL),
            "|".join((_SQLITE_STRING, _SQLITE_DOUBLE, _SQLITE_QUOTED, _SQLITE_COMMENT)),
            "'\"`[#-/",
            mysql=False,
        )
    comment = _MYSQL_COMMENT + (_OF_MYSQL_ONLY if dialect.name == "mariadb" else "")
    return Flavour(
        dialect,
        _token(_MYSQL_QUOTED, _MYSQL_DOUBLE, _MYSQL_STRING, f"{comment}|{_MARKER}"),
        re.compile(rf"(?>(?:\s++|{comment})*)", re.DOTALL),
        "|".join((_MYSQL_STRING, _MYSQL_DOUBLE, _MYSQL_QUOTED, comment, r"/\*M?!")),
        "'\"`#-/",
        mysql=True,
    )
