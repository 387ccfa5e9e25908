"""Marks tables and columns in views and triggers, and finds what a view depends on."""

from __future__ import annotations

from designer.importers.sql.generic.cursor import Cursor
from designer.importers.sql.generic.drafts import TableDraft, TriggerDraft, ViewDraft
from designer.importers.sql.generic.mentions import Source, sources
from designer.importers.sql.generic.scope import Scope
from designer.schema import Expr, Id, Use

_LONGEST = 200_000
"""Longer texts are kept without marks."""


class QueryReader:
    """Reads the texts of views and triggers against the tables of a scope."""

    def __init__(self, scope: Scope):
        self.scope = scope
        self.catalog = scope.catalog
        self.flavour = scope.catalog.flavour

    def view(self, draft: ViewDraft) -> tuple[Expr, tuple[Id, ...]]:
        """Return the query with its names marked, and the ids of the tables, views and routines that it reads."""
        draft.query = self.catalog.plain(draft.query)
        if len(draft.query) > _LONGEST:
            return Expr(draft.query), ()
        cursor = Cursor(draft.query, self.flavour)
        found = [(each, self._relation(each, draft.schema)) for each in sources(cursor)]
        uses = [self._use(cursor, each.at, target) for each, target in found if target is not None]
        uses += self._qualified(cursor, _aliases(found))
        targets = [self.scope.ids[id(target)] for _, target in found if target is not None]
        own = self.scope.ids[id(draft)]
        depends = dict.fromkeys([*targets, *self._routines(cursor)])
        depends.pop(own, None)
        return Expr(draft.query, tuple(sorted(set(uses), key=lambda use: use.start))), tuple(depends)

    def _relation(self, source: Source, schema: str) -> TableDraft | ViewDraft | None:
        found = self.catalog.find(source.schema or schema, source.name)
        return found if isinstance(found, TableDraft | ViewDraft) else None

    def _use(self, cursor: Cursor, at: int, target: TableDraft | ViewDraft) -> Use:
        return Use(cursor.starts[at], cursor.ends[at], self.scope.ids[id(target)])

    def _qualified(self, cursor: Cursor, aliases: dict[str, TableDraft | ViewDraft | None]) -> list[Use]:
        """Return the uses in `alias.column` and `table.column`."""
        uses = []
        for at in (at for at, word in enumerate(cursor.words) if word == "." and at):
            table = aliases.get(_name_at(cursor, at - 1).lower())
            if table is None:
                continue
            if _name_at(cursor, at - 1).lower() == table.name.lower():
                uses.append(self._use(cursor, at - 1, table))
            column = self.scope.column(table, _name_at(cursor, at + 1)) if isinstance(table, TableDraft) else None
            if column is not None:
                uses.append(Use(cursor.starts[at + 1], cursor.ends[at + 1], column))
        return uses

    def _routines(self, cursor: Cursor) -> list[Id]:
        found = []
        for at, word in enumerate(cursor.words):
            if word == "(" and at:
                routine = self.catalog.routine_named(_name_at(cursor, at - 1))
                if routine is not None:
                    found.append(self.scope.ids[id(routine)])
        return found

    def trigger(self, draft: TriggerDraft, owner: TableDraft | ViewDraft) -> Expr:
        """Return the text of a trigger with its table and the columns of NEW and OLD marked."""
        if len(draft.text) > _LONGEST:
            return Expr(draft.text)
        cursor = Cursor(draft.text, self.flavour)
        uses = []
        on = _table_of_trigger(cursor, owner.name)
        if on is not None:
            uses.append(self._use(cursor, on, owner))
            uses += self._updated_columns(cursor, on, owner)
        for at, word in enumerate(cursor.words):
            if word in ("NEW", "OLD") and cursor.words[at + 1] == "." and isinstance(owner, TableDraft):
                column = self.scope.column(owner, _name_at(cursor, at + 2))
                if column is not None:
                    uses.append(Use(cursor.starts[at + 2], cursor.ends[at + 2], column))
        return Expr(draft.text, tuple(uses))

    def _updated_columns(self, cursor: Cursor, on: int, owner: TableDraft | ViewDraft) -> list[Use]:
        """Return the uses in UPDATE OF a, b, which stands before the ON at or before token `on`."""
        head = cursor.words[:on]
        if "OF" not in head or not isinstance(owner, TableDraft):
            return []
        uses = []
        for at in range(head.index("OF") + 1, on):
            column = self.scope.column(owner, _name_at(cursor, at))
            if column is not None and cursor.words[at] != "ON":
                uses.append(Use(cursor.starts[at], cursor.ends[at], column))
        return uses


def _aliases(found: list[tuple[Source, TableDraft | ViewDraft | None]]) -> dict[str, TableDraft | ViewDraft | None]:
    """Return alias -> table; an alias that means different tables in different subqueries means none here."""
    aliases: dict[str, TableDraft | ViewDraft | None] = {}
    for source, target in found:
        key = source.alias.lower()
        aliases[key] = target if aliases.get(key, target) is target else None
    return aliases


def _name_at(cursor: Cursor, at: int) -> str:
    return cursor.flavour.name_of(cursor.text[cursor.starts[at] : cursor.ends[at]])


def _table_of_trigger(cursor: Cursor, name: str) -> int | None:
    """Return the token that names the table behind the first ON of a trigger."""
    for at, word in enumerate(cursor.words):
        if word != "ON":
            continue
        named = at + (3 if cursor.words[at + 2] == "." else 1)
        return named if _name_at(cursor, named).lower() == name.lower() else None
    return None
