"""Writing names, strings, types, expressions and defaults in DBML.

Names and strings know backslash escapes, expressions in backticks know none. See the lexer of @dbml/parse.
"""

from __future__ import annotations

import re

from designer.dialects.base import Dialect

_NAMED_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_IN_NAME = re.compile(r'[\\"\x00-\x1f\x7f]')
_IN_STRING = re.compile(r"[\\'\x00-\x1f\x7f]")
_IN_LONG_STRING = re.compile(r"[\\'\x00-\x09\x0b-\x1f\x7f]")

_BARE_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\([0-9]+(?:,[0-9]+)*\))?(?:\[\])*")
_STRING_DEFAULT = re.compile(r"'((?:[^']|'')*)'(?:::[\w\s.\"()\[\]]+)?")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{0,5}[1-9])?")
_CONSTANTS = frozenset({"true", "false", "null"})


def name(text: str) -> str:
    """Return a name in quotes, which every name may have and most need."""
    return '"' + _IN_NAME.sub(_escape, text) + '"'


def string(text: str) -> str:
    """Return a string on one line."""
    return "'" + _IN_STRING.sub(_escape, text) + "'"


def long_string(text: str) -> str:
    """Return a string that keeps the lines of the text."""
    return "'''" + _IN_LONG_STRING.sub(_escape, text) + "'''" if "\n" in text else string(text)


def expression(text: str) -> str | None:
    """Return an expression in backticks; None where the text has a backtick, for which DBML has no escape."""
    return None if "`" in text or not text else f"`{text}`"


def type_name(text: str) -> str:
    """Return a type: bare where it is one word with numbers behind it, else in quotes."""
    compact = re.sub(r"\s*,\s*", ",", text)
    return compact if _BARE_TYPE.fullmatch(compact) else name(text)


def default(text: str, dialect: Dialect) -> str | None:
    """Return a default value: a string, number or constant where it is one, else an expression.

    Numbers that JavaScript would change (`1.50`, sixteen digits and more) are written as expressions.
    """
    literal = _STRING_DEFAULT.fullmatch(text)
    if literal and not (dialect.backslash_escapes and "\\" in text):
        return string(literal[1].replace("''", "'"))
    if _NUMBER.fullmatch(text) and text != "-0":
        return text
    return text.lower() if text.lower() in _CONSTANTS else expression(text)


def settings(*given: str) -> str:
    """Return settings in brackets with a space before them; nothing where none is given."""
    present = [each for each in given if each]
    return f" [{', '.join(present)}]" if present else ""


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\"'":
        return "\\" + character
    return _NAMED_ESCAPES.get(character) or f"\\u{ord(character):04x}"
