"""Text to trees: libpg_query's JSON, brought to one form."""

from __future__ import annotations

import marshal
import re
from functools import lru_cache
from typing import Any

import msgspec
from postgast.native import lib

from designer.compare.postgres.tidy import tidy

Node = Any

MAX_LENGTH = 200_000
"""In characters; longer texts are compared as they are written."""
MAX_DEPTH = 2_000
"""How deep a tree may be: that of `1+1+1…` is as deep as it is long, and C recurses over it."""
_NOT_PLAIN = re.compile(r"[\\$]|/\*")
_OPERATOR = re.compile(r"[-+*/<>=~!@#%^&|`?:(\[]+|\b(?:join|union|except|intersect|and|or|not|is|case|in)\b", re.I)
_PIECE = re.compile(
    r"""(?P<quoted>'[^']*'|"[^"]*"|--[^\n]*)
      | (?P<deep>[(\[]|\bcase\b) | (?P<high>[)\]]|\bend\b)
      | (?P<join>\b(?:join|union|except|intersect)\b)
      | (?P<flat>,|;|\b(?:and|or)\b) | (?P<chained>[-+*/<>=~!@#%^&|`?:]+|\b(?:not|is|in)\b)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


UNFORESEEN = (RecursionError, LookupError, TypeError, AttributeError, ValueError)
"""What a tree of a form that nobody has foreseen ends in: its text is compared as it is written."""


class Unreadable(Exception):
    """The grammar has nothing to say to this text."""


def statement(sql: str) -> Node:
    """Return the tree of one statement, for the caller to change. Raises Unreadable where it is none, or several."""
    return marshal.loads(_read(sql))  # noqa: S302 (bytes of our own)


@lru_cache(maxsize=4_096)
def _read(sql: str) -> bytes:
    """Return the tree of a statement as bytes: a copy is read ten times faster than a tree is copied.

    What stands at two places of a tree does so in the copy, too. Thousands of trees as they are would be gone through
    by each collection of garbage.
    """
    if len(sql) > MAX_LENGTH or _is_deep(sql):
        raise Unreadable
    found = _statements(sql)
    if len(found) != 1:
        raise Unreadable
    try:
        return marshal.dumps(tidy(found[0]["stmt"]))
    except UNFORESEEN:
        raise Unreadable from None


def _is_deep(sql: str) -> bool:
    """Say whether the tree of a text may be too deep. Lists, and chains of AND and OR, are flat.

    Where it is not plain what is quoted, every operator counts.
    """
    joins = chained = depth = deepest = 0
    if len(sql) < MAX_DEPTH:
        return False
    if _NOT_PLAIN.search(sql):
        return sum(1 for _ in _OPERATOR.finditer(sql)) >= MAX_DEPTH
    for found in _PIECE.finditer(sql):
        kind = found.lastgroup
        if kind == "chained":
            chained += 1
        elif kind == "flat":
            chained = 0
        elif kind == "join":
            joins += 1
        elif kind != "quoted":
            depth = max(depth + (1 if kind == "deep" else -1), 0)
        deepest = max(deepest, depth + joins + chained)
    return deepest >= MAX_DEPTH


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
