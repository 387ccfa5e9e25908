"""Of which type an expression is, as far as can be said without the server, and which casts it adds by itself."""

from __future__ import annotations

from typing import Any

Node = Any

_TEXTS = frozenset({"text", "varchar", "bpchar", "name", "char", "unknown", "citext"})
_NUMBERS = ("int2", "int4", "int8", "numeric", "float4", "float8")
_TIMES = ("date", "timestamp", "timestamptz")
_IMPLICIT = frozenset({
    *((text, other) for text in _TEXTS for other in ("text", "varchar", "bpchar", "name")),
    *((low, high) for at, low in enumerate(_NUMBERS) for high in _NUMBERS[at + 1 :]),
    *((low, high) for at, low in enumerate(_TIMES) for high in _TIMES[at + 1 :]),
    ("time", "timetz"), ("time", "interval"), ("bit", "varbit"), ("cidr", "inet"), ("macaddr", "macaddr8"),
    ("regclass", "oid"), ("regproc", "oid"), ("regtype", "oid"), ("int4", "oid"), ("int8", "oid"), ("int2", "oid"),
    ("text", "regclass"), ("varchar", "regclass"),
})  # fmt: skip
"""(from, to): the casts of pg_cast that the server applies without being asked, between built-in types."""

_RESULTS = {
    **dict.fromkeys(
        ("lower", "upper", "concat", "concat_ws", "btrim", "ltrim", "rtrim", "substring", "substr", "replace", "md5",
         "current_setting", "to_char", "regexp_replace", "left", "right", "split_part", "initcap", "lpad", "rpad",
         "translate", "format", "quote_ident", "quote_literal", "string_agg", "encode", "reverse", "chr", "overlay",
         "pg_get_expr", "format_type", "obj_description", "col_description", "array_to_string"), "text"),
    **dict.fromkeys(("length", "char_length", "character_length", "octet_length", "array_length", "strpos", "position",
                     "cardinality", "array_upper", "array_lower", "ascii", "bit_length"), "int4"),
    **dict.fromkeys(("count", "row_number", "rank", "dense_rank", "nextval", "currval", "pg_relation_size",
                     "pg_total_relation_size"), "int8"),
    **dict.fromkeys(("now", "transaction_timestamp", "statement_timestamp", "clock_timestamp", "to_timestamp"),
                    "timestamptz"),
    **dict.fromkeys(("extract", "to_number"), "numeric"), "date_part": "float8", "age": "interval",
    "random": "float8", "to_date": "date", "gen_random_uuid": "uuid", "uuid_generate_v4": "uuid",
    "to_tsvector": "tsvector", "to_tsquery": "tsquery", "bool_or": "bool", "bool_and": "bool", "exists": "bool",
    **dict.fromkeys(("json_build_object", "row_to_json", "to_json", "json_agg", "array_to_json"), "json"),
    **dict.fromkeys(("jsonb_build_object", "to_jsonb", "jsonb_agg", "jsonb_set"), "jsonb"),
}  # fmt: skip
_VALUES = {
    "SVFOP_CURRENT_DATE": "date", "SVFOP_CURRENT_TIMESTAMP": "timestamptz", "SVFOP_CURRENT_TIMESTAMP_N": "timestamptz",
    "SVFOP_LOCALTIMESTAMP": "timestamp", "SVFOP_CURRENT_USER": "name", "SVFOP_SESSION_USER": "name",
    "SVFOP_USER": "name", "SVFOP_CURRENT_ROLE": "name", "SVFOP_CURRENT_CATALOG": "name",
    "SVFOP_CURRENT_SCHEMA": "name", "SVFOP_CURRENT_TIME": "timetz", "SVFOP_LOCALTIME": "time",
}  # fmt: skip
_OPERATORS = {"->>": "text", "#>>": "text", "~~": "bool", "!~~": "bool", "=": "bool", "<>": "bool", "<": "bool",
              ">": "bool", "<=": "bool", ">=": "bool", "~": "bool", "~*": "bool", "@@": "bool", "&&": "bool",
              "@>": "bool", "<@": "bool"}  # fmt: skip
