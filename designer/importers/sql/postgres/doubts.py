"""What a server would refuse although the grammar takes it. Each doubt is a warning at its place in the report.

Records that hold such a thing carry the reason in `extra["refused"]`, so that an exporter can leave it out.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from designer.importers.sql.postgres import facts
from designer.importers.sql.postgres.catalog import Catalog, object_name, qualified
from designer.importers.sql.postgres.drafts import Draft, Relation, Written
from designer.importers.sql.postgres.functions import BUILT_IN
from designer.importers.sql.postgres.grammar import GrammarError, Node, parse, too_much, walk
from designer.importers.sql.postgres.lexical import unquoted
from designer.importers.sql.postgres.mentions import expression
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.volatility import LITERAL, Judge, column_type
from designer.importers.sql.postgres.world import World

_KNOWN_EXTENSIONS = frozenset({
    *facts.EXTENSION_TYPES.values(), *facts.EXTENSION_FUNCTIONS.values(), *facts.EXTENSION_METHODS.values(),
    *(extension for _, extension in facts.CLASS_METHODS.values()), *facts.PARTS_OF, "plpgsql", "pg_stat_statements",
})  # fmt: skip
_NEVER_UNIQUE = frozenset({"gin", "gist", "spgist", "brin", "hash", "hnsw", "ivfflat"})


def is_built_in(name: str) -> bool:
    """Say whether PostgreSQL itself has a function of this name."""
    return name in BUILT_IN


def _unknown_extensions(catalog: Catalog) -> bool:
    """Say whether the script creates extensions of which nothing is known here: they may make anything."""
    return any(name not in _KNOWN_EXTENSIONS for name in catalog.extensions)


# Columns


def doubt_column(world: World, piece: Piece, table: Relation, column: Draft) -> None:
    """Warn, in the end, of a type that does not exist and of a generated column that depends on the session."""
    type_node = column.fields["type_node"]
    if type_node["names"][-1]["String"]["sval"] not in facts.TYPES:
        world.checks.append(lambda: _unknown_type(world, piece, column, type_node))
    generated: Written | None = column.fields.get("generated")
    if generated is not None:
        world.checks.append(
            lambda: doubt_expression(world, table, column, generated, f"generated column {table.name}.{column.name}")
        )
    default: Written | None = column.fields.get("default")
    if default is not None:
        doubt_default(world, table, column, default)
    if "identity" in column.fields:
        _doubt_identity(world, table, column)


def doubt_default(world: World, table: Relation, column: Draft, default: Written) -> None:
    """Warn, in the end, of a default that calls what nothing makes, or is no value of the type."""
    what = f"default of {table.name}.{column.name}"
    if isinstance(default.node, dict) and "A_Const" in default.node:
        if "sval" in default.node["A_Const"]:
            world.checks.append(lambda: _judge_literal(world, column, default, what))
    else:
        world.checks.append(lambda: doubt_functions(world, default, what))


_NUMBER = re.compile(r"\s*[-+]?[\d._]+(?:e[-+]?\d+)?\s*$|\s*[-+]?(?:infinity|nan)\s*$", re.IGNORECASE)


def _judge_literal(world: World, column: Draft, default: Written, what: str) -> None:
    """Warn of a quoted default that is no value of the column's type."""
    if not isinstance(default.node, dict):
        return
    text = default.node["A_Const"]["sval"].get("sval", "")
    kind = column_type(world.catalog, column)
    enum = world.catalog.find_type(*qualified(column.fields["type_node"]["names"]))
    wrong = kind in facts.NUMBERS and not _NUMBER.match(text)
    if wrong or (kind == "enum" and enum is not None and text not in enum.fields.get("values", [text])):
        world.warn(
            what, f"{text!r} is no value of the type {column.fields['type']}", default.piece.place(default.start)
        )


def _doubt_identity(world: World, table: Relation, column: Draft) -> None:
    what = f"identity column {table.name}.{column.name}"
    if column_type(world.catalog, column) not in ("int2", "int4", "int8"):
        world.warn(what, "an identity column must be smallint, integer or bigint; a server refuses it", column.place)
    elif "default" in column.fields:
        world.warn(what, "a column has an identity or a default, not both; a server refuses it", column.place)


