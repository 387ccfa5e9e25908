"""What statements that are kept verbatim make, by what each is told from others, and how each is taken back."""

from __future__ import annotations

import re

from designer.evolution.facts import FactId
from designer.evolution.postgres.kept_settings import numbers, setting
from designer.evolution.postgres.kept_where import Kept, Reader, Where
from designer.evolution.postgres.trees import Node, Path, defined, quote, relation, strings, value
from exporters.ddl.names import generated_name

_COMMENT = re.compile(
    r"""\bIS\s+(?:[eE]?'(?:[^'\\]|''|\\.)*'|(\$\w*\$).*\1|NULL)\s*;?\s*\Z""", re.IGNORECASE | re.DOTALL
)


def kept_as(kind: str, node: Node, where: Where) -> Kept | None:
    """Return what a statement makes; None for one that nothing is known of."""
    reader = READERS.get(kind)
    return reader(node, where) if reader is not None else None


def _placed(word: str, names: str) -> Reader:
    def read(node: Node, where: Where) -> Kept:
        path = strings(node[names])
        return Kept(word.lower(), (word, *where.full(path)), (f"DROP {word} {where.path(path)};",), name=path)

    return read


def _plain(word: str, name: str) -> Reader:
    def read(node: Node, _: Where) -> Kept:
        return Kept(word.lower(), (word, node[name]), (f"DROP {word} {quote(node[name])};",), name=(node[name],))

    return read


_DEFINED = {
    "OBJECT_COLLATION": "COLLATION", "OBJECT_TSCONFIGURATION": "TEXT SEARCH CONFIGURATION",
    "OBJECT_TSDICTIONARY": "TEXT SEARCH DICTIONARY", "OBJECT_TSPARSER": "TEXT SEARCH PARSER",
    "OBJECT_TSTEMPLATE": "TEXT SEARCH TEMPLATE",
}  # fmt: skip


def _define(node: Node, where: Where) -> Kept | None:
    path, kind = strings(node["defnames"]), node["kind"]
    if kind == "OBJECT_OPERATOR":
        return _operator(node, where, path)
    if kind == "OBJECT_TYPE" and "definition" not in node:
        return Kept("shell type", ("SHELL", *where.full(path)), (f"DROP TYPE {where.path(path)};",), name=path)
    if kind == "OBJECT_TYPE":
        said = defined(node, "definition")
        functions = (each for each in said.values() if "TypeName" in each)
        needs = frozenset(
            r.id for each in functions for r in where.look.routine(strings(each["TypeName"]["names"]), where.homes)
        )
        # a base type and its functions need one another: the functions go with it
        return Kept(
            "type",
            ("TYPE", *where.full(path)),
            (f"DROP TYPE {where.path(path)} CASCADE;",),
            needs=needs,
            name=path,
            state=tuple(value(said[word]).rpartition(".")[2] for word in ("input", "output") if word in said),
        )
    word = _DEFINED.get(kind)
    if word is None:
        return None
    # what a text search configuration is made from shows in its mappings, which are facts of their own
    state = ("made",) if kind == "OBJECT_TSCONFIGURATION" else None
    undo = f"DROP {word} {where.path(path)};"
    return Kept(word.lower(), (word, *where.full(path)), (undo,), name=path, state=state)


def _operator(node: Node, where: Where, path: Path) -> Kept:
    said = defined(node, "definition")
    sides = [said.get(each, {}).get("TypeName") for each in ("leftarg", "rightarg")]
    words = [where.kind(each) if each else "NONE" for each in sides]
    function = said.get("procedure") or said.get("function") or {}
    names = strings(function.get("TypeName", {}).get("names"))
    needs = where.types(*(each for each in sides if each)) | {
        each.id for each in where.look.routine(names, where.homes)
    }
    schema = where.full(path)[:-1] if "search_path" in where.record.extra else path[:-1]
    written = ".".join([*map(quote, schema), path[-1]])
    undo = f"DROP OPERATOR {written} ({', '.join(words)});"
    return Kept("operator", ("OPERATOR", *where.full(path), *words), (undo,), needs=needs, name=path)


def _range(node: Node, where: Where) -> Kept:
    path = strings(node["typeName"])
    said = [each["DefElem"].get("arg", {}).get("TypeName", {}) for each in node.get("params", ())]
    needs = where.types(*said) | {
        each.id for name in said for each in where.look.routine(strings(name.get("names")) or ("",), where.homes)
    }
    return Kept("type", ("TYPE", *where.full(path)), (f"DROP TYPE {where.path(path)};",), needs=needs, name=path)


def _cast(node: Node, where: Where) -> Kept:
    words = tuple(where.kind(node[each]) for each in ("sourcetype", "targettype"))
    needs = where.types(node["sourcetype"], node["targettype"]) | where.routine(node.get("func", {}))
    return Kept("cast", ("CAST", *words), (f"DROP CAST ({words[0]} AS {words[1]});",), needs=needs)


