"""DDL for MariaDB, as far as it differs from MySQL."""

from __future__ import annotations

from designer.schema import Column, ForeignKey, Id, Index, Named, Table
from exporters.ddl.catalog import Parts
from exporters.ddl.mysql import MySQLWriter
from exporters.ddl.mysql_twins import MARIADB
from exporters.ddl.pen import Scope
from exporters.ddl.tables import Layout


class MariaWriter(MySQLWriter):
    """Writes MariaDB."""

    twin = MARIADB
    versions_rows = True

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """Checks are unique in their table only."""
        if isinstance(record, ForeignKey):
            return (("foreign key", self.database_of(record)),)
        return (("key" if record.name and isinstance(record, Index) else type(record).__name__, record.parent or ""),)

    def index_clause(self, index: Index, table: Table) -> str | None:
        """There is no index over an expression."""
        if any(part.expr is not None for part in index.parts):
            message = "MariaDB has no indexes over expressions; the index is left out: index a generated column instead"
            self.lost("no-expression-indexes", message, index)
            return None
        return super().index_clause(index, table)

    def place_checks(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Write a check behind its column where it stood there: that and one of the table are two things here."""
        columns = {column.name.lower(): column.id for column in parts.columns}
        for check in parts.checks:
            clause = self.check_clause(check)
            home = columns.get(check.extra.get("inline", "").lower())
            if clause and home and not check.name and self.takes_check(home, layout):
                layout.put(home, clause)
            else:
                self.place_check(check, clause, layout, table)

    def takes_check(self, column: Id, layout: Layout) -> bool:
        """A column has one check behind it at most."""
        return not any("CHECK" in clause for clause in layout.inline.get(column, ()))

    def nullability(self, column: Column) -> str:
        """A generated column cannot be declared NOT NULL."""
        return "" if column.generated is not None else super().nullability(column)
