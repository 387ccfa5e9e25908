"""Finding the columns that an expression typed by a person names."""

from __future__ import annotations

import re

from designer.dialects.base import Dialect
from designer.dialects.registry import get as dialect_of
from designer.schema import Column, Design, Expr, Id, Use

_TOKEN = re.compile(
    r"""(?P<skip>'(?:[^']|'')*' | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$ | --[^\n]* | /\*.*?\*/)
      | (?P<quoted>"(?:[^"]|"")+" | `(?:[^`]|``)+`)
      | (?P<word>[^\W\d][\w$]*)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def expression(design: Design, table: Id, text: str) -> Expr:
    """Return the expression with the mentions of the table's columns marked, so that it follows their renames.

    A word counts as a column when it is the name of one and is neither called as a function nor a word that the
    database reserves.
    """
    owner = design.get(table)
    model = design.model_of(owner) if owner is not None else None
    dialect = dialect_of(model.target) if model is not None and model.target else dialect_of("postgresql")
    columns = {column.name: column.id for column in design.of(Column, table)}
    body = text.strip()
    uses = [
        Use(found.start(), found.end(), columns[name])
        for found in _TOKEN.finditer(body)
        if (name := _name(found, dialect)) in columns and not _is_call(body, found.end())
    ]
    return Expr(body, tuple(uses))


def _name(found: re.Match[str], dialect: Dialect) -> str:
    if found["quoted"]:
        return dialect.unquote(found["quoted"])
    word: str = found["word"] or ""
    return "" if word.lower() in dialect.reserved else dialect.unquote(word)


def _is_call(text: str, at: int) -> bool:
    return text[at:].lstrip()[:1] == "("
