"""Two tidy trees, node by node: which casts and constants are the same thing, said twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from designer.compare.difference import Verdict, worst
from designer.compare.postgres.constants import same
from designer.compare.postgres.kinds import added, key
from designer.compare.postgres.tidy import is_small

Node = Any

_RESPELLED = frozenset({
    "interval", "timestamp", "timestamptz", "date", "time", "timetz", "inet", "cidr", "macaddr", "float4", "float8",
    "money", "point", "box", "regclass", "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange",
    "tsquery", "tsvector", "vector", "uuid", "bytea",
})  # fmt: skip
"""Types whose constants the server writes its own way: `'1 hour'::interval` comes back as `'01:00:00'`."""
_BOOLEANS = {"t": "true", "f": "false", "true": "true", "false": "false", "yes": "true", "no": "false", "1": "true",
             "0": "false", "on": "true", "off": "false"}  # fmt: skip
_COUNTED = frozenset({
    "relname", "funcname", "name", "text", "boolop", "op", "jointype", "nulltesttype", "sval", "defname",
    "subtype",
})  # fmt: skip


def agree(left: Node, right: Node, *, loose: bool = True) -> Verdict:
    """Return how two tidy trees relate. With `loose`, trees of unlike shape with the same words in them are SPELLED."""
    try:
        found = _agree(left, right)
        if loose and found is Verdict.DIFFERENT and _same_words(left, right):
            return Verdict.SPELLED
    except RecursionError:
        return Verdict.SPELLED
    return found


def _agree(left: Node, right: Node) -> Verdict:
    if left == right:
        return Verdict.EQUAL
    if isinstance(left, list) and isinstance(right, list):
        if _is_name(left) and _is_name(right) and len(left) != len(right):
            short = min(len(left), len(right))
            return Verdict.EQUAL if left[-short:] == right[-short:] else Verdict.DIFFERENT
        return worst(map(_agree, left, right)) if len(left) == len(right) else Verdict.DIFFERENT
    if not isinstance(left, dict) or not isinstance(right, dict):
        return Verdict.DIFFERENT
    if "TypeCast" in left or "TypeCast" in right:
        return _casts(left, right)
    if "BoolExpr" in left.keys() ^ right.keys():
        left, right = _spelled_out(left), _spelled_out(right)
    if "RangeVar" in left and "RangeVar" in right:
        return _relations(left["RangeVar"], right["RangeVar"])
    if "Const" in left and "Const" in right:
        return _constants(left["Const"], right["Const"])
    if "ColumnRef" in left and "ColumnRef" in right:
        return _columns(left["ColumnRef"]["fields"], right["ColumnRef"]["fields"])
    if "relname" in left and "relname" in right:
        return _relations(left, right)
    for loose in ("targetList", "sql_body"):
        if loose in left and loose in right:
            return _with_loose(left, right, loose)
    if left.keys() - {"of"} != right.keys() - {"of"}:
        return Verdict.DIFFERENT
    return worst(_agree(value, right[name]) for name, value in left.items() if name != "of")


def _spelled_out(node: Node) -> Node:
    """Return `x = ANY (ARRAY[a, b])` as `x = a OR x = b`: the server writes a list one way or the other."""
    fields = node.get("A_Expr", {})
    joined = {"AEXPR_OP_ANY": "OR_EXPR", "AEXPR_OP_ALL": "AND_EXPR"}.get(fields.get("kind", ""))
    items = fields.get("rexpr", {}).get("A_ArrayExpr", {}).get("elements")
    if joined is None or not items or not is_small(fields["lexpr"], len(items)):
        return node
    single = {"kind": "AEXPR_OP", "name": fields["name"], "lexpr": fields["lexpr"]}
    return {"BoolExpr": {"boolop": joined, "args": [{"A_Expr": {**single, "rexpr": each}} for each in items]}}


def _with_loose(left: dict[str, Any], right: dict[str, Any], loose: str) -> Verdict:
    """A star over what is not in the design, and the body of a routine, are written out by the server only."""
    one, two = ({name: value for name, value in side.items() if name != loose} for side in (left, right))
    found = _agree(left[loose], right[loose])
    undecided = loose == "sql_body" or any(
        "*" in str(side[loose]) or "A_Star" in str(side[loose]) for side in (left, right)
    )
    return max(_agree(one, two), min(found, Verdict.SPELLED) if undecided else found)


def _is_name(node: list[Node]) -> bool:
    """Say whether a list is a dotted name: what stands without its schema is found by the search_path."""
    return bool(node) and all(isinstance(each, str) for each in node)


def _columns(left: list[str], right: list[str]) -> Verdict:
    """A column that only one side says the table of is most likely that one; where it is known, both sides say it."""
    if left == right:
        return Verdict.EQUAL
    return Verdict.SPELLED if left[-1] == right[-1] and len(left) != len(right) else Verdict.DIFFERENT


def _relations(left: dict[str, Any], right: dict[str, Any]) -> Verdict:
    """A relation that one side names without its schema is found by the search_path there."""
    one, two = dict(left), dict(right)
    if ("schemaname" in one) != ("schemaname" in two):
        one.pop("schemaname", None)
        two.pop("schemaname", None)
    return Verdict.EQUAL if one == two else worst(_agree(one.get(key), two.get(key)) for key in {**one, **two})


def _casts(left: Node, right: Node) -> Verdict:
    both = [each["TypeCast"] for each in (left, right) if "TypeCast" in each]
    if len(both) == 2 and both[0]["typeName"] == both[1]["typeName"]:
        return _agree(both[0]["arg"], both[1]["arg"])
    found = [_peeled(one, other) for one, other in ((left, right), (right, left)) if "TypeCast" in one]
    return min(found)


def _peeled(cast: Node, other: Node) -> Verdict:
    """Return how the inside of a cast relates to the other side, where the cast may be one that the server added."""
    fields = cast["TypeCast"]
    may = added(fields["typeName"], fields["arg"])
    if may is False:
        return Verdict.DIFFERENT
    inside = _agree(fields["arg"], other)
    return inside if may else max(inside, Verdict.SPELLED)


def _constants(left: dict[str, Any], right: dict[str, Any]) -> Verdict:
    """A constant has the type that its place asks for; the server writes that type behind it."""
    types = [key(each["type"]) for each in (left, right) if "type" in each]
    if {"boolean"} < {each.get("bare", "") for each in (left, right)}:
        values = {_BOOLEANS.get(each["text"].lower(), "") for each in (left, right)}
        return Verdict.EQUAL if len(values) == 1 else Verdict.DIFFERENT
    if left["text"] == right["text"]:
        if {left.get("bare"), right.get("bare")} & {"null"} and left.get("bare") != right.get("bare"):
            return Verdict.DIFFERENT
        alike = len(types) < 2 or left["type"] == right["type"] or _texts(types)
        return Verdict.EQUAL if alike else Verdict.DIFFERENT
    if "regclass" in types:
        return Verdict.EQUAL if _same_relation(left["text"], right["text"]) else Verdict.DIFFERENT
    found = next((said for kind in types if (said := same(kind, left["text"], right["text"])) is not None), None)
    if not types and same("timestamptz", left["text"], right["text"]):  # the bounds of partitions say no type
        return Verdict.EQUAL
    if found is not None:
        return Verdict.EQUAL if found else Verdict.DIFFERENT
    if left.get("bare") == right.get("bare") == "number":
        return Verdict.DIFFERENT
    return Verdict.SPELLED if any(each.removesuffix("[]") in _RESPELLED for each in types) else Verdict.DIFFERENT


def _same_relation(left: str, right: str) -> bool:
    """Say whether two names are of one relation; one without its schema is found by the search_path."""
    one, two = ([part.strip('"') for part in text.split(".")] for text in (left, right))
    short = min(len(one), len(two))
    return one[-short:] == two[-short:]


def _texts(types: list[str]) -> bool:
    return all(each.removesuffix("[]") in ("text", "varchar", "bpchar") for each in types)


def _same_words(left: Node, right: Node) -> bool:
    """Say whether two trees have the same words: names, operators, constants, and casts that nobody adds unasked."""
    one, two = _words(left), _words(right)
    if not all(table for table, _ in (*one.columns, *two.columns)):
        one.columns = Counter({("", name): count for (_, name), count in one.columns.items()})
        two.columns = Counter({("", name): count for (_, name), count in two.columns.items()})
    return bool(one.others) and one == two


@dataclass(slots=True)
class _Words:
    """The words of a tree."""

    columns: Counter[tuple[str, str]] = field(default_factory=Counter)  # (table or its place, column)
    others: Counter[str] = field(default_factory=Counter)


def _words(node: Node) -> _Words:
    found = _Words()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current)
        elif isinstance(current, dict):
            _note(current, found)
            waiting.extend(value for name, value in current.items() if name not in ("typeName", "type"))
    return found


def _note(node: dict[str, Any], found: _Words) -> None:
    fields = node.get("fields")
    if isinstance(fields, list):
        found.columns[(fields[-2] if len(fields) > 1 else "", fields[-1])] += 1
    cast = node.get("TypeCast")
    if cast is not None and added(cast["typeName"], cast["arg"]) is False:
        found.others[f"cast to {key(cast['typeName'])}"] += 1
    for name in _COUNTED & node.keys():
        value = node[name]
        if not isinstance(value, dict):
            found.others[str(value[-1] if isinstance(value, list) and value else value)] += 1
