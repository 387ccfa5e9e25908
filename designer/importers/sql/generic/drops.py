"""DROP and RENAME: what they name is taken out of the catalog, if it is there."""

from __future__ import annotations

from designer.importers.sql.generic import programs
from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.cursor import Cursor, Misfit
from designer.importers.sql.generic.drafts import IndexDraft, KeyDraft, TableDraft
from designer.importers.sql.generic.verdict import AFTER, Verdict, imported, skipped, verbatim, warning

_RELATIONS = ("TABLE", "VIEW", "SEQUENCE")
_ROUTINES = ("FUNCTION", "PROCEDURE", "PACKAGE", "PACKAGE BODY")
_KEPT = ("USER", "ROLE", "SERVER", "TABLESPACE", "EVENT", "LOGFILE", "RESOURCE")


def drop(cursor: Cursor, catalog: Catalog) -> Verdict:
    """Carry out a DROP statement."""
    cursor.expect("DROP")
    cursor.accept("TEMPORARY")
    kind = cursor.token().upper()
    if cursor.accept("BODY"):
        kind = "PACKAGE BODY"
    optional = cursor.accept("IF", "EXISTS")
    what = f"DROP {kind} {_shown(cursor)}"
    if kind in ("DATABASE", "SCHEMA"):
        return skipped(what, "the design is one database")
    if kind in _KEPT:
        return skipped(what) if optional else verbatim(what, f"there is no record for a {kind.lower()}", AFTER)
    gone = [_drop_one(cursor, catalog, kind)]
    while cursor.accept(","):
        gone.append(_drop_one(cursor, catalog, kind))
    if any(gone):
        return imported(what)
    if optional:
        return skipped(what, "nothing of this name is there")
    return warning(what, f"there is no {kind.lower()} of this name here, so that there is nothing to drop")


def _shown(cursor: Cursor) -> str:
    return cursor.flavour.name_of(cursor.text[cursor.starts[cursor.at] : cursor.ends[cursor.at]])


def _drop_one(cursor: Cursor, catalog: Catalog, kind: str) -> bool:
    schema, name = cursor.qualified("a name")
    if kind in _RELATIONS:
        return _drop_relation(catalog, schema, name)
    if kind in _ROUTINES:
        routine = catalog.routine(schema, kind.lower(), name)
        if routine is not None:
            catalog.remove_routine(routine)
        return routine is not None
    if kind == "TRIGGER":
        return programs.drop_trigger(catalog, schema, name)
    if kind == "INDEX":
        return _drop_index(cursor, catalog, name)
    raise Misfit("there is no such kind of object to drop", cursor.offset)


def _drop_relation(catalog: Catalog, schema: str, name: str) -> bool:
    relation = catalog.exact(schema, name)
    if relation is None:
        return catalog.unmake(name)
    catalog.remove(relation)
    return True


def _drop_index(cursor: Cursor, catalog: Catalog, name: str) -> bool:
    tables = [catalog.table(*cursor.qualified("a table"))] if cursor.accept("ON") else list(catalog.tables())
    cursor.until(",")
    return any(table is not None and _take_index(table, name) for table in tables)


def _take_index(table: TableDraft, name: str) -> bool:
    before = len(table.constraints)
    table.constraints = [
        each
        for each in table.constraints
        if not (isinstance(each, KeyDraft | IndexDraft) and each.name.lower() == name.lower() and name)
    ]
    return len(table.constraints) < before


def rename(cursor: Cursor, catalog: Catalog) -> Verdict:
    """Carry out RENAME TABLE a TO b, c TO d."""
    cursor.expect("RENAME")
    if cursor.word not in ("TABLE", "TABLES"):
        return verbatim(f"RENAME {cursor.word}", "there is no record for this", AFTER)
    cursor.at += 1
    cursor.accept("IF", "EXISTS")
    what = f"RENAME TABLE {_shown(cursor)}"
    missing = [name for name in _renamings(cursor, catalog) if name]
    if missing:
        return warning(what, f"the table «{missing[0]}» is not here, so that there is nothing to rename")
    return imported(what)


def _renamings(cursor: Cursor, catalog: Catalog) -> list[str]:
    missing = [_rename_one(cursor, catalog)]
    while cursor.accept(","):
        missing.append(_rename_one(cursor, catalog))
    return missing


def _rename_one(cursor: Cursor, catalog: Catalog) -> str:
    schema, name = cursor.qualified("a table")
    cursor.expect("TO")
    target = cursor.qualified("a table")
    relation = catalog.exact(schema, name)
    if relation is None:
        return name
    catalog.rename(relation, *target)
    return ""
