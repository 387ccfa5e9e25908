"""Which characters of an expression name which records.

A name is only marked where it can mean one thing: a query is followed with its scopes (FROM, aliases, WITH), and
what comes from a function, a subquery or a table that is not in the script leaves unqualified names unmarked.
"""

from __future__ import annotations

import re
from typing import Any

from designer.importers.sql.postgres.catalog import Catalog, qualified, strings
from designer.importers.sql.postgres.drafts import Draft, Relation, Written
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import NAME, ONE_NAME, QUALIFIED, skip_gap, unquoted
from designer.schema import Expr, Table, Use

Frame = dict[str, tuple[Relation | None, bool]]
"""Alias -> (table or None where it is unknown, whether the alias is the table's own name)."""
Scope = tuple[Frame, ...]

_TYPE_FIELDS = ("TypeName", "typeName", "argType", "returnType")
_SYSTEM_COLUMNS = frozenset({"ctid", "tableoid", "xmin", "xmax", "cmin", "cmax", "oid"})
_SEQUENCE_FUNCTIONS = frozenset({"nextval", "currval", "setval"})
_BODY_TABLE = re.compile(
    rf"\b(?:from|join|insert\s+into|delete\s+from|update|truncate(?:\s+table)?)\s+(?:only\s+)?({NAME}(?:\.{NAME})?)",
    re.I,
)
_BODY_TYPE = re.compile(rf"({NAME}(?:\.{NAME})*)\s*%\s*(row)?type\b", re.I)
_UPDATE_OF = re.compile(rf"\bof\s+({NAME}(?:\s*,\s*{NAME})*)", re.I)
_NAMED = re.compile(r"\b(?:function|procedure|aggregate|trigger)\s+(?:if\s+not\s+exists\s+)?", re.I)
_EXECUTE = re.compile(r"\bexecute\s+(?:function|procedure)\s+", re.I)


def expression(written: Written, catalog: Catalog) -> Expr:
    """Return the Expr that a stretch of the script is, with its mentions as they mean now."""
    if written.expr is None:
        finder = _Finder(written, catalog)
        now, catalog.path = catalog.path, written.piece.path or catalog.path
        finder.search()
        catalog.path = now
        uses = {(use.start, use.end): use for use in finder.found if 0 <= use.start < use.end <= len(written.text)}
        written.expr = Expr(written.text, tuple(uses[place] for place in sorted(uses)))
    return written.expr