def _transform(node: Node, where: Where) -> Kept:
    kind, language = where.kind(node["type_name"]), node["lang"]
    needs = (
        where.types(node["type_name"]) | where.routine(node.get("fromsql", {})) | where.routine(node.get("tosql", {}))
    )
    undo = f"DROP TRANSFORM FOR {kind} LANGUAGE {quote(language)};"
    return Kept("transform", ("TRANSFORM", kind, language), (undo,), needs=needs)


def _operator_class(node: Node, where: Where) -> Kept:
    path, method = strings(node["opclassname"]), quote(node["amname"])
    needs = where.types(node["datatype"])
    for each in node.get("items", ()):
        needs |= where.routine(each["CreateOpClassItem"].get("name", {}))
    undo = [f"DROP OPERATOR CLASS {where.path(path)} USING {method};"]
    family = strings(node.get("opfamilyname"))
    if family:
        made = where.named.get(("operator family", family[-1]))
        needs |= {made} if made else set()
    else:
        undo.append(f"DROP OPERATOR FAMILY {where.path(path)} USING {method};")
    return Kept("operator class", ("OPERATOR CLASS", *where.full(path), method), tuple(undo), needs=needs, name=path)


def _operator_family(node: Node, where: Where) -> Kept:
    path, method = strings(node["opfamilyname"]), quote(node["amname"])
    undo = f"DROP OPERATOR FAMILY {where.path(path)} USING {method};"
    return Kept("operator family", ("OPERATOR FAMILY", *where.full(path), method), (undo,), name=path)


def _family_members(node: Node, where: Where) -> Kept:
    path, method = strings(node["opfamilyname"]), quote(node["amname"])
    items = [each["CreateOpClassItem"] for each in node.get("items", ())]
    needs = frozenset[FactId]().union(*(where.routine(each.get("name", {})) for each in items))
    members = []
    for each in items:
        own = each.get("class_args") or each.get("name", {}).get("objargs", ())
        types = ", ".join(where.kind(one["TypeName"]) for one in own if "TypeName" in one)
        members.append(f"{'OPERATOR' if each['itemtype'] == 1 else 'FUNCTION'} {each['number']} ({types})")
    undo = f"ALTER OPERATOR FAMILY {where.path(path)} USING {method} DROP {', '.join(members)};"
    parent = where.named.get(("operator family", path[-1])) or where.named.get(("operator class", path[-1]))
    return Kept("operator family members", ("MEMBERS", where.text), (undo,), parent, needs)


def _statistics(node: Node, where: Where) -> Kept:
    table = node["relations"][0]["RangeVar"]
    parent = where.relation(table)
    path = strings(node.get("defnames")) or (*relation(table)[:-1], _statistics_name(node, relation(table)[-1]))
    names = [each["StatsElem"].get("name", "") for each in node.get("exprs", ())]
    columns = where.look.columns(parent) if parent else {}
    needs = frozenset(columns[name].id for name in names if name in columns)
    words = str(node.get("exprs", ()))
    needs |= {column.id for name, column in columns.items() if f"'sval': {name!r}" in words}
    return Kept(
        "statistics",
        ("STATISTICS", *where.full(path)),
        (f"DROP STATISTICS {where.path(path)};",),
        parent,
        needs,
        name=path,
    )


def _statistics_name(node: Node, table: str) -> str:
    names = "_".join(each["StatsElem"].get("name", "expr") for each in node.get("exprs", ()))
    return generated_name(table, names, "stat")


def _rule(node: Node, where: Where) -> Kept:
    parent = where.relation(node["relation"])
    name = quote(node["rulename"])
    undo = f"DROP RULE {name} ON {where.path(relation(node['relation']))};"
    needs = frozenset(where.look.columns_in(node, where.homes, parent)) | frozenset(
        where.look.called(node, where.homes)
    )
    return Kept("rule", ("RULE", parent, name), (undo,), parent, needs, name=(node["rulename"],))


def _event_trigger(node: Node, where: Where) -> Kept:
    needs = frozenset(each.id for each in where.look.routine(strings(node["funcname"]), where.homes))
    name = node["trigname"]
    return Kept(
        "event trigger", ("EVENT TRIGGER", name), (f"DROP EVENT TRIGGER {quote(name)};",), needs=needs, name=(name,)
    )


def _server(node: Node, where: Where) -> Kept:
    name = node["servername"]
    made = where.named.get(("foreign data wrapper", node["fdwname"]))
    needs = frozenset({made} if made else ())
    return Kept("server", ("SERVER", name), (f"DROP SERVER {quote(name)};",), needs=needs, name=(name,))


def _user_mapping(node: Node, where: Where) -> Kept:
    user, server = role_words(node["user"]), node["servername"]
    undo = f"DROP USER MAPPING FOR {user} SERVER {quote(server)};"
    return Kept("user mapping", ("USER MAPPING", user, server), (undo,), where.named.get(("server", server)))


def _language(node: Node, where: Where) -> Kept:
    name = node["plname"]
    handlers = (node.get(each) for each in ("plhandler", "plinline", "plvalidator"))
    needs = frozenset(r.id for each in handlers if each for r in where.look.routine(strings(each), where.homes))
    return Kept("language", ("LANGUAGE", name), (f"DROP LANGUAGE {quote(name)};",), needs=needs, name=(name,))