_ARITHMETIC = frozenset({"+", "-", "*", "/", "%"})


def key(type_name: dict[str, Any]) -> str:
    """Return a type in one word, without its arguments: `int4`, `s.mood[]`."""
    word = ".".join(type_name.get("names", ()))
    return word + "[]" if type_name.get("arrayBounds") else word


def kind(node: Node) -> str:
    """Return the type of an expression; empty where only the server knows."""
    if not isinstance(node, dict) or len(node) != 1:
        return ""
    ((tag, fields),) = node.items()
    found = _READERS.get(tag)
    return found(fields) if found else ""


def _function(fields: dict[str, Any]) -> str:
    name = fields["funcname"]
    if len(name) != 1:
        return ""
    if name[0] in ("min", "max", "sum", "coalesce") and fields.get("args"):
        inner = kind(fields["args"][0])
        return inner if name[0] != "sum" else {"int2": "int8", "int4": "int8", "int8": "numeric"}.get(inner, inner)
    return _RESULTS.get(name[0], "")


def _operator(fields: dict[str, Any]) -> str:
    name = fields.get("name", [""])[-1]
    if name in _OPERATORS or fields.get("kind", "AEXPR_OP") not in ("AEXPR_OP",):
        return _OPERATORS.get(name, "bool" if fields.get("kind") != "AEXPR_NULLIF" else "")
    left, right = kind(fields.get("lexpr")), kind(fields.get("rexpr"))
    if name == "||" and (left in _TEXTS or right in _TEXTS):
        return "text"
    if name in _ARITHMETIC and left in _NUMBERS and right in _NUMBERS:
        return max(left, right, key=_NUMBERS.index)
    return ""


def _common(nodes: list[Node]) -> str:
    """Return the type of a COALESCE or CASE: that of its first branch that is no bare string."""
    found = [kind(each) for each in nodes]
    return next((each for each in found if each and each != "unknown"), "text" if "unknown" in found else "")


def _const(fields: dict[str, Any]) -> str:
    if "type" in fields:
        return key(fields["type"])
    bare = fields.get("bare", "")
    if bare == "number":
        return "numeric" if not fields["text"].lstrip("-").isdigit() else "int4"
    return {"boolean": "bool", "bits": "bit"}.get(bare, "unknown")


_READERS: dict[str, Any] = {
    "Const": _const,
    "TypeCast": lambda fields: key(fields["typeName"]),
    "ColumnRef": lambda fields: fields.get("of", ""),
    "FuncCall": _function,
    "A_Expr": _operator,
    "SQLValueFunction": lambda fields: _VALUES.get(fields.get("op", ""), ""),
    "CoalesceExpr": lambda fields: _common(fields.get("args", [])),
    "MinMaxExpr": lambda fields: _common(fields.get("args", [])),
    "CaseExpr": lambda fields: _common(
        [*(each["CaseWhen"]["result"] for each in fields.get("args", ())), *filter(None, [fields.get("defresult")])]
    ),
    "BoolExpr": lambda _fields: "bool",
    "NullTest": lambda _fields: "bool",
    "BooleanTest": lambda _fields: "bool",
    "CollateClause": lambda fields: kind(fields["arg"]),
}


def added(target: dict[str, Any], inner: Node) -> bool | None:
    """Say whether the server may have added a cast of `inner` to `target`; None where only the server knows."""
    if target.get("typmods"):
        return False
    to, source = key(target), kind(inner)
    if "A_ArrayExpr" in inner:
        return to.endswith("[]")
    if not source:
        return None
    if source == to or (source, to) in _IMPLICIT:
        return True
    return (source.removesuffix("[]"), to.removesuffix("[]")) in _IMPLICIT and source.endswith("[]") == to.endswith(
        "[]"
    )