def _unknown_type(world: World, piece: Piece, column: Draft, node: Node) -> None:
    reason = missing_type(world.catalog, node)
    if reason:
        world.warn(f"column {column.name}", reason, piece.place(piece.pos(node.get("location", piece.base))))


def missing_type(catalog: Catalog, node: Node) -> str:
    """Return why there is no type of this name; empty where there is one, or may be."""
    schema, name = qualified(node["names"])
    if schema in ("pg_catalog", "information_schema"):
        return ""
    if name.startswith("_") and not (catalog.find_type(schema, name) or catalog.find(schema, name)):
        name = name[1:]  # the type of arrays of it
    if name in facts.TYPES or node.get("pct_type") or name in catalog.known_types or _unknown_extensions(catalog):
        return ""
    if catalog.find_type(schema, name) or isinstance(catalog.find(schema, name), Relation):
        return ""
    extension = facts.EXTENSION_TYPES.get(name, "")
    if extension and extension in catalog.extensions:
        return ""
    if extension:
        return f"the type {name} comes with the extension {extension}, which this script does not create"
    if name in facts.MYSQL_TYPES:
        return f"PostgreSQL has no type {name}: it is one of MySQL's"
    return f"the type {name} is made by no statement of this script"


# Expressions


def doubt_expression(world: World, relation: Relation, draft: Draft, written: Written, what: str) -> bool:
    """Warn of an expression that is not immutable, where a server demands that it is. Returns whether it is unfit."""
    if written.node is None:
        return False
    judge = Judge(world.catalog, relation, written, draft.fields.get("generated") is written)
    judge.type(written.node)
    if not judge.reasons:
        return _doubt_names(world, relation, draft, written, what)
    reason, location = judge.reasons[0]
    piece = written.piece
    index = piece.pos(location) if location >= 0 else written.start
    _refuse(world, piece, draft, what, reason, index)
    return True


def _doubt_names(world: World, relation: Relation, draft: Draft, written: Written, what: str) -> bool:
    unknown = _unknown_column(world.catalog, relation, written)
    if unknown:
        _refuse(world, written.piece, draft, what, *unknown)
        return True
    reason = doubt_functions(world, written, what)
    if reason:
        draft.refuse(reason)
    return bool(reason)


def doubt_check(world: World, relation: Relation, draft: Draft) -> None:
    """Warn, in the end, of a check over columns or functions that are not there, or with a subquery."""
    world.checks.append(lambda: _judge_check(world, relation, draft))


def _judge_check(world: World, relation: Relation, draft: Draft) -> None:
    if draft.id not in world.catalog.drafts:
        return
    written: Written = draft.fields["expr"]
    what = f"check of {relation.name}"
    if "SubLink" in str(written.node):
        _refuse(world, written.piece, draft, what, "a check cannot hold a subquery", written.start)
    else:
        _doubt_names(world, relation, draft, written, what)


def _unknown_column(catalog: Catalog, relation: Relation, written: Written) -> tuple[str, int] | None:
    """Return the reason and place of the first column that does not exist; None where all do."""
    expression(written, catalog)
    if not written.unknown:
        return None
    name, place = written.unknown[0]
    return f"there is no column {name} in {relation.name}", place


def doubt_functions(world: World, written: Written, what: str) -> str:
    """Warn of a function, or sequence, that nothing makes. Returns the reason, empty where there is none."""
    for schema, name, location, arguments in _calls(written.node):
        reason = missing_function(world.catalog, schema, name)
        if name == "nextval" and not reason:
            reason = _missing_sequence(world.catalog, arguments)
        if reason:
            index = written.piece.pos(location) if location >= 0 else written.start
            world.warn(what, f"{reason}; a server refuses it", written.piece.place(index))
            return reason
    return ""


