"""Names inside a query resolved as the server does: stars spelled out, columns qualified, numbers made columns."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from designer.compare.postgres import writes
from designer.compare.postgres.kinds import kind
from designer.compare.postgres.scope import Columns, Scope, Source

Node = Any
Relations = Callable[[str, str], Columns | None]
"""Gives the columns of a relation by schema (empty for the default one) and name; None where it is not known."""


class Resolver:
    """Resolves the names of a tree, in place: what it is given belongs to it."""

    def __init__(self, relations: Relations):
        self.relations = relations

    def expression(self, node: Node, alias: str, columns: Columns) -> Node:
        """Return an expression about the columns of one table, each with its table and type."""
        return self.walk(node, Scope([Source(alias, columns, "0.0")]))

    def query(self, node: Node, names: tuple[str, ...] = ()) -> Node:
        """Return a query with every name resolved; `names` are those that its columns get from outside."""
        self.select(node["SelectStmt"], Scope(), names)
        return node

    def statement(self, node: Node) -> Node:
        """Return a statement with the names of its queries resolved."""
        return self.walk(node, Scope())

    def columns(self, node: Node, names: tuple[str, ...] = ()) -> Columns | None:
        """Return the columns that a query gives, None where they are not known."""
        return self.select(node["SelectStmt"], Scope(), names)

    def walk(self, node: Node, scope: Scope) -> Node:
        """Resolve the names below a node."""
        if isinstance(node, list):
            return [self.walk(each, scope) for each in node]
        if not isinstance(node, dict):
            return node
        if "ColumnRef" in node:
            fields, known = scope.find(node["ColumnRef"]["fields"])
            return {"ColumnRef": {"fields": fields, "of": known} if known else {"fields": fields}}
        if "SelectStmt" in node:
            self.select(node["SelectStmt"], Scope(outer=scope), ())
            return node
        if node.get("pct_type"):
            return self.type_of(node)
        for tag, resolve in _WRITES.items():
            if tag in node:
                resolve(self, node[tag], scope)
                return node
        for key, value in node.items():
            if isinstance(value, (dict, list)):
                node[key] = self.walk(value, scope)
        return node

    def type_of(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return the type that `relation.column%TYPE` has, which the server puts in its place."""
        *schema, relation, column = node["names"]
        found = (self.relations(schema[0] if schema else "", relation) or {}).get(column)
        if not found:
            return node
        rest = {name: value for name, value in node.items() if name not in ("names", "pct_type")}
        bounds = {"arrayBounds": 1} if found.endswith("[]") else {}
        return {"names": found.removesuffix("[]").split("."), **rest, **bounds}

    def select(self, select: dict[str, Any], scope: Scope, names: tuple[str, ...]) -> Columns | None:
        """Resolve a SELECT in place and return the columns that it gives, None where they are not known."""
        for each in select.get("withClause", {}).get("ctes", ()):
            self.common(each["CommonTableExpr"], scope)
        if select.get("op", "SETOP_NONE") != "SETOP_NONE":
            return self.union(select, scope, names)
        for item in select.get("fromClause", ()):
            self.source(item, scope)
        targets = self.targets(select, scope, names)
        self.places(select, targets, scope)
        for key in ("whereClause", "havingClause", "groupClause", "sortClause", "distinctClause", "windowClause",
                    "limitCount", "limitOffset", "valuesLists"):  # fmt: skip
            if key in select:
                select[key] = self.walk(select[key], scope)
        return _row_columns(select, names) if "valuesLists" in select else targets

    def union(self, select: dict[str, Any], scope: Scope, names: tuple[str, ...]) -> Columns | None:
        """Resolve both sides of a UNION, INTERSECT or EXCEPT; the left one gives the names."""
        left = self.select(select["larg"], Scope(outer=scope), names)
        self.select(select["rarg"], Scope(outer=scope), tuple(left or ()))
        self.places(select, left)
        return left

    def common(self, table: dict[str, Any], scope: Scope) -> None:
        """Resolve one table of WITH; a recursive one sees itself, with the columns of its first part."""
        names = tuple(each["String"]["sval"] for each in table.pop("aliascolnames", ()))
        query = table["ctequery"].get("SelectStmt")
        if query is None:
            scope.tables[table["ctename"]] = None
            return
        scope.tables[table["ctename"]] = None
        if "larg" in query:
            first = deepcopy(query["larg"])
            scope.tables[table["ctename"]] = self.select(first, Scope(outer=scope), names)
        scope.tables[table["ctename"]] = self.select(query, Scope(outer=scope), names)

    def source(self, item: Node, scope: Scope) -> None:
        """Add what an item of FROM offers to the scope."""
        ((tag, fields),) = item.items()
        if tag == "RangeVar":
            self.relation(fields, scope)
        elif tag == "JoinExpr":
            scope.merged |= bool(fields.get("usingClause") or fields.get("isNatural"))
            if fields.get("jointype") == "JOIN_INNER":
                scope.shared |= {each["String"]["sval"] for each in fields.get("usingClause", ())}
            scope.outer_right |= fields.get("jointype") in ("JOIN_FULL", "JOIN_RIGHT")
            self.source(fields["larg"], scope)
            self.source(fields["rarg"], scope)
            if "quals" in fields:
                fields["quals"] = self.walk(fields["quals"], scope)
        elif tag == "RangeSubselect":
            inner = fields["subquery"].get("SelectStmt")
            names = _alias_columns(fields)
            columns = self.select(inner, Scope(outer=scope), names) if inner else None
            fields["alias"] = scope.add(fields.get("alias", {}).get("aliasname", ""), columns)
        else:
            alias = fields.pop("alias", {})
            given = [each["String"]["sval"] for each in alias.get("colnames", ())]
            name = alias.get("aliasname", "")
            place = scope.add(name, dict.fromkeys(given, "") if given else None, scalar=tag == "RangeFunction")
            for key, value in fields.items():
                if key != "coldeflist" and isinstance(value, (dict, list)):
                    fields[key] = self.walk(value, scope)
            fields["alias"] = place

    def relation(self, fields: dict[str, Any], scope: Scope) -> None:
        """Add what a named relation offers to the scope."""
        known, columns = (False, None) if "schemaname" in fields else scope.table(fields["relname"])
        if not known:
            columns = self.relations(fields.get("schemaname", ""), fields["relname"])
        alias = fields.pop("alias", {})
        given = [each["String"]["sval"] for each in alias.get("colnames", ())]
        if given and columns is not None:
            columns = dict(zip([*given, *list(columns)[len(given) :]], columns.values(), strict=True))
        fields["alias"] = scope.add(alias.get("aliasname", fields["relname"]), columns)

    def targets(self, select: dict[str, Any], scope: Scope, names: tuple[str, ...]) -> Columns | None:
        """Spell out the stars of a SELECT list, name every column, and return them with their types."""
        found: list[Node] = []
        known = True
        for target in select.get("targetList", ()):
            spelled = _starred(target["ResTarget"], scope)
            known &= spelled is not None
            found += spelled if spelled is not None else [target]
        columns: Columns = {}
        for at, target in enumerate(found):
            fields = target["ResTarget"]
            fields["val"] = self.walk(fields["val"], scope)
            fields["name"] = (
                names[at] if known and at < len(names) else fields.get("name") or _output_name(fields["val"])
            )
            columns[fields["name"]] = kind(fields["val"])
        if found:
            select["targetList"] = found
        return columns if known and found else None

    def places(self, select: dict[str, Any], columns: Columns | None, scope: Scope | None = None) -> None:
        """Put the column in place of its number or its output name in ORDER BY, GROUP BY and DISTINCT ON.

        GROUP BY means a column of FROM first, and an output name only where there is none.
        """
        targets = select.get("targetList", ())
        if columns is None or "targetList" not in select:
            return
        for key in ("sortClause", "groupClause", "distinctClause"):
            read = scope if key == "groupClause" else None
            select[key] = [_placed(each, targets, read) for each in select.get(key, ())]
            if not select[key]:
                del select[key]


