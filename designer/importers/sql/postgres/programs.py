"""Views, routines, triggers, policies, publications, extensions and schemas."""

from __future__ import annotations

import re
from typing import Any

from designer.dialects.base import words
from designer.importers.sql.postgres.catalog import Catalog, qualified, strings
from designer.importers.sql.postgres.constraints import with_options
from designer.importers.sql.postgres.doubts import doubt_policy, doubt_routine, doubt_trigger, doubt_view
from designer.importers.sql.postgres.drafts import Draft, Relation, Written
from designer.importers.sql.postgres.grammar import Node, walk
from designer.importers.sql.postgres.lexical import (
    QUALIFIED,
    expression_end,
    find_opening,
    matching,
    skip_gap,
    type_end,
    without_parentheses,
    word_after,
)
from designer.importers.sql.postgres.names import claim_relation, named_member
from designer.importers.sql.postgres.outcomes import Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Extension, Policy, Publication, Routine, Schema, Trigger, View

_CHECK_OPTION = re.compile(r"\s*with\s+(?:(?:cascaded|local)\s+)?check\s+option\s*$", re.IGNORECASE)
_STUB = re.compile(r"\s*select\s+null::", re.IGNORECASE)
"""How a dump begins a view in a circle: with its columns only."""
_DATA = re.compile(r"\s*with\s+(?:no\s+)?data\s*$", re.IGNORECASE)
CONTRIB = words("""
amcheck auth_delay autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw
fuzzystrmatch hstore insert_username intagg intarray isn lo ltree moddatetime old_snapshot pageinspect pg_buffercache
pg_freespacemap pg_logicalinspect pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto
pgrowlocks pgstattuple plperl plpgsql plpython3u pltcl postgres_fdw refint seg sslinfo tablefunc tcn test_decoding
tsm_system_rows tsm_system_time unaccent uuid-ossp xml2
""")
"""The extensions that come with PostgreSQL itself."""
_CHECKS = {"LOCAL_CHECK_OPTION": "local", "CASCADED_CHECK_OPTION": "cascaded"}


def create_view(world: World, piece: Piece) -> None:
    """Import a CREATE VIEW."""
    node = piece.node
    text, target = piece.text, node["view"]
    circular = world.catalog.range(target) is None
    view = _new_view(world, piece, target, node.get("replace", False), node["query"])
    if circular and _reads(world, node["query"], view):
        view.refuse("it reads itself")
    start = skip_gap(text, word_after(text, piece.pos(target["location"]), "as"))
    end = len(text.rstrip())
    fields = view.fields
    if node.get("withCheckOption") in _CHECKS:
        fields["check_option"] = _CHECKS[node["withCheckOption"]]
        found = _CHECK_OPTION.search(text, start)
        end = found.start() if found else end
    if re.match(r"create\s+(?:or\s+replace\s+)?(?:temp\w*\s+)?recursive\b", text, re.I):
        fields["recursive"] = True
    if target.get("relpersistence") == "t":
        view.extra["persistence"] = "temporary"
    fields["columns"] = tuple(strings(node.get("aliases")))
    if "options" in node:
        fields["options"] = with_options(text, piece.pos(target["location"]))
    _query(world, piece, view, node["query"], start, end)


def create_materialized_view(world: World, piece: Piece) -> None:
    """Import a CREATE MATERIALIZED VIEW."""
    node = piece.node
    text, into = piece.text, node["into"]
    target = into["rel"]
    if node.get("if_not_exists") and world.catalog.key(target.get("schemaname", ""), target["relname"]) in (
        world.catalog.relations
    ):
        raise Skipped(f"there already is a {target['relname']}, and the statement says IF NOT EXISTS")
    view = _new_view(world, piece, target, False, node["query"])
    at = piece.pos(target["location"])
    start = skip_gap(text, word_after(text, at, "as"))
    end = len(text.rstrip())
    found = _DATA.search(text, start)
    end = found.start() if found else end
    view.fields["materialized"] = True
    view.fields["with_data"] = not into.get("skipData", False)
    view.fields["columns"] = tuple(strings(into.get("colNames")))
    if "options" in into:
        view.fields["options"] = with_options(text, at)
    if "tableSpaceName" in into:
        view.fields["tablespace"] = into["tableSpaceName"]
    if "accessMethod" in into:
        view.extra["access_method"] = into["accessMethod"]
    _query(world, piece, view, node["query"], start, end)


def _new_view(world: World, piece: Piece, target: Node, replace: bool, query: Node) -> Relation:
    schema = target.get("schemaname", "")
    key = world.catalog.key(schema, target["relname"])
    old = world.catalog.relations.get(key)
    if replace and isinstance(old, Relation) and old.cls is View:
        first: Written | None = old.fields.get("query")
        if first is not None and (_STUB.match(first.text) or _reads(world, query, old)):
            old.extra.setdefault("stub", first.text)
        old.fields = {}
        return old
    claim_relation(world, *key)
    return world.catalog.add_relation(View, key, world.catalog.home(schema, piece.place()), piece.place())