def missing_function(catalog: Catalog, schema: str, name: str) -> str:
    """Return why there is no function of this name; empty where there is one, or may be."""
    if schema == "pg_catalog" or name.lower() in BUILT_IN or name in facts.TYPES or catalog.find_routines(schema, name):
        return ""
    if _unknown_extensions(catalog) or catalog.find_type(schema, name) or catalog.find(schema, name):
        return ""
    extension = facts.EXTENSION_FUNCTIONS.get(name) or ("postgis" if name.startswith("st_") else "")
    if extension and extension in catalog.extensions:
        return ""
    if not extension and (schema and schema not in catalog.schemas):
        return f"the function {schema}.{name} is made by no statement of this script"
    if extension:
        return f"the function {name} comes with the extension {extension}, which this script does not create"
    return f"the function {name} is made by no statement of this script"


def _missing_sequence(catalog: Catalog, arguments: list[Node]) -> str:
    """Return why the sequence that nextval names is not there; one that comes with serial or identity is."""
    node = arguments[0].get("TypeCast", {}).get("arg", arguments[0]) if arguments else {}
    name = node.get("A_Const", {}).get("sval", {}).get("sval", "")
    found = re.fullmatch(r"(?:(?:\w+|\"[^\"]+\")\.)?(\w+|\"[^\"]+\")", name)
    plain = unquoted(found.group(1)) if found else ""
    if found is None or plain in catalog.sequence_names():
        return ""
    for draft in catalog.relations.values():
        if not isinstance(draft, Relation) or not plain.startswith(draft.name[:20]):
            continue
        if any(object_name(draft.name, column.name, "seq") == plain for column in _counted(draft)):
            return ""
    return f"there is no sequence {name} in this script"


def _counted(table: Relation) -> list[Draft]:
    """Return the columns that have a sequence behind them."""
    return [
        column for column in table.columns.values()
        if "identity" in column.fields or column.fields["type"].lower() in facts.SERIALS
    ]  # fmt: skip


def _calls(node: Any) -> list[tuple[str, str, int, list[Node]]]:
    return [
        (*qualified(value["funcname"]), value.get("location", -1), value.get("args", []))
        for key, value in walk(node)
        if key == "FuncCall"
    ]


# Indexes


def doubt_index(
    world: World, piece: Piece, relation: Relation, draft: Draft, node: Node, items: list[tuple[int, int]]
) -> None:
    """Warn, in the end, of what the server does not index: wrong or missing operator classes, unstable expressions."""
    world.checks.append(lambda: _judge_index(world, piece, relation, draft, node, items))


def _judge_index(
    world: World, piece: Piece, relation: Relation, draft: Draft, node: Node, items: list[tuple[int, int]]
) -> None:
    if draft.id not in world.catalog.drafts:
        return
    what = f"index {draft.name or 'on ' + relation.name}"
    method = node.get("accessMethod", "btree")
    reason = _method_reason(world.catalog, method)
    if not reason and draft.fields["unique"] and method in _NEVER_UNIQUE:
        reason = f"the access method {method} makes no unique indexes"
    if not reason and len(items) > 1 and method in ("hash", "hnsw", "ivfflat", "spgist"):
        reason = f"the access method {method} indexes one column only"
    if reason:
        _refuse(world, piece, draft, what, reason, 0)
        return
    for part, (start, _end) in zip(draft.fields["parts"], items, strict=True):
        if part.written is not None and doubt_expression(world, relation, draft, part.written, what):
            return
        reason = _class_reason(world.catalog, relation, method, part)
        if reason:
            _refuse(world, piece, draft, what, reason, start)
            return
    where: Written | None = draft.fields.get("where")
    if where is not None:
        doubt_expression(world, relation, draft, where, what)


def _refuse(world: World, piece: Piece, draft: Draft, what: str, reason: str, index: int) -> None:
    world.warn(what, f"{reason}; a server refuses it", piece.place(index))
    draft.refuse(reason)


def _method_reason(catalog: Catalog, method: str) -> str:
    if method in facts.BUILT_IN_METHODS or _unknown_extensions(catalog):
        return ""
    extension = facts.EXTENSION_METHODS.get(method)
    if extension is None:
        return f"there is no access method {method}"
    if extension in catalog.extensions:
        return ""
    return f"the access method {method} comes with the extension {extension}, which this script does not create"


