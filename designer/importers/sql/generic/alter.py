"""ALTER TABLE, action by action."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.columns import column_definition
from designer.importers.sql.generic.cursor import END, Cursor, Misfit
from designer.importers.sql.generic.drafts import (
    CheckDraft,
    ColumnDraft,
    Constraint,
    ForeignKeyDraft,
    IndexDraft,
    KeyDraft,
    TableDraft,
)
from designer.importers.sql.generic.mentions import renamed
from designer.importers.sql.generic.options import table_option, table_options
from designer.importers.sql.generic.tables import table_element

Action = Callable[[Cursor, TableDraft, Catalog], None]
_KEY_WORDS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "KEY", "INDEX", "FULLTEXT", "SPATIAL")
_DATA_ONLY = (
    ("DISABLE", "KEYS"), ("ENABLE", "KEYS"), ("FORCE",), ("ALGORITHM",), ("LOCK",), ("WITH", "VALIDATION"),
    ("WITHOUT", "VALIDATION"), ("ORDER", "BY"), ("NOWAIT",), ("WAIT",),
)  # fmt: skip


class NotModelled(Exception):
    """An action that is valid, but for which there is no record; it is kept verbatim."""


def data_only(cursor: Cursor) -> bool:
    """Say whether this action changes nothing of the schema."""
    return any(cursor.ahead(*words) for words in _DATA_ONLY)


def action(cursor: Cursor, table: TableDraft, catalog: Catalog) -> None:
    """Apply the action that stands here. Raises Misfit or NotModelled, and has then changed nothing."""
    handler = _ACTIONS.get(cursor.word)
    if handler is not None:
        handler(cursor, table, catalog)
    elif cursor.ahead("PARTITION", "BY"):
        table_options(cursor, table)
    elif cursor.flavour.mysql and (cursor.words[cursor.at + 1] == "=" or cursor.word in _OPTION_WORDS):
        table_option(cursor, table)
    else:
        raise NotModelled
    if cursor.word not in (",", END):
        raise cursor.misfit("a comma or the end")


_OPTION_WORDS = ("ENGINE", "DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "COMMENT", "ROW_FORMAT", "AUTO_INCREMENT")


def _add(cursor: Cursor, table: TableDraft, _catalog: Catalog) -> None:
    cursor.expect("ADD")
    if cursor.word in _KEY_WORDS:
        table_element(cursor, table)
        return
    if cursor.word in ("PARTITION", "SYSTEM", "PERIOD"):
        raise NotModelled
    cursor.accept("COLUMN")
    cursor.accept("IF", "NOT", "EXISTS")
    if not cursor.accept("("):
        _add_column(cursor, table)
        return
    while True:
        table_element(cursor, table)
        if cursor.accept(")"):
            return
        cursor.expect(",")


def _add_column(cursor: Cursor, table: TableDraft) -> None:
    column = column_definition(cursor, table)
    if table.column(column.name):
        raise Misfit(f"the table has a column «{column.name}» already", column.offset)
    _place(cursor, table, column, len(table.columns))


def _place(cursor: Cursor, table: TableDraft, column: ColumnDraft, at: int) -> None:
    """Put a column at position `at`, or where FIRST or AFTER says."""
    others = list(table.columns.values())
    if cursor.accept("FIRST"):
        at = 0
    elif cursor.accept("AFTER"):
        name = cursor.name("a column").lower()
        at = next((number for number, each in enumerate(others, 1) if each.name.lower() == name), len(others))
    others.insert(at, column)
    table.columns = {each.name.lower(): each for each in others}


def _take_out(table: TableDraft, cursor: Cursor, wanted: str) -> tuple[int, ColumnDraft]:
    at = next((n for n, key in enumerate(table.columns) if key == wanted.lower()), None)
    if at is None:
        raise Misfit(f"the table has no column «{wanted}»", cursor.offset)
    return at, table.columns.pop(wanted.lower())


def _modify(cursor: Cursor, table: TableDraft, catalog: Catalog) -> None:
    cursor.expect("MODIFY")
    _replace_column(cursor, table, catalog, "")


def _change(cursor: Cursor, table: TableDraft, catalog: Catalog) -> None:
    cursor.expect("CHANGE")
    cursor.accept("COLUMN")
    cursor.accept("IF", "EXISTS")
    _replace_column(cursor, table, catalog, cursor.name("a column"))


def _replace_column(cursor: Cursor, table: TableDraft, catalog: Catalog, old: str) -> None:
    cursor.accept("COLUMN")
    cursor.accept("IF", "EXISTS")
    offset = cursor.offset
    column = column_definition(cursor, table)
    old = old or column.name
    if table.column(old) is None:
        raise Misfit(f"the table has no column «{old}»", offset)
    if column.name.lower() != old.lower() and table.column(column.name):
        raise Misfit(f"the table has a column «{column.name}» already", offset)
    at, _ = _take_out(table, cursor, old)
    _place(cursor, table, column, at)
    if column.name != old:
        rename_column(table, old, column.name, catalog)


def _rename(cursor: Cursor, table: TableDraft, catalog: Catalog) -> None:
    cursor.expect("RENAME")
    if cursor.accept("COLUMN") or (cursor.flavour.sqlite and cursor.word not in ("TO", "AS")):
        _rename_column(cursor, table, catalog)
    elif cursor.accept("INDEX") or cursor.accept("KEY"):
        old = cursor.name("an index")
        cursor.expect("TO")
        _named(table, old, (KeyDraft, IndexDraft), cursor).name = cursor.name("an index")
    else:
        _ = cursor.accept("TO") or cursor.accept("AS") or cursor.accept("=")
        catalog.rename(table, *cursor.qualified("a table"))


def _rename_column(cursor: Cursor, table: TableDraft, catalog: Catalog) -> None:
    offset = cursor.offset
    old = cursor.name("a column")
    cursor.expect("TO")
    new = cursor.name("a column")
    column = table.column(old)
    if column is None:
        raise Misfit(f"the table has no column «{old}»", offset)
    column.name = new
    table.columns = {each.name.lower(): each for each in table.columns.values()}
    rename_column(table, old, new, catalog)


def rename_column(table: TableDraft, old: str, new: str, catalog: Catalog) -> None:
    """Write the new name of a column wherever the table's keys and expressions, or foreign keys to it, use the old."""
    for constraint in table.constraints:
        _rename_in(constraint, table, old, new, catalog)
    for column in table.columns.values():
        column.generated = renamed(column.generated, table.name, old, new, catalog.flavour)
    for key in catalog.foreign_keys_to(table):
        key.ref_columns = [new if each.lower() == old.lower() else each for each in key.ref_columns]


