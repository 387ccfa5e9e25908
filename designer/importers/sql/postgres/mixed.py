"""The mixed dialect of documents: `INDEX name (col)` and its kin inside a PostgreSQL CREATE TABLE.

PostgreSQL has no such clauses, but it is plain what they mean. They are taken out, and read as the statements that
PostgreSQL has for them; each keeps its own place in the report.
"""

from __future__ import annotations

import re

from designer.importers.sql.postgres import grammar
from designer.importers.sql.postgres.lexical import NAME, QUALIFIED, list_items, skip_gap
from designer.importers.sql.postgres.pieces import Piece

_HEAD = re.compile(
    r"create\s+(?:(?:global|local)\s+)?(?:temp(?:orary)?\s+|unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?", re.I
)
_ALTER = re.compile(r"alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?", re.I)
_CLAUSE = re.compile(
    rf"""(?P<kind>unique|fulltext|spatial)?\s*\b(?:index|key)\b\s*
    (?P<name>(?!using\b){NAME})?\s*(?:using\s+(?P<before>\w+)\s*)?
    (?P<list>\(.*\))\s*(?:using\s+(?P<after>\w+))?\s*(?P<rest>(?:where|include|with)\b.*)?$""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_LENGTHS = re.compile(r"\(\s*\d+\s*(?:,\s*\d+\s*)?\)")
_PLAIN_LIST = re.compile(rf"\(\s*{NAME}(?:\s*,\s*{NAME})*\s*\)")
LONGEST = 200_000


def hides_indexes(node: grammar.Node) -> bool:
    """Say whether a CREATE TABLE that parses holds an INDEX clause: `INDEX i (a)` reads as a column of type `i(a)`."""
    for element in node.get("tableElts", ()):
        column = element.get("ColumnDef")
        if column is not None and column["colname"] in ("index", "key"):
            arguments = column.get("typeName", {}).get("typmods", ())
            if any("ColumnRef" in argument for argument in arguments):
                return True
    return False


def rewritten(piece: Piece) -> list[Piece]:
    """Return the parsed statements that an unreadable CREATE or ALTER TABLE means; nothing where it is no such case."""
    if len(piece.text) > LONGEST:
        return []
    head = _HEAD.match(piece.text)
    if head:
        return _table(piece, head.end())
    alter = _ALTER.match(piece.text)
    return _alter(piece, alter.end()) if alter else []


def _table(piece: Piece, at: int) -> list[Piece]:
    text = piece.text
    name = QUALIFIED.match(text, at)
    opening = skip_gap(text, name.end()) if name else -1
    if name is None or text[opening : opening + 1] != "(":
        return []
    items, closing = list_items(text, opening)
    clauses = [(item, _clause(text[slice(*item)])) for item in items]
    kept = [item for item, clause in clauses if clause is None]
    if len(kept) == len(items) or not kept:
        return []
    table = Piece(_only(text, opening + 1, closing, kept), piece.at)
    made = [table, *(_statement(piece, name.group(), item, clause) for item, clause in clauses if clause)]
    return made if _parsed(made) else []


def _alter(piece: Piece, at: int) -> list[Piece]:
    name = QUALIFIED.match(piece.text, at)
    start = skip_gap(piece.text, name.end()) if name else -1
    if name is None or piece.text[start : start + 3].lower() != "add":
        return []
    begin = skip_gap(piece.text, start + 3)
    clause = _clause(piece.text[begin:].rstrip())
    made = [_statement(piece, name.group(), (begin, len(piece.text)), clause)] if clause else []
    return made if made and _parsed(made) else []


def _clause(text: str) -> re.Match[str] | None:
    found = _CLAUSE.match(text)
    return None if found is None or _LENGTHS.fullmatch(found["list"]) else found


def _only(text: str, start: int, end: int, kept: list[tuple[int, int]]) -> str:
    """Return the text with nothing but the `kept` items between `start` and `end`, all at their old places."""
    blank = list(text)
    blank[start:end] = " " * (end - start)
    for number, (begin, stop) in enumerate(kept):
        blank[begin:stop] = text[begin:stop]
        if number < len(kept) - 1:
            blank[stop] = ","
    return "".join(blank)


def _statement(piece: Piece, table: str, item: tuple[int, int], clause: re.Match[str]) -> Piece:
    kind = (clause["kind"] or "").lower()
    method = clause["before"] or clause["after"] or ""
    columns, name = clause["list"], clause["name"] or ""
    rest = f" {clause['rest']}" if clause["rest"] else ""
    note = f"PostgreSQL has no {kind.upper() + ' ' if kind else ''}INDEX or KEY clause in a table; it is read as "
    if kind == "unique" and _PLAIN_LIST.fullmatch(columns) and not method:
        constraint = f"CONSTRAINT {name} " if name else ""
        sql, note = f"ALTER TABLE {table} ADD {constraint}UNIQUE {columns}{rest}", note + "a UNIQUE constraint"
    elif kind == "fulltext":
        sql = f"CREATE INDEX {name} ON {table} USING gin ({_document(columns)}){rest}"
        note += "a GIN index over to_tsvector of the columns, with English rules"
    else:
        using = "USING gist " if kind == "spatial" else f"USING {method} " if method else ""
        unique = "UNIQUE " if kind == "unique" else ""
        sql = f"CREATE {unique}INDEX {name} ON {table} {using}{columns}{rest}"
        note += "a CREATE INDEX of its own"
    made = Piece(sql, piece.place(item[0]), within=False)
    made.note = note
    return made


def _document(columns: str) -> str:
    items, _ = list_items(columns, 0)
    words = " || ' ' || ".join(f"coalesce({columns[start:end]}, '')" for start, end in items)
    return f"to_tsvector('english', {words})"


def _parsed(pieces: list[Piece]) -> bool:
    for piece in pieces:
        try:
            statements = grammar.parse(piece.text.encode("utf-8", "replace"))
        except grammar.GrammarError:
            return False
        if len(statements) != 1:
            return False
        piece.take(statements[0], 0)
    return True
