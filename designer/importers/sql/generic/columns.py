"""Column definitions: a type, and attributes in any order, one handler for each."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.sql.generic.cursor import END, Cursor
from designer.importers.sql.generic.drafts import (
    CheckDraft,
    ColumnDraft,
    ForeignKeyDraft,
    KeyDraft,
    PartDraft,
    TableDraft,
)
from designer.importers.sql.generic.parts import references

_ENDS = (",", ")", END)
Attribute = Callable[[Cursor, TableDraft, ColumnDraft], None]


def column_definition(cursor: Cursor, table: TableDraft) -> ColumnDraft:
    """Read a column with its type and attributes; keys and checks in it are added to `table`.

    What nothing here knows is kept in `extra["options"]`, word for word.
    """
    offset = cursor.offset
    column = ColumnDraft(cursor.name("a column"), offset)
    attributes = _MYSQL if cursor.flavour.mysql else _SQLITE
    column.type = _type(cursor, attributes)
    if column.type.upper() == "SERIAL" and cursor.flavour.mysql:
        column.type = "bigint unsigned"
        _make_serial(cursor, table, column)
    while cursor.word not in _ENDS and not _is_place(cursor, cursor.word):
        handler = attributes.get(cursor.word, _unknown)
        handler(cursor, table, column)
    return column


def _type(cursor: Cursor, attributes: dict[str, Attribute]) -> str:
    first = at = cursor.at
    words = cursor.words
    if cursor.flavour.mysql:
        if words[at] in _ENDS:
            raise cursor.misfit("the type of the column")
        at += 1
    while True:
        word = words[at]
        if word == "(":
            cursor.at = at
            cursor.skip_group()
            at = cursor.at
        elif word in _ENDS or (word in attributes and _begins_attribute(words, at)) or _is_place(cursor, word):
            cursor.at = at
            return cursor.between(first, at)
        else:
            at += 1


def _is_place(cursor: Cursor, word: str) -> bool:
    """Say whether this word tells ALTER TABLE where the column goes."""
    return cursor.flavour.mysql and word in ("FIRST", "AFTER")


def _begins_attribute(words: list[str], at: int) -> bool:
    if words[at] == "CHARACTER":
        return words[at + 1] == "SET"
    if words[at] in ("WITH", "WITHOUT"):
        return words[at + 1] == "SYSTEM"
    return words[at] != "GENERATED" or words[at + 1] in ("ALWAYS", "AS", "BY")


def _unknown(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    first = cursor.at
    known = _MYSQL if cursor.flavour.mysql else _SQLITE
    cursor.at += 1
    while cursor.word not in _ENDS and cursor.word not in known:
        if cursor.word == "(":
            cursor.skip_group()
        else:
            cursor.at += 1
    text = cursor.between(first, cursor.at)
    column.extra["options"] = f"{column.extra['options']} {text}" if "options" in column.extra else text


def _constraint_name(cursor: Cursor, table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    words = ("CHECK", "UNIQUE", "PRIMARY", "REFERENCES", "FOREIGN", "NOT", "NULL")
    name = "" if cursor.word in words else cursor.name("a constraint")
    if cursor.word == "CHECK":
        _check(cursor, table, column, name)
    elif cursor.word == "UNIQUE":
        _unique(cursor, table, column, name)
    elif cursor.word == "PRIMARY":
        _primary(cursor, table, column, name)
    elif cursor.word == "REFERENCES":
        _references(cursor, table, column, name)
    elif cursor.ahead("NOT", "NULL"):
        column.not_null_name = name
    elif cursor.flavour.mysql:
        raise cursor.misfit("a constraint")


def _not_null(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    if cursor.accept("NOT", "NULL"):
        column.nullable = False
        on_conflict(cursor, column.extra, "not_null_on_conflict")
    elif cursor.accept("NOT", "SECONDARY"):
        column.extra["not_secondary"] = "true"
    elif cursor.accept("NOT", "DEFERRABLE"):
        _ = cursor.accept("INITIALLY", "IMMEDIATE") or cursor.accept("INITIALLY", "DEFERRED")
    else:
        cursor.accept("NOT")
        raise cursor.misfit("NULL")


def _null(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    on_conflict(cursor, column.extra, "null_on_conflict")


def _default(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    first = cursor.at
    attributes = _MYSQL if cursor.flavour.mysql else _SQLITE
    words = cursor.words
    while True:
        if words[cursor.at] == "(":
            cursor.skip_group()
        elif words[cursor.at] in _ENDS:
            raise cursor.misfit("a default value")
        else:
            cursor.at += 1
        word = words[cursor.at]
        if word in _ENDS or _is_place(cursor, word) or (word in attributes and words[cursor.at - 1] not in ("-", "+")):
            break
    column.default = cursor.between(first, cursor.at)


def _collate(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    cursor.accept("=")
    column.collation = cursor.token()


def _character_set(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    if not cursor.accept("CHARSET"):
        cursor.expect("CHARACTER", "SET")
    cursor.accept("=")
    column.extra["charset"] = cursor.word_or_string("a character set")


def _comment(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    cursor.accept("=")
    column.comment = cursor.string()


def _auto_increment(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    column.identity = "auto_increment" if cursor.flavour.mysql else "autoincrement"


def _on_update(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.expect("ON", "UPDATE")
    first = cursor.at
    cursor.at += 1
    if cursor.word == "(":
        cursor.skip_group()
    column.on_update = cursor.between(first, cursor.at)


def _generated(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    if cursor.accept("GENERATED"):
        cursor.accept("ALWAYS")
    cursor.expect("AS")
    if cursor.accept("ROW"):
        column.extra["row"] = cursor.token().lower()
        return
    column.generated = cursor.enclosed()
    column.generated_kind = "virtual"
    if cursor.accept("STORED") or cursor.accept("PERSISTENT"):
        column.generated_kind = "stored"
    else:
        cursor.accept("VIRTUAL")


def _primary(cursor: Cursor, table: TableDraft, column: ColumnDraft, name: str = "") -> None:
    key = KeyDraft(name, cursor.offset, primary=True, parts=[PartDraft(column.name)])
    if not cursor.accept("PRIMARY", "KEY"):
        cursor.expect("KEY")
    _key_tail(cursor, key)
    table.constraints.append(key)


def _unique(cursor: Cursor, table: TableDraft, column: ColumnDraft, name: str = "") -> None:
    key = KeyDraft(name, cursor.offset, parts=[PartDraft(column.name)])
    cursor.expect("UNIQUE")
    if cursor.flavour.mysql:
        cursor.accept("KEY")
    _key_tail(cursor, key)
    table.constraints.append(key)


def _key_tail(cursor: Cursor, key: KeyDraft) -> None:
    if cursor.flavour.mysql:
        return
    if cursor.accept("DESC"):
        key.parts[0].desc = True
        key.extra["inline"] = "true"  # at table level it would be an alias of the rowid
    cursor.accept("ASC")
    on_conflict(cursor, key.extra)


def on_conflict(cursor: Cursor, extra: dict[str, str], key: str = "on_conflict") -> None:
    """Read SQLite's ON CONFLICT clause, if one stands here."""
    if cursor.accept("ON", "CONFLICT"):
        extra[key] = cursor.token().lower()