def _reads(world: World, query: Node, view: Relation) -> bool:
    found = list(walk(query))
    if any(key == "CommonTableExpr" and value["ctename"] == view.name for key, value in found):
        return False
    return any(key == "RangeVar" and world.catalog.range(value) is view for key, value in found)


def _query(world: World, piece: Piece, view: Relation, query: Node, start: int, end: int) -> None:
    view.fields["query"] = world.written(piece, start, end, query)
    view.fields["depends_on"] = query
    world.checks.append(lambda: doubt_view(world, piece, view, query))


def create_routine(world: World, piece: Piece) -> None:
    """Import a CREATE FUNCTION or PROCEDURE."""
    node = piece.node
    kind = "procedure" if node.get("is_procedure") else "function"
    _routine(world, piece, kind, node["funcname"], node.get("parameters", []), node.get("replace", False))


def create_aggregate(world: World, piece: Piece) -> None:
    """Import a CREATE AGGREGATE."""
    node = piece.node
    parameters = node["args"][0].get("List", {}).get("items", []) if node.get("args") else []
    if node.get("oldstyle"):  # CREATE AGGREGATE name (BASETYPE = type, …)
        options = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in node["definition"]}
        argument = options.get("basetype", {}).get("TypeName", {})
        everything = argument.get("names", [{}])[-1].get("String", {}).get("sval", "").lower() in ("any", "")
        parameters = [] if everything else [{"FunctionParameter": {"argType": argument}}]
    _routine(world, piece, "aggregate", node["defnames"], parameters, node.get("replace", False))


def _routine(world: World, piece: Piece, kind: str, names: list[Node], parameters: list[Node], replace: bool) -> None:
    catalog = world.catalog
    schema, name = qualified(names)
    signature = f"({', '.join(argument_types(piece, parameters)) or ('*' if kind == 'aggregate' else '')})"
    routines = catalog.routines.setdefault(catalog.key(schema, name), [])
    same = next((each for each in routines if comparable(each.fields["signature"]) == comparable(signature)), None)
    if same is not None and not replace:
        raise Refused(f"there already is a {kind} {name}{signature}, from line {world.line(same.place)}")
    draft = same or catalog.add(Routine, name, catalog.home(schema, piece.place()), piece.place())
    draft.fields = {"routine_kind": kind, "signature": signature}
    text = piece.text
    written = world.written(piece, 0, len(text.rstrip()), {piece.kind: piece.node}, mode="body")
    written.own = draft
    draft.fields["text"] = written
    draft.fields["doubts"] = tuple(_volatility(piece.node))
    if kind != "aggregate":
        doubt_routine(world, piece, draft)
    if same is None:
        routines.append(draft)


def _volatility(node: Node) -> list[str]:
    options = [each["DefElem"] for each in node.get("options", ())]
    return [each["arg"]["String"]["sval"] for each in options if each["defname"] == "volatility"]


def argument_types(piece: Piece, parameters: list[Node]) -> list[str]:
    """Return the types of the input arguments as they were written: what tells routines of a name apart."""
    types = []
    for each in parameters:
        parameter = each.get("FunctionParameter", {})
        if parameter.get("mode") in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE") or "argType" not in parameter:
            continue
        start = piece.pos(parameter["argType"]["location"])
        types.append(piece.text[start : type_end(piece.text, start)])
    return types


_SAME = {
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean", "float8":
    "double precision", "float4": "real", "varchar": "character varying", "decimal": "numeric", "char": "character",
    "timestamptz": "timestamp with time zone", "timestamp": "timestamp without time zone",
}  # fmt: skip


def comparable(signature: str) -> tuple[str, ...]:
    """Return a signature in a form in which equal ones are equal: without arguments of types and aliases."""
    words = re.sub(r"\(\s*\d[^()]*\)", "", signature.strip()[1:-1]).lower().split(",")
    plain = (re.sub(r"\s+", " ", word).strip().removeprefix("pg_catalog.") for word in words)
    return tuple(_SAME.get(word, word) for word in plain if word not in ("", "*"))


def routine_of(catalog: Catalog, piece: Piece, target: Node) -> Draft | None:
    """Return the routine that a name with argument types means, be it written without them."""
    routines = catalog.find_routines(*qualified(target["objname"]))
    if "objfuncargs" in target or not target.get("args_unspecified"):
        wanted = comparable(f"({', '.join(argument_types(piece, target.get('objfuncargs', [])))})")
        routines = [each for each in routines if comparable(each.fields["signature"]) == wanted]
    return routines[0] if len(routines) == 1 else None


