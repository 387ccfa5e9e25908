"""Whether an expression gives the same value in every session, as generated columns and indexes demand.

Types are inferred as far as that needs them. An unknown type is taken to be harmless: a doubt is only voiced where
a server would refuse for sure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from designer.importers.sql.postgres import facts
from designer.importers.sql.postgres.catalog import Catalog, qualified, strings
from designer.importers.sql.postgres.drafts import Draft, Relation, Written
from designer.importers.sql.postgres.functions import UNSTABLE
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.mentions import expression
from designer.schema import DomainType, EnumType

LITERAL = "unknown"
"""The type of a quoted literal before anything is asked of it."""


def type_of(catalog: Catalog, node: Node, depth: int = 0) -> str:
    """Return a type's plain name (`int4`, `text[]`, `enum`) from a TypeName; a domain counts as what it is over."""
    schema, name = qualified(node.get("names"))
    brackets = "[]" if "arrayBounds" in node else ""
    user = catalog.find_type(schema if schema != "pg_catalog" else "", name) if name not in facts.TYPES else None
    if user is not None and user.cls is EnumType:
        return "enum" + brackets
    if user is not None and user.cls is DomainType and depth < 10:
        return type_of(catalog, user.fields["type_node"], depth + 1) + brackets
    return facts.SERIALS.get(name, name) + brackets


def column_type(catalog: Catalog, column: Draft) -> str:
    """Return the plain type of a column; empty where it is not known."""
    node = column.fields.get("type_node")
    return type_of(catalog, node) if node else ""


def mentioned(catalog: Catalog, written: Written, node: Node) -> Draft | None:
    """Return the column that a ColumnRef of one name was found to mean, whatever that column is called by now."""
    start = written.piece.pos(node.get("location", 0)) - written.start
    for use in expression(written, catalog).uses:
        if use.start == start:
            return catalog.drafts.get(use.id)
    return None


class Judge:
    """Goes through an expression about one table; `reasons` collects what makes it unfit."""

    def __init__(self, catalog: Catalog, relation: Relation | None, written: Written, generated: bool = False):
        self.catalog = catalog
        self.relation = relation
        self.written = written
        self.generated = generated
        self.reasons: list[tuple[str, int]] = []

    def blame(self, reason: str, node: Node) -> None:
        self.reasons.append((reason, node.get("location", -1)))

    def type(self, node: Any) -> str:
        """Return the type of an expression, judging it on the way."""
        if not isinstance(node, dict) or not node:
            return ""
        kind, value = next(iter(node.items()))
        handler = _HANDLERS.get(kind)
        if handler is not None:
            return handler(self, value)
        self.children(value)
        return ""

    def children(self, value: Any) -> None:
        if isinstance(value, list):
            for each in value:
                self.children(each)
        elif isinstance(value, dict):
            for key, each in value.items():
                if isinstance(each, dict) and key[:1].isupper():
                    self.type({key: each})
                elif isinstance(each, (dict, list)):
                    self.children(each)

    # One method a kind of node

    def constant(self, node: Node) -> str:
        for kind, name in (("sval", LITERAL), ("ival", "int4"), ("fval", "numeric"), ("boolval", "bool")):
            if kind in node:
                return name
        return LITERAL

    def column(self, node: Node) -> str:
        fields = node["fields"]
        if self.relation is None or "A_Star" in fields[-1]:
            return ""
        column = mentioned(self.catalog, self.written, node) or self.relation.column(strings(fields)[-1])
        if column is not None and self.generated and "generated" in column.fields:
            self.blame(f"{column.name} is a generated column itself", node)
        return column_type(self.catalog, column) if column is not None else ""

    def cast(self, node: Node) -> str:
        source = self.type(node["arg"])
        target = type_of(self.catalog, node["typeName"])
        if source not in ("", LITERAL) and not _stable_cast(source, target):
            self.blame(f"the cast from {source} to {target} depends on the settings of the session", node)
        return target

    def operator(self, node: Node) -> str:
        left = self.type(node.get("lexpr"))
        right_node = node.get("rexpr")
        if right_node is not None and "List" in right_node:
            self.children(right_node["List"]["items"])
            return "bool"
        right = self.type(right_node)
        name = strings(node["name"])[-1]
        if not _stable_operator(name, left, right):
            self.blame(f"{left} {name} {right} depends on the settings of the session", node)
        return _operator_type(name, left, right)

    def call(self, node: Node) -> str:
        schema, name = qualified(node["funcname"])
        types = [self.type(each) for each in node.get("args", ())]
        if name in UNSTABLE and schema in ("", "pg_catalog"):
            self.blame(f"{name}() is not immutable", node)
        elif _unstable_call(name, types):
            self.blame(f"{name}({', '.join(types)}) depends on the settings of the session", node)
        else:
            self.user_function(schema, name, node)
        return facts.RESULTS.get(name, "") or (types[-1] if name in ("date_trunc", "timezone") and types else "")

    def user_function(self, schema: str, name: str, node: Node) -> None:
        routines = self.catalog.find_routines(schema, name)
        if len(routines) == 1 and "immutable" not in routines[0].fields.get("doubts", ()):
            self.blame(f"the function {name} is not declared IMMUTABLE", node)

    def session_value(self, node: Node) -> str:
        name = str(node.get("op", "")).removeprefix("SVFOP_").removesuffix("_N")
        self.blame(f"{name} is not immutable", node)
        return {"CURRENT_DATE": "date", "CURRENT_TIMESTAMP": "timestamptz", "LOCALTIMESTAMP": "timestamp"}.get(name, "")

    def first_known(self, node: Node) -> str:
        types = [self.type(each) for each in node.get("args", ())]
        return next((each for each in types if each not in ("", LITERAL)), types[0] if types else "")

    def case(self, node: Node) -> str:
        if "arg" in node:
            self.type(node["arg"])
        types = []
        for each in node.get("args", ()):
            self.type(each["CaseWhen"]["expr"])
            types.append(self.type(each["CaseWhen"]["result"]))
        types.append(self.type(node.get("defresult")))
        return next((each for each in types if each not in ("", LITERAL)), LITERAL)

    def condition(self, node: Node) -> str:
        self.children(node)
        return "bool"

    def array(self, node: Node) -> str:
        types = [self.type(each) for each in node.get("elements", ())]
        return (types[0] if types else "") + "[]"

    def collation(self, node: Node) -> str:
        return self.type(node["arg"])

    def subquery(self, node: Node) -> str:
        self.blame("a subquery is not allowed here", node)
        return ""


