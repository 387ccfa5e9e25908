"""One form for what PostgreSQL writes in several: the rules that need to know one tree only.

Every rule is one that the server applies itself when it stores an expression and writes it out again, so that two
texts with one tidy tree have the same meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Node = Any
Rule = Callable[[dict[str, Any]], Node]

HOMES = ("pg_catalog", "public")
"""Schemas that may be written or left out: the server writes one or the other, by its search_path."""
_PLACES = ("location", "stmt_location", "stmt_len", "rexpr_list_start", "rexpr_list_end", "list_start", "list_end",
           "name_location")  # fmt: skip
_NEVER_SAID = frozenset({*_PLACES, "funcformat", "colno", "rtindex"})
_NAMES = frozenset(
    {"defnames", "objname", "typeName", "opclassname", "opfamilyname", "cfgname", "dictname", "object_type_name"}
)
_LIKE = frozenset({"AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR"})
_BETWEEN = {"AEXPR_BETWEEN": ("AND_EXPR", ">=", "<="), "AEXPR_NOT_BETWEEN": ("OR_EXPR", "<", ">")}
_GIVING = frozenset({"FUNC_PARAM_OUT", "FUNC_PARAM_INOUT", "FUNC_PARAM_TABLE"})
_FUNCTION_DEFAULTS = {
    "volatility": "volatile", "parallel": "unsafe", "strict": False, "security": False, "leakproof": False,
    "window": False, "cost": "100", "rows": "1000",
}  # fmt: skip


def tidy(node: Node) -> Node:
    """Return a tree without places, in the form that this module describes."""
    if isinstance(node, list):
        return [tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        ((tag, inner),) = node.items()
        if tag[:1].isupper() and isinstance(inner, dict):
            fields = _fields(inner)
            rule = _RULES.get(tag)
            return rule(fields) if rule else {tag: fields}
    return _fields(node)


def _fields(inner: dict[str, Any]) -> dict[str, Any]:
    found = {key: tidy(value) for key, value in inner.items() if key not in _NEVER_SAID}
    for key in ("typeName", "returnType", "newCollation"):
        if isinstance(found.get(key), dict) and "names" in found[key]:
            found[key] = _type(found[key])
    for key in _NAMES & found.keys():
        if isinstance(found[key], list) and found[key] and "String" in found[key][0]:
            found[key] = names(found[key])
    if isinstance(found.get("relation"), dict) and "relname" in found["relation"]:
        found["relation"] = _relation(found["relation"])["RangeVar"]
    return found


def names(parts: list[Node]) -> list[str]:
    """Return a dotted name without the schemas that may be left out."""
    found = [each["String"].get("sval", "") if "String" in each else "*" for each in parts]
    return found[1:] if len(found) > 1 and found[0] in HOMES else found


def _type(fields: dict[str, Any]) -> dict[str, Any]:
    if fields.get("names") and isinstance(fields["names"][0], dict):
        fields["names"] = names(fields["names"])
    if fields.get("typemod") == -1:
        del fields["typemod"]
    if fields.get("arrayBounds"):
        fields["arrayBounds"] = 1  # the server keeps neither sizes nor the number of dimensions
    return fields


def _const(fields: dict[str, Any]) -> Node:
    if "sval" in fields:
        return {"Const": {"text": fields["sval"].get("sval", "")}}
    if "boolval" in fields:
        return {"Const": {"text": "true" if fields["boolval"].get("boolval") else "false", "bare": "boolean"}}
    if "ival" in fields:
        return {"Const": {"text": str(fields["ival"].get("ival", 0)), "bare": "number"}}
    if "fval" in fields:
        return {"Const": {"text": fields["fval"]["fval"], "bare": "number"}}
    if "bsval" in fields:
        return {"Const": {"text": fields["bsval"].get("bsval", ""), "bare": "bits"}}
    return {"Const": {"text": "null", "bare": "null"}}


_BOOLEANS = {"t": "true", "f": "false", "true": "true", "false": "false"}


def _cast(fields: dict[str, Any]) -> Node:
    inner, target = fields["arg"], fields["typeName"]
    if "Const" not in inner:
        return {"TypeCast": fields}
    const = {**inner["Const"], "type": target}
    if target["names"] == ["bool"] and const["text"] in _BOOLEANS and "arrayBounds" not in target:
        return {"Const": {"text": _BOOLEANS[const["text"]], "bare": "boolean"}}
    return {"Const": const}


def _expression(fields: dict[str, Any]) -> Node:
    kind = fields.get("kind", "AEXPR_OP")
    if fields.get("name") and isinstance(fields["name"][0], dict):
        fields["name"] = names(fields["name"])
    if kind in _LIKE:
        fields["kind"] = "AEXPR_OP"
    elif kind == "AEXPR_IN":
        return _in_list(fields)
    elif kind in _BETWEEN:
        return _between(fields, *_BETWEEN[kind])
    elif kind == "AEXPR_OP" and "lexpr" not in fields and fields["name"] == ["-"]:
        const = fields["rexpr"].get("Const", {})
        if const.get("bare") == "number" and not const["text"].startswith("-"):
            return {"Const": {**const, "text": f"-{const['text']}"}}
    return {"A_Expr": fields}


def _in_list(fields: dict[str, Any]) -> Node:
    """`x IN (…)` as the server rewrites it: constants become an array, what names columns is compared one by one."""
    items = fields["rexpr"]["List"]["items"] if "List" in fields["rexpr"] else [fields["rexpr"]]
    plain = [each for each in items if not _has_columns(each)]
    single = [each for each in items if _has_columns(each)]
    found: list[Node] = []
    if len(plain) > 1:
        kind = "AEXPR_OP_ANY" if fields["name"] == ["="] else "AEXPR_OP_ALL"
        found.append({"A_Expr": {**fields, "kind": kind, "rexpr": {"A_ArrayExpr": {"elements": plain}}}})
    else:
        single = items
    found += [{"A_Expr": {**fields, "kind": "AEXPR_OP", "rexpr": each}} for each in single]
    if len(found) == 1:
        return found[0]
    return {"BoolExpr": {"boolop": "OR_EXPR" if fields["name"] == ["="] else "AND_EXPR", "args": found}}


def _has_columns(node: Node) -> bool:
    if isinstance(node, list):
        return any(map(_has_columns, node))
    return isinstance(node, dict) and ("ColumnRef" in node or any(map(_has_columns, node.values())))


def _between(fields: dict[str, Any], joined: str, low: str, high: str) -> Node:
    left = fields["lexpr"]
    bounds = fields["rexpr"]["List"]["items"]
    pairs = zip((low, high), bounds, strict=True)
    args = [{"A_Expr": {"kind": "AEXPR_OP", "name": [op], "lexpr": left, "rexpr": bound}} for op, bound in pairs]
    return {"BoolExpr": {"boolop": joined, "args": args}}


def _bool(fields: dict[str, Any]) -> Node:
    if fields["boolop"] != "NOT_EXPR":
        args: list[Node] = []
        for each in fields["args"]:
            inner = each.get("BoolExpr", {})
            args += inner["args"] if inner.get("boolop") == fields["boolop"] else [each]
        fields["args"] = args
    return {"BoolExpr": fields}


def _case(fields: dict[str, Any]) -> Node:
    other = fields.get("defresult", {}).get("Const", {})
    if other.get("bare") == "null":
        del fields["defresult"]
    return {"CaseExpr": fields}


def _function(fields: dict[str, Any]) -> Node:
    fields["funcname"] = names(fields["funcname"])
    return {"FuncCall": fields}


def _column(fields: dict[str, Any]) -> Node:
    return {"ColumnRef": {"fields": names(fields["fields"]) if len(fields["fields"]) > 2 else _plain(fields)}}


def _plain(fields: dict[str, Any]) -> list[str]:
    return [each["String"].get("sval", "") if "String" in each else "*" for each in fields["fields"]][-2:]


def _relation(fields: dict[str, Any]) -> Node:
    if fields.get("schemaname") in HOMES:
        del fields["schemaname"]
    fields.pop("catalogname", None)
    return {"RangeVar": fields}


def _collate(fields: dict[str, Any]) -> Node:
    fields["collname"] = names(fields["collname"])
    return {"CollateClause": fields}


_NULLS = {("SORTBY_DEFAULT", "SORTBY_NULLS_LAST"), ("SORTBY_DESC", "SORTBY_NULLS_FIRST")}


def _sort(fields: dict[str, Any]) -> Node:
    if fields.get("sortby_dir") == "SORTBY_ASC":
        fields["sortby_dir"] = "SORTBY_DEFAULT"
    if (fields.get("sortby_dir"), fields.get("sortby_nulls")) in _NULLS:
        fields["sortby_nulls"] = "SORTBY_NULLS_DEFAULT"
    return {"SortBy": fields}


def _parameter(fields: dict[str, Any]) -> Node:
    if fields.get("mode") == "FUNC_PARAM_DEFAULT":
        fields["mode"] = "FUNC_PARAM_IN"
    if "argType" in fields:
        fields["argType"] = _without_length(_type(fields["argType"]))
    return {"FunctionParameter": fields}


def _without_length(fields: dict[str, Any]) -> dict[str, Any]:
    """The server keeps no lengths for the arguments and results of functions."""
    fields.pop("typmods", None)
    return fields


def _create_function(fields: dict[str, Any]) -> Node:
    """The options of a function in any order, those that say what holds anyway left out."""
    result = _without_length(fields.get("returnType", {}))
    modes = [each["FunctionParameter"].get("mode") for each in fields.get("parameters", ())]
    if not _GIVING.isdisjoint(modes):  # what they give is what is returned, said or not
        fields["returnType"] = {"setof": True} if result.get("setof") else {}
    fields.pop("replace", None)
    fields["funcname"] = names(fields["funcname"])
    options = []
    for each in fields.get("options", ()):
        option = each["DefElem"]
        if option["defname"] not in _FUNCTION_DEFAULTS or _said(option) != _FUNCTION_DEFAULTS[option["defname"]]:
            options.append(each)
    fields["options"] = sorted(options, key=lambda each: (each["DefElem"]["defname"], repr(each)))
    return {"CreateFunctionStmt": fields}


def _said(option: dict[str, Any]) -> Any:
    value = option.get("arg", {})
    if "Boolean" in value:
        return value["Boolean"].get("boolval", False)
    if "Integer" in value:
        return str(value["Integer"].get("ival", 0))
    return value.get("String", {}).get("sval") if "String" in value else None


def _create_trigger(fields: dict[str, Any]) -> Node:
    fields.pop("replace", None)
    fields["funcname"] = names(fields["funcname"])
    return {"CreateTrigStmt": fields}


def _view(fields: dict[str, Any]) -> Node:
    return {"ViewStmt": {key: value for key, value in fields.items() if key != "replace"}}


def _name_list(fields: dict[str, Any]) -> Node:
    items = fields.get("items", [])
    if items and all(isinstance(each, dict) and set(each) == {"String"} for each in items):
        return {"Names": names(items)}
    return {"List": fields}


def _objects(fields: dict[str, Any]) -> Node:
    fields.pop("objfuncargs", None)
    if "objargs" in fields:
        fields["objargs"] = [_type(each["TypeName"]) if "TypeName" in each else each for each in fields["objargs"]]
    return {"ObjectWithArgs": fields}


def _alter_table(fields: dict[str, Any]) -> Node:
    """ONLY says nothing where the change is one that children do not take over."""
    fields["relation"].pop("inh", None)
    fields.pop("objtype", None)  # ALTER TABLE does for views and indexes as well
    return {"AlterTableStmt": fields}


def _create_range(fields: dict[str, Any]) -> Node:
    """The multirange type has the name that the server gives to it, unless somebody gave another."""
    own = [each for each in fields["params"] if each["DefElem"]["defname"] != "multirange_type_name"]
    fields["params"] = sorted(own, key=repr)
    return {"CreateRangeStmt": fields}


def _define(fields: dict[str, Any]) -> Node:
    """The options of an aggregate, operator, collation or type in any order."""
    fields.pop("replace", None)
    fields["definition"] = sorted(fields.get("definition", ()), key=repr)
    return {"DefineStmt": fields}


_RULES: dict[str, Rule] = {
    "DefineStmt": _define,
    "AlterTableStmt": _alter_table,
    "CreateRangeStmt": _create_range,
    "A_Const": _const,
    "TypeCast": _cast,
    "TypeName": lambda fields: {"TypeName": _type(fields)},
    "A_Expr": _expression,
    "BoolExpr": _bool,
    "CaseExpr": _case,
    "FuncCall": _function,
    "ColumnRef": _column,
    "RangeVar": _relation,
    "CollateClause": _collate,
    "SortBy": _sort,
    "FunctionParameter": _parameter,
    "CreateFunctionStmt": _create_function,
    "CreateTrigStmt": _create_trigger,
    "ViewStmt": _view,
    "List": _name_list,
    "ObjectWithArgs": _objects,
}