def _row_columns(select: dict[str, Any], names: tuple[str, ...]) -> Columns:
    """Return the columns of VALUES: column1, column2 … where nobody names them."""
    row = select["valuesLists"][0]["List"].get("items", ()) if select["valuesLists"] else ()
    given = (*names, *(f"column{at}" for at in range(len(names) + 1, len(row) + 1)))
    return {name: kind(each) for name, each in zip(given, row, strict=False)}


def _alias_columns(fields: dict[str, Any]) -> tuple[str, ...]:
    return tuple(each["String"]["sval"] for each in fields.get("alias", {}).pop("colnames", ()))


def _starred(target: dict[str, Any], scope: Scope) -> list[Node] | None:
    """Return the columns that a star stands for, the target itself where it is none, None where nobody knows."""
    fields = target["val"].get("ColumnRef", {}).get("fields", ())
    if not fields or fields[-1] != "*":
        return [{"ResTarget": target}]
    sources = [each for each in scope.sources if len(fields) == 1 or each.alias == fields[-2]]
    if not sources or (scope.merged and len(fields) == 1) or any(each.columns is None for each in sources):
        return None
    return [
        {"ResTarget": {"name": name, "val": {"ColumnRef": {"fields": [source.alias, name]}}}}
        for source in sources
        for name in source.columns or ()
    ]


