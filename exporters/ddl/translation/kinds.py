"""What an expression gives: enough of types to write for a server that is strict about them."""

from __future__ import annotations

from sqlglot import exp

_NUMBERS = frozenset({"smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "decimal", "real",
                      "double", "money", "year"})  # fmt: skip
_WORDS = frozenset({"string", "char", "text"})
_MOMENTS = frozenset({"date", "time", "time_tz", "timestamp", "timestamp_tz"})
_WHOLE = frozenset({"smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "year"})

BOOLEAN, NUMBER, TEXT, MOMENT, ENUM, LITERAL, NULL = "boolean", "number", "text", "moment", "enum", "literal", "null"
UNKNOWN = ""

_TRUTHS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.And,
           exp.Or, exp.Not, exp.Exists, exp.RegexpLike, exp.RegexpILike, exp.NullSafeEQ, exp.NullSafeNEQ,
           exp.Boolean, exp.Glob)  # fmt: skip
_TEXTS = (exp.Lower, exp.Upper, exp.Concat, exp.DPipe, exp.Trim, exp.Substring, exp.Left, exp.Right, exp.Replace,
          exp.JSONExtractScalar)  # fmt: skip
_COUNTS = (exp.Length, exp.Abs, exp.Round, exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Count, exp.Sum, exp.Avg,
           exp.Extract, exp.StrPosition, exp.Div, exp.IntDiv)  # fmt: skip


def kind_of_type(logical: str) -> str:
    """Return what a column of a logical type holds; empty where nothing here can be said of it."""
    name = logical.partition("(")[0]
    if logical.endswith("]"):
        return "array"
    if name in _NUMBERS:
        return NUMBER
    if name in _WORDS:
        return TEXT
    if name in _MOMENTS:
        return MOMENT
    return name if name in (BOOLEAN, ENUM) else f"type {name}"


def is_whole(logical: str) -> bool:
    """Say whether a logical type holds whole numbers only."""
    return logical.partition("(")[0] in _WHOLE


def kind_of(node: exp.Expression, columns: dict[str, str]) -> str:
    """Return what an expression gives; `columns` are the logical types of columns by name."""
    if isinstance(node, (exp.Paren, exp.Alias)):
        return kind_of(node.this, columns)
    if isinstance(node, exp.Column):
        return kind_of_type(columns[node.name]) if node.name in columns else UNKNOWN
    if isinstance(node, exp.Literal):
        return LITERAL if node.is_string else NUMBER
    if isinstance(node, exp.Null):
        return NULL
    for group, kind in ((_TRUTHS, BOOLEAN), (_TEXTS, TEXT), (_COUNTS, NUMBER)):
        if isinstance(node, group):
            return kind
    if isinstance(node, exp.Cast):
        return _kind_of_cast(node)
    if isinstance(node, (exp.CurrentTimestamp, exp.CurrentDate)):
        return MOMENT
    return _first_known(node, columns)


def _kind_of_cast(node: exp.Cast) -> str:
    if node.to.is_type(*exp.DataType.NUMERIC_TYPES):
        return NUMBER
    if node.to.is_type(*exp.DataType.TEXT_TYPES):
        return TEXT
    if node.to.is_type(*exp.DataType.TEMPORAL_TYPES):
        return MOMENT
    return BOOLEAN if node.to.is_type(exp.DataType.Type.BOOLEAN) else UNKNOWN


def _first_known(node: exp.Expression, columns: dict[str, str]) -> str:
    values: list[exp.Expression] = []
    if isinstance(node, (exp.Coalesce, exp.Nullif)):
        values = [node.this, *node.expressions]
    elif isinstance(node, exp.Case):
        values = [*(each.args["true"] for each in node.args.get("ifs", ())), node.args.get("default") or exp.null()]
    elif isinstance(node, exp.If):
        values = [node.args["true"], node.args.get("false") or exp.null()]
    kinds = [kind for each in values if (kind := kind_of(each, columns)) not in (NULL, UNKNOWN, LITERAL)]
    return kinds[0] if kinds else UNKNOWN
