"""The parts of keys and indexes, index options, and the tail of a foreign key."""

from __future__ import annotations

from designer.importers.sql.generic.cursor import DIGITS, END, Cursor, Misfit
from designer.importers.sql.generic.drafts import Extra, ForeignKeyDraft, PartDraft

_ENDS = (",", ")", "ASC", "DESC")
_TAILS = (("AUTOINCREMENT",), ("WITHOUT", "OVERLAPS"))


def part_list(cursor: Cursor) -> list[PartDraft]:
    """Return the parts in the parentheses here."""
    cursor.expect("(")
    parts: list[PartDraft] = []
    while True:
        parts.append(_part(cursor))
        if cursor.accept(")"):
            return parts
        cursor.expect(",")


def _part(cursor: Cursor) -> PartDraft:
    part = PartDraft()
    if _is_column(cursor):
        part.column = cursor.name("a column")
        if cursor.accept("("):
            part.length = cursor.number()
            cursor.expect(")")
    else:
        part.expr = _expression(cursor)
    if cursor.accept("COLLATE"):
        part.collation = cursor.token()
    part.desc = cursor.accept("DESC")
    if not part.desc:
        cursor.accept("ASC")
    for tail in _TAILS:
        if cursor.accept(*tail):
            part.tail = " ".join(tail).lower()
    return part


def _is_column(cursor: Cursor) -> bool:
    if not cursor.is_name():
        return False
    behind = cursor.words[cursor.at + 1]
    if behind in ("COLLATE", "AUTOINCREMENT", "WITHOUT"):
        return True
    if behind == "(" and cursor.flavour.mysql:
        return cursor.words[cursor.at + 2] == DIGITS and cursor.words[cursor.at + 3] == ")"
    return behind in _ENDS


def _expression(cursor: Cursor) -> str:
    first = cursor.at
    if not cursor.until(*_ENDS, "COLLATE"):
        raise cursor.misfit("a column or an expression")
    if cursor.flavour.mysql:
        return cursor.condition(first, cursor.at)
    while cursor.word == "COLLATE" and cursor.words[cursor.at + 2] not in _ENDS:  # of an operand
        cursor.at += 1
        cursor.until(*_ENDS, "COLLATE")
    return cursor.between(first, cursor.at)


def column_names(cursor: Cursor) -> list[str]:
    """Return the column names in the parentheses here."""
    return [part.column or part.expr for part in part_list(cursor)]


def index_options(cursor: Cursor, extra: Extra) -> str:
    """Read what may stand behind the parts of a MySQL index into `extra`, and return the comment."""
    comment = ""
    while cursor.word not in (",", ")", END, "LOCK", "ALGORITHM"):
        if cursor.accept("COMMENT"):
            cursor.accept("=")
            comment = cursor.string()
        elif cursor.accept("USING"):
            extra["using"] = cursor.token().lower()
        elif cursor.accept("WITH", "PARSER"):
            extra["parser"] = cursor.name()
        elif cursor.accept("NOT", "IGNORED") or cursor.accept("VISIBLE"):
            continue
        elif cursor.word == "WHERE":
            raise Misfit("this database has no partial indexes; remove the WHERE", cursor.offset)
        elif cursor.word in ("INVISIBLE", "IGNORED"):
            extra[cursor.token().lower()] = "true"
        else:
            _named_option(cursor, extra)
    return comment


def _named_option(cursor: Cursor, extra: Extra) -> None:
    key = cursor.name("an index option").lower()
    cursor.accept("=")
    extra[key] = cursor.token()


def references(cursor: Cursor, key: ForeignKeyDraft) -> None:
    """Read a REFERENCES clause, the word itself included."""
    cursor.expect("REFERENCES")
    key.ref_schema, key.ref_table = cursor.qualified("a table")
    if cursor.word == "(":
        key.ref_columns = column_names(cursor)
    while _reference_option(cursor, key):
        pass


def _reference_option(cursor: Cursor, key: ForeignKeyDraft) -> bool:
    if cursor.accept("ON", "DELETE"):
        key.on_delete = _action(cursor, key, "on_delete")
    elif cursor.accept("ON", "UPDATE"):
        key.on_update = _action(cursor, key, "on_update")
    elif cursor.accept("MATCH"):
        word = cursor.token().lower()
        key.match = "" if word == "simple" else word
    elif cursor.accept("NOT", "DEFERRABLE"):
        _initially(cursor)
        key.deferrable = key.deferred = False
    elif cursor.accept("DEFERRABLE"):
        key.deferrable = True
        key.deferred = _initially(cursor)
    else:
        return False
    return True


def _initially(cursor: Cursor) -> bool:
    if cursor.accept("INITIALLY", "IMMEDIATE"):
        return False
    return cursor.accept("INITIALLY", "DEFERRED")


def _action(cursor: Cursor, key: ForeignKeyDraft, event: str) -> str:
    """Return an action; that MySQL's NO ACTION was written is kept, because its server shows it."""
    key.extra.pop(event, None)
    for words in (("SET", "NULL"), ("SET", "DEFAULT"), ("CASCADE",), ("RESTRICT",)):
        if cursor.accept(*words):
            return " ".join(words).lower()
    cursor.expect("NO", "ACTION")
    if cursor.flavour.mysql:
        key.extra[event] = "no action"
    return ""
