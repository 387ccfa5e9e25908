"""Names to ids, once all statements are read."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.sql.generic.catalog import Catalog
from designer.importers.sql.generic.drafts import PartDraft, TableDraft
from designer.importers.sql.generic.mentions import column_mentions
from designer.schema import Expr, Id, IndexPart, Use

Warn = Callable[[str, str, int], None]
"""warn(what, message, offset)"""


class Scope:
    """The ids of tables, views, routines and columns."""

    def __init__(self, catalog: Catalog, text: str, warn: Warn):
        self.catalog = catalog
        self.text = text
        """The script."""
        self.warn = warn
        self.ids: dict[int, Id] = {}
        """id() of a draft -> id of its record."""
        self.columns: dict[int, dict[str, Id]] = {}
        """id() of a table's draft -> column name in lower case -> id."""

    def column(self, table: TableDraft, name: str) -> Id | None:
        """Return the id of a column by name, whatever its case."""
        return self.columns[id(table)].get(name.lower())

    def expr(self, text: str, table: TableDraft) -> Expr:
        """Return an expression with the columns of `table` marked in it."""
        columns = self.columns[id(table)]
        text = self.catalog.plain(text)
        found = column_mentions(
            text, self.catalog.flavour, lambda name: columns.get(name.lower()), table.name, self.ids[id(table)]
        )
        return Expr(text, tuple(Use(*each) for each in found))

    def part(self, draft: PartDraft, table: TableDraft) -> IndexPart:
        """Return a part of an index; a name that is no column is kept as an expression."""
        column = self.column(table, draft.column) if draft.column else None
        text = draft.expr if column is None and not draft.column else self.catalog.flavour.dialect.quote(draft.column)
        return IndexPart(
            column=column,
            expr=self.expr(text, table) if column is None else None,
            desc=draft.desc,
            collation=draft.collation,
            length=draft.length,
        )
