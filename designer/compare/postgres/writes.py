"""Names inside INSERT, UPDATE, DELETE and rules resolved as the server does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designer.compare.postgres.scope import Columns, Scope

if TYPE_CHECKING:
    from designer.compare.postgres.scopes import Resolver

_SEEN = {"CMD_INSERT": ("new",), "CMD_DELETE": ("old",), "CMD_UPDATE": ("old", "new")}
"""What a rule on an event can read of the row; without the name of either, where there is only one."""


def rule(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> None:
    """Resolve CREATE RULE: its condition and its actions see the row that was there and the one that comes."""
    relation = fields["relation"]
    columns = resolver.relations(relation.get("schemaname", ""), relation["relname"])
    inner = Scope(outer=scope)
    for name in _SEEN.get(fields["event"], ("old", "new")):
        inner.add(name, columns)
    for key in ("whereClause", "actions"):
        if key in fields:
            fields[key] = resolver.walk(fields[key], inner)


def trigger(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> None:
    """Resolve the condition of CREATE TRIGGER."""
    inner = Scope(outer=scope)
    relation = fields["relation"]
    for name in ("old", "new"):
        inner.add(name, resolver.relations(relation.get("schemaname", ""), relation["relname"]))
    if "whenClause" in fields:
        fields["whenClause"] = resolver.walk(fields["whenClause"], inner)


def statistics(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> None:
    """Resolve the expressions of CREATE STATISTICS."""
    inner = Scope(outer=scope)
    for each in fields.get("relations", ()):
        relation = each["RangeVar"]
        inner.add("", resolver.relations(relation.get("schemaname", ""), relation["relname"]))
    fields["exprs"] = resolver.walk(fields["exprs"], inner)


def insert(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> None:
    """Resolve INSERT; the server writes out the columns that are filled."""
    inner, columns = _onto(resolver, fields, scope)
    query = fields.get("selectStmt", {}).get("SelectStmt")
    given = resolver.select(query, Scope(outer=inner.outer), ()) if query is not None else None
    if "cols" not in fields and columns is not None and given is not None:
        fields["cols"] = [{"ResTarget": {"name": name}} for name, _ in zip(columns, given, strict=False)]
    for key in ("onConflictClause", "returningClause"):
        if key in fields:
            fields[key] = resolver.walk(fields[key], inner)


def change(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> None:
    """Resolve UPDATE or DELETE."""
    inner, _ = _onto(resolver, fields, scope)
    for item in (*fields.get("fromClause", ()), *fields.get("usingClause", ())):
        resolver.source(item, inner)
    for key in ("targetList", "whereClause", "returningClause"):
        if key in fields:
            fields[key] = resolver.walk(fields[key], inner)


def _onto(resolver: Resolver, fields: dict[str, Any], scope: Scope) -> tuple[Scope, Columns | None]:
    """Return the scope of what a statement writes to, and the columns of that."""
    inner = Scope(outer=scope)
    for each in fields.get("withClause", {}).get("ctes", ()):
        resolver.common(each["CommonTableExpr"], inner)
    resolver.relation(fields["relation"], inner)
    return inner, inner.sources[0].columns
