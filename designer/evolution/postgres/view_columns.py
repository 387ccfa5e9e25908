"""What a view gives: its columns with their names and types, and the columns of other relations that it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from designer.compare.postgres.kinds import kind
from designer.compare.postgres.parse import UNFORESEEN, Unreadable, statement, type_name
from designer.compare.postgres.scopes import Resolver
from designer.evolution.postgres.lookup import DEFAULT, Lookup
from designer.evolution.postgres.trees import quote
from designer.schema import Column, Expr, Id, Table, View

Node = Any
Render = Callable[[Expr], str]
_COLUMN = "#"
"""Stands before the id of a column where the resolver looks for the name of a type."""
_TYPED = "="
"""Stands before what is known of the type of a view's column."""


@dataclass(frozen=True)
class Output:
    """One column that a view gives. `type` is empty where only the server knows it; `value` tells one from another."""

    name: str
    type: str
    value: str


@dataclass
class Reading:
    """What a view gives, None where that is not known, and the columns that it reads."""

    outputs: tuple[Output, ...] | None = None
    reads: set[Id] = field(default_factory=set)


class Views:
    """The views of one design, each read once. `render` writes an expression with the names of that design."""

    def __init__(self, look: Lookup, render: Render):
        self.look = look
        self.render = render
        self._known: dict[Id, Reading] = {}

    def reading(self, view: View) -> Reading:
        """Return what a view gives and reads."""
        found = self._known.get(view.id)
        if found is None:
            self._known[view.id] = Reading()  # of a view that reads itself nothing is known
            found = self._known[view.id] = self._read(view)
        return found

    def _read(self, view: View) -> Reading:
        homes = self.look.homes(view)
        resolver = Resolver(lambda schema, name: self._columns(schema, name, homes))
        try:
            tree = resolver.query(statement(self.query(view).rstrip().rstrip(";")), view.columns)
            select = tree["SelectStmt"]
            nodes = _nodes(tree)
            reads = set(_marked(nodes)) | self._merged(nodes, homes)
            while "larg" in select:
                select = select["larg"]
            return Reading(self._outputs(select, view.columns), reads)
        except (Unreadable, *UNFORESEEN):
            return Reading(tuple(Output(name, "", "") for name in view.columns) or None)

    def query(self, view: View) -> str:
        """Return the query of a view; CREATE RECURSIVE VIEW is short for a view over WITH RECURSIVE."""
        text = self.render(view.query)
        if not view.recursive:
            return text
        columns = ", ".join(map(quote, view.columns))
        name = quote(view.name)
        return f"WITH RECURSIVE {name} ({columns}) AS ({text}\n) SELECT {columns} FROM {name}"

    def _columns(self, schema: str, name: str, homes: tuple[str, ...]) -> dict[str, str] | None:
        """Return the columns of a relation for the resolver, marked with what they are."""
        relation = self.look.relation((schema, name) if schema else (name,), homes if not schema else (DEFAULT,))
        if isinstance(relation, Table):
            return {each.name: f"{_COLUMN}{each.id}" for each in self.look.columns(relation.id).values()}
        if isinstance(relation, View):
            outputs = self.reading(relation).outputs
            return {each.name: f"{_TYPED}{each.type}" for each in outputs} if outputs is not None else None
        return None

    def _outputs(self, select: Node, names: tuple[str, ...]) -> tuple[Output, ...] | None:
        if "valuesLists" in select:
            row = select["valuesLists"][0]["List"].get("items", ())
            given = (*names, *(f"column{at}" for at in range(len(names) + 1, len(row) + 1)))
            return tuple(Output(name, self._type(each), repr(each)) for name, each in zip(given, row, strict=False))
        found = []
        for at, each in enumerate(select.get("targetList", ())):
            target = each["ResTarget"]
            if "A_Star" in str(target["val"]) or target["val"].get("ColumnRef", {}).get("fields", [""])[-1] == "*":
                return tuple(Output(name, "", "") for name in names) or None
            name = names[at] if at < len(names) else target.get("name", "?column?")
            found.append(Output(name, self._type(target["val"]), repr(target["val"])))
        return tuple(found)

    def _type(self, node: Node) -> str:
        """Return the type of an expression with its length; empty where only the server knows."""
        cast = node.get("TypeCast", {}).get("typeName") or node.get("Const", {}).get("type")
        if cast is not None:
            return self._named(cast)
        found = kind(node)
        if found.startswith(_TYPED):
            return found[1:]
        if found.startswith(_COLUMN):
            column = self.look.design.get(found[1:])
            if "ColumnRef" in node and isinstance(column, Column):
                return " ".join(filter(None, (column.type_ref or _spelled(column.type), column.collation)))
            return ""
        return "text" if found == "unknown" else found

    def _named(self, node: Node) -> str:
        """Return a type in one form: the id of what makes it, or its tree."""
        found = self.look.type(tuple(node["names"]))
        return found.id if found is not None and "arrayBounds" not in node else repr(sorted(node.items()))

    def _merged(self, nodes: list[dict[str, Any]], homes: tuple[str, ...]) -> set[Id]:
        """Return the columns that USING joins by: both sides are read, though one name stands there."""
        names: set[str] = set()
        relations: set[tuple[str, ...]] = set()
        natural = False
        for node in nodes:
            if "usingClause" in node:
                names |= {each["String"]["sval"] for each in node["usingClause"] if "String" in each}
            if node.get("isNatural"):
                natural = True
            if "relname" in node:
                relations.add((node["schemaname"], node["relname"]) if "schemaname" in node else (node["relname"],))
        if not names and not natural:
            return set()
        tables = [found for each in relations if isinstance(found := self.look.relation(each, homes), Table)]
        return {
            column.id for table in tables for column in self.look.columns(table.id).values()
            if natural or column.name in names
        }  # fmt: skip


def _spelled(written: str) -> str:
    """Return the type of a column in the form in which a cast to it is read."""
    try:
        return repr(sorted(type_name(written).items()))
    except (Unreadable, *UNFORESEEN):
        return written.lower()


def _nodes(node: Node) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            found.append(current)
            waiting.extend(current.values())
        elif isinstance(current, list):
            waiting.extend(current)
    return found


def _marked(nodes: list[dict[str, Any]]) -> list[Id]:
    """Return the columns that a resolved tree reads."""
    return [str(node["of"])[1:] for node in nodes if "of" in node and str(node["of"]).startswith(_COLUMN)]
