"""Columns and index parts as one line of text, the way SQL writes them, and back.

`lower(email), created_at DESC NULLS LAST` is quicker to type and to read than a form of ten fields a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from designer.commands import Refused
from designer.commands.contract import replace
from designer.commands.expressions import expression
from designer.dialects.base import Dialect
from designer.schema import Column, Design, Id, IndexPart, Named
from designer.schema.expressions import render

_TAIL = re.compile(
    r"""^(?P<head>.*?)
    (?:\s+COLLATE\s+(?P<collation>"(?:[^"]|"")+"|[\w.]+))?
    (?:\s+(?P<opclass>(?!(?:ASC|DESC|NULLS|WITH|COLLATE)\b)[A-Za-z_][\w.]*(?:\([^()]*\))?))?
    (?:\s+(?P<way>ASC|DESC))?
    (?:\s+NULLS\s+(?P<nulls>FIRST|LAST))?
    (?:\s+WITH\s+(?P<operator>\S+))?$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(r"^(?P<name>.+)\((?P<length>\d{1,5})\)$", re.DOTALL)


def split_list(text: str) -> list[str]:
    """Return the pieces of a list, split at commas outside quotes and parentheses."""
    pieces, depth, quote, start = [], 0, "", 0
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'`":
            quote = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and depth <= 0:
            pieces.append(text[start:at])
            start = at + 1
    pieces.append(text[start:])
    return [piece.strip() for piece in pieces if piece.strip()]


def names_text(design: Design, ids: Sequence[Id], dialect: Dialect) -> str:
    """Return the names of records as a list."""
    return ", ".join(written(record.name, dialect) for each in ids if isinstance(record := design.get(each), Named))


def written(name: str, dialect: Dialect) -> str:
    """Return a name bare where that cannot be misread, else quoted."""
    plain = re.fullmatch(r"[^\W\d][\w$ ]*", name) and name == name.strip() and name.lower() not in dialect.reserved
    return name if plain and " " not in name else dialect.always_quote(name)


def columns_in(design: Design, table: Id, text: str, dialect: Dialect) -> tuple[Id, ...]:
    """Return the columns that a list names. Raises Refused for one that the table does not have."""
    return tuple(_column(design, table, piece, dialect) for piece in split_list(text))


def _column(design: Design, table: Id, text: str, dialect: Dialect) -> Id:
    found = _find(design, table, text, dialect)
    if found is None:
        raise Refused(f"the table has no column {text}; separate the names with commas", "columns")
    return found


def _find(design: Design, table: Id, text: str, dialect: Dialect) -> Id | None:
    by_name = {column.name: column.id for column in design.of(Column, table)}
    return by_name.get(text) or by_name.get(dialect.unquote(text))


def parts_text(design: Design, parts: Sequence[IndexPart], dialect: Dialect) -> str:
    """Return index parts as SQL writes them."""
    return ", ".join(_part_text(design, part, dialect) for part in parts)


def _part_text(design: Design, part: IndexPart, dialect: Dialect) -> str:
    column = design.get(part.column) if part.column else None
    if isinstance(column, Column):
        head = written(column.name, dialect)
    else:
        text = render(part.expr, design, dialect.quote, dialect.unquote) if part.expr else ""
        head = text if re.fullmatch(r"\w+\(.*\)", text, re.DOTALL) else f"({text})"
    pieces = [
        head + (f"({part.length})" if part.length is not None else ""),
        f"COLLATE {part.collation}" if part.collation else "",
        part.opclass,
        "DESC" if part.desc else "",
        f"NULLS {part.nulls.upper()}" if part.nulls else "",
        f"WITH {part.operator}" if part.operator else "",
    ]
    return " ".join(piece for piece in pieces if piece)


def parts_in(design: Design, table: Id, text: str, dialect: Dialect) -> tuple[IndexPart, ...]:
    """Return the index parts that a text means. Raises Refused where a part is not finished."""
    return tuple(_part(design, table, piece, dialect) for piece in split_list(text))


def _part(design: Design, table: Id, text: str, dialect: Dialect) -> IndexPart:
    whole = _find(design, table, text, dialect)
    if whole:
        return IndexPart(column=whole)
    found = _TAIL.match(text)
    if found is None:  # cannot be: the head alone matches anything
        raise Refused(f"this is not a column or an expression: {text}", "parts")
    head, opclass = found["head"].strip(), found["opclass"] or ""
    column = _find(design, table, head, dialect)
    if column is None and opclass and not head.endswith(")"):
        head, opclass = f"{head} {opclass}", ""
    options = IndexPart(
        opclass=opclass,
        collation=found["collation"] or "",
        desc=(found["way"] or "").upper() == "DESC",
        nulls=(found["nulls"] or "").lower(),
        operator=found["operator"] or "",
    )
    prefix = _PREFIX.match(head)
    if column is None and prefix and (column := _find(design, table, prefix["name"], dialect)):
        return replace(options, column=column, length=int(prefix["length"]))
    if column:
        return replace(options, column=column)
    if re.fullmatch(r'[^\W\d]\w*|"[^"]+"|`[^`]+`', head):
        raise Refused(f"the table has no column {head}", "parts")
    return replace(options, expr=expression(design, table, _bare(head)))


def _bare(text: str) -> str:
    """Return an expression without one pair of parentheses that wraps all of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and at < len(text) - 1:
            return text
    return text[1:-1].strip()