def _class_reason(catalog: Catalog, relation: Relation, method: str, part: Any) -> str:
    written_class = part.fields.get("opclass", "").split("(")[0].strip().lower()
    kind = column_type(catalog, part.column) if part.column else _expression_type(catalog, relation, part)
    if written_class:
        return _written_class_reason(catalog, written_class, method)
    return class_needed(catalog, method, kind)


def _expression_type(catalog: Catalog, relation: Relation, part: Any) -> str:
    return Judge(catalog, relation, part.written).type(part.written.node) if part.written is not None else ""


def _written_class_reason(catalog: Catalog, name: str, method: str) -> str:
    known = facts.CLASS_METHODS.get(name.split(".")[-1])
    if known is None:
        return ""
    wanted, extension = known
    if wanted and wanted != method:
        return f"the operator class {name} is one of {wanted}, not of {method}"
    if extension not in catalog.extensions and not _unknown_extensions(catalog):
        return f"the operator class {name} comes with the extension {extension}, which this script does not create"
    return ""


def class_needed(catalog: Catalog, method: str, kind: str) -> str:
    """Return why a type cannot be indexed by a method without naming an operator class; empty where it can."""
    if kind in ("", LITERAL) or (kind in facts.EXTENSION_TYPES and method not in ("hnsw", "btree")):
        return ""
    if kind not in facts.TYPES and not kind.endswith("[]") and kind not in ("enum", "range", "vector"):
        return ""
    if method in ("btree", "hash"):
        plain = kind.removesuffix("[]")
        return f"the type {kind} has no default operator class for {method}" if plain in facts.NOT_ORDERED else ""
    known = facts.DEFAULT_CLASSES.get(method)
    if known is None or kind in known or (kind.endswith("[]") and "[]" in known):
        return ""
    helper = next((name for name, served in facts.PARTS_OF.items() if served == method), "")
    if (helper and helper in catalog.extensions) or _unknown_extensions(catalog):
        return ""
    hint = f"; the extension {helper} has one" if helper and kind not in ("json", "jsonb", "xml") else ""
    return f"the type {kind} has no default operator class for {method}{hint}"


def doubt_exclusion(world: World, piece: Piece, relation: Relation, draft: Draft, node: Node, start: int) -> None:
    """Warn, in the end, of an exclusion constraint that a server cannot index."""
    world.checks.append(lambda: _judge_exclusion(world, piece, relation, draft, node, start))


def _judge_exclusion(world: World, piece: Piece, relation: Relation, draft: Draft, node: Node, start: int) -> None:
    if draft.id not in world.catalog.drafts:
        return
    what = f"exclusion constraint of {relation.name}"
    method = node.get("access_method", "btree")
    for part in draft.fields["parts"]:
        if part.written is not None and doubt_expression(world, relation, draft, part.written, what):
            return
        reason = _method_reason(world.catalog, method) or _class_reason(world.catalog, relation, method, part)
        if reason:
            _refuse(world, piece, draft, what, reason, start)
            return
    where: Written | None = draft.fields.get("where")
    if where is not None:
        doubt_expression(world, relation, draft, where, what)


def doubt_partitioning(world: World, table: Relation, draft: Draft) -> None:
    """Warn, in the end, of a partition key over an expression that is not immutable."""
    what = f"partition key of {table.name}"
    for part in draft.fields["parts"]:
        if part.written is not None:
            world.checks.append(partial(doubt_expression, world, table, draft, part.written, what))


# Programs


def doubt_policy(world: World, piece: Piece, relation: Relation, draft: Draft, node: Node) -> None:
    """Warn, in the end, of a policy that calls what nothing makes, or is for a role that nothing creates."""
    world.checks.append(lambda: _judge_policy(world, piece, relation, draft, node))


def _judge_policy(world: World, piece: Piece, relation: Relation, draft: Draft, node: Node) -> None:
    what = f"policy {draft.name} on {relation.name}"
    for field in ("using", "with_check"):
        written: Written | None = draft.fields.get(field)
        if written is not None:
            reason = doubt_functions(world, written, what)
            unknown = _unknown_column(world.catalog, relation, written) if not reason else None
            if unknown:
                _refuse(world, piece, draft, what, *unknown)
            elif reason:
                draft.refuse(reason)
    for each in node.get("roles", ()):
        role = each["RoleSpec"]
        name = role.get("rolename", "")
        if name and name not in world.catalog.roles:
            world.warn(what, f"the role {name} is created by no statement of this script",
                       piece.place(piece.pos(role["location"])))  # fmt: skip


