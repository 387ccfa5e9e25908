"""Triggers, routines and events. Their text stays as it is; only the head is read."""

from __future__ import annotations

from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.cursor import Cursor
from designer.importers.sql.generic.drafts import RoutineDraft, SequenceDraft, TableDraft, TriggerDraft, ViewDraft
from designer.importers.sql.generic.verdict import NEVER, Verdict, imported, skipped, warning, without_table


def trigger(cursor: Cursor, catalog: Catalog, text: str, replace: bool) -> Verdict:
    """Put a trigger on its table; one whose table is not there is kept verbatim."""
    optional = cursor.accept("IF", "NOT", "EXISTS")
    offset = cursor.offset
    _, name = cursor.qualified("a trigger")
    if optional and cursor.flavour.sqlite:  # which keeps the text from the name on
        text = f"CREATE TRIGGER {cursor.between(cursor.at - 1, len(cursor.words) - 4)}"
    while not cursor.accept("ON"):
        cursor.token()
        if cursor.accept("OF"):  # UPDATE OF a, b ON t
            cursor.until("ON")
    schema, table_name = cursor.qualified("a table")
    what = f"CREATE TRIGGER {name}"
    owner = catalog.find(schema, table_name)
    if owner is None or isinstance(owner, SequenceDraft):
        return without_table(what, table_name)
    twin = find_trigger(catalog, owner.schema, name)
    if twin is not None and not replace:
        if optional:
            return skipped(what, "the trigger is there already")
        return warning(what, f"a trigger «{name}» is there already; this one is kept aside", offset, NEVER)
    if twin is not None:
        drop_trigger(catalog, owner.schema, name)
    owner.triggers.append(TriggerDraft(name, text, offset, catalog.session.of_program()))
    return imported(what)


def find_trigger(catalog: Catalog, schema: str, name: str) -> TriggerDraft | None:
    """Return the trigger of that name on any table or view of a schema."""
    wanted = name.lower()
    triggers = (each for owner in _owners(catalog, schema) for each in owner.triggers)
    return next((each for each in triggers if each.name.lower() == wanted), None)


def drop_trigger(catalog: Catalog, schema: str, name: str) -> bool:
    """Take a trigger of a schema out, and say whether it was there."""
    found = find_trigger(catalog, schema, name)
    for owner in _owners(catalog, schema):
        owner.triggers = [each for each in owner.triggers if each is not found]
    return found is not None


def _owners(catalog: Catalog, schema: str) -> list[TableDraft | ViewDraft]:
    wanted = (schema or catalog.schema).lower()
    return [each for each in catalog.relations() if each.schema.lower() == wanted]


def routine(cursor: Cursor, catalog: Catalog, text: str, kind: str, replace: bool) -> Verdict:
    """Keep a function, procedure or package as a routine."""
    optional = cursor.accept("IF", "NOT", "EXISTS")
    if kind == "package" and cursor.accept("BODY"):
        kind = "package body"
    offset = cursor.offset
    schema, name = cursor.qualified("a routine")
    what = f"CREATE {kind.upper()} {name}"
    twin = catalog.routine(schema, kind, name)
    if twin is not None and not replace:
        if optional:
            return skipped(what, "the routine is there already")
        return warning(what, f"a {kind} «{name}» is there already; this one is kept aside", offset, NEVER)
    if twin is not None:
        catalog.remove_routine(twin)
    signature = f"({cursor.group()})" if cursor.word == "(" else ""
    catalog.add_routine(RoutineDraft(name, schema, offset, kind, signature, text, catalog.session.of_program()))
    return imported(what)
