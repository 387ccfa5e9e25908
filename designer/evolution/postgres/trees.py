"""Statements read by the real grammar, and their names and types written out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from designer.dialects.registry import get
from designer.importers.sql.postgres.grammar import GrammarError, parse, too_much
from designer.importers.sql.postgres.grammar import walk as walk

Node = dict[str, Any]
Path = tuple[str, ...]
"""A dotted name as it was written, without quotes: `("app", "users")`."""

quote = get("postgresql").quote
quote_type = get("postgresql").quote_type
literal = get("postgresql").literal


_BUILT_IN = {
    "int2": "smallint", "int4": "integer", "int8": "bigint", "bool": "boolean", "float4": "real", "numeric": "numeric",
    "float8": "double precision", "varchar": "character varying", "bpchar": "character", "interval": "interval",
    "timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone",
    "time": "time without time zone", "timetz": "time with time zone", "bit": "bit", "varbit": "bit varying",
}  # fmt: skip
"""Built-in types that the grammar knows by words of their own."""


_PLACES = frozenset({"location", "schemaname", "objfuncargs"})


@lru_cache(maxsize=16_384)
def read(sql: str) -> tuple[str, Node]:
    """Return the kind of a statement and its tree; nothing where it is none, or more than one. Trees are shared."""
    if too_much(sql):
        return "", {}
    try:
        found = parse(sql.encode("utf-8"))
    except (GrammarError, UnicodeEncodeError):
        return "", {}
    if len(found) != 1:
        return "", {}
    ((kind, node),) = found[0]["stmt"].items()
    return kind, node


def strings(nodes: Any) -> Path:
    """Return the parts of a dotted name or of a list of names."""
    return tuple(each["String"].get("sval", "") for each in nodes or () if "String" in each)


def relation(node: Node) -> Path:
    """Return the name of a RangeVar."""
    schema = node.get("schemaname", "")
    return (schema, node["relname"]) if schema else (node["relname"],)


def alike(one: Any, two: Any) -> bool:
    """Say whether two trees are one but for places, and for schemas that one side leaves out of a name."""
    if isinstance(one, dict) and isinstance(two, dict):
        left, right = ({key: each for key, each in side.items() if key not in _PLACES} for side in (one, two))
        return left.keys() == right.keys() and all(alike(each, right[key]) for key, each in left.items())
    if isinstance(one, list) and isinstance(two, list):
        if one and two and all("String" in each for each in (*one, *two) if isinstance(each, dict)):
            short = min(len(one), len(two))
            return one[-short:] == two[-short:]
        return len(one) == len(two) and all(map(alike, one, two))
    return bool(one == two)


def dotted(path: Path) -> str:
    """Return a dotted name as SQL writes it."""
    return ".".join(map(quote, path))


def type_words(node: Node) -> str:
    """Return a type as SQL writes it; lengths are left out, since nothing is told apart by them."""
    *schema, name = strings(node.get("names"))
    if schema == ["pg_catalog"] and name in _BUILT_IN:
        return _BUILT_IN[name] + "[]" * len(node.get("arrayBounds", ()))
    written = ".".join([*map(quote, schema), quote_type(name)])
    return written + "[]" * len(node.get("arrayBounds", ()))


def arguments(node: Node) -> str:
    """Return the argument types of an ObjectWithArgs: `(integer, text)`; `*` for an aggregate of anything."""
    given = node.get("objargs")
    if node.get("args_unspecified"):
        return ""
    return f"({', '.join(type_words(each['TypeName']) if 'TypeName' in each else 'NONE' for each in given or ())})"


def defined(fields: Node, list_of: str = "options") -> dict[str, Node]:
    """Return the options of a statement by name: what stands behind each, an empty tree for a bare word."""
    return {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in fields.get(list_of, ())}


def value(node: Node) -> str:
    """Return a simple value as text: a string, number, boolean or name."""
    for inner in node.values():
        if isinstance(inner, dict):
            if "names" in inner:
                return ".".join(strings(inner["names"]))
            if "items" in inner:
                return ".".join(strings(inner["items"]))
            return str(next(iter(inner.values()), ""))
    return ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a statement names, as it was written."""

    relations: frozenset[Path]
    types: frozenset[Path]
    calls: frozenset[tuple[Path, int]]
    starred: bool  # a star stands somewhere
    read: bool  # the grammar takes it


@lru_cache(maxsize=16_384)
def mentions(sql: str) -> Mentions:
    """Return what a statement names. Both sides of a migration mostly have one text, and are asked several times."""
    _, node = read(sql)
    return Mentions(
        frozenset(relations(node)), frozenset(types(node)), frozenset(calls(node)),
        any(key == "A_Star" for key, _ in walk(node)), bool(node),
    )  # fmt: skip


def types(node: Any) -> Iterator[Path]:
    """Yield the names of all types in a tree."""
    for key, inner in walk(node):
        if key in ("TypeName", "typeName", "argType", "returnType") and isinstance(inner, dict) and "names" in inner:
            names = strings(inner["names"])
            yield names[:-1] if inner.get("pct_type") else names


def calls(node: Any) -> Iterator[tuple[Path, int]]:
    """Yield the functions that a tree calls, each with the number of its arguments."""
    for key, inner in walk(node):
        if key == "FuncCall":
            yield strings(inner.get("funcname")), len(inner.get("args", ()))


def relations(node: Any) -> Iterator[Path]:
    """Yield the relations that a tree names."""
    for key, inner in walk(node):
        if key == "RangeVar":
            yield relation(inner)