def doubt_trigger(world: World, piece: Piece, draft: Draft, node: Node) -> None:
    """Warn of a trigger whose function nothing makes."""
    reason = missing_function(world.catalog, *qualified(node["funcname"]))
    if reason and draft.id in world.catalog.drafts:
        _refuse(world, piece, draft, f"trigger {draft.name}", reason, 0)


def doubt_view(world: World, piece: Piece, view: Relation, query: Node) -> None:
    """Warn of a view over tables or functions that are not in the script."""
    if view.id not in world.catalog.drafts:
        return
    written: Written = view.fields["query"]
    missing = _missing_tables(world.catalog, query)
    what = f"view {view.name}"
    if missing:
        name, location = missing[0]
        reason = f"there is no table {name} in this script"
        _refuse(world, piece, view, what, reason, piece.pos(location))
        return
    unknown = _unknown_column(world.catalog, view, written)
    if unknown:
        _refuse(world, piece, view, what, f"there is no column {written.unknown[0][0]} in what it reads", unknown[1])
        return
    refused = next((each for each in _read(world.catalog, query) if "refused" in each.extra), None)
    if refused is not None:
        _refuse(world, piece, view, what, f"it reads {refused.name}, which a server refuses", 0)
        return
    reason = doubt_functions(world, written, what)
    if reason:
        view.refuse(reason)


def _read(catalog: Catalog, node: Any) -> list[Draft]:
    ranges = (catalog.range(value) for key, value in walk(node) if key == "RangeVar")
    return [draft for draft in ranges if draft is not None]


def doubt_routine(world: World, piece: Piece, draft: Draft) -> None:
    """Warn, in the end, of types that nothing makes, and of tables that an SQL body reads and that are not there."""
    path, checked = world.catalog.path, world.bodies_checked
    world.checks.append(lambda: _judge_routine(world, piece, draft, path, checked))


def _judge_routine(world: World, piece: Piece, draft: Draft, path: list[str], checked: bool) -> None:
    if draft.id not in world.catalog.drafts:
        return
    world.catalog.set_path(path)
    node, what = piece.node, f"{draft.fields['routine_kind']} {draft.name}"
    types = [each["FunctionParameter"]["argType"] for each in node.get("parameters", ()) if "FunctionParameter" in each]
    for each in [*types, *([node["returnType"]] if "returnType" in node else [])]:
        reason = missing_type(world.catalog, each)
        if reason:
            _refuse(world, piece, draft, what, reason, piece.pos(each.get("location", piece.base)))
            return
    options = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in node.get("options", ())}
    language = options.get("language", {}).get("String", {}).get("sval", "").lower()
    if language != "sql" or "as" not in options or not checked:
        return
    bodies = options["as"].get("List", {}).get("items", [])
    for name, _location in _missing_tables(world.catalog, _parsed_body(bodies)):
        _refuse(world, piece, draft, what, f"its body reads {name}, and there is no such table in this script", 0)
        return


def _parsed_body(bodies: list[Node]) -> list[Node]:
    text = bodies[0].get("String", {}).get("sval", "") if bodies else ""
    if not text or too_much(text):
        return []
    try:
        return parse(text.encode("utf-8", "replace"))
    except GrammarError:
        return []


def _missing_tables(catalog: Catalog, node: Any) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    named: set[str] = set()
    for key, value in walk(node):
        if key == "RangeVar":
            schema, name = value.get("schemaname", ""), value["relname"]
            system = schema in ("pg_catalog", "information_schema") or name.startswith("pg_")
            if not system and catalog.find(schema, name) is None:
                found.append((f"{schema}.{name}" if schema else name, value.get("location", 0)))
        elif key == "CommonTableExpr":
            named.add(value["ctename"])
    return [each for each in found if each[0] not in named]