def _check(cursor: Cursor, table: TableDraft, column: ColumnDraft, name: str = "") -> None:
    found = check(cursor, name)
    if cursor.flavour.mysql:
        found.extra["inline"] = column.name
    table.constraints.append(found)


def check(cursor: Cursor, name: str) -> CheckDraft:
    """Return the check constraint that stands here."""
    found = CheckDraft(name, cursor.offset)
    cursor.expect("CHECK")
    found.expr = cursor.group() if cursor.flavour.sqlite else cursor.enclosed()  # SQLite shows it when it fails
    if cursor.accept("NOT", "ENFORCED"):
        found.not_enforced = True
    else:
        cursor.accept("ENFORCED")
    on_conflict(cursor, found.extra)
    return found


def _references(cursor: Cursor, table: TableDraft, column: ColumnDraft, name: str = "") -> None:
    key = ForeignKeyDraft(name, cursor.offset, columns=[column.name])
    references(cursor, key)
    key.extra["inline"] = "true"
    table.constraints.append(key)


def _make_serial(cursor: Cursor, table: TableDraft, column: ColumnDraft) -> None:
    column.nullable = False
    column.identity = "auto_increment"
    table.constraints.append(KeyDraft("", cursor.offset, parts=[PartDraft(column.name)]))


def _serial_default(cursor: Cursor, table: TableDraft, column: ColumnDraft) -> None:
    cursor.expect("SERIAL", "DEFAULT", "VALUE")
    _make_serial(cursor, table, column)


def _flag(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    word = cursor.token().lower()
    if word != "visible":
        column.extra[word] = "true"


def _setting(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    key = cursor.token().lower()
    cursor.accept("=")
    column.extra[key] = cursor.token()


def _compressed(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    cursor.at += 1
    column.extra["compressed"] = cursor.token() if cursor.accept("=") else "true"


def _versioning(cursor: Cursor, _table: TableDraft, column: ColumnDraft) -> None:
    word = cursor.word
    if not (cursor.accept("WITH", "SYSTEM", "VERSIONING") or cursor.accept("WITHOUT", "SYSTEM", "VERSIONING")):
        raise cursor.misfit("a column attribute")
    column.extra["system_versioning"] = word.lower()


_COMMON: dict[str, Attribute] = {
    "NOT": _not_null,
    "NULL": _null,
    "DEFAULT": _default,
    "COLLATE": _collate,
    "GENERATED": _generated,
    "AS": _generated,
    "PRIMARY": _primary,
    "UNIQUE": _unique,
    "CHECK": _check,
    "REFERENCES": _references,
    "CONSTRAINT": _constraint_name,
}
_SQLITE: dict[str, Attribute] = {**_COMMON, "AUTOINCREMENT": _auto_increment}
_MYSQL: dict[str, Attribute] = {
    **_COMMON,
    "KEY": _primary,
    "AUTO_INCREMENT": _auto_increment,
    "AUTOINCREMENT": _auto_increment,
    "COMMENT": _comment,
    "ON": _on_update,
    "CHARACTER": _character_set,
    "CHARSET": _character_set,
    "SERIAL": _serial_default,
    "INVISIBLE": _flag,
    "VISIBLE": _flag,
    "COMPRESSED": _compressed,
    "COLUMN_FORMAT": _setting,
    "STORAGE": _setting,
    "SRID": _setting,
    "REF_SYSTEM_ID": _setting,
    "ENGINE_ATTRIBUTE": _setting,
    "SECONDARY_ENGINE_ATTRIBUTE": _setting,
    "WITH": _versioning,
    "WITHOUT": _versioning,
}
