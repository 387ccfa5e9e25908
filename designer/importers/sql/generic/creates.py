"""CREATE, by the kind of what is created."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from designer.importers.sql.generic import programs
from designer.importers.sql.generic.catalog import Catalog, Relation
from designer.importers.sql.generic.copies import like
from designer.importers.sql.generic.cursor import END, Cursor, Misfit
from designer.importers.sql.generic.databases import database, inherit
from designer.importers.sql.generic.drafts import IndexDraft, KeyDraft, TableDraft, ViewDraft
from designer.importers.sql.generic.options import table_options
from designer.importers.sql.generic.parts import index_options, part_list
from designer.importers.sql.generic.queried import columns_of_query
from designer.importers.sql.generic.shadows import owner_of
from designer.importers.sql.generic.tables import as_unique_index, table_body
from designer.importers.sql.generic.verdict import (
    BEFORE,
    NEVER,
    Verdict,
    failed,
    imported,
    skipped,
    verbatim,
    warning,
    without_table,
)
from designer.importers.sql.generic.views import head, sequence, view


@dataclass(slots=True)
class Creation:
    """A CREATE statement up to the kind of its object."""

    cursor: Cursor
    catalog: Catalog
    text: str
    """The whole statement, without the marks of versioned comments."""
    start: int
    replace: bool = False
    temporary: bool = False
    prefix: str = ""
    """UNIQUE, FULLTEXT, SPATIAL or VECTOR before INDEX."""
    extra: dict[str, str] = field(default_factory=dict)


def create(cursor: Cursor, catalog: Catalog, text: str, start: int) -> Verdict:
    """Carry out a CREATE statement."""
    cursor.expect("CREATE")
    creation = Creation(cursor, catalog, text, start)
    creation.replace = cursor.accept("OR", "REPLACE")
    creation.temporary = cursor.accept("TEMPORARY") or cursor.accept("TEMP")
    creation.extra = head(cursor)
    cursor.accept("AGGREGATE")
    if cursor.word in ("UNIQUE", "FULLTEXT", "SPATIAL", "VECTOR"):
        creation.prefix = cursor.token().upper()
    kind = cursor.word
    handler = _HANDLERS.get(kind) if cursor.flavour.mysql or kind in _OF_SQLITE else None
    if handler is None:
        return _other(creation, kind)
    cursor.at += 1
    return handler(creation)


def _other(creation: Creation, kind: str) -> Verdict:
    cursor = creation.cursor
    if kind not in _KEPT or cursor.flavour.sqlite:
        raise cursor.misfit("TABLE, VIEW, INDEX or another kind of object")
    cursor.at += 1
    what = f"CREATE {kind} {cursor.token()}" if cursor.word != END else f"CREATE {kind}"
    return verbatim(what, f"there is no record for a {kind.lower()}; it is exported again as it is", BEFORE)


# Tables


def _table(creation: Creation) -> Verdict:
    cursor, catalog = creation.cursor, creation.catalog
    optional = cursor.accept("IF", "NOT", "EXISTS")
    schema, name = cursor.qualified("a table")
    if name.lower() in ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4") and cursor.flavour.sqlite:
        return skipped(f"CREATE TABLE {name}", "SQLite makes this table itself")
    what = f"CREATE TABLE {name}"
    owner = owner_of(name, catalog.virtual)
    if owner:
        return skipped(what, f"the virtual table «{owner}» makes this table itself")
    if cursor.flavour.sqlite and schema.lower() == "temp":
        schema, creation.temporary = "", True
    twin = catalog.exact(schema, name)
    if twin is not None and not creation.replace:
        return _twice(creation, what, twin, optional)
    table = TableDraft(name, schema, creation.start, persistence="temporary" if creation.temporary else "")
    table.placeholder = _is_placeholder(creation)
    verdict = _read_table(creation, table, what)
    if twin is not None and not verdict.keep:
        catalog.remove(twin)
    if not verdict.keep:
        catalog.add(table)
        inherit(table, catalog.database(table.schema))
    return verdict


def _twice(creation: Creation, what: str, twin: Relation, optional: bool) -> Verdict:
    kind = {"TableDraft": "table", "ViewDraft": "view"}.get(type(twin).__name__, "sequence")
    if optional:
        return skipped(what, f"a {kind} of this name is there already, so that the server would do nothing here")
    message = f"a {kind} «{twin.name}» is there already; this second one is kept aside and not exported"
    return warning(what, message, creation.start, NEVER)


def _read_table(creation: Creation, table: TableDraft, what: str) -> Verdict:
    cursor = creation.cursor
    if cursor.word == "LIKE" or cursor.ahead("(", "LIKE"):
        return _table_like(creation, table, what)
    if cursor.word != "(" or cursor.words[cursor.at + 1] in ("SELECT", "WITH"):
        query = table_options(cursor, table)
        if not query:
            raise Misfit("a table needs columns in parentheses", cursor.offset)
        return _table_as(creation, table, what)
    table_body(cursor, table)
    query = table_options(cursor, table)
    if not table.columns:
        raise Misfit("a table needs at least one column", creation.start)
    if query:
        return warning(what, "columns that come only from its query are not known; those that are written are imported")
    if table.foreign_words:
        return warning(what, "an index inside CREATE TABLE is imported as CREATE INDEX", table.foreign_words[0])
    return imported(what)


def _table_as(creation: Creation, table: TableDraft, what: str) -> Verdict:
    if creation.cursor.flavour.sqlite:
        if creation.temporary:
            return skipped(what, "a temporary table is no part of the file")
        found = columns_of_query(creation.cursor, creation.catalog)
        if found is not None:
            table.columns = found
            return warning(what, "its columns are those of its query; the rows of the query are not imported")
    verdict = verbatim(what, "its columns come from a query, which is not carried out here")
    verdict.makes = table.name
    return verdict


def _table_like(creation: Creation, table: TableDraft, what: str) -> Verdict:
    cursor = creation.cursor
    cursor.accept("(")
    cursor.expect("LIKE")
    schema, name = cursor.qualified("a table")
    model = creation.catalog.table(schema, name)
    if model is None:
        return without_table(what, name)
    like(table, model)
    return imported(what)


def _virtual(creation: Creation) -> Verdict:
    cursor = creation.cursor
    cursor.expect("TABLE")
    optional = cursor.accept("IF", "NOT", "EXISTS")
    _, name = cursor.qualified("a table")
    cursor.expect("USING")
    module = cursor.name("a module")
    what = f"CREATE VIRTUAL TABLE {name}"
    if name.lower() in creation.catalog.made:
        return _made_twice(creation, what, name, optional)
    creation.catalog.virtual[name.lower()] = module.lower()
    for table in creation.catalog.tables():  # after VACUUM they stand before the table that makes them
        if owner_of(table.name, {name.lower(): module.lower()}):
            creation.catalog.remove(table)
    verdict = verbatim(what, f"a virtual table of {module} has no columns of its own here")
    verdict.makes = name
    return verdict


def _made_twice(creation: Creation, what: str, name: str, optional: bool) -> Verdict:
    if optional:
        return skipped(what, "a table of this name is there already, so that the server would do nothing here")
    message = f"a table «{name}» is there already; this second one is kept aside and not exported"
    return warning(what, message, creation.start, NEVER)


# Indexes


def _index(creation: Creation) -> Verdict:
    cursor, catalog = creation.cursor, creation.catalog
    optional = cursor.accept("IF", "NOT", "EXISTS")
    schema, name = ("", "") if cursor.word == "ON" else cursor.qualified("an index")
    index = IndexDraft(name, creation.start, creation.prefix == "UNIQUE")
    if creation.prefix != "UNIQUE":
        index.method = creation.prefix.lower()
    what = f"CREATE {creation.prefix} INDEX {name}".replace("  ", " ")
    if cursor.accept("USING"):
        index.method = cursor.token().lower()
    cursor.expect("ON")
    table_schema, table_name = cursor.qualified("a table")
    table = catalog.table(table_schema or schema, table_name)
    if table is None:
        return without_table(what, table_name)
    _read_index(cursor, index)
    if name and not catalog.claim_index(name, table):
        if optional:
            return skipped(what, "an index of this name is there already")
        return warning(what, f"an index «{name}» is there already; this one is kept aside", creation.start, NEVER)
    table.constraints.append(_as_key(index) if cursor.flavour.mysql else index)
    return imported(what)


def _read_index(cursor: Cursor, index: IndexDraft) -> None:
    index.parts = part_list(cursor)
    if cursor.flavour.mysql:
        index.comment = index_options(cursor, index.extra)
        index.method = index.extra.pop("using", index.method)
        return
    if cursor.accept("WHERE"):
        first = cursor.at
        cursor.until()
        index.where = cursor.between(first, cursor.at)
    if cursor.word != END:
        raise cursor.misfit("WHERE or the end")


def _as_key(index: IndexDraft) -> KeyDraft | IndexDraft:
    """Return a unique index of MySQL as the key that it is there."""
    if not index.unique:
        return index
    if index.method:
        index.extra["using"] = index.method
    key = KeyDraft(index.name, index.offset, False, index.parts, False, index.comment, index.extra)
    return as_unique_index(key)


# Views and programs


def _view(creation: Creation) -> Verdict:
    cursor, catalog = creation.cursor, creation.catalog
    optional = cursor.accept("IF", "NOT", "EXISTS")
    found = view(cursor, creation.extra)
    found.offset = creation.start
    found.extra.update(catalog.session.of_view())
    if creation.temporary:
        found.extra["temporary"] = "true"
    what = f"CREATE VIEW {found.name}"
    twin = catalog.exact(found.schema, found.name)
    if twin is not None and not (creation.replace or _stands_for_view(twin)):
        return _twice(creation, what, twin, optional)
    if twin is not None:
        catalog.remove(twin)
    catalog.add(found)
    return imported(what)


def _is_placeholder(creation: Creation) -> bool:
    """Say whether this is one of the tables by which old mysqldumps stand in for views until these can be made."""
    return creation.cursor.text.startswith("/*!50001", creation.start)


def _stands_for_view(twin: Relation) -> bool:
    if isinstance(twin, ViewDraft):
        return re.fullmatch(_PLACEHOLDER, twin.query) is not None
    return isinstance(twin, TableDraft) and twin.placeholder


_PLACEHOLDER = re.compile(r"SELECT\s+(?>(?:(?:1|NULL)\s+AS\s+`(?:[^`]|``)+`[\s,]*+)+)", re.IGNORECASE)


def _sequence(creation: Creation) -> Verdict:
    cursor, catalog = creation.cursor, creation.catalog
    optional = cursor.accept("IF", "NOT", "EXISTS")
    found = sequence(cursor)
    found.offset = creation.start
    what = f"CREATE SEQUENCE {found.name}"
    twin = catalog.exact(found.schema, found.name)
    if twin is not None and not creation.replace:
        return _twice(creation, what, twin, optional)
    if twin is not None:
        catalog.remove(twin)
    catalog.add(found)
    return imported(what)


def _trigger(creation: Creation) -> Verdict:
    return programs.trigger(creation.cursor, creation.catalog, creation.text, creation.replace)


def _routine(kind: str) -> Callable[[Creation], Verdict]:
    def handler(creation: Creation) -> Verdict:
        return programs.routine(creation.cursor, creation.catalog, creation.text, kind, creation.replace)

    return handler


def _function(creation: Creation) -> Verdict:
    cursor = creation.cursor
    if "SONAME" in cursor.words[-6:]:
        return verbatim(f"CREATE FUNCTION {cursor.name()}", "a function from a library has no record here", BEFORE)
    return _routine("function")(creation)


def _event(creation: Creation) -> Verdict:
    cursor = creation.cursor
    cursor.accept("IF", "NOT", "EXISTS")
    _, name = cursor.qualified("an event")
    return verbatim(f"CREATE EVENT {name}", "an event has no record of its own; it is exported again as it is")


def _database(creation: Creation) -> Verdict:
    creation.cursor.accept("IF", "NOT", "EXISTS")
    return database(creation.cursor, creation.catalog, "CREATE DATABASE")


def _materialized(_creation: Creation) -> Verdict:
    return failed("CREATE MATERIALIZED", "this database has no materialized views; choose another dialect")


_HANDLERS: dict[str, Callable[[Creation], Verdict]] = {
    "TABLE": _table,
    "VIRTUAL": _virtual,
    "INDEX": _index,
    "VIEW": _view,
    "SEQUENCE": _sequence,
    "TRIGGER": _trigger,
    "FUNCTION": _function,
    "PROCEDURE": _routine("procedure"),
    "PACKAGE": _routine("package"),
    "EVENT": _event,
    "DATABASE": _database,
    "SCHEMA": _database,
    "MATERIALIZED": _materialized,
}
_OF_SQLITE = frozenset({"TABLE", "VIRTUAL", "INDEX", "VIEW", "TRIGGER", "MATERIALIZED"})
_KEPT = frozenset({"USER", "ROLE", "SERVER", "TABLESPACE", "LOGFILE", "RESOURCE", "UNDO", "SPATIAL"})
