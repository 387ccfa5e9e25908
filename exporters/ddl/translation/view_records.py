"""Views in another database, each after those that it reads."""

from __future__ import annotations

from designer.dialects import features as can
from designer.schema import Expr, Id, Record, Table, View
from exporters.ddl.translation.tables import Tables
from exporters.ddl.translation.views import Queries
from exporters.ddl.translation.work import Work


class Views:
    """Translates views."""

    def __init__(self, work: Work, tables: Tables):
        self.work = work
        self.tables = tables
        self.queries = Queries(work.source, work.target)
        self.done: dict[Id, list[Record]] = {}
        self.names: dict[str, str] = {}
        self.shapes: dict[str, tuple[str, ...]] = {}

    def of(self, view: View) -> list[Record]:
        """Return a view in the target with its indexes, or nothing with a note."""
        if view.id not in self.done:
            self.done[view.id] = []
            for each in view.depends_on:
                below = self.work.catalog.design.get(each)
                if isinstance(below, View) and below.parent is not None:
                    self.of(below)
            self.done[view.id] = self._made(view)
        return self.done[view.id]

    def _made(self, view: View) -> list[Record]:
        work = self.work
        if not self.names:
            for table in work.catalog.of(Table):
                if table.id not in self.tables.keys.gone:
                    self._known(table, tuple(work.name(each.id) for each in work.parts(table).columns))
        text = (
            None
            if view.recursive
            else self.queries.query(work.text(view.query), self.names, self.shapes, self._kinds(view))
        )
        if text is None:
            work.unsaid(view.query, view, "the view is left out")
            return []
        columns = view.columns or tuple(each.name for each in work.parts(view).columns)
        self._known(view, columns)
        self._note(view)
        return [View(
            id=view.id, parent=work.named[view.id].parent, order=view.order, name=work.name(view.id),
            columns=view.columns, query=Expr(text), depends_on=view.depends_on, materialized=self._materialized(view),
            check_option=view.check_option if work.family != "sqlite" else "",
            comment=view.comment if work.family == "postgresql" else "",
        )]  # fmt: skip

    def _known(self, record: Table | View, columns: tuple[str, ...]) -> None:
        """Let queries read a table or view that is in the target."""
        schema = self.work.catalog.schema_of(record)
        path = self.tables.path(record)
        for name in {f"{schema}.{record.name}" if schema else record.name, record.name}:
            if schema in name or name not in self.names:
                self.names[name], self.shapes[name] = path, columns

    def _kinds(self, view: View) -> dict[str, str]:
        """Return the logical types of columns whose name means one type in all that a view reads."""
        work = self.work
        found: dict[str, set[str]] = {}
        for each in view.depends_on:
            table = work.catalog.design.get(each)
            if isinstance(table, Table):
                for name, logical in work.kinds(table).items():
                    found.setdefault(name, set()).add(logical)
        return {name: next(iter(kinds)) for name, kinds in found.items() if len(kinds) == 1}

    def _materialized(self, view: View) -> bool:
        return view.materialized and self.work.can(can.MATERIALIZED_VIEWS)

    def _note(self, view: View) -> None:
        work, title = self.work, self.work.target.title
        parts = work.parts(view)
        if view.materialized and not self._materialized(view):
            indexes = f", its {len(parts.indexes)} indexes left out" if parts.indexes else ""
            work.lost("no-materialized-views", f"{title} has no materialized views; it is a plain view{indexes}", view)
        if view.check_option and work.family == "sqlite":
            work.lost("check-option", "SQLite has no WITH CHECK OPTION; it is left out", view)
        if view.comment and work.family != "postgresql":
            work.lost("no-comments", f"{title} keeps no comment of it; the comment is left out", view)
        if view.options:
            work.lost("option", f"its options {view.options} are left out", view)
        for name in sorted(view.extra.keys() - {"refused", "sql_mode", "persistence"}):
            work.lost("option", f"the option {name} of {work.source.title} is left out", view)
        for trigger in parts.triggers:
            message = f"it is written in the words of {work.source.title}; it is left out, write it anew"
            work.lost("verbatim", message, trigger)
