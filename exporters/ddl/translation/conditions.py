"""SQL expressions from one dialect to another, through the trees of sqlglot.

Only what is known to mean the same on both sides is let through: an expression with any other node in it counts as
not translatable.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from designer.dialects.base import Dialect
from exporters.ddl.translation.kinds import UNKNOWN, kind_of
from exporters.ddl.translation.patterns import glob_of, is_portable, plain_part
from exporters.ddl.translation.strict import Strict, Unsayable

SQLGLOT = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite"}
"""What sqlglot calls a dialect."""
EXACT = {"mysql": "utf8mb4_0900_bin", "mariadb": "utf8mb4_nopad_bin"}
"""The collation under which texts are equal only if they are the same, as in PostgreSQL and SQLite."""
FAMILY = {"mysql": "mysql", "mariadb": "mysql"}
"""Dialects that are written alike."""
_KNOWN: tuple[type[exp.Expression], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.And, exp.Or, exp.Not, exp.EQ,
    exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like, exp.ILike, exp.Add, exp.Sub,
    exp.Mul, exp.Div, exp.Mod, exp.Neg, exp.Lower, exp.Upper, exp.Length, exp.Coalesce, exp.Abs, exp.Round, exp.Tuple,
    exp.Case, exp.If, exp.Trim, exp.Substring, exp.Cast, exp.DataType, exp.DataTypeParam, exp.DPipe, exp.Concat,
    exp.Nullif, exp.NullSafeEQ, exp.NullSafeNEQ, exp.RegexpLike, exp.RegexpILike, exp.Glob, exp.Left, exp.Replace,
    exp.StrPosition, exp.JSONExtractScalar, exp.JSONPath, exp.JSONPathRoot, exp.JSONPathKey, exp.Extract, exp.Var,
    exp.Escape, exp.Anonymous, exp.HexString, exp.Year, exp.Month, exp.TsOrDsToDate,
)  # fmt: skip
_FUNCTIONS: tuple[type[exp.Func], ...] = (
    exp.And, exp.Or, exp.Lower, exp.Upper, exp.Length, exp.Coalesce, exp.Abs, exp.Round, exp.Case, exp.If, exp.Trim,
    exp.Substring, exp.Cast, exp.Concat, exp.Nullif, exp.RegexpLike, exp.RegexpILike, exp.Left, exp.Replace,
    exp.StrPosition, exp.JSONExtractScalar, exp.Extract, exp.Anonymous, exp.Year, exp.Month, exp.TsOrDsToDate,
)  # fmt: skip
_TEXTS = frozenset(
    {exp.DataType.Type.TEXT, exp.DataType.Type.VARCHAR, exp.DataType.Type.CHAR, exp.DataType.Type.NVARCHAR}
)
_NUMBERS = frozenset({exp.DataType.Type.INT, exp.DataType.Type.BIGINT, exp.DataType.Type.SMALLINT})
_FRACTIONS = frozenset({exp.DataType.Type.DECIMAL, exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT})
_FIELDS = {"YEAR": "%Y", "MONTH": "%m", "DAY": "%d", "HOUR": "%H", "MINUTE": "%M"}
logging.getLogger("sqlglot").setLevel(logging.ERROR)

Edit = Callable[[Any], exp.Expression | None]


class Translator:
    """Expressions of `source` in the words of `target`."""

    known: tuple[type[exp.Expression], ...] = _KNOWN
    functions: tuple[type[exp.Func], ...] = _FUNCTIONS

    def __init__(self, source: Dialect, target: Dialect):
        self.source = source
        self.target = target
        self.source_family = FAMILY.get(source.name, source.name)
        self.family = FAMILY.get(target.name, target.name)
        self.columns: Mapping[str, str] = {}
        self.wanted = ""

    def condition(
        self,
        text: str,
        columns: Mapping[str, str] | None = None,
        instead: Mapping[str, str] | None = None,
        wanted: str = "",
    ) -> str | None:
        """Return an expression over columns, or None.

        `columns` are the logical types of columns by name; `instead` says what is written in the place of a name: a
        column for VALUE, or the expression of a generated column that the target cannot read from another. `wanted`
        is what it must give where types are minded, in the words of `kinds`.
        """
        self.columns, self.wanted = columns or {}, wanted
        return self.through(text, lambda tree: self._filled(tree, instead or {}))

    def through(self, text: str, edit: Edit) -> str | None:
        """Return a text that went through a tree, edited in between; None where anything in it is not known."""
        with contextlib.suppress(SqlglotError, RecursionError, ValueError, Unsayable):
            tree = edit(parse_one(text, read=SQLGLOT[self.source.name]))
            if tree is None:
                return None
            simple = self._rewritten(tree)
            self._check(simple)
            self._requote(simple)
            return simple.sql(dialect=SQLGLOT[self.target.name], comments=False)
        return None

    def _check(self, tree: exp.Expression) -> None:
        for node in tree.walk():
            if not isinstance(node, self.known) or (
                isinstance(node, exp.Func) and not isinstance(node, self.functions)
            ):
                raise Unsayable(type(node).__name__)

    def _requote(self, tree: exp.Expression) -> None:
        for name in tree.find_all(exp.Identifier):
            plain = name.this if name.args.get("quoted") else self.source.unquote(name.this)
            if not self.target.holds(plain):
                raise Unsayable("a name")
            name.set("this", plain)
            name.set("quoted", self.target.quote(plain) != plain)

    def _filled(
        self, tree: exp.Expression, instead: Mapping[str, str], seen: frozenset[str] = frozenset()
    ) -> exp.Expression:
        """Return the tree with columns called otherwise; no column says its table any more."""
        for column in list(tree.find_all(exp.Column)):
            column.set("table", None)
            column.set("db", None)
            if self._is_word(column):
                column.replace(exp.Literal.string(column.name))
                continue
            name = column.name if column.name in instead else column.name.upper()
            if name not in instead or name in seen:
                continue
            inner: exp.Expression = exp.paren(parse_one(instead[name], read=SQLGLOT[self.source.name]))
            other = self._filled(inner, instead, seen | {name})
            if column is tree:
                return other
            column.replace(other)
        return tree

    def _is_word(self, column: exp.Column) -> bool:
        """Say whether SQLite takes a name in quotes for a text: there is no such column. Raises Unsayable elsewhere."""
        if not self.columns or self._plain_name(column).lower() in self._lowered():
            return False
        if column.name.upper() == "VALUE":
            return False
        if self.source_family == "sqlite" and column.this.args.get("quoted") and column.parent is not None:
            return True
        raise Unsayable(f"there is no column {column.name}")

    def _plain_name(self, column: exp.Column) -> str:
        return column.name if column.this.args.get("quoted") else self.source.unquote(column.name)

    def _lowered(self) -> set[str]:
        return {name.lower() for name in self.columns}

    # Node by node

    def _rewritten(self, tree: exp.Expression) -> exp.Expression:
        """Return the tree in words of the target, leaves first."""
        strict = Strict(dict(self.columns)) if self.family == "postgresql" else None
        nodes: list[Any] = list(tree.walk(bfs=True))
        for node in nodes[::-1]:
            new = self._said(node)
            if new is None:
                raise Unsayable(type(node).__name__)
            if strict is not None:
                new = strict.said(new)
            if new is not node:
                if node is tree:
                    tree = new
                elif node.parent is not None:
                    node.replace(new)
        return tree if strict is None or not self.wanted else strict.wanted(tree, self.wanted)

    def _said(self, node: exp.Expression) -> exp.Expression | None:
        """Return a node in the words of the target, or None where there are none."""
        for kind, method in _METHODS:
            if isinstance(node, kind):
                return method(self, node)
        return node

    def _cast(self, node: exp.Cast) -> exp.Expression | None:
        """Casts of text and of literals go without saying; those to numbers are written, others are not known."""
        inner: exp.Expression = node.this
        if node.to.this in _TEXTS and not node.to.expressions:
            return inner
        if isinstance(inner, (exp.Literal, exp.Null)) and not isinstance(node.parent, exp.Array):
            return inner
        if node.to.this in _NUMBERS or node.to.this == exp.DataType.Type.DATE:
            return node
        return node if self.family == "postgresql" and node.to.this in _FRACTIONS else None

    def _equal(self, node: exp.EQ) -> exp.Expression | None:
        """`= ANY (ARRAY[..])` is IN."""
        if not isinstance(node.expression, exp.Any):
            return node
        return self._in(node, node.expression.this)

    def _unequal(self, node: exp.NEQ) -> exp.Expression | None:
        """`<> ALL (ARRAY[..])` is NOT IN."""
        if not isinstance(node.expression, exp.All):
            return node
        found = self._in(node, node.expression.this)
        return None if found is None else exp.not_(found)

    def _in(self, node: exp.Expression, array: Any) -> exp.Expression | None:
        array = array.unnest()
        while isinstance(array, exp.Cast):
            array = array.this.unnest()
        if isinstance(array, exp.Array):
            return exp.In(this=node.this, expressions=list(array.expressions))
        if isinstance(array, exp.Literal) and array.this[:1] == "{" and not set(array.this) & set('"\\'):
            values = [each.strip() for each in array.this[1:-1].split(",")]
            return exp.In(this=node.this, expressions=[exp.Literal.string(each) for each in values if each])
        return None

    def _like(self, node: exp.Like | exp.ILike) -> exp.Expression | None:
        """LIKE minds case in PostgreSQL, and by the collation elsewhere; SQLite has GLOB for the one that does."""
        minds = isinstance(node, exp.Like) and self.source_family == "postgresql"
        if self.family == "postgresql":
            return node if isinstance(node, exp.ILike) else exp.ILike(this=node.this, expression=node.expression)
        if self.family == "sqlite" and minds:
            pattern = glob_of(node.expression.this) if _is_text(node.expression) else None
            return None if pattern is None else exp.Glob(this=node.this, expression=exp.Literal.string(pattern))
        if minds or self.source_family == self.family:
            return node
        if self.family == "sqlite":
            if "\\" in node.expression.sql():
                return None
            return exp.Like(this=node.this, expression=node.expression)
        return exp.Like(this=exp.Lower(this=node.this), expression=exp.Lower(this=node.expression))

    def _matches(self, node: exp.RegexpLike | exp.RegexpILike) -> exp.Expression | None:
        """Return a match of a regular expression, where both sides read its pattern alike."""
        pattern = node.expression
        if not _is_text(pattern) or node.args.get("flag") or not is_portable(pattern.this):
            return None
        minds = isinstance(node, exp.RegexpLike) and self.source_family == "postgresql"
        if self.family == "postgresql":
            return exp.RegexpILike(this=node.this, expression=pattern)
        part = plain_part(pattern.this) if minds else None
        if part is not None:
            return exp.GT(this=exp.StrPosition(this=node.this, substr=exp.Literal.string(part)),
                          expression=exp.Literal.number(0))  # fmt: skip
        if self.family == "sqlite":
            return None
        flagged = exp.Literal.string(f"({'?-i' if minds else '?i'}){pattern.this}")
        return self._regexp(node.this, flagged)

    def _regexp(self, subject: exp.Expression, pattern: exp.Expression) -> exp.Expression:
        """Return a match as MySQL and MariaDB both write it; sqlglot knows only the function of MySQL."""
        written = pattern.sql(dialect=SQLGLOT[self.target.name])
        return exp.var(f"({self._written(subject)} REGEXP {written})")

    def _glob(self, _node: exp.Glob) -> exp.Expression | None:
        """Only SQLite has GLOB."""
        return None

    def _length(self, node: exp.Length) -> exp.Expression | None:
        """LENGTH counts bytes in MySQL, where CHAR_LENGTH counts characters."""
        if self.source_family == "mysql" and node.args.get("binary"):
            return self._octets(node.this)
        return exp.Length(this=node.this)

    def _octets(self, node: exp.Expression) -> exp.Expression:
        """Return how many bytes something has."""
        if self.family == "sqlite":
            return exp.Length(this=exp.Cast(this=node, to=exp.DataType.build("blob")))
        return exp.Anonymous(this="OCTET_LENGTH", expressions=[node])

    def _concat(self, node: exp.Concat) -> exp.Expression | None:
        """CONCAT of PostgreSQL leaves nulls out, that of MySQL gives null."""
        parts = list(node.expressions)
        if self.source_family == "postgresql":
            parts = [exp.Coalesce(this=each, expressions=[exp.Literal.string("")]) for each in parts]
        return _piped(parts)

    def _extract(self, node: exp.Extract) -> exp.Expression | None:
        field = str(node.this).upper()
        if field not in _FIELDS:
            return None
        if self.family != "sqlite":
            return node
        shown = exp.Anonymous(this="STRFTIME", expressions=[exp.Literal.string(_FIELDS[field]), node.expression])
        return exp.cast(shown, "int")

    def _year(self, node: exp.Year | exp.Month) -> exp.Expression | None:
        inner = node.this.this if isinstance(node.this, exp.TsOrDsToDate) else node.this
        return self._extract(exp.Extract(this=exp.var(type(node).__name__.upper()), expression=inner))

    def _json(self, node: exp.JSONExtractScalar) -> exp.Expression | None:
        """MariaDB has no arrows, and compares what comes out of JSON under a collation of its own."""
        subject, path = self._written(node.this), _path(node.expression)
        if self.family == "sqlite":
            return exp.var(f"json_extract({subject}, '{path}')")
        if self.family == "mysql":
            return exp.var(f"(JSON_UNQUOTE(JSON_EXTRACT({subject}, '{path}')) COLLATE {EXACT[self.target.name]})")
        if kind_of(node.this, dict(self.columns)) not in ("type json", UNKNOWN):
            return None
        keys = path.removeprefix("$.").split(".")
        way = f"->> '{keys[0]}'" if len(keys) == 1 else f"#>> '{{{','.join(keys)}}}'"
        return exp.cast(exp.var(f"({subject} {way})"), "text")

    def _written(self, node: exp.Expression) -> str:
        """Return an operand as the target writes it, for what sqlglot has no words for."""
        operand = node.copy() if isinstance(node, exp.Column) else exp.paren(node.copy())
        self._requote(operand)
        return operand.sql(dialect=SQLGLOT[self.target.name])

    def _call(self, node: exp.Anonymous) -> exp.Expression | None:
        name = str(node.this).upper()
        if name == "OCTET_LENGTH" and len(node.expressions) == 1:
            return self._octets(node.expressions[0])
        inner = node.expressions[0] if node.expressions else None
        if name == "JSON_UNQUOTE" and isinstance(inner, exp.JSONExtract):
            return self._json(exp.JSONExtractScalar(this=inner.this, expression=inner.expression))
        return None

    def _div(self, node: exp.Div) -> exp.Expression | None:
        """Whole numbers divide to a whole number in PostgreSQL and SQLite, and to a fraction in MySQL."""
        fraction = any(each.is_number and not each.is_int for each in (node.this, node.expression))
        return node if fraction or self.source_family == self.family else None

    def _left(self, node: exp.Left) -> exp.Expression | None:
        if self.family != "sqlite":
            return node
        return exp.Substring(this=node.this, start=exp.Literal.number(1), length=node.expression)


def _path(node: exp.Expression) -> str:
    if isinstance(node, exp.JSONPath):
        keys = [each.this for each in node.expressions if isinstance(each, exp.JSONPathKey)]
        if len(keys) == len(node.expressions) - 1 and all(str(key).isidentifier() for key in keys):
            return "$." + ".".join(map(str, keys))
    raise Unsayable("a path into JSON")


def _piped(parts: list[exp.Expression]) -> exp.Expression | None:
    if not parts:
        return None
    whole = parts[0]
    for part in parts[1:]:
        whole = exp.DPipe(this=whole, expression=part, safe=True)
    return exp.paren(whole)


def _is_text(node: exp.Expression) -> bool:
    return isinstance(node, exp.Literal) and bool(node.is_string)


_METHODS: tuple[
    tuple[type[exp.Expression] | tuple[type[exp.Expression], ...], Callable[..., exp.Expression | None]], ...
] = (
    (exp.Cast, Translator._cast),
    (exp.EQ, Translator._equal),
    (exp.NEQ, Translator._unequal),
    ((exp.Like, exp.ILike), Translator._like),
    ((exp.RegexpLike, exp.RegexpILike), Translator._matches),
    (exp.Glob, Translator._glob),
    (exp.Length, Translator._length),
    (exp.Concat, Translator._concat),
    (exp.Extract, Translator._extract),
    ((exp.Year, exp.Month), Translator._year),
    (exp.JSONExtractScalar, Translator._json),
    (exp.Anonymous, Translator._call),
    (exp.Div, Translator._div),
    (exp.Left, Translator._left),
)
