"""The elements of indexes, exclusion constraints and partition keys."""

from __future__ import annotations

import re
from typing import Any

from designer.importers.sql.postgres.drafts import Part, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import (
    ONE_NAME,
    QUALIFIED,
    expression_end,
    find_opening,
    matching,
    skip_gap,
    without_parentheses,
)
from designer.importers.sql.postgres.outcomes import Refused
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Table

_COLLATE = re.compile(r"collate\s+", re.IGNORECASE)
_ORDER = re.compile(r"(?:asc|desc|nulls|with)\b", re.IGNORECASE)
_NULLS = {"SORTBY_NULLS_FIRST": "first", "SORTBY_NULLS_LAST": "last"}


def index_parts(
    world: World, piece: Piece, relation: Relation, nodes: list[Node], items: list[tuple[int, int]]
) -> list[Part]:
    """Return the parts of an index or exclusion whose elements stand at `items` of the piece."""
    return [
        _part(world, piece, relation, next(iter(node.values())), start, end)
        for node, (start, end) in zip(nodes, items, strict=True)
    ]


def _part(world: World, piece: Piece, relation: Relation, node: Node, start: int, end: int) -> Part:
    fields: dict[str, Any] = {}
    head, text = _head_end(piece.text, start, end, "name" in node), piece.text
    at = skip_gap(text, head)
    collate = _COLLATE.match(text, at, end)
    if collate:
        name = QUALIFIED.match(text, collate.end())
        at = name.end() if name else collate.end()
        fields["collation"] = text[collate.end() : at]
        at = skip_gap(text, at)
    if "opclass" in node:
        found = QUALIFIED.match(text, at)
        opclass_end = found.end() if found else at
        after = skip_gap(text, opclass_end)
        if text[after : after + 1] == "(":
            opclass_end = matching(text, after) + 1
        fields["opclass"] = text[at:opclass_end]
    if node.get("ordering") == "SORTBY_DESC":
        fields["desc"] = True
    if node.get("nulls_ordering") in _NULLS:
        fields["nulls"] = _NULLS[node["nulls_ordering"]]
    if "name" not in node:
        span = without_parentheses(text, start, head)
        return Part(None, world.written(piece, *span, node["expr"], relation), fields)
    column = relation.column(node["name"])
    if column is not None:
        return Part(column, None, fields)
    if relation.cls is Table and not _has_unknown_columns(relation):
        raise Refused(f"there is no column {node['name']} in {relation.name}", start)
    return Part(None, world.written(piece, start, head, None, relation), fields)


def _has_unknown_columns(relation: Relation) -> bool:
    return "like" in relation.extra or any(_has_unknown_columns(base) for base in relation.bases)


def _head_end(text: str, start: int, end: int, is_name: bool) -> int:
    """Return where the column name or expression of an element ends, before COLLATE and operator class."""
    if text[start] == "(":
        return matching(text, start) + 1
    if is_name:
        found = ONE_NAME.match(text, start)
        return found.end() if found else end
    opening = find_opening(text, start)
    return matching(text, opening) + 1 if 0 <= opening < end else expression_end(text, start, end)
