"""Queries of views in another dialect."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify_columns import qualify_columns, validate_qualify_columns
from sqlglot.optimizer.qualify_tables import qualify_tables
from sqlglot.schema import MappingSchema

from designer.dialects.base import Dialect
from exporters.ddl.translation.conditions import SQLGLOT, Translator
from exporters.ddl.translation.strict import Unsayable

Columns = Mapping[str, tuple[str, ...]]
"""Table or view, as the source writes it with or without its schema -> its columns by their names in the target."""


class Queries(Translator):
    """SELECT in the words of the target."""

    known = (
        *Translator.known, exp.Select, exp.From, exp.Table, exp.TableAlias, exp.Alias, exp.Star, exp.Join, exp.Where,
        exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset, exp.Count, exp.Sum, exp.Avg, exp.Min,
        exp.Max, exp.Union, exp.Distinct, exp.Subquery, exp.Exists, exp.CurrentTimestamp, exp.CurrentDate, exp.With,
        exp.CTE,
    )  # fmt: skip
    functions = (
        *Translator.functions, exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Exists, exp.CurrentTimestamp,
        exp.CurrentDate,
    )  # fmt: skip

    def __init__(self, source: Dialect, target: Dialect):
        super().__init__(source, target)
        self.tables: Mapping[str, str] = {}
        self.shapes: Columns = {}

    def query(self, text: str, tables: Mapping[str, str], shapes: Columns, kinds: Mapping[str, str]) -> str | None:
        """Return a SELECT, or None.

        `tables` are the names of tables in the target by those in the source, `kinds` the logical types of columns
        whose name means one type in all tables of the query.
        """
        self.tables, self.shapes, self.columns = tables, shapes, kinds
        return self.through(text, self._moved)

    def _moved(self, tree: exp.Expression) -> exp.Expression | None:
        """Return the query with tables by their names in the target, or None where one is not in the model."""
        local = {cte.alias for cte in tree.find_all(exp.CTE)}
        used: dict[str, tuple[str, ...]] = {}
        for table in list(tree.find_all(exp.Table)):
            if not isinstance(table.this, exp.Identifier):
                return None
            full = ".".join(each for each in (self._plain(table, "db"), self._plain(table, "this")) if each)
            if full in local:
                continue
            if full not in self.tables:
                return None
            self._rename(table, full)
            used[full] = self.shapes.get(full, ())
        return tree if self._holds(tree, used) else None

    def _plain(self, table: exp.Table, part: str) -> str:
        name = table.args.get(part)
        if name is None:
            return ""
        return str(name.this) if name.args.get("quoted") else self.source.unquote(name.this)

    def _rename(self, table: exp.Table, full: str) -> None:
        """Call a table otherwise, in place: joins may hang on it; by its old name it goes on being spoken of."""
        written = exp.to_table(self.tables[full], dialect=SQLGLOT[self.target.name])
        if not table.alias and written.name != self._plain(table, "this"):
            table.set("alias", exp.TableAlias(this=table.this.copy()))
        table.set("this", exp.to_identifier(written.name, quoted=True))
        table.set("db", exp.to_identifier(written.db, quoted=True) if written.db else None)
        table.set("catalog", None)

    def _holds(self, tree: exp.Expression, used: Mapping[str, tuple[str, ...]]) -> bool:
        """Say whether every column of a query is one of its tables, as far as that is known."""
        if not all(used.values()):
            return True
        schema = MappingSchema(normalize=False)
        for full, columns in used.items():
            path = exp.to_table(self.tables[full], dialect=SQLGLOT[self.target.name])
            schema.add_table(self._word(path.name), {self._word(each): "text" for each in columns})
        try:
            whole = qualify_columns(qualify_tables(self._plainly(tree)), schema, expand_stars=False)
            validate_qualify_columns(whole)
        except (SqlglotError, AssertionError):
            return False
        return True

    def _plainly(self, tree: exp.Expression) -> exp.Expression:
        """Return a query with the names that are meant, tables without their schema, for the look-up of its columns."""
        tree = tree.copy()
        for table in tree.find_all(exp.Table):
            table.set("db", None)
        for name in tree.find_all(exp.Identifier):
            name.set("this", self._word(name.this if name.args.get("quoted") else self.source.unquote(name.this)))
            name.set("quoted", True)
        return tree

    def _word(self, name: str) -> str:
        """Return the form of a name under which it is looked up."""
        return name.lower() if self.source.folds == "keep" or self.target.folds == "keep" else name

    def _said(self, node: exp.Expression) -> exp.Expression | None:
        if isinstance(node, exp.Select):
            return self._select(node)
        if isinstance(node, exp.Subquery) and self.family == "mysql":
            self._alone(node)
        if isinstance(node, exp.Union) and self.family == "sqlite":
            node.set("this", self._unwrapped(node.this))
            node.set("expression", self._unwrapped(node.expression))
        if isinstance(node, exp.Ordered):
            node.set("nulls_first", None)
        return super()._said(node)

    def _unwrapped(self, node: exp.Expression) -> exp.Expression:
        """SQLite takes no parentheses round a part of a UNION, and so no order or limit of such a part."""
        inner: exp.Expression = node
        while isinstance(inner, exp.Subquery):
            if any(inner.args.get(each) for each in ("order", "limit", "alias")):
                raise Unsayable("parentheses in a UNION")
            inner = inner.this
        if inner is not node and any(inner.args.get(each) for each in ("order", "limit", "with", "with_")):
            raise Unsayable("parentheses in a UNION")
        return inner

    def _alone(self, node: exp.Subquery) -> None:
        """A query in FROM cannot speak of what stands outside of it in MySQL."""
        if not isinstance(node.parent, (exp.From, exp.Join)):
            return
        inside = {table.alias_or_name for table in node.find_all(exp.Table)}
        inside |= {each.alias for each in node.find_all(exp.Subquery, exp.CTE) if each.alias}
        if any(column.table and column.table not in inside for column in node.find_all(exp.Column)):
            raise Unsayable("a query in FROM that depends on its surroundings")

    def _select(self, node: exp.Select) -> exp.Expression | None:
        """MySQL takes a bare star only in the first place; a table written before a joined one is qualified."""
        bare = [each for each in node.expressions if isinstance(each, exp.Star)]
        if self.family == "mysql" and bare and len(node.expressions) > 1:
            source = node.args.get("from_") or node.args.get("from")
            if node.args.get("joins") or source is None or not isinstance(source.this, exp.Table):
                raise Unsayable("a star behind a column")
            table = exp.to_identifier(source.this.alias_or_name, quoted=True)
            star = exp.Column(this=exp.Star(), table=table)
            whole = [star.copy() if isinstance(each, exp.Star) else each for each in node.expressions]
            node.set("expressions", whole)
        if self.family == "postgresql" and self.source_family != "postgresql":
            self._grouped(node)
        if self.family == "sqlite" and node.find(exp.Paren):
            self._named(node)
        return node

    def _named(self, node: exp.Select) -> None:
        """A column of a join in parentheses is called `t.c` by SQLite, unless it is given its name."""
        node.set("expressions", [
            exp.alias_(each.copy(), each.name, quoted=True)
            if isinstance(each, exp.Column) and each.table and not isinstance(each.this, exp.Star) else each
            for each in node.expressions
        ])  # fmt: skip

    def _grouped(self, node: exp.Select) -> None:
        """PostgreSQL selects only what is grouped by, or computed over the group."""
        group = node.args.get("group")
        aggregates = any(each.find(exp.AggFunc) for each in node.expressions)
        if group is None and not aggregates:
            return
        said = {each.sql() for each in group.expressions} if group is not None else set()
        numbers = {int(each.this) for each in group.expressions if each.is_int} if group is not None else set()
        for at, each in enumerate(node.expressions, 1):
            inner = each.unalias()
            if at in numbers or inner.sql() in said or inner.find(exp.AggFunc) or isinstance(inner, exp.Literal):
                continue
            raise Unsayable("a column that is not grouped by")