def create_trigger(world: World, piece: Piece) -> None:
    """Import a CREATE TRIGGER."""
    node = piece.node
    at = piece.pos(node["relation"]["location"])
    relation = world.catalog.relation(node["relation"], at)
    name = node["trigname"]
    other = named_member(relation, name, (Trigger,))
    if other is not None and not node.get("replace"):
        raise Refused(f"{relation.name} already has a trigger {name}, from line {world.line(other.place)}")
    draft = other or world.member(Trigger, name, relation, piece.place())
    end = len(piece.text.rstrip())
    written = world.written(piece, 0, end, {piece.kind: node}, relation, "trigger")
    written.own = draft
    draft.fields["text"] = written
    world.checks.append(lambda: doubt_trigger(world, piece, draft, node))


def create_policy(world: World, piece: Piece) -> None:
    """Import a CREATE POLICY."""
    node = piece.node
    at = piece.pos(node["table"]["location"])
    relation = world.catalog.table(node["table"], at)
    name = node["policy_name"]
    if named_member(relation, name, (Policy,)):
        raise Refused(f"{relation.name} already has a policy {name}")
    draft = world.member(Policy, name, relation, piece.place())
    draft.fields = _policy_fields(world, piece, relation, node, at)
    draft.fields["restrictive"] = not node.get("permissive", False)
    command = node.get("cmd_name", "all")
    draft.fields["command"] = "" if command == "all" else command
    doubt_policy(world, piece, relation, draft, node)


def _policy_fields(world: World, piece: Piece, relation: Relation, node: Node, at: int) -> dict[str, Any]:
    fields: dict[str, Any] = {"roles": tuple(_roles(piece, node.get("roles", [])))}
    for clause, field, heads in (("qual", "using", ("using",)), ("with_check", "with_check", ("with", "check"))):
        if clause in node:
            opening = find_opening(piece.text, word_after(piece.text, at, *heads))
            inner = skip_gap(piece.text, opening + 1)
            end = expression_end(piece.text, inner, matching(piece.text, opening))
            span = without_parentheses(piece.text, inner, end)
            fields[field] = world.written(piece, *span, node[clause], relation)
    return fields


def _roles(piece: Piece, roles: list[Node]) -> list[str]:
    names = []
    for each in roles:
        role = each["RoleSpec"]
        if role["roletype"] != "ROLESPEC_PUBLIC":
            found = QUALIFIED.match(piece.text, piece.pos(role["location"]))
            names.append(found.group() if found else role.get("rolename", ""))
    return names


def create_publication(world: World, piece: Piece) -> None:
    """Import a CREATE PUBLICATION."""
    node = piece.node
    catalog = world.catalog
    name = node["pubname"]
    if name in catalog.publications:
        raise Refused(f"there already is a publication {name}")
    tables: list[Draft] = []
    for each in node.get("pubobjects", ()):
        published = each["PublicationObjSpec"].get("pubtable")
        if published is not None:
            at = piece.pos(published["relation"]["location"])
            tables.append(catalog.table(published["relation"], at))
    draft = catalog.add(Publication, name, catalog.model, piece.place())
    draft.fields = {"text": world.written(piece, 0, len(piece.text.rstrip()), node), "tables": tables}
    catalog.publications[name] = draft


def create_extension(world: World, piece: Piece) -> None:
    """Import a CREATE EXTENSION."""
    node = piece.node
    catalog = world.catalog
    name = node["extname"]
    if name in catalog.extensions:
        if node.get("if_not_exists"):
            raise Skipped(f"there already is an extension {name}, and the statement says IF NOT EXISTS")
        raise Refused(f"there already is an extension {name}")
    draft = catalog.add(Extension, name, catalog.model, piece.place())
    for each in node.get("options", ()):
        option = each["DefElem"]
        value = option.get("arg", {}).get("String", {}).get("sval", "")
        if option["defname"] == "schema":
            draft.fields["schema"] = value
        elif option["defname"] == "new_version":
            draft.fields["version"] = value
    catalog.extensions[name] = draft
    if name not in CONTRIB:
        world.remark = f"the extension {name} is not part of PostgreSQL: the server must have it installed"


def create_schema(world: World, piece: Piece) -> None:
    """Import a CREATE SCHEMA. Its elements, if it has any, are run by the reader with the schema as their home."""
    node = piece.node
    catalog = world.catalog
    name = node.get("schemaname") or node.get("authrole", {}).get("rolename", "")
    if name == "public":
        world.without_public = None
    if name in catalog.schemas and name in catalog.declared:
        if node.get("if_not_exists") or name == "public":
            raise Skipped(f"there already is a schema {name}")
        raise Refused(f"there already is a schema {name}")
    if name not in catalog.schemas:
        catalog.schemas[name] = catalog.add(Schema, name, catalog.model, piece.place())
    catalog.declared.add(name)
    owner = node.get("authrole", {}).get("rolename", "")
    if owner:
        catalog.schemas[name].extra["authorization"] = owner
