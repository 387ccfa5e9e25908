"""Text to trees: libpg_query's JSON, brought to one form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec
from postgast.native import lib

from designer.compare.postgres.tidy import tidy

Node = Any

MAX_LENGTH = 200_000
"""In characters; longer texts are compared as they are written."""
MAX_OPERATORS = 2_000
"""How many operators a text may chain: the tree of `1+1+1…` is as deep as it is long, and C recurses over it."""
_OPERATOR = re.compile(r"[-+*/<>=~!@#%^&|`?:(\[]+|\b(?:join|union|except|intersect|and|or|not|is|case|in)\b", re.I)


UNFORESEEN = (RecursionError, LookupError, TypeError, AttributeError, ValueError)
"""What a tree of a form that nobody has foreseen ends in: its text is compared as it is written."""


class Unreadable(Exception):
    """The grammar has nothing to say to this text."""


@lru_cache(maxsize=4_096)
def statement(sql: str) -> Node:
    """Return the tree of one statement. Raises Unreadable where it is none, or more than one."""
    if len(sql) > MAX_LENGTH or sum(1 for _ in zip(_OPERATOR.finditer(sql), range(MAX_OPERATORS), strict=False)) >= (
        MAX_OPERATORS
    ):
        raise Unreadable
    found = _statements(sql)
    if len(found) != 1:
        raise Unreadable
    try:
        return tidy(found[0]["stmt"])
    except UNFORESEEN:
        raise Unreadable from None


def expression(sql: str) -> Node:
    """Return the tree of an expression. Raises Unreadable."""
    select = statement(f"SELECT ({sql}\n)")["SelectStmt"]
    targets = select.get("targetList", ())
    if len(targets) != 1 or set(select) - {"targetList", "limitOption", "op"}:
        raise Unreadable
    return targets[0]["ResTarget"]["val"]


def type_name(sql: str) -> Node:
    """Return the tree of a type: its TypeName. Raises Unreadable."""
    node = statement(f"SELECT NULL::{sql}\n")["SelectStmt"]["targetList"][0]["ResTarget"]
    cast = node["val"].get("Const", {})
    if "type" not in cast or set(node) != {"val"}:
        raise Unreadable
    return cast["type"]


def _statements(sql: str) -> list[Node]:
    try:
        result = lib.pg_query_parse(sql.encode("utf-8"))
    except UnicodeEncodeError:
        raise Unreadable from None
    try:
        if result.error:
            raise Unreadable
        decoded = msgspec.json.decode(result.parse_tree)
    except (RecursionError, msgspec.DecodeError):
        raise Unreadable from None
    finally:
        lib.pg_query_free_parse_result(result)
    statements: list[Node] = decoded.get("stmts", [])
    return statements