def _table_from_query(node: Node, where: Where) -> Kept | None:
    into = node.get("into") or node.get("intoClause")
    if not into:
        return None
    path = relation(into["rel"])
    return Kept("table from a query", ("TABLE", *where.full(path)), (f"DROP TABLE {where.path(path)};",), name=path)


def _role(node: Node, _: Where) -> Kept:
    return Kept("role", ("ROLE", node["role"]), settles=True)


def _membership(node: Node, _: Where) -> Kept:
    roles = ", ".join(quote(each["AccessPriv"]["priv_name"]) for each in node["granted_roles"])
    members = ", ".join(role_words(each["RoleSpec"]) for each in node["grantee_roles"])
    one, two = (f"GRANT {roles} TO {members};", f"REVOKE {roles} FROM {members};")
    undo = two if node.get("is_grant") else one
    return Kept("membership", ("MEMBER", roles, members, bool(node.get("is_grant"))), (undo,))


def role_words(node: Node) -> str:
    """Return a role as SQL writes it."""
    kind = node.get("roletype", "")
    return quote(node["rolename"]) if kind == "ROLESPEC_CSTRING" else kind.removeprefix("ROLESPEC_")


# Comments and labels

_LISTED = {"OBJECT_COLUMN": 1, "OBJECT_RULE": 1, "OBJECT_TRIGGER": 1, "OBJECT_POLICY": 1, "OBJECT_TABCONSTRAINT": 1}
"""Objects named behind the relation that they are of."""


def _said_about(kind: str) -> Reader:
    def read(node: Node, where: Where) -> Kept:
        undo = _COMMENT.sub("IS NULL;", where.text)
        return Kept(
            kind, (kind, node["objtype"], *_object(node, where)), (undo,) if undo != where.text else (),
            _commented(node, where), settles=True, state=(node.get("comment"), node.get("label"), node.get("provider")),
        )  # fmt: skip

    return read


def _object(node: Node, where: Where) -> tuple[object, ...]:
    """Return what a comment is on, whatever search path its names were written for."""
    inner = node["object"]
    if "ObjectWithArgs" in inner:
        given = inner["ObjectWithArgs"].get("objargs", ())
        kinds = (where.kind(each["TypeName"]) if "TypeName" in each else "NONE" for each in given)
        return (*where.full(strings(inner["ObjectWithArgs"]["objname"])), *kinds)
    names = strings(inner.get("List", {}).get("items"))
    if node["objtype"] in _LISTED and len(names) > 1:
        owner = where.look.relation(names[:-1], where.homes) or where.look.type(names[:-1], where.homes)
        return (owner.id if owner is not None else where.full(names[:-1]), names[-1])
    if "TypeName" in inner:
        return (where.kind(inner["TypeName"]),)
    if names and "TypeName" not in str(inner):
        return where.full(names)
    return (re.sub(r"'location': \d+", "", str(inner)),)


def _commented(node: Node, where: Where) -> FactId | None:
    """Return what a comment is on, as far as it is known."""
    kind, inner = node["objtype"], node["object"]
    names = strings(inner.get("List", {}).get("items")) or strings(inner.get("ObjectWithArgs", {}).get("objname"))
    names = names or strings(inner.get("TypeName", {}).get("names")) or strings([inner])
    if kind in _LISTED and len(names) > 1:
        found = where.look.relation(names[:-1], where.homes) or where.look.type(names[:-1], where.homes)
        rule = where.named.get(("rule", names[-1])) if kind == "OBJECT_RULE" else None
        return rule or (found.id if found is not None else None)
    if not names:
        return None
    return next((fact for (_, name), fact in where.named.items() if name == names[-1]), None)


READERS: dict[str, Reader] = {
    "DefineStmt": _define,
    "CreateRangeStmt": _range,
    "CreateCastStmt": _cast,
    "CreateTransformStmt": _transform,
    "CreateOpClassStmt": _operator_class,
    "CreateOpFamilyStmt": _operator_family,
    "AlterOpFamilyStmt": _family_members,
    "CreateConversionStmt": _placed("CONVERSION", "conversion_name"),
    "CreateStatsStmt": _statistics,
    "RuleStmt": _rule,
    "CreateEventTrigStmt": _event_trigger,
    "CreateFdwStmt": _plain("FOREIGN DATA WRAPPER", "fdwname"),
    "CreateForeignServerStmt": _server,
    "CreateUserMappingStmt": _user_mapping,
    "CreatePLangStmt": _language,
    "CreateAmStmt": _plain("ACCESS METHOD", "amname"),
    "CreateTableSpaceStmt": _plain("TABLESPACE", "tablespacename"),
    "CreateSubscriptionStmt": _plain("SUBSCRIPTION", "subname"),
    "CreateTableAsStmt": _table_from_query,
    "SelectStmt": _table_from_query,
    "CreateRoleStmt": _role,
    "GrantRoleStmt": _membership,
    "CommentStmt": _said_about("comment"),
    "SecLabelStmt": _said_about("security label"),
    "AlterTableStmt": setting,
    "AlterSeqStmt": numbers,
}
"""Kind of statement -> what it makes."""
