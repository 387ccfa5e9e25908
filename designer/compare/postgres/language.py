"""How PostgreSQL spells types and expressions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from designer.compare.difference import Verdict
from designer.compare.postgres.agree import agree
from designer.compare.postgres.identity import identity, signature
from designer.compare.postgres.parse import UNFORESEEN, Unreadable, expression, statement, type_name
from designer.compare.postgres.scope import Columns
from designer.compare.postgres.scopes import Resolver
from designer.compare.side import Side
from designer.compare.value import Sql
from designer.schema import Column, DomainType, Id, Named, Table, View

_ARRAY = re.compile(r"(?:\s*\[\s*\d*\s*\])+\s*\Z|\s+array(?:\s*\[\s*\d*\s*\])?\s*\Z", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


class PostgresLanguage:
    """Compares through the trees of libpg_query."""

    def __init__(self) -> None:
        self._relations: WeakKeyDictionary[Side, dict[tuple[str, str], Columns | None]] = WeakKeyDictionary()
        self._paths: WeakKeyDictionary[Side, dict[tuple[str, str], Table | View]] = WeakKeyDictionary()

    def type_form(self, side: Side, text: str, type_ref: Id | None, *, bytewise: bool = False) -> str:
        """Return `numeric(10,2)`, `varchar(5)[]`, `s.mood`: aliases resolved, default schemas left out."""
        if type_ref is not None and isinstance(side.design.get(type_ref), Named):
            path = side.path_of(type_ref)
            home = path[:-1] if path[0] != side.dialect.default_schema else ()
            return ".".join((*home, path[-1])) + ("[]" if _ARRAY.search(text) else "")
        return _type_form(text)

    def agree(self, left: Sql, right: Sql) -> Verdict:
        """Return how two stretches of SQL relate; equal only where their trees are, after what the server does."""
        if left.text == right.text and left.names == right.names:
            return Verdict.EQUAL
        try:
            return agree(self._tree(left), self._tree(right), loose=left.form in ("expression", "query"))
        except (Unreadable, *UNFORESEEN):
            return Verdict.EQUAL if _flat(left.text) == _flat(right.text) else Verdict.DIFFERENT

    def signature(self, side: Side, text: str, home: str) -> str:
        """Return `(int4, text)`: what tells overloaded routines apart."""
        resolver = self._resolver(side, home)
        try:
            return signature(statement(text), lambda node: resolver.type_of(node) if "pct_type" in node else node)
        except (Unreadable, *UNFORESEEN):
            return ""

    def identity(self, side: Side, text: str, home: str) -> tuple[str, ...]:
        """Return `("rule", "public.t", "r")`: what a verbatim statement creates."""
        try:
            return identity(statement(text.rstrip().rstrip(";")), home)
        except (Unreadable, *UNFORESEEN):
            return ()

    def outputs(self, side: Side, view: View) -> tuple[str, ...] | None:
        """Return the columns of a view, stars spelled out."""
        columns = self._of(side, view)
        return tuple(columns) if columns is not None else None

    def _resolver(self, side: Side, home: str) -> Resolver:
        return Resolver(lambda schema, name: self._columns(side, schema, name, home))

    def _tree(self, sql: Sql) -> Any:
        resolver = self._resolver(sql.side, sql.home or next(iter(sql.side.path_of(sql.relation)), ""))
        if sql.form == "query":
            tree = statement(sql.text.rstrip().rstrip(";"))
            return resolver.query(tree, sql.names) if "SelectStmt" in tree else tree
        if sql.form == "expression":
            tree = expression(sql.text)
            relation = sql.side.design.get(sql.relation) if sql.relation else None
            if isinstance(relation, DomainType):
                return resolver.expression(tree, "", {"value": self._base(sql.side, relation)})
            if not isinstance(relation, Table | View):
                return tree
            return resolver.expression(tree, relation.name, self._of(sql.side, relation) or {})
        if sql.form == "clause":
            return _bound(sql.text)
        return resolver.statement(statement(sql.text.rstrip().rstrip(";")))

    def _columns(self, side: Side, schema: str, name: str, home: str = "") -> Columns | None:
        """Return the columns of a relation that a query names; None where it is not in the design.

        One without its schema is looked for in `home`, where the query stands, then in the default schema.
        """
        known = self._relations.setdefault(side, {})
        place = (schema or side.dialect.default_schema, name)
        if not schema and (home, name) in self._by_path(side):
            place = (home, name)
        if place not in known:
            relation = self._by_path(side).get(place)
            known[place] = None  # a view that reads itself knows no columns
            known[place] = self._of(side, relation) if relation is not None else None
        return known[place]

    def _by_path(self, side: Side) -> dict[tuple[str, str], Table | View]:
        found = self._paths.get(side)
        if found is None:
            relations: list[Table | View] = [*side.design.of(Table), *side.design.of(View)]
            found = self._paths[side] = {(side.path(each)[0], each.name): each for each in relations}
        return found

    def _of(self, side: Side, relation: Table | View) -> Columns | None:
        if isinstance(relation, View):
            home = side.path(relation)[0]
            resolver = Resolver(lambda schema, name: self._columns(side, schema, name, home))
            try:
                tree = statement(side.plain(relation.query).rstrip().rstrip(";"))
                return resolver.columns(tree, relation.columns) if "SelectStmt" in tree else None
            except (Unreadable, *UNFORESEEN):
                return None
        found: Columns = {}
        for parent in relation.inherits:
            other = side.design.get(parent)
            if isinstance(other, Table) and other.id != relation.id:
                found.update(self._of(side, other) or {})
        found.update({column.name: self._kind(side, column) for column in side.columns(relation.id)})
        return found

    def _kind(self, side: Side, column: Column) -> str:
        kind = side.design.get(column.type_ref) if column.type_ref else None
        if isinstance(kind, DomainType) and not _ARRAY.search(column.type):
            return self._base(side, kind)
        return _bare(self.type_form(side, column.type, column.type_ref))

    def _base(self, side: Side, domain: DomainType) -> str:
        """Return the type under a domain, through the domains that it is made of."""
        for _ in range(20):
            under = side.design.get(domain.type_ref) if domain.type_ref else None
            if not isinstance(under, DomainType):
                break
            domain = under
        return _bare(self.type_form(side, domain.type, domain.type_ref))


_SERIALS = {"serial": "int4", "serial4": "int4", "bigserial": "int8", "serial8": "int8", "smallserial": "int2"}


@lru_cache(maxsize=8_192)
def _type_form(text: str) -> str:
    try:
        node = type_name(text.strip())
    except Unreadable:
        return _SPACE.sub(" ", text.strip()).lower()
    word = ".".join(node["names"])
    arguments = ",".join(each.get("Const", {}).get("text", "?") for each in node.get("typmods", ()))
    if word == "numeric" and arguments.isdigit():
        arguments += ",0"
    form = _SERIALS.get(word, word) + (f"({arguments})" if arguments else "")
    return form + ("[]" if node.get("arrayBounds") else "")


def _bare(form: str) -> str:
    return re.sub(r"\([^)]*\)", "", form)


def _flat(text: str) -> str:
    return _SPACE.sub(" ", text.strip().rstrip(";"))


def _bound(text: str) -> Any:
    """Return the tree of a partition's bound."""
    tree = statement(f"CREATE TABLE x PARTITION OF y {text}")
    return tree["CreateStmt"].get("partbound", tree)
