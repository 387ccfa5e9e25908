"""DO blocks that only guard plain statements: `IF NOT EXISTS (…) THEN CREATE TYPE`, `EXCEPTION WHEN duplicate_object`.

People write them so that a script can be run twice. On an empty server they do what the statements inside do, so these
are read as if they stood alone. A block with anything else in it (variables, loops, EXECUTE) is a program, and is kept.
"""

from __future__ import annotations

import re

from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import skip_gap
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.split import split

_BEGIN = re.compile(r"begin\b(?!\s+atomic)", re.I)
_END = re.compile(r"end\b(?!\s+if)", re.I)
_END_IF = re.compile(r"end\s+if\b", re.I)
_IF = re.compile(r"if\b(.*?)\bthen\b", re.I | re.S)
_HANDLER = re.compile(r"exception\s+when\b", re.I)
_PLAIN = re.compile(r"(?:create|alter|comment|grant|revoke|drop|security)\b(?!\s+or\s+replace\s+temp)", re.I)
_WHERE_MISSING = re.compile(r"[\s(]*not\s+exists\s*\(|.*\bto_reg\w+\s*\([^()]*\)\s+is\s+null\s*\Z", re.I | re.S)
_WHERE_ROLES = re.compile(r"(?:\s*(?:and\s+)?exists\s*\(\s*select\s+from\s+pg_roles\b[^()]*\))+\s*\Z", re.I)
_WHERE_TABLE = re.compile(r"\s*to_regclass\('(?:[^']|'')*'\)\s+is\s+not\s+null\s*\Z", re.I)


def unguarded(piece: Piece) -> list[Piece]:
    """Return the statements inside a block that only guards them, not parsed yet; nothing where it does more."""
    found = _body(piece)
    if found is None:
        return []
    start, end = found
    inner: list[Piece] = []
    depth = 0
    for begin, stop, _ in split(piece.text, start, end):
        at = skip_gap(piece.text, begin)
        if not inner and depth == 0:
            at = _after(_BEGIN, piece.text, at)
        while opening := _IF.match(piece.text, at, stop):
            if not _is_known(opening.group(1)):
                return []
            depth, at = depth + 1, skip_gap(piece.text, opening.end())
        text = piece.text[at:stop].rstrip()
        if _HANDLER.match(text):
            return inner if depth == 0 else []
        if _END_IF.match(text):
            depth -= 1
        elif _END.match(text) or not text:
            continue
        elif _PLAIN.match(text):
            made = Piece(text, piece.place(at))
            made.lenient = True
            inner.append(made)
        else:
            return []
    return inner if depth == 0 else []


def _body(piece: Piece) -> tuple[int, int] | None:
    """Return where the body of a DO block of PL/pgSQL stands, provided that it has no declarations."""
    arguments: list[Node] = [each["DefElem"] for each in piece.node.get("args", ())]
    languages = [each["arg"]["String"]["sval"] for each in arguments if each["defname"] == "language"]
    bodies = [each["arg"]["String"]["sval"] for each in arguments if each["defname"] == "as"]
    if languages not in ([], ["plpgsql"]) or not bodies:
        return None
    start = piece.text.find(bodies[0])
    begin = skip_gap(piece.text, start) if start >= 0 else -1
    return (begin, start + len(bodies[0])) if begin >= 0 and _BEGIN.match(piece.text, begin) else None


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return skip_gap(text, found.end()) if found else at


def _is_known(condition: str) -> bool:
    """Say whether a condition holds on an empty server, or asks for what the export asks for again."""
    return any(known.match(condition) for known in (_WHERE_MISSING, _WHERE_ROLES, _WHERE_TABLE))
