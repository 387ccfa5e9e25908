"""Expressions of a lenient database for PostgreSQL, which compares only what is of one type."""

from __future__ import annotations

import re

from sqlglot import exp

from exporters.ddl.translation.kinds import BOOLEAN, ENUM, LITERAL, MOMENT, NULL, NUMBER, TEXT, UNKNOWN, kind_of

_COMPARES = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)
_OF_TEXT = (exp.Lower, exp.Upper, exp.Length, exp.Trim, exp.Substring, exp.Left, exp.Replace, exp.Like, exp.ILike,
            exp.RegexpLike, exp.RegexpILike, exp.StrPosition)  # fmt: skip
_COUNTS = (exp.Add, exp.Sub, exp.Mul, exp.Mod, exp.Neg, exp.Div)
_NUMBER = re.compile(r"\s*[-+]?\d+(?:\.\d+)?\s*\Z")
_LABEL = re.compile(r"'((?:[^']|'')*)'")


class Unsayable(Exception):
    """Something in an expression has no safe translation."""


class Strict:
    """Makes comparisons and conditions fit for PostgreSQL, from the logical types of columns."""

    def __init__(self, columns: dict[str, str]):
        self.columns = columns

    def said(self, node: exp.Expression) -> exp.Expression:
        """Return a node with operands that PostgreSQL takes together. Raises Unsayable where there are none."""
        if isinstance(node, _COMPARES):
            node.set("this", self.beside(node.this, node.expression))
            node.set("expression", self.beside(node.expression, node.this))
        elif isinstance(node, exp.In):
            self._in(node)
        elif isinstance(node, exp.Between):
            for side in ("low", "high"):
                node.set(side, self.beside(node.args[side], node.this))
        elif isinstance(node, (exp.And, exp.Or)):
            node.set("this", self.truth(node.this))
            node.set("expression", self.truth(node.expression))
        elif isinstance(node, (exp.Not, exp.If)):
            node.set("this", self.truth(node.this))
        elif isinstance(node, exp.JSONExtractScalar) and self.kind(node.this) != "type json":
            raise Unsayable("JSON in a text")
        elif isinstance(node, exp.DPipe):
            node.set("this", self.text(node.this))
            node.set("expression", self.text(node.expression))
        elif isinstance(node, _OF_TEXT):
            node.set("this", self.text(node.this))
        elif isinstance(node, _COUNTS) and self.kind(node.this) not in (NUMBER, UNKNOWN):
            raise Unsayable("arithmetic")
        return node

    def kind(self, node: exp.Expression) -> str:
        return kind_of(node, self.columns)

    def _in(self, node: exp.In) -> None:
        values = [self.beside(each, node.this) for each in node.expressions]
        node.set("this", self.beside(node.this, *node.expressions))
        node.set("expressions", values)

    def beside(self, node: exp.Expression, *others: exp.Expression) -> exp.Expression:
        """Return an operand as it must be written beside another."""
        mine, theirs = self.kind(node), {self.kind(each) for each in others} - {UNKNOWN, NULL}
        if mine in (UNKNOWN, NULL) or not theirs or theirs == {mine}:
            return node
        if mine == NUMBER and theirs == {BOOLEAN}:
            return _truth_of(node)
        if mine == BOOLEAN and theirs == {NUMBER}:
            return node if not isinstance(node, exp.Boolean) else exp.Literal.number(int(node.this))
        if mine == LITERAL:
            return self._literal(node, theirs, others)
        if mine == ENUM:
            return self._enum(node, others)
        if (theirs <= {LITERAL} and mine in (TEXT, NUMBER, MOMENT, BOOLEAN)) or mine.startswith("type "):
            return node
        if theirs <= {ENUM, LITERAL} and mine == TEXT:
            return node
        raise Unsayable(f"{mine} beside {theirs}")

    def _literal(self, node: exp.Expression, theirs: set[str], others: tuple[exp.Expression, ...]) -> exp.Expression:
        if theirs == {NUMBER} and not _NUMBER.match(node.this):
            raise Unsayable("a text beside a number")
        if theirs == {BOOLEAN}:
            return _truth_of(node)
        return node

    def _enum(self, node: exp.Expression, others: tuple[exp.Expression, ...]) -> exp.Expression:
        """Return an enum as it is beside its own labels, else as text."""
        column = node.unnest()
        labels = _labels(self.columns.get(column.name, "")) if isinstance(column, exp.Column) else set()
        if all(isinstance(each, exp.Literal) and each.this in labels for each in others):
            return node
        return exp.cast(node, "text")

    def truth(self, node: exp.Expression) -> exp.Expression:
        """Return a condition: a number is one where it is not zero."""
        kind = self.kind(node)
        if kind == NUMBER:
            return exp.NEQ(this=node, expression=exp.Literal.number(0))
        if kind not in (BOOLEAN, UNKNOWN, NULL):
            raise Unsayable(f"{kind} as a condition")
        return node

    def wanted(self, node: exp.Expression, kind: str) -> exp.Expression:
        """Return an expression that gives what is wanted of it. Raises Unsayable for one that gives something else."""
        if kind == BOOLEAN:
            return self.truth(node)
        if self.kind(node) not in (kind, UNKNOWN, NULL, LITERAL):
            raise Unsayable(f"{self.kind(node)} for {kind}")
        return node

    def text(self, node: exp.Expression) -> exp.Expression:
        """Return something that functions of text take."""
        kind = self.kind(node)
        if kind in (ENUM, NUMBER):
            return exp.cast(node, "text")
        if kind not in (TEXT, LITERAL, UNKNOWN, NULL):
            raise Unsayable(f"{kind} as text")
        return node


def _truth_of(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Literal) and node.this in ("0", "1"):
        return exp.Boolean(this=node.this == "1")
    raise Unsayable("a number as a truth")


def _labels(logical: str) -> set[str]:
    return {label.replace("''", "'") for label in _LABEL.findall(logical)}
