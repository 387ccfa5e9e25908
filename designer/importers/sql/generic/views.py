"""Views, triggers, routines and sequences: what is taken from their heads; their bodies stay verbatim."""

from __future__ import annotations

from designer.importers.sql.generic.cursor import END, Cursor
from designer.importers.sql.generic.drafts import SequenceDraft, ViewDraft


def head(cursor: Cursor) -> dict[str, str]:
    """Read DEFINER, ALGORITHM and SQL SECURITY before the kind of what is created."""
    found: dict[str, str] = {}
    while True:
        if cursor.accept("DEFINER"):
            cursor.expect("=")
            found["definer"] = account(cursor)
        elif cursor.accept("ALGORITHM"):
            cursor.expect("=")
            found["algorithm"] = cursor.token().lower()
        elif cursor.accept("SQL", "SECURITY"):
            found["sql_security"] = cursor.token().lower()
        else:
            return found


def account(cursor: Cursor) -> str:
    """Return a user account as written: `root`@`localhost`, CURRENT_USER."""
    first = cursor.at
    cursor.at += 1
    if cursor.accept("@"):
        cursor.at += 1
        while cursor.accept("."):
            cursor.at += 1
    elif cursor.accept("("):
        cursor.expect(")")
    return cursor.between(first, cursor.at)


def view(cursor: Cursor, extra: dict[str, str]) -> ViewDraft:
    """Read a view from its name on."""
    offset = cursor.offset
    schema, name = cursor.qualified("a view")
    found = ViewDraft(name, schema, offset, extra=extra)
    if cursor.accept("("):
        found.columns = _names(cursor)
    cursor.expect("AS")
    first = cursor.at
    cursor.until()
    last = cursor.at
    if cursor.words[last - 2 : last] == ["CHECK", "OPTION"]:
        last, found.check_option = _check_option(cursor, last - 2)
    found.query = cursor.between(first, last)
    if not found.query:
        raise cursor.misfit("a query")
    return found


def _names(cursor: Cursor) -> tuple[str, ...]:
    names = [cursor.name("a column")]
    while cursor.accept(","):
        names.append(cursor.name("a column"))
    cursor.expect(")")
    return tuple(names)


def _check_option(cursor: Cursor, at: int) -> tuple[int, str]:
    kind = cursor.words[at - 1]
    return (at - 2, kind.lower()) if kind in ("LOCAL", "CASCADED") else (at - 1, "cascaded")


_NUMBERS = {"START": "start", "INCREMENT": "increment", "MINVALUE": "minimum", "MAXVALUE": "maximum", "CACHE": "cache"}


def sequence(cursor: Cursor) -> SequenceDraft:
    """Read a sequence of MariaDB from its name on."""
    offset = cursor.offset
    schema, name = cursor.qualified("a sequence")
    found = SequenceDraft(name, schema, offset)
    while cursor.word != END:
        _sequence_option(cursor, found)
    return found


def _sequence_option(cursor: Cursor, found: SequenceDraft) -> None:
    if cursor.accept("NOCYCLE") or cursor.accept("NOMINVALUE") or cursor.accept("NOMAXVALUE"):
        return
    if cursor.accept("NOCACHE"):
        found.numbers["cache"] = 0
    elif cursor.accept("NO"):
        cursor.at += 1
    elif cursor.accept("CYCLE"):
        found.cycle = True
    elif cursor.accept("AS"):
        found.type = cursor.until(*_NUMBERS, "NO", "CYCLE", "NOCYCLE", "ENGINE")
    elif cursor.word in _NUMBERS:
        key = _NUMBERS[cursor.token().upper()]
        _ = cursor.accept("WITH") or cursor.accept("BY") or cursor.accept("=")
        found.numbers[key] = cursor.number()
    else:
        option = cursor.name("an option of the sequence").lower()
        cursor.accept("=")
        found.extra[option] = cursor.token()