def _rename_in(constraint: Constraint, table: TableDraft, old: str, new: str, catalog: Catalog) -> None:
    if isinstance(constraint, ForeignKeyDraft):
        constraint.columns = [new if each.lower() == old.lower() else each for each in constraint.columns]
    elif isinstance(constraint, CheckDraft):
        constraint.expr = renamed(constraint.expr, table.name, old, new, catalog.flavour) or ""
    else:
        for part in constraint.parts:
            part.column = new if part.column.lower() == old.lower() else part.column
            part.expr = renamed(part.expr, table.name, old, new, catalog.flavour) or ""
        if isinstance(constraint, IndexDraft):
            constraint.where = renamed(constraint.where, table.name, old, new, catalog.flavour)


def _drop(cursor: Cursor, table: TableDraft, _catalog: Catalog) -> None:
    cursor.expect("DROP")
    if cursor.accept("PRIMARY", "KEY"):
        table.constraints = [each for each in table.constraints if not (isinstance(each, KeyDraft) and each.primary)]
    elif cursor.accept("FOREIGN", "KEY"):
        _drop_named(cursor, table, (ForeignKeyDraft,))
    elif cursor.accept("INDEX") or cursor.accept("KEY"):
        _drop_named(cursor, table, (KeyDraft, IndexDraft))
    elif cursor.accept("CHECK"):
        _drop_named(cursor, table, (CheckDraft,))
    elif cursor.accept("CONSTRAINT"):
        _drop_named(cursor, table, (CheckDraft, ForeignKeyDraft, KeyDraft))
    elif cursor.word in ("PARTITION", "SYSTEM", "PERIOD"):
        raise NotModelled
    else:
        _drop_column(cursor, table)