def _placed(node: Node, targets: list[Node], read: Scope | None) -> Node:
    inner = node.get("SortBy", {}).get("node", node) if isinstance(node, dict) else node
    found = _target(inner, targets, read)
    if found is None:
        return node
    return {"SortBy": {**node["SortBy"], "node": found}} if "SortBy" in node else found


def _target(inner: Node, targets: list[Node], read: Scope | None) -> Node | None:
    if not isinstance(inner, dict):
        return None
    const, fields = inner.get("Const", {}), inner.get("ColumnRef", {}).get("fields", ())
    if const.get("bare") == "number" and const["text"].isdigit() and 0 < int(const["text"]) <= len(targets):
        return deepcopy(targets[int(const["text"]) - 1]["ResTarget"]["val"])
    if len(fields) == 1 and (read is None or read.offers_no(fields[0])):
        named = [each for each in targets if each["ResTarget"].get("name") == fields[0]]
        return deepcopy(named[0]["ResTarget"]["val"]) if len(named) == 1 else None
    return None


def _output_name(node: Node) -> str:
    """Return what the server calls an expression that has no alias (FigureColname in parse_target.c)."""
    return _figured(node)[0] or "?column?"


def _figured(node: Node) -> tuple[str, int]:
    """Return a name and how well it fits: 2 the name of a thing, 1 that of a type, 0 none."""
    if not isinstance(node, dict) or len(node) != 1:
        return "", 0
    ((tag, fields),) = node.items()
    if tag == "ColumnRef":
        return str(fields["fields"][-1]), 2
    if tag == "FuncCall":
        return str(fields["funcname"][-1]), 2
    if tag == "CollateClause":
        return _figured(fields["arg"])
    if tag in ("TypeCast", "Const"):
        return _figured_cast(fields)
    if tag == "CaseExpr":
        inner = _figured(fields.get("defresult"))
        return inner if inner[1] == 2 else ("case", 1)
    if tag == "A_Indirection":
        said = [each["String"]["sval"] for each in fields.get("indirection", ()) if "String" in each]
        return (said[-1], 2) if said else _figured(fields["arg"])
    if tag == "SubLink" and fields.get("subLinkType") in _LINKS:
        return _LINKS[fields["subLinkType"]], 2
    if tag == "SubLink" and fields.get("subLinkType") == "EXPR_SUBLINK":
        return str(fields["subselect"]["SelectStmt"]["targetList"][0]["ResTarget"].get("name", "")), 2
    found = _NAMES.get(tag) or _VALUE_NAMES.get(str(fields.get("op", "")), "")
    return found, 2 if found else 0


def _figured_cast(fields: dict[str, Any]) -> tuple[str, int]:
    inner = _figured(fields["arg"]) if "arg" in fields else ("", 0)
    target = fields.get("typeName") or fields.get("type")
    if inner[1] or target is None:
        return inner if inner[1] else ("bool" if fields.get("bare") == "boolean" else "", 1)
    return str(target["names"][-1]), 1


_LINKS = {"EXISTS_SUBLINK": "exists", "ARRAY_SUBLINK": "array"}
_NAMES = {
    "CaseExpr": "case", "CoalesceExpr": "coalesce", "A_ArrayExpr": "array", "RowExpr": "row",
    "GroupingFunc": "grouping", "XmlSerialize": "xmlserialize", "MergeSupportFunc": "merge_action",
    "JsonObjectConstructor": "json_object", "JsonArrayConstructor": "json_array",
    "JsonObjectAgg": "json_objectagg", "JsonArrayAgg": "json_arrayagg",
}  # fmt: skip
_VALUE_NAMES = {
    "IS_GREATEST": "greatest", "IS_LEAST": "least", "SVFOP_CURRENT_DATE": "current_date",
    "SVFOP_CURRENT_TIMESTAMP": "current_timestamp", "SVFOP_CURRENT_USER": "current_user",
    "SVFOP_LOCALTIMESTAMP": "localtimestamp", "SVFOP_SESSION_USER": "session_user", "SVFOP_USER": "user",
    "SVFOP_CURRENT_TIMESTAMP_N": "current_timestamp", "SVFOP_CURRENT_TIME": "current_time",
    "SVFOP_CURRENT_TIME_N": "current_time", "SVFOP_LOCALTIME": "localtime", "SVFOP_LOCALTIME_N": "localtime",
    "SVFOP_LOCALTIMESTAMP_N": "localtimestamp", "SVFOP_CURRENT_ROLE": "current_role",
    "SVFOP_CURRENT_CATALOG": "current_catalog", "SVFOP_CURRENT_SCHEMA": "current_schema",
}  # fmt: skip
_WRITES = {
    "RuleStmt": writes.rule, "CreateTrigStmt": writes.trigger, "CreateStatsStmt": writes.statistics,
    "InsertStmt": writes.insert, "UpdateStmt": writes.change, "DeleteStmt": writes.change,
}  # fmt: skip
