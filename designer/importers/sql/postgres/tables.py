"""CREATE TABLE."""

from __future__ import annotations

import re
from typing import Any

from designer.dialects.registry import get
from designer.importers.sql.postgres.bounds import claim_bound
from designer.importers.sql.postgres.catalog import qualified
from designer.importers.sql.postgres.constraints import STRUCTURAL, add_attribute, add_constraint, with_options
from designer.importers.sql.postgres.doubts import doubt_column, doubt_partitioning
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import (
    QUALIFIED,
    expression_end,
    find_opening,
    list_items,
    matching,
    skip_gap,
    type_end,
    without_parentheses,
    word_after,
)
from designer.importers.sql.postgres.likes import copy_like
from designer.importers.sql.postgres.names import claim_relation
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.parts import index_parts
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Column, CompositeType, Key, Partitioning, Table

_quote = get("postgresql").quote
PERSISTENCE = {"p": "", "u": "unlogged", "t": "temporary"}
_STRATEGY = {
    "PARTITION_STRATEGY_RANGE": "range", "PARTITION_STRATEGY_LIST": "list", "PARTITION_STRATEGY_HASH": "hash",
}  # fmt: skip
_ON_COMMIT = {"ONCOMMIT_DELETE_ROWS": "delete rows", "ONCOMMIT_DROP": "drop", "ONCOMMIT_PRESERVE_ROWS": "preserve rows"}
_DEFAULT = re.compile(r"default\b", re.IGNORECASE)
_COLLATE = re.compile(r"collate\s+", re.IGNORECASE)
_IDENTITY = re.compile(r"identity\s*", re.IGNORECASE)


def create_table(world: World, piece: Piece) -> None:
    """Import a CREATE TABLE."""
    node = piece.node
    target = node["relation"]
    schema = target.get("schemaname", "")
    catalog = world.catalog
    key = catalog.key(schema, target["relname"])
    if node.get("if_not_exists") and key in catalog.relations:
        raise Skipped(f"there already is a {target['relname']}, and the statement says IF NOT EXISTS")
    claim_relation(world, *key)
    if key in catalog.types:
        raise Refused(f"there already is a type {key[1]}")
    kind = _row_type(world, node)
    bases = [catalog.table(each["RangeVar"]) for each in node.get("inhRelations", ())]
    if "partbound" in node:
        claim_bound(piece, bases[0], node["partbound"])
    if any("TableLikeClause" in element for element in node.get("tableElts", ())):
        _all_likes_known(world, node)
    table = catalog.add_relation(Table, key, catalog.home(schema, piece.at), piece.place())
    table.bases = bases
    for base in bases:
        base.heirs.append(table)
    _properties(world, table, piece, node, target)
    if kind is not None:
        _columns_of_type(world, table, kind)
    elements = _elements(piece, node, target)
    for element, span in elements:
        _element(world, piece, table, element, span)
    for element, span in elements:
        constraint = element.get("Constraint")
        if constraint is not None:
            _table_constraint(world, piece, table, constraint, *span)
    _same_keys_once(world, table)
    if "partspec" in node:
        _partitioning(world, piece, table, node["partspec"])


def create_foreign_table(world: World, piece: Piece) -> None:
    """Import a CREATE FOREIGN TABLE: a table whose rows another server has."""
    piece.node = {**piece.node.pop("base"), **piece.node}
    create_table(world, piece)
    target = piece.node["relation"]
    table = world.catalog.table(target)
    text = piece.text
    start = word_after(text, piece.pos(target["location"]), "server")
    options = word_after(text, start, "options")
    table.extra["server"] = f"SERVER {_quote(piece.node['servername'])}"
    if options >= 0:
        table.extra["server"] += f" OPTIONS ({_listed(text, options)})"


def _listed(text: str, start: int) -> str:
    """Return the items of the next bracketed list on one line."""
    items, _ = list_items(text, find_opening(text, start))
    return ", ".join(text[begin:end].strip() for begin, end in items)


def _row_type(world: World, node: Node) -> Draft | None:
    """Return the composite type of a typed table. Raises KeptVerbatim for a type that has no record."""
    if "ofTypename" not in node:
        return None
    schema, name = qualified(node["ofTypename"]["names"])
    found = world.catalog.find_type(schema, name)
    if found is None or found.cls is not CompositeType:
        raise KeptVerbatim("its type has no record, so that its columns are not known")
    return found


