"""CREATE TABLE: columns, constraints and keys, options, partitions."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.sql.generic.columns import check, column_definition, on_conflict
from designer.importers.sql.generic.cursor import DIGITS, Cursor, Misfit
from designer.importers.sql.generic.drafts import ForeignKeyDraft, IndexDraft, KeyDraft, TableDraft
from designer.importers.sql.generic.parts import column_names, index_options, part_list, references

_CONSTRAINTS = ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK")


def table_body(cursor: Cursor, table: TableDraft) -> None:
    """Read the parentheses with columns and constraints into `table`."""
    cursor.expect("(")
    while True:
        table_element(cursor, table)
        if cursor.accept(")"):
            return
        if cursor.accept(","):
            continue
        if not (cursor.flavour.sqlite and cursor.word in ("CONSTRAINT", *_CONSTRAINTS)):
            raise cursor.misfit("a comma or a closing parenthesis")


def table_element(cursor: Cursor, table: TableDraft) -> None:
    """Read one column, constraint, key or index."""
    handler = (_MYSQL_ELEMENTS if cursor.flavour.mysql else _SQLITE_ELEMENTS).get(cursor.word)
    if handler is None or (cursor.word in _ALSO_NAMES and cursor.words[cursor.at + 1] not in _ALSO_NAMES[cursor.word]):
        add_column(cursor, table)
    else:
        handler(cursor, table)


def add_column(cursor: Cursor, table: TableDraft) -> str:
    """Read a column definition into `table` and return its key. Raises Misfit where the name is taken."""
    column = column_definition(cursor, table)
    key = column.name.lower()
    if key in table.columns:
        raise Misfit(f"the column «{column.name}» is defined twice; rename or remove one", column.offset)
    table.columns[key] = column
    return key


def _mixed_index(cursor: Cursor, table: TableDraft) -> None:
    """Read `INDEX name (a)`, which MySQL takes in CREATE TABLE and people write for SQLite, too."""
    if cursor.word == "KEY" and not _looks_like_index(cursor):
        add_column(cursor, table)
        return
    table.foreign_words.append(cursor.offset)
    _index(cursor, table)


def _looks_like_index(cursor: Cursor) -> bool:
    at = cursor.at
    return cursor.words[at + 2] == "(" and cursor.words[at + 3] not in (DIGITS, "-", "+")


def _constraint(cursor: Cursor, table: TableDraft) -> None:
    cursor.expect("CONSTRAINT")
    name = "" if cursor.word in _CONSTRAINTS else cursor.name("a constraint")
    if cursor.flavour.mysql and cursor.accept("."):
        name = cursor.name("a constraint")
    cursor.accept("IF", "NOT", "EXISTS")
    if cursor.word == "PRIMARY":
        _primary(cursor, table, name)
    elif cursor.word == "UNIQUE":
        _unique(cursor, table, name)
    elif cursor.word == "FOREIGN":
        _foreign(cursor, table, name)
    elif cursor.word == "CHECK":
        table.constraints.append(check(cursor, name))
    elif cursor.flavour.mysql or cursor.word not in (",", ")"):
        raise cursor.misfit("PRIMARY KEY, UNIQUE, FOREIGN KEY or CHECK")


def _primary(cursor: Cursor, table: TableDraft, name: str = "") -> None:
    key = KeyDraft(name, cursor.offset, primary=True)
    cursor.expect("PRIMARY", "KEY")
    if cursor.flavour.mysql and cursor.word not in ("(", "USING"):
        cursor.name()  # the server takes a name here and forgets it
    _key_tail(cursor, table, key)


def _unique(cursor: Cursor, table: TableDraft, name: str = "") -> None:
    key = KeyDraft(name, cursor.offset)
    cursor.expect("UNIQUE")
    if cursor.word in ("KEY", "INDEX") or cursor.flavour.mysql:
        if cursor.flavour.sqlite:
            table.foreign_words.append(cursor.offset)
        _ = cursor.accept("KEY") or cursor.accept("INDEX")
        key.name = _index_name(cursor) or name
    _key_tail(cursor, table, key)


def _key_tail(cursor: Cursor, table: TableDraft, key: KeyDraft) -> None:
    if cursor.accept("USING") or cursor.accept("TYPE"):
        key.extra["using"] = cursor.token().lower()
    key.parts = part_list(cursor)
    _settle_parts(table, key)
    if cursor.flavour.mysql:
        key.comment = index_options(cursor, key.extra)
    else:
        on_conflict(cursor, key.extra)
    table.constraints.append(as_unique_index(key))


def _settle_parts(table: TableDraft, key: KeyDraft) -> None:
    """Move what stands with a part and belongs elsewhere: AUTOINCREMENT, and the period of WITHOUT OVERLAPS."""
    last = key.parts[-1]
    column = table.column(last.column)
    if last.tail == "autoincrement" and column is not None:
        column.identity = "autoincrement"
    if last.tail == "without overlaps":
        key.without_overlaps = True
        key.extra["period"] = key.parts.pop().column


def as_unique_index(key: KeyDraft) -> KeyDraft | IndexDraft:
    """Return a key, or the unique index that it is where it holds expressions: a key has columns only."""
    if all(part.column for part in key.parts):
        return key
    return IndexDraft(key.name, key.offset, True, "", key.parts, None, key.comment, key.extra)


def _index_name(cursor: Cursor) -> str:
    cursor.accept("IF", "NOT", "EXISTS")
    typed = cursor.word == "TYPE" and cursor.words[cursor.at + 1] in ("BTREE", "HASH", "RTREE")
    return "" if cursor.word in ("(", "USING") or typed else cursor.name("an index")


def _index(cursor: Cursor, table: TableDraft) -> None:
    index = IndexDraft("", cursor.offset)
    if cursor.word in ("FULLTEXT", "SPATIAL", "VECTOR"):
        index.method = cursor.token().lower()
    _ = cursor.accept("KEY") or cursor.accept("INDEX")
    index.name = _index_name(cursor)
    if cursor.accept("USING") or cursor.accept("TYPE"):
        index.method = cursor.token().lower()
    index.parts = part_list(cursor)
    index.comment = index_options(cursor, index.extra)
    index.method = index.extra.pop("using", index.method)
    table.constraints.append(index)


def _foreign(cursor: Cursor, table: TableDraft, name: str = "") -> None:
    key = ForeignKeyDraft(name, cursor.offset)
    cursor.expect("FOREIGN", "KEY")
    if cursor.flavour.mysql:
        cursor.accept("IF", "NOT", "EXISTS")
    if cursor.word != "(":
        index_name = cursor.name("a foreign key")
        key.name = name or index_name
        if name:
            key.extra["index_name"] = index_name
    key.columns = column_names(cursor)
    references(cursor, key)
    table.constraints.append(key)


def _check(cursor: Cursor, table: TableDraft) -> None:
    table.constraints.append(check(cursor, ""))


def _period(cursor: Cursor, table: TableDraft) -> None:
    cursor.expect("PERIOD", "FOR")
    name = cursor.name("a period")
    table.extra[f"period_for_{'system_time' if name.lower() == 'system_time' else name}"] = cursor.group()


Element = Callable[[Cursor, TableDraft], None]
_SQLITE_ELEMENTS: dict[str, Element] = {
    "CONSTRAINT": _constraint,
    "PRIMARY": _primary,
    "UNIQUE": _unique,
    "FOREIGN": _foreign,
    "CHECK": _check,
    "INDEX": _mixed_index,
    "KEY": _mixed_index,
}
_MYSQL_ELEMENTS: dict[str, Element] = {
    **_SQLITE_ELEMENTS,
    "KEY": _index,
    "INDEX": _index,
    "FULLTEXT": _index,
    "SPATIAL": _index,
    "VECTOR": _index,
    "PERIOD": _period,
}
_ALSO_NAMES = {"PERIOD": ("FOR",), "VECTOR": ("KEY", "INDEX")}
"""Words that may also be a column's name, and what must follow where they are not."""
