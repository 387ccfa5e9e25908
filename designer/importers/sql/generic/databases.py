"""What a database itself is made with: the character set and collation that its tables take."""

from __future__ import annotations

from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.cursor import END, Cursor
from designer.importers.sql.generic.drafts import Extra, TableDraft
from designer.importers.sql.generic.verdict import Verdict, skipped

_OPTIONS = ("DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "COMMENT", "ENCRYPTION", "READ", "UPGRADE")


def database(cursor: Cursor, catalog: Catalog, what: str) -> Verdict:
    """Keep the defaults in CREATE or ALTER DATABASE, from the name on; ALTER may leave the name out."""
    name = "" if cursor.word in (*_OPTIONS, END) else cursor.name("a database")
    key = name or catalog.schema or next(reversed(catalog.databases), "")
    options = dict(catalog.databases.pop(key, {})) if what.startswith("ALTER") else {}
    _read(cursor, options)
    if options:
        catalog.databases[key] = options
    return skipped(f"{what} {name}".rstrip(), "the design is one database")


def _read(cursor: Cursor, options: Extra) -> None:
    while cursor.word != END:
        cursor.accept("DEFAULT")
        if cursor.accept("CHARSET") or cursor.accept("CHARACTER", "SET"):
            cursor.accept("=")
            options.pop("collation", None)  # that of the character set before
            options["charset"] = cursor.word_or_string("a character set")
        elif cursor.accept("COLLATE"):
            cursor.accept("=")
            options["collation"] = cursor.word_or_string("a collation")
        elif cursor.accept("COMMENT"):
            cursor.accept("=")
            options["comment"] = cursor.string()
        else:
            cursor.at += 1


def inherit(table: TableDraft, options: Extra) -> None:
    """Give a table the defaults of its database where it says no character set and no collation."""
    if "charset" not in table.extra and "collation" not in table.extra:
        table.extra.update({key: options[key] for key in ("charset", "collation") if key in options})