def _columns_of_type(world: World, table: Relation, kind: Draft) -> None:
    table.fields["of_type"] = kind
    for each in kind.fields["fields"]:
        column = world.catalog.add(Column, each.name, table, table.place)
        column.fields = {"type": each.type, "collation": each.collation}
        table.columns[each.name] = column


def _same_keys_once(world: World, table: Relation) -> None:
    """Leave out a key on the columns of another in the same statement, as the server does; the first gets its name."""
    seen: dict[tuple[object, ...], Draft] = {}
    for key in sorted(table.of(Key), key=lambda each: not each.fields.get("primary")):
        fields = key.fields
        same = (
            *(each.id for each in fields["columns"]), "/", *(each.id for each in fields.get("include", ())),
            *(bool(fields.get(name)) for name in ("nulls_not_distinct", "deferrable", "deferred", "without_overlaps")),
        )  # fmt: skip
        first = seen.setdefault(same, key)
        if first is key:
            continue
        first.name = first.name or key.name
        table.members.remove(key)
        world.catalog.discard(key)
        if key.key is not None and first.key is None:
            world.catalog.register(world.catalog.relations, key.key, first)


def _partitioning(world: World, piece: Piece, table: Relation, spec: Node) -> None:
    start = piece.pos(spec["location"])
    try:
        add_partitioning(world, piece, table, spec)
    except Refused as refused:
        keep_clause(world, piece, table, refused, start, expression_end(piece.text, start))


def _all_likes_known(world: World, node: Node) -> None:
    for element in node["tableElts"]:
        clause = element.get("TableLikeClause")
        if clause is not None:
            world.catalog.table(clause["relation"])


def _properties(world: World, table: Relation, piece: Piece, node: Node, target: Node) -> None:
    fields, defaults = table.fields, world.catalog.defaults
    persistence = PERSISTENCE.get(target.get("relpersistence", "p"), "")
    if persistence:
        fields["persistence"] = persistence
    if "partbound" in node:
        fields["partition_of"] = table.bases[0]
        fields["partition_bound"], _ = partition_bound(piece, node["partbound"])
    elif table.bases:
        fields["inherits"] = list(table.bases)
    if "options" in node:
        fields["options"] = _options(piece, node, target)
    if "tablespacename" in node:
        fields["tablespace"] = node["tablespacename"]
    elif defaults["default_tablespace"]:
        fields["tablespace"] = defaults["default_tablespace"]
    if "accessMethod" in node:
        fields["access_method"] = node["accessMethod"]
    elif defaults["default_table_access_method"] and "partspec" not in node:
        fields["access_method"] = defaults["default_table_access_method"]
    if node.get("oncommit") in _ON_COMMIT:
        table.extra["on_commit"] = _ON_COMMIT[node["oncommit"]]


def _options(piece: Piece, node: Node, target: Node) -> str:
    start = piece.pos(target["location"])
    if "partbound" in node:
        _, start = partition_bound(piece, node["partbound"])
    return with_options(piece.text, start)


def partition_bound(piece: Piece, bound: Node) -> tuple[str, int]:
    """Return the verbatim bound of a partition, and where it ends."""
    text = piece.text
    at = piece.pos(bound.get("location", 0))
    if bound.get("is_default"):
        return "DEFAULT", at + len("default")
    start = max((found.start() for found in re.finditer(r"\bfor\s+values\b", text[:at], re.I)), default=at)
    opening = find_opening(text, at)
    end = matching(text, opening) + 1
    if bound.get("strategy") == "r":
        end = matching(text, find_opening(text, end)) + 1
    return text[start:end], end


def _elements(piece: Piece, node: Node, target: Node) -> list[tuple[Node, tuple[int, int]]]:
    elements = node.get("tableElts")
    if not elements:
        return []
    places: list[tuple[int, int]] = []
    simple = True
    for element in elements:
        for value in element.values():
            location = value.get("location")
            simple = simple and location is not None
            places.append((piece.pos(location), -1) if location is not None else (-1, -1))
    if simple:
        return list(zip(elements, places, strict=True))
    found = QUALIFIED.match(piece.text, piece.pos(target["location"]))
    items, _ = list_items(piece.text, find_opening(piece.text, found.end() if found else 0))
    return list(zip(elements, items, strict=True))


