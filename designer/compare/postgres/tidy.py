"""One form for what PostgreSQL writes in several: the rules that need to know one tree only.

Every rule is one that the server applies itself when it stores an expression and writes it out again, so that two
texts with one tidy tree have the same meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from designer.compare.postgres.creates import CREATES
from designer.compare.postgres.names import HOMES, Node, names, type_node

Rule = Callable[[dict[str, Any]], Node]

_PLACES = ("location", "stmt_location", "stmt_len", "rexpr_list_start", "rexpr_list_end", "list_start", "list_end",
           "name_location")  # fmt: skip
_NEVER_SAID = frozenset({*_PLACES, "funcformat", "colno", "rtindex"})
_NAMES = frozenset({
    "defnames", "objname", "typeName", "funcname", "opclassname", "opfamilyname", "cfgname", "dictname",
    "object_type_name",
})  # fmt: skip
_TYPES = ("typeName", "returnType", "newCollation", "sourcetype", "targettype", "datatype", "storedtype")
_LIKE = frozenset({"AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_SIMILAR"})
_MOST = 20_000
"""How large a tree may become by writing a part of it several times, in nodes."""
_BETWEEN = {"AEXPR_BETWEEN": ("AND_EXPR", ">=", "<="), "AEXPR_NOT_BETWEEN": ("OR_EXPR", "<", ">")}


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
    for key in _TYPES:
        if isinstance(found.get(key), dict) and "names" in found[key]:
            found[key] = type_node(found[key])
    for key in _NAMES & found.keys():
        if isinstance(found[key], list) and found[key] and "String" in found[key][0]:
            found[key] = names(found[key])
    if isinstance(found.get("relation"), dict) and "relname" in found["relation"]:
        found["relation"] = _relation(found["relation"])["RangeVar"]
    return found


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
    late = target["names"] == ["regclass"] and "type" in inner.get("Const", ())  # looked up when it is needed
    if "Const" not in inner or late:
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
    elif kind == "AEXPR_OP" and fields["name"] in (["="], ["<>"]) and "RowExpr" in fields.get("lexpr", ()):
        return _rows(fields)
    elif kind == "AEXPR_OP" and "lexpr" not in fields and fields["name"] == ["-"]:
        const = fields["rexpr"].get("Const", {})
        if const.get("bare") == "number" and not const["text"].startswith("-"):
            return {"Const": {**const, "text": f"-{const['text']}"}}
    return {"A_Expr": fields}


def _rows(fields: dict[str, Any]) -> Node:
    """`(a, b) = (1, 2)` is compared part by part."""
    pairs = [fields[side].get("RowExpr", {}).get("args", ()) for side in ("lexpr", "rexpr")]
    if len(pairs[0]) != len(pairs[1]):
        return {"A_Expr": fields}
    args = [{"A_Expr": {**fields, "lexpr": one, "rexpr": two}} for one, two in zip(*pairs, strict=True)]
    return {"BoolExpr": {"boolop": "AND_EXPR" if fields["name"] == ["="] else "OR_EXPR", "args": args}}


def _sub_link(fields: dict[str, Any]) -> Node:
    """`= ANY (SELECT …)` is IN."""
    if fields.get("subLinkType") == "ANY_SUBLINK" and "operName" in fields:
        fields["operName"] = names(fields["operName"])
        if fields["operName"] == ["="]:
            del fields["operName"]
    return {"SubLink": fields}


def _row(fields: dict[str, Any]) -> Node:
    fields.pop("row_format", None)
    return {"RowExpr": fields}


def _in_list(fields: dict[str, Any]) -> Node:
    """`x IN (…)` as the server rewrites it: constants become an array, what names columns is compared one by one."""
    items = fields["rexpr"]["List"]["items"] if "List" in fields["rexpr"] else [fields["rexpr"]]
    plain = [each for each in items if not _has_columns(each)]
    single = [each for each in items if _has_columns(each)]
    if not is_small(fields["lexpr"], len(single) + 1):
        return {"A_Expr": fields}
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


def is_small(node: Node, times: int) -> bool:
    """Say whether a tree may be written so many times: each BETWEEN in a BETWEEN doubles what is in it."""
    waiting, left = [node], _MOST // max(times, 1)
    while waiting and left > 0:
        current = waiting.pop()
        left -= 1
        if isinstance(current, dict):
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
    return not waiting


def _has_columns(node: Node) -> bool:
    if isinstance(node, list):
        return any(map(_has_columns, node))
    return isinstance(node, dict) and ("ColumnRef" in node or any(map(_has_columns, node.values())))


def _between(fields: dict[str, Any], joined: str, low: str, high: str) -> Node:
    left = fields["lexpr"]
    if not is_small(left, 2):
        return {"A_Expr": fields}
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
    first = (fields.get("args") or [{}])[0]
    if fields["funcname"] == ["extract"] and "text" in first.get("Const", ()):
        first["Const"]["text"] = first["Const"]["text"].lower()
    if fields["funcname"] in (["nextval"], ["currval"], ["setval"]) and set(first.get("Const", ())) == {"text"}:
        first["Const"]["type"] = {"names": ["regclass"]}
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


def _name_list(fields: dict[str, Any]) -> Node:
    items = fields.get("items", [])
    if items and all(isinstance(each, dict) and set(each) == {"String"} for each in items):
        return {"Names": names(items)}
    return {"List": fields}


_RULES: dict[str, Rule] = {
    **CREATES,
    "A_Const": _const,
    "TypeCast": _cast,
    "TypeName": lambda fields: {"TypeName": type_node(fields)},
    "A_Expr": _expression,
    "BoolExpr": _bool,
    "SubLink": _sub_link,
    "RowExpr": _row,
    "CaseExpr": _case,
    "FuncCall": _function,
    "ColumnRef": _column,
    "RangeVar": _relation,
    "CollateClause": _collate,
    "SortBy": _sort,
    "List": _name_list,
}
