"""SQL expressions from one dialect to another, through the trees of sqlglot.

Only what is known to mean the same on both sides is let through: an expression with any other node in it counts as
not translatable.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from designer.dialects.base import Dialect

_SQLGLOT = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mysql", "sqlite": "sqlite"}
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?\Z")
_STRING = re.compile(r"\(*\s*'((?:[^']|'')*)'\s*\)*(?:::[\w\s.\"()\[\],]+)?\)*\Z")
_CAST = re.compile(r"::[\w\s.\"\[\]]+(?:\(\d+(?:,\s*\d+)?\))?\Z")
_NOW = re.compile(
    r"(?:now|transaction_timestamp|statement_timestamp|clock_timestamp|current_timestamp|localtimestamp|localtime|"
    r"sysdate|datetime)\s*(?:\(\s*(?:\d|'now')?\s*\))?\Z|current_timestamp\Z|localtimestamp\Z",
    re.IGNORECASE,
)
_TODAY = re.compile(r"(?:current_date|curdate\s*\(\))(?:\s*\(\s*\))?\Z", re.IGNORECASE)
_UUID = re.compile(r"(?:gen_random_uuid|uuid_generate_v4|uuidv4|uuidv7|uuid)\s*\(\s*\)\Z", re.IGNORECASE)
_TRUTH = {
    **dict.fromkeys(("true", "1", "'1'", "'t'", "b'1'", "'true'"), "true"),
    **dict.fromkeys(("false", "0", "'0'", "'f'", "b'0'", "'false'"), "false"),
}

_MOMENT = re.compile(r"[\d:. T+Z-]+\Z")
"""A date or time in digits; `infinity` and `today` are words of PostgreSQL."""

_CONDITIONS: tuple[type[exp.Expression], ...] = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Paren, exp.And, exp.Or, exp.Not, exp.EQ,
    exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between, exp.Like, exp.Add, exp.Sub, exp.Mul,
    exp.Mod, exp.Neg, exp.Lower, exp.Upper, exp.Length, exp.Coalesce, exp.Abs, exp.Round, exp.Tuple, exp.Case, exp.If,
    exp.Trim, exp.Substring,
)  # fmt: skip
_QUERIES: tuple[type[exp.Expression], ...] = (
    *_CONDITIONS, exp.Select, exp.From, exp.Table, exp.TableAlias, exp.Alias, exp.Star, exp.Join, exp.Where, exp.Group,
    exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Union,
    exp.Distinct, exp.Subquery, exp.Exists, exp.CurrentTimestamp, exp.CurrentDate, exp.With, exp.CTE,
)  # fmt: skip
_TEXTS = frozenset({exp.DataType.Type.TEXT, exp.DataType.Type.VARCHAR, exp.DataType.Type.CHAR})


class Translator:
    """Expressions of `source` in the words of `target`."""

    def __init__(self, source: Dialect, target: Dialect):
        self.source = source
        self.target = target

    # Defaults

    def default(self, text: str, logical: str) -> str | None:
        """Return what stands behind DEFAULT for a column of a logical type, or None."""
        bare = text.strip()
        while bare.startswith("(") and bare.endswith(")") and bare.count("(") == 1:
            bare = bare[1:-1].strip()
        known = self._well_known(bare, logical)
        if known is not None:
            return known
        found = _STRING.match(bare)
        if found is not None:
            return self._literal(found.group(1), logical)
        return bare if _NUMBER.match(bare) else self._computed(bare)

    def _well_known(self, text: str, logical: str) -> str | None:
        bare = _CAST.sub("", text).strip()
        if bare.lower() == "null":
            return "NULL"
        if logical == "boolean" and bare.lower() in _TRUTH:
            return self.target.words[_TRUTH[bare.lower()]]
        if _NOW.match(bare):
            return self._now(logical)
        if _TODAY.match(bare):
            return self.target.words.get("today")
        return self.target.words.get("uuid") if _UUID.match(bare) else None

    def _now(self, logical: str) -> str:
        precision = re.search(r"\((\d)\)", logical)
        digits = precision.group(1) if precision else "6"
        if not logical.startswith("timestamp") or digits == "0":
            return self.target.words["now"]
        return self.target.words["now()"].replace("{}", digits)

    def _literal(self, inner: str, logical: str) -> str | None:
        value = inner.replace("''", "'")
        if self.source.backslash_escapes:
            value = re.sub(r"\\(.)", r"\1", value)
        if value.startswith("0000-00-00") or (logical.startswith(("date", "time")) and not _MOMENT.match(value)):
            return None
        return self._text_default(value, logical)

    def _text_default(self, value: str, logical: str) -> str:
        written = self.target.literal(_json_array(value) if logical.endswith("[]") else value)
        large = logical.endswith("[]") or logical.partition("(")[0] in ("text", "json", "blob", "xml", "geometry")
        return self.target.words["large"].replace("{}", written) if large else written

    def _computed(self, text: str) -> str | None:
        translated = self.condition(text, {})
        return None if translated is None else f"({translated})"

    # Conditions and queries

    def condition(self, text: str, names: dict[str, str]) -> str | None:
        """Return an expression over columns, or None. `names` says what words of the source are called instead."""
        return self._through(text, _CONDITIONS, lambda tree: _renamed(tree, names))

    def query(self, text: str, tables: dict[str, str]) -> str | None:
        """Return a SELECT, or None. `tables` are the names of tables in the source and in the target."""
        written = {name: exp.to_table(path, dialect=_SQLGLOT[self.target.name]) for name, path in tables.items()}
        return self._through(text, _QUERIES, lambda tree: _moved(tree, written))

    def _through(
        self,
        text: str,
        known: tuple[type[exp.Expression], ...],
        edit: Callable[[exp.Expression], exp.Expression | None],
    ) -> str | None:
        try:
            tree = parse_one(text, read=_SQLGLOT[self.source.name])
            simple: exp.Expression = tree.transform(_simpler)
            if any(type(node) not in known for node in simple.walk()):
                return None
            self._requote(simple)
            edited = edit(simple)
            return None if edited is None else edited.sql(dialect=_SQLGLOT[self.target.name], comments=False)
        except (SqlglotError, RecursionError, ValueError):
            return None

    def _requote(self, tree: exp.Expression) -> None:
        for name in tree.find_all(exp.Identifier):
            plain = name.this if name.args.get("quoted") else self.source.unquote(name.this)
            name.set("this", plain)
            name.set("quoted", self.target.quote(plain) != plain)


def _simpler(node: exp.Expression) -> exp.Expression:
    """Return a node in plainer words: casts of text are left out, `= ANY (ARRAY[..])` is IN."""
    if isinstance(node, exp.Cast) and node.to.this in _TEXTS:
        inner: exp.Expression = node.this
        return inner.transform(_simpler)
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Literal):
        literal: exp.Expression = node.this
        return literal
    if isinstance(node, exp.EQ) and isinstance(node.expression, exp.Any):
        array = node.expression.this.unnest()
        array = array.this.unnest() if isinstance(array, exp.Cast) else array
        if isinstance(array, exp.Array):
            return exp.In(
                this=node.this.transform(_simpler), expressions=[each.transform(_simpler) for each in array.expressions]
            )
    return node


def _renamed(tree: exp.Expression, names: dict[str, str]) -> exp.Expression:
    """Return the tree with columns called otherwise; no column says its table any more."""
    for column in tree.find_all(exp.Column):
        column.set("table", None)
        written = names.get(column.name.upper())
        if written is not None:
            column.this.replace(exp.to_identifier(written))
    return tree


def _moved(tree: exp.Expression, tables: dict[str, exp.Table]) -> exp.Expression | None:
    """Return the tree with tables by their names in the target, or None where one is not in the design."""
    local = {cte.alias for cte in tree.find_all(exp.CTE)}
    for table in list(tree.find_all(exp.Table)):
        full = f"{table.db}.{table.name}" if table.db else table.name
        if full in local:
            continue
        if full not in tables:
            return None
        alias = table.alias or table.name
        if alias == tables[full].name:
            table.replace(tables[full].copy())
            continue
        table.replace(exp.alias_(tables[full].copy(), alias, table=True, quoted=table.this.args.get("quoted")))
    return tree


def _json_array(value: str) -> str:
    """Return a PostgreSQL array literal as JSON; only flat ones of plain words are understood."""
    if not (value.startswith("{") and value.endswith("}")) or "{" in value[1:]:
        return value
    items = [item.strip().strip('"') for item in value[1:-1].split(",") if item.strip()]
    return "[" + ", ".join(item if _NUMBER.match(item) else f'"{item}"' for item in items) + "]"