def _element(world: World, piece: Piece, table: Relation, element: Node, span: tuple[int, int]) -> None:
    for kind, value in element.items():
        if kind == "ColumnDef":
            try:
                add_column(world, piece, table, value, span[0])
            except Refused as refused:
                stop = span[1] if span[1] >= 0 else expression_end(piece.text, span[0])
                keep_clause(world, piece, table, refused, span[0], stop)
        elif kind == "TableLikeClause":
            copy_like(world, table, world.catalog.table(value["relation"]), value.get("options", 0))


def _table_constraint(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    try:
        if node["contype"] == "CONSTR_NOTNULL":
            for each in node.get("keys", ()):
                column = table.column(each["String"]["sval"])
                if column is not None and column.parent is not table:
                    clause = piece.text[start : expression_end(piece.text, start)]
                    keep_setting(world, piece, table, f"ADD {clause}", start)
                elif column is not None:
                    column.fields["nullable"] = False
                    column.fields["not_null_name"] = node.get("conname", "")
        elif node["contype"] in STRUCTURAL:
            add_constraint(world, piece, table, node, start).fields.pop("not_valid", None)
    except Refused as refused:
        stop = end if end >= 0 else expression_end(piece.text, start)
        keep_clause(world, piece, table, refused, start, stop)


def keep_clause(world: World, piece: Piece, table: Relation, refused: Refused, start: int, end: int) -> None:
    """Keep a clause that a server refuses beside the table that it was written in."""
    draft = world.keep(piece, refused.reason, "never", start, end)
    draft.parent = table
    message = f"{refused.reason}; the clause is kept but not exported"
    world.warn(f"clause of {table.name}", message, piece.place(start))


def add_column(world: World, piece: Piece, table: Relation, node: Node, start: int) -> Draft:
    """Add a column from its definition, which starts at `start`."""
    name = node["colname"]
    if "typeName" not in node and "of_type" in table.fields:
        return _typed_column(world, piece, table, node, start)
    if "typeName" not in node:
        return _partition_column(world, piece, table, node, start)
    if name in table.columns:
        raise Refused(f"{table.name} already has a column {name}", start)
    column = world.catalog.add(Column, name, table, piece.place(start))
    table.columns[name] = column
    fields = column.fields
    set_type(column, piece, node["typeName"])
    constraints = node.get("constraints")
    if "collClause" in node:
        at = _COLLATE.search(piece.text, piece.pos(node["collClause"]["location"]))
        found = QUALIFIED.match(piece.text, at.end()) if at else None
        fields["collation"] = found.group() if found else ""
    if "fdwoptions" in node:
        column.extra["options"] = _listed(piece.text, word_after(piece.text, start, "options"))
    if "storage_name" in node:
        fields["storage"] = node["storage_name"]
    if "compression" in node:
        fields["compression"] = node["compression"]
    if constraints:
        _column_constraints(world, piece, table, column, node)
    doubt_column(world, piece, table, column)
    return column


def set_type(column: Draft, piece: Piece, type_name: Node) -> None:
    """Set the raw type of a column, and the tree of it that is looked up in the end."""
    start = piece.pos(type_name.get("location", 0))
    column.fields["type"] = piece.text[start : type_end(piece.text, start)]
    column.fields["type_node"] = type_name


def _typed_column(world: World, piece: Piece, table: Relation, node: Node, start: int) -> Draft:
    """A column of a typed table that says more than its type: `name WITH OPTIONS NOT NULL`."""
    column = table.columns.get(node["colname"])
    if column is None:
        raise Refused(f"the type has no field {node['colname']}", start)
    if node.get("constraints"):
        _column_constraints(world, piece, table, column, node)
    return column


def _partition_column(world: World, piece: Piece, table: Relation, node: Node, start: int) -> Draft:
    """A column of a partition that only says more about an inherited one: its constraints are the partition's own."""
    inherited = table.column(node["colname"])
    if inherited is None:
        raise Missing(f"column {node['colname']}", start)
    constraints = [each["Constraint"] for each in node.get("constraints", ())]
    starts = [piece.pos(each["location"]) for each in constraints]
    for constraint, at in zip(constraints, starts, strict=True):
        if constraint["contype"] in STRUCTURAL:
            add_constraint(world, piece, table, constraint, at, inherited)
            continue
        limit = min((each for each in starts if each > at), default=None)
        clause = piece.text[at : expression_end(piece.text, at, limit)].strip()
        column = f"ALTER COLUMN {_quote(inherited.name)}"
        if constraint["contype"] == "CONSTR_DEFAULT":
            keep_setting(world, piece, table, f"{column} SET {clause}", at)
        elif constraint["contype"] == "CONSTR_NOTNULL":
            keep_setting(world, piece, table, f"{column} SET NOT NULL", at)
    return inherited


def keep_setting(world: World, piece: Piece, table: Relation, command: str, start: int) -> None:
    """Keep what a table says of an inherited column as a statement: it holds for this table only."""
    path = ".".join(_quote(part) for part in (table.schema, table.name) if part)
    alone = Piece(f"ALTER TABLE ONLY {path} {command}", piece.place(start), within=False)
    alone.path = piece.path
    world.keep(alone, "the column is inherited, and what is said of it here holds for this table only")


def _column_constraints(world: World, piece: Piece, table: Relation, column: Draft, node: Node) -> None:
    nodes = [each["Constraint"] for each in node["constraints"]]
    starts = [piece.pos(each["location"]) for each in nodes]
    if "collClause" in node:
        starts.append(piece.pos(node["collClause"]["location"]))
    last: Draft | None = None
    for constraint, start in zip(nodes, starts, strict=False):
        contype = constraint["contype"]
        if contype == "CONSTR_NOTNULL":
            column.fields["nullable"] = False
            if "conname" in constraint:
                column.fields["not_null_name"] = constraint["conname"]
        elif contype in STRUCTURAL:
            try:
                last = add_constraint(world, piece, table, constraint, start, column)
            except Refused as refused:
                limit = min((each for each in starts if each > start), default=None)
                keep_clause(world, piece, table, refused, start, expression_end(piece.text, start, limit))
        elif contype.startswith("CONSTR_ATTR"):
            add_attribute(last, contype)
        else:
            limit = min((each for each in starts if each > start), default=None)
            column_value(world, piece, table, column, constraint, start, limit)


def column_value(
    world: World, piece: Piece, table: Relation, column: Draft, node: Node, start: int, limit: int | None
) -> None:
    """Set the default, generation or identity of a column from its clause at `start`."""
    text, fields = piece.text, column.fields
    contype = node["contype"]
    if contype == "CONSTR_DEFAULT":
        if text[start : start + 7].lower() != "default":
            start = word_after(text, start, "default") - 7
        begin = skip_gap(text, start + 7)
        fields["default"] = world.written(piece, begin, expression_end(text, begin, limit), node.get("raw_expr"), table)
    elif contype == "CONSTR_GENERATED":
        opening = find_opening(text, start)
        inner = skip_gap(text, opening + 1)
        span = without_parentheses(text, inner, expression_end(text, inner, matching(text, opening)))
        fields["generated"] = world.written(piece, *span, node["raw_expr"], table)
        fields["generated_kind"] = "virtual" if node.get("generated_kind") == "v" else "stored"
    elif contype == "CONSTR_IDENTITY":
        fields["identity"] = "by default" if node.get("generated_when") == "d" else "always"
        fields["nullable"] = False
        if "options" in node:
            found = _IDENTITY.search(text, start)
            opening = text.index("(", found.end() if found else start)
            fields["identity_options"] = text[opening + 1 : matching(text, opening)].strip()


def add_partitioning(world: World, piece: Piece, table: Relation, spec: Node) -> None:
    """Add the partition key of a table."""
    start = piece.pos(spec["location"])
    items, _ = list_items(piece.text, find_opening(piece.text, start))
    parts: Any = index_parts(world, piece, table, spec["partParams"], items)
    draft = world.member(Partitioning, "", table, piece.place(start))
    draft.fields = {"strategy": _STRATEGY[spec["strategy"]], "parts": parts}
    doubt_partitioning(world, table, draft)