class _Finder:
    def __init__(self, written: Written, catalog: Catalog):
        self.written = written
        self.catalog = catalog
        self.text = written.piece.text
        self.found: list[Use] = []
        self.ctes: tuple[str, ...] = ()

    def search(self) -> None:
        relation = self.written.relation
        scope: Scope = ()
        if relation is not None:
            scope = ({relation.name: (relation if relation.cls is Table else None, True)},)
            if self.written.mode == "trigger":
                scope = ({"new": (relation, False), "old": (relation, False)},)
        if self.written.node is not None:
            self.walk(self.written.node, scope)
        if self.written.own is not None:
            self.own_name(self.written.own)
        if self.written.mode == "body":
            self.body()
        elif self.written.mode == "trigger" and relation is not None:
            self.trigger(relation)

    # Marks

    def mark(self, start: int, end: int, draft: Draft) -> None:
        self.found.append(Use(start - self.written.start, end - self.written.start, draft.id))

    def name_parts(self, start: int) -> list[tuple[int, int]]:
        """Return the (start, end) of each part of the qualified name at `start`."""
        parts: list[tuple[int, int]] = []
        while found := ONE_NAME.match(self.text, start):
            parts.append(found.span())
            after = skip_gap(self.text, found.end())
            if self.text[after : after + 1] != ".":
                break
            start = skip_gap(self.text, after + 1)
        return parts

    def mark_name(self, start: int, draft: Draft, parts: int) -> None:
        """Mark the last of the `parts` names at `start`, provided that it is the draft's name."""
        places = self.name_parts(start)
        if len(places) >= parts:
            begin, end = places[parts - 1]
            if unquoted(self.text[begin:end]) == draft.name:
                self.mark(begin, end, draft)

    # The tree

    def walk(self, node: Any, scope: Scope) -> None:
        if isinstance(node, list):
            for each in node:
                self.walk(each, scope)
            return
        for key, value in node.items():
            if isinstance(value, list):
                self.walk(value, scope)
            elif not isinstance(value, dict):
                continue
            elif key == "ColumnRef":
                self.column_ref(value, scope)
            elif key in ("SelectStmt", "larg", "rarg"):
                self.select(value, scope)
            elif key in _TYPE_FIELDS:
                self.type_name(value)
            elif key == "FuncCall":
                self.call(value, scope)
            elif key == "RangeVar" or (key in ("relation", "table") and "relname" in value):
                self.range_var(value)
            else:
                self.walk(value, scope)

    def column_ref(self, node: Node, scope: Scope) -> None:
        fields = node["fields"]
        if "A_Star" in fields[-1]:
            self.star(node, scope)
            return
        names = strings(fields)
        start = self.written.piece.pos(node.get("location", 0))
        if len(names) == 1:
            column, known = _unqualified(names[0], scope)
            if column is not None:
                self.mark_name(start, column, 1)
            elif not known and names[0] not in _SYSTEM_COLUMNS:
                self.written.unknown.append((names[0], start))
            return
        relation, own = _source(names[-2], scope)
        if relation is None:
            return
        if own:
            self.mark_name(start, relation, len(names) - 1)
        column = relation.column(names[-1])
        if column is not None:
            self.mark_name(start, column, len(names))
        elif names[-1] not in _SYSTEM_COLUMNS:
            self.written.unknown.append((names[-1], start))

    def star(self, node: Node, scope: Scope) -> None:
        names = [each["String"]["sval"] for each in node["fields"] if "String" in each]
        relation, own = _source(names[-1], scope) if names else (None, False)
        if relation is not None and own:
            self.mark_name(self.written.piece.pos(node.get("location", 0)), relation, len(names))

    def range_var(self, node: Node) -> Draft | None:
        schema = node.get("schemaname", "")
        if not schema and node["relname"] in self.ctes:
            return None
        draft = self.catalog.find(schema, node["relname"])
        if draft is not None and "location" in node:
            parts = 1 + bool(schema) + ("catalogname" in node)
            self.mark_name(self.written.piece.pos(node["location"]), draft, parts)
        return draft

    def type_name(self, node: Node) -> None:
        schema, name = qualified(node.get("names"))
        draft = self.catalog.row_or_type(schema, name)
        if draft is not None:
            self.mark_name(self.written.piece.pos(node.get("location", 0)), draft, 1 + bool(schema))

    def call(self, node: Node, scope: Scope) -> None:
        schema, name = qualified(node["funcname"])
        routines = self.catalog.find_routines(schema, name) if self.catalog.routines else ()
        if len(routines) == 1:
            self.mark_name(self.written.piece.pos(node.get("location", 0)), routines[0], 1 + bool(schema))
        if name in _SEQUENCE_FUNCTIONS and node.get("args"):
            self.sequence(node["args"][0])
        self.walk({key: value for key, value in node.items() if key != "funcname"}, scope)

    def sequence(self, node: Node) -> None:
        """Mark the name of a sequence inside the string that nextval takes."""
        if "TypeCast" in node:
            node = node["TypeCast"]["arg"]
        constant = node.get("A_Const", {})
        start = self.written.piece.pos(constant.get("location", 0))
        if "sval" not in constant or self.text[start : start + 1] != "'":
            return
        found = QUALIFIED.match(self.text, start + 1)
        if found is None or self.text[found.end() : found.end() + 1] != "'":
            return
        names = [unquoted(self.text[begin:end]) for begin, end in self.name_parts(start + 1)]
        draft = self.catalog.find(names[-2] if len(names) > 1 else "", names[-1])
        if draft is not None:
            self.mark_name(start + 1, draft, len(names))

    # Queries

    def select(self, node: Node, scope: Scope) -> None:
        before = self.ctes
        for each in node.get("withClause", {}).get("ctes", ()):
            cte = each["CommonTableExpr"]
            self.ctes = (*self.ctes, cte["ctename"])
            self.walk(cte["ctequery"], scope)
        frame: Frame = {}
        inner = (*scope, frame)
        for each in node.get("fromClause", ()):
            self.source(each, frame, inner)
        aliases = {target["ResTarget"].get("name") for target in node.get("targetList", ())}
        for key, value in node.items():
            if key in ("fromClause", "withClause") or not isinstance(value, (dict, list)):
                continue
            self.walk({key: _without_aliases(key, value, aliases)}, inner)
        self.ctes = before

    def source(self, node: Node, frame: Frame, scope: Scope) -> None:
        for kind, value in node.items():
            alias = value.get("alias", {}).get("aliasname", "") if isinstance(value, dict) else ""
            if kind == "RangeVar":
                draft = self.range_var(value)
                known = draft if isinstance(draft, Relation) and draft.cls is Table else None
                renamed = "colnames" in value.get("alias", {})
                frame[alias or value["relname"]] = (None if renamed else known, not alias)
            elif kind == "JoinExpr":
                self.source(value["larg"], frame, scope)
                self.source(value["rarg"], frame, scope)
                if "quals" in value:
                    self.walk(value["quals"], scope)
            else:
                frame[alias or f"?{len(frame)}"] = (None, False)
                self.walk(value, scope)

    # Words that the tree gives no place for

    def own_name(self, draft: Draft) -> None:
        """Mark the name that a CREATE statement gives to its object."""
        head = _NAMED.search(self.text, self.written.start, self.written.end)
        if head is not None:
            start = skip_gap(self.text, head.end())
            self.mark_name(start, draft, len(self.name_parts(start)))

    def body(self) -> None:
        start, end = self.written.start, self.written.end
        for found in _BODY_TABLE.finditer(self.text, start, end):
            names = [unquoted(self.text[a:b]) for a, b in self.name_parts(found.start(1))]
            draft = self.catalog.find(names[-2] if len(names) > 1 else "", names[-1])
            if draft is not None:
                self.mark_name(found.start(1), draft, len(names))
        for found in _BODY_TYPE.finditer(self.text, start, end):
            self.body_type(found)

    def body_type(self, found: re.Match[str]) -> None:
        names = [unquoted(self.text[a:b]) for a, b in self.name_parts(found.start(1))]
        column_name = None if found.group(2) else names.pop()
        if not names:
            return
        draft = self.catalog.find(names[-2] if len(names) > 1 else "", names[-1])
        if not isinstance(draft, Relation):
            return
        self.mark_name(found.start(1), draft, len(names))
        column = draft.column(column_name) if column_name else None
        if column is not None:
            self.mark_name(found.start(1), column, len(names) + 1)

    def trigger(self, relation: Relation) -> None:
        start, end = self.written.start, self.written.end
        execute = _EXECUTE.search(self.text, start, end)
        if execute:
            parts = self.name_parts(execute.end())
            names = [unquoted(self.text[a:b]) for a, b in parts]
            routines = self.catalog.find_routines(names[-2] if len(names) > 1 else "", names[-1]) if names else []
            if len(routines) == 1:
                self.mark_name(execute.end(), routines[0], len(parts))
        columns = _UPDATE_OF.search(self.text, start, execute.start() if execute else end)
        for name in ONE_NAME.finditer(self.text, *columns.span(1)) if columns else ():
            column = relation.column(unquoted(name.group()))
            if column is not None:
                self.mark(name.start(), name.end(), column)


def _without_aliases(clause: str, value: Any, aliases: set[str | None]) -> Any:
    """Return what ORDER BY and GROUP BY name besides the query's own output columns."""
    if clause == "sortClause":
        return [each for each in value if _plain_name(each["SortBy"]["node"]) not in aliases]
    if clause == "groupClause":
        return [each for each in value if _plain_name(each) not in aliases]
    return value


def _plain_name(node: Node) -> str:
    fields = node.get("ColumnRef", {}).get("fields", [])
    return fields[0]["String"]["sval"] if len(fields) == 1 and "String" in fields[0] else ""


def _source(alias: str, scope: Scope) -> tuple[Relation | None, bool]:
    for frame in reversed(scope):
        if alias in frame:
            return frame[alias]
    return None, False


def _unqualified(name: str, scope: Scope) -> tuple[Draft | None, bool]:
    """Return the column that a bare name means, and whether it can mean anything at all."""
    for frame in reversed(scope):
        columns = [relation.column(name) for relation, _ in frame.values() if relation is not None]
        hits = [column for column in columns if column is not None]
        unclear = len(columns) < len(frame)
        if hits or unclear:
            return (hits[0] if len(hits) == 1 and not unclear else None), True
        if name in frame:
            return None, True
    return None, not any(scope)
