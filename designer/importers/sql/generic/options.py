"""What stands behind the parentheses of CREATE TABLE: options, and how the table is partitioned."""

from __future__ import annotations

from designer.importers.sql.generic.cursor import END, Cursor
from designer.importers.sql.generic.drafts import PartDraft, PartitioningDraft, TableDraft
from designer.importers.sql.generic.parts import part_list

_QUERY = ("AS", "SELECT", "WITH", "IGNORE", "REPLACE", "(")
_KEYS = {"charset": "charset", "character set": "charset", "collate": "collation", "type": "engine"}
_TWO_WORDS = (("CHARACTER", "SET"), ("DATA", "DIRECTORY"), ("INDEX", "DIRECTORY"))


def table_options(cursor: Cursor, table: TableDraft) -> str:
    """Read the options into `table`; return the query of CREATE TABLE … AS, empty where there is none."""
    while cursor.word != END:
        if cursor.accept(","):
            continue
        if cursor.flavour.mysql and cursor.accept("PARTITION", "BY"):
            table.partitioning = _partitioning(cursor)
        elif cursor.flavour.sqlite:
            if _sqlite_option(cursor, table):
                continue
            return cursor.until()
        elif not _system_versioning(cursor, table) and not table_option(cursor, table):
            return cursor.until()
    return ""


def _sqlite_option(cursor: Cursor, table: TableDraft) -> bool:
    if cursor.accept("STRICT"):
        table.extra["strict"] = "true"
    elif cursor.accept("WITHOUT", "ROWID"):
        table.extra["without_rowid"] = "true"
    elif cursor.word in ("AS", "SELECT", "WITH"):
        return False
    else:
        raise cursor.misfit("STRICT, WITHOUT ROWID or the end")
    return True


def _system_versioning(cursor: Cursor, table: TableDraft) -> bool:
    if cursor.accept("WITH", "SYSTEM", "VERSIONING"):
        table.extra["system_versioning"] = "true"
        return True
    return False


def table_option(cursor: Cursor, table: TableDraft) -> bool:
    """Read one `NAME [=] value` into `table`, and say whether one stood here."""
    if cursor.word in _QUERY:
        return False
    cursor.accept("DEFAULT")
    key = _key(cursor)
    cursor.accept("=")
    if key == "comment":
        table.comment = cursor.string()
    elif key == "tablespace":
        table.tablespace = cursor.name()
        if cursor.accept("STORAGE"):
            table.extra["storage"] = cursor.token()
    elif cursor.word == "(":
        table.extra[key] = f"({cursor.group()})"
    elif key in ("engine", "charset", "collation"):
        table.extra[key] = cursor.word_or_string("a name")
    else:
        table.extra[key] = cursor.token()
    return True


def _key(cursor: Cursor) -> str:
    for words in _TWO_WORDS:
        if cursor.accept(*words):
            written = " ".join(words).lower()
            return _KEYS.get(written, written.replace(" ", "_"))
    written = cursor.name("a table option").lower()
    return _KEYS.get(written, written)


def _partitioning(cursor: Cursor) -> PartitioningDraft:
    first = cursor.at
    while cursor.word not in ("(", END, "INTERVAL", "LIMIT", "PARTITIONS"):
        cursor.at += 1
    found = PartitioningDraft(" ".join(cursor.between(first, cursor.at).lower().split()))
    if cursor.ahead("(", ")"):
        cursor.at += 2
    elif cursor.word == "(":
        found.parts = _partition_parts(cursor, found.strategy)
    found.text = cursor.until()
    return found


def _partition_parts(cursor: Cursor, strategy: str) -> list[PartDraft]:
    if "columns" in strategy or "key" in strategy:
        return part_list(cursor)
    if strategy == "system_time":
        return []
    first = cursor.at + 1
    text = cursor.enclosed()
    if cursor.at - first == 2 and cursor.words[first][:1].isalpha():
        return [PartDraft(cursor.flavour.name_of(text))]
    return [PartDraft(expr=text)]
