"""The signs of the typed form of relations, and how they fall into statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from designer.normalization.contract import BadRelation

_TOKEN = re.compile(
    r"""
    (?P<quoted>"(?:[^"]|"")*")
  | (?P<space>[^\S\n\r]+(?:(?:\#|//)[^\S\n\r][^\n\r]*)?)
  | (?P<both><[-–—−]+>|↔|⇔)
  | (?P<many>[-–—−]+>>|→\s*→|↠)
  | (?P<one>[-–—−=]+>|→|⇒)
  | (?P<join>(?:\*|⋈)(?=[^\S\n\r]*[({]))
  | (?P<sign>[,;(){}|:∅])
  | (?P<line>\r\n|[\n\r])
  | (?P<word>(?:(?![-–—−=]+>|<[-–—−]+>)[^\s,;(){}|:"→↠⇒↔⇔∅])+)
  | (?P<bad>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT = re.compile(r"[^\S\n]*(?:\#|--(?![-–—−]*>)|//)[^\n]*")
ARROWS = frozenset({"one", "many", "both"})


class TypedProblem(BadRelation):
    """What is wrong in a typed relation, with the line and column (from 1) where it is, and the relation's name."""

    def __init__(self, message: str, line: int, column: int = 1, relation: str = ""):
        super().__init__(f"line {line}: {message}")
        self.message, self.line, self.column, self.relation = message, line, column, relation


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    line: int
    column: int


def problem_at(message: str, token: Token) -> TypedProblem:
    """Return a problem at the place of a token."""
    return TypedProblem(message, token.line, token.column)


def statements(text: str) -> Iterator[list[Token]]:
    """Yield the statements, and an empty one for each blank line."""
    statement: list[Token] = []
    depth, blank = 0, False
    for token in _tokens(text.removeprefix("\ufeff")):
        if token.kind == "space":
            continue
        if token.kind == "comment":
            blank = False
        elif token.text == ";" or (token.kind == "line" and depth <= 0 and not _goes_on(statement)):
            if statement:
                yield statement
            elif blank and token.kind == "line":
                yield []
            statement, depth, blank = [], 0, token.kind == "line"
        elif token.kind != "line":
            depth += (token.text in ("(", "{")) - (token.text in (")", "}"))
            statement.append(token)
            blank = False
        elif depth > 0 and blank:  # a bracket that was never closed must not swallow the rest
            yield statement
            statement, depth = [], 0
        else:
            blank = True
    if statement:
        yield statement


def _goes_on(statement: list[Token]) -> bool:
    return bool(statement) and (statement[-1].text in (",", "|") or statement[-1].kind in ARROWS)


def _tokens(text: str) -> Iterator[Token]:
    line, start, position = 1, 0, 0
    while position < len(text):
        comment = _COMMENT.match(text, position) if position == start else None
        if comment:
            position = comment.end()
            yield Token("comment", "", line, 1)
            continue
        found = _TOKEN.match(text, position)
        if found is None or found.lastgroup is None:  # every letter is some token
            raise TypedProblem("this cannot be read", line, position - start + 1)
        yield Token(found.lastgroup, found.group(), line, position - start + 1)
        breaks = found.group().count("\n") or int(found.lastgroup == "line")
        position = found.end()
        if breaks:
            line, start = line + breaks, position