_HANDLERS: dict[str, Callable[[Judge, Node], str]] = {
    "A_Const": Judge.constant,
    "ColumnRef": Judge.column,
    "TypeCast": Judge.cast,
    "A_Expr": Judge.operator,
    "FuncCall": Judge.call,
    "SQLValueFunction": Judge.session_value,
    "CoalesceExpr": Judge.first_known,
    "MinMaxExpr": Judge.first_known,
    "CaseExpr": Judge.case,
    "BoolExpr": Judge.condition,
    "NullTest": Judge.condition,
    "BooleanTest": Judge.condition,
    "A_ArrayExpr": Judge.array,
    "CollateClause": Judge.collation,
    "SubLink": Judge.subquery,
}


def _stable_cast(source: str, target: str) -> bool:
    if (source, target) in facts.UNSTABLE_CASTS:
        return False
    if source in facts.TEXTS:
        return target not in facts.UNSTABLE_INPUT
    if target in facts.TEXTS:
        return source not in facts.UNSTABLE_OUTPUT and not source.endswith("[]")
    return True


def _stable_operator(name: str, left: str, right: str) -> bool:
    if name in ("+", "-") and {left, right} == {"timestamptz", "interval"}:
        return False
    if name in facts.COMPARISONS and left != right and "timestamptz" in (left, right):
        return not {left, right} & {"date", "timestamp"}
    if name == "||" and (left in facts.TEXTS) != (right in facts.TEXTS):
        other = right if left in facts.TEXTS else left
        return other not in facts.UNSTABLE_OUTPUT
    return True


_ARITHMETIC: dict[tuple[str, str, str], str] = {
    ("+", "date", "interval"): "timestamp", ("-", "date", "interval"): "timestamp", ("-", "date", "date"): "int4",
    ("+", "date", "int4"): "date", ("-", "date", "int4"): "date", ("-", "timestamp", "timestamp"): "interval",
    ("-", "timestamptz", "timestamptz"): "interval", ("+", "timestamp", "interval"): "timestamp",
    ("-", "timestamp", "interval"): "timestamp", ("+", "timestamptz", "interval"): "timestamptz",
    ("-", "timestamptz", "interval"): "timestamptz",
}  # fmt: skip


def _operator_type(name: str, left: str, right: str) -> str:
    if name in ("->>", "#>>"):
        return "text"
    if name in ("->", "#>", "#-"):
        return left
    if name in facts.COMPARISONS or name in (
        "~",
        "~*",
        "!~",
        "!~*",
        "~~",
        "~~*",
        "@>",
        "<@",
        "?",
        "?|",
        "?&",
        "&&",
        "@@",
    ):
        return "bool"
    if name == "||":
        return next((each for each in (left, right) if each not in ("", LITERAL)), "text")
    return _ARITHMETIC.get((name, left, right), left if left not in ("", LITERAL) else right)


def _unstable_call(name: str, types: list[str]) -> bool:
    if name == "timezone" and len(types) == 1:
        return True
    return any(
        len(pattern) == len(types) and all(want in ("*", have) for want, have in zip(pattern, types, strict=True))
        for pattern in facts.UNSTABLE_ARGUMENTS.get(name, ())
    )
