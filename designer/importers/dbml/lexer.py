"""DBML text as tokens. Names and strings know backslash escapes, expressions in backticks none, as in @dbml/parse."""

from __future__ import annotations

import re
from dataclasses import dataclass

from designer.importers.contract import ImportProblem


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: `kind` is word, name (in quotes), string, expression, sign or end. `fresh` starts a line."""

    kind: str
    text: str
    line: int
    column: int
    fresh: bool = False
    glued: bool = False
    """Whether it follows the one before it without a space."""


_TOKEN = re.compile(
    r"""(?P<space>[^\S\n]+) | (?P<line>\n)
      | (?P<comment>//[^\n]* | /\*.*?\*/)
      | (?P<long>'''(?:\\.|(?!''').)*''')
      | (?P<string>'(?:\\.|[^'\\\n])*')
      | (?P<name>"(?:\\.|[^"\\\n])*")
      | (?P<expression>`[^`]*`)
      | (?P<color>\#[0-9A-Za-z]+)
      | (?P<number>-?\d+\.\d+(?![\w.]))
      | (?P<word>[\w$]+)
      | (?P<sign>\?*(?:<>|[<>])\?* | [{}\[\](),.:~+*/%=!@^|&;?-])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|\n|.)", re.DOTALL)
_SPELT = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v", "\n": ""}
_OPEN = {"'": "a string", '"': "a name in quotes", "`": "an expression in backticks", "/": "a comment"}


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, the last being the end. Raises ImportProblem for what is not closed."""
    found: list[Token] = []
    at, line, start, fresh, glued = 0, 1, 0, True, False
    while at < len(text):
        match = _TOKEN.match(text, at)
        column = at - start + 1
        if match is None:
            raise _unreadable(text, at, line, column)
        kind, piece = match.lastgroup or "", match[0]
        if kind == "line":
            fresh = True
        elif kind not in ("space", "comment"):
            found.append(_token(kind, piece, line, column, fresh, glued))
            fresh = False
        glued = kind not in ("line", "space", "comment")
        breaks = piece.count("\n")
        if breaks:
            line += breaks
            start = at + piece.rfind("\n") + 1
        at = match.end()
    found.append(Token("end", "", line, at - start + 1, True))
    return found


def _unreadable(text: str, at: int, line: int, column: int) -> ImportProblem:
    opened = _OPEN.get(text[at])
    if opened:
        return ImportProblem(f"{opened} is not closed; add the sign that ends it", line, column)
    return ImportProblem(f"{text[at]!r} has no meaning here; take it out, or put the name in quotes", line, column)


def _token(kind: str, piece: str, line: int, column: int, fresh: bool, glued: bool) -> Token:
    if kind == "long":
        return Token("string", _dedented(_unescaped(piece[3:-3])), line, column, fresh, glued)
    if kind in ("string", "name"):
        return Token(kind, _unescaped(piece[1:-1]), line, column, fresh, glued)
    if kind == "expression":
        return Token(kind, piece[1:-1], line, column, fresh, glued)
    return Token("word" if kind in ("number", "color") else kind, piece, line, column, fresh, glued)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _meant(match[1]), text) if "\\" in text else text


def _meant(escape: str) -> str:
    if len(escape) == 5:
        return chr(int(escape[1:], 16))
    return _SPELT.get(escape, escape)


def _dedented(text: str) -> str:
    """Return a long string without the empty line that it starts or ends with, and without the common indent."""
    lines = text.split("\n")
    if len(lines) > 1 and not lines[0].strip():
        del lines[0]
    if len(lines) > 1 and not lines[-1].strip():
        del lines[-1]
    indent = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
    return "\n".join(each[indent:] for each in lines)