def _drop_named(cursor: Cursor, table: TableDraft, kinds: tuple[type[Constraint], ...]) -> None:
    optional = cursor.accept("IF", "EXISTS")
    name = cursor.name("a constraint")
    try:
        gone = _named(table, name, kinds, cursor)
    except Misfit:
        if optional:
            return
        raise
    table.constraints = [each for each in table.constraints if each is not gone]


def _named(table: TableDraft, name: str, kinds: tuple[type[Constraint], ...], cursor: Cursor) -> Constraint:
    for each in table.constraints:
        if isinstance(each, kinds) and name_in_server(each).lower() == name.lower():
            return each
    raise Misfit(f"the table has no such key or constraint «{name}»", cursor.offset)


def name_in_server(constraint: Constraint) -> str:
    """Return a constraint's name, or the one that MySQL gives a key without: that of its first column."""
    if constraint.name or not isinstance(constraint, KeyDraft | IndexDraft) or not constraint.parts:
        return constraint.name
    return constraint.parts[0].column


def _drop_column(cursor: Cursor, table: TableDraft) -> None:
    cursor.accept("COLUMN")
    optional = cursor.accept("IF", "EXISTS")
    name = cursor.name("a column")
    _ = cursor.accept("RESTRICT") or cursor.accept("CASCADE")
    if optional and table.column(name) is None:
        return
    _take_out(table, cursor, name)
    table.constraints = [each for each in table.constraints if _survives(each, name.lower())]


def _survives(constraint: Constraint, gone: str) -> bool:
    """Take a dropped column out of a key or index, as MySQL does, and say whether anything is left of it."""
    if isinstance(constraint, ForeignKeyDraft):
        return gone not in (each.lower() for each in constraint.columns)
    if isinstance(constraint, CheckDraft):
        return True
    constraint.parts = [part for part in constraint.parts if part.column.lower() != gone]
    return bool(constraint.parts)


def _alter(cursor: Cursor, table: TableDraft, _catalog: Catalog) -> None:
    cursor.expect("ALTER")
    if cursor.word in ("INDEX", "CHECK", "CONSTRAINT"):
        _alter_constraint(cursor, table)
        return
    cursor.accept("COLUMN")
    offset = cursor.offset
    name = cursor.name("a column")
    column = table.column(name)
    if column is None:
        raise Misfit(f"the table has no column «{name}»", offset)
    if cursor.accept("SET", "DEFAULT"):
        column.default = cursor.until(",")
    elif cursor.accept("DROP", "DEFAULT"):
        column.default = None
    elif cursor.accept("SET", "INVISIBLE"):
        column.extra["invisible"] = "true"
    elif cursor.accept("SET", "VISIBLE"):
        column.extra.pop("invisible", None)
    else:
        raise NotModelled


def _alter_constraint(cursor: Cursor, table: TableDraft) -> None:
    kinds: tuple[type[Constraint], ...] = (KeyDraft, IndexDraft) if cursor.word == "INDEX" else (CheckDraft,)
    cursor.at += 1
    found = _named(table, cursor.name("a constraint"), kinds, cursor)
    if isinstance(found, CheckDraft):
        found.not_enforced = cursor.accept("NOT")
        cursor.expect("ENFORCED")
    elif cursor.accept("INVISIBLE") or cursor.accept("IGNORED"):
        found.extra["invisible"] = "true"
    elif cursor.accept("VISIBLE") or cursor.accept("NOT", "IGNORED"):
        found.extra.pop("invisible", None)
    else:
        raise NotModelled


def _convert(cursor: Cursor, table: TableDraft, _catalog: Catalog) -> None:
    cursor.expect("CONVERT", "TO")
    table_option(cursor, table)
    if cursor.accept("COLLATE"):
        cursor.accept("=")
        table.extra["collation"] = cursor.word_or_string("a collation")


_ACTIONS: dict[str, Action] = {
    "ADD": _add,
    "MODIFY": _modify,
    "CHANGE": _change,
    "RENAME": _rename,
    "DROP": _drop,
    "ALTER": _alter,
    "CONVERT": _convert,
}
