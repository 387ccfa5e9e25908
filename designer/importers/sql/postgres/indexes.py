"""CREATE INDEX, and the partitions of indexes."""

from __future__ import annotations

from typing import Any

from designer.importers.sql.postgres.catalog import column_of
from designer.importers.sql.postgres.constraints import with_options
from designer.importers.sql.postgres.doubts import doubt_index
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import (
    QUALIFIED,
    find_opening,
    list_items,
    skip_gap,
    without_parentheses,
    word_after,
)
from designer.importers.sql.postgres.names import claim_relation, find_index
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Skipped
from designer.importers.sql.postgres.parts import index_parts
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Index, Partitioning


def create_index(world: World, piece: Piece) -> None:
    """Import a CREATE INDEX."""
    node = piece.node
    text = piece.text
    target = node["relation"]
    at = piece.pos(target["location"])
    relation = world.catalog.relation(target, at)
    name = node.get("idxname", "")
    if name:
        if node.get("if_not_exists") and (relation.schema, name) in world.catalog.relations:
            raise Skipped(f"there already is a {name}, and the statement says IF NOT EXISTS")
        claim_relation(world, relation.schema, name)
    found = QUALIFIED.match(text, at)
    items, closing = list_items(text, find_opening(text, found.end() if found else at))
    parts = index_parts(world, piece, relation, node["indexParams"], items)
    include = [column_of(relation, each["IndexElem"]["name"], closing) for each in node.get("indexIncludingParams", ())]
    draft = world.member(Index, name, relation, piece.place())
    draft.fields = {"parts": parts, "include": include, "unique": node.get("unique", False)}
    method = node.get("accessMethod", "btree")
    draft.fields["method"] = "" if method == "btree" else method
    if node.get("nulls_not_distinct"):
        draft.fields["nulls_not_distinct"] = True
    if "inh" not in target:
        draft.fields["only"] = True
        world.checks.append(lambda: _complete(world, draft))
    if "options" in node:
        draft.fields["options"] = with_options(text, closing + 1)
    space = node.get("tableSpace") or world.catalog.defaults["default_tablespace"]
    if space:
        draft.fields["tablespace"] = space
    if "whereClause" in node:
        start = skip_gap(text, word_after(text, closing + 1, "where"))
        span = without_parentheses(text, start, len(text.rstrip()))
        draft.fields["where"] = world.written(piece, *span, node["whereClause"], relation)
    if name:
        world.catalog.register(world.catalog.relations, (relation.schema, name), draft)
    doubt_index(world, piece, relation, draft, node, items)


def attach_index(world: World, piece: Piece, parent_node: Node, child_node: Node, index: int) -> None:
    """Import ALTER INDEX … ATTACH PARTITION: an index made ON ONLY the parent is complete when its partitions have it.

    A server matches the indexes of a partition to those of its parent by itself when the partition is attached, and
    takes the statement as done where it has; so nothing of it needs to be kept.
    """
    parent, child = (
        find_index(world, each.get("schemaname", ""), each["relname"]) for each in (parent_node, child_node)
    )
    if parent is None or child is None:
        gone = parent_node if parent is None else child_node
        raise Missing(f"index {gone['relname']}", index)
    if child.parent is None or child.parent.fields.get("partition_of") is not parent.parent:
        raise KeptVerbatim("the index belongs to no partition that this script attaches")
    if parent.cls is not Index:
        return
    if "attached" not in parent.fields and "only" not in parent.fields:
        world.checks.append(lambda: _complete(world, parent))
    parent.fields.setdefault("attached", []).append((child, piece))


def _complete(world: World, parent: Draft) -> None:
    """Settle an index made ON ONLY its table, when all its partitions are known.

    Where the server matches the indexes of every partition by itself, the statement is a plain one. Else the index
    stays ON ONLY, with each ATTACH PARTITION behind.
    """
    table, attached = parent.parent, parent.fields.pop("attached", [])
    if not isinstance(table, Relation) or not table.of(Partitioning):
        return
    partitions = [each for each in table.heirs if each.fields.get("partition_of") is table]
    covered = {child.parent.id for child, _ in attached if isinstance(child.parent, Relation) and child.parent.columns}
    twins = [each for each in table.of(Index) if _shape(each) == _shape(parent)]
    if len(twins) == 1 and covered >= {each.id for each in partitions}:
        parent.fields.pop("only", None)
        return
    for _, piece in attached:
        world.keep(piece, "a partition of an index has no field of its own")


def _shape(index: Draft) -> tuple[object, ...]:
    """Return what the server tells indexes apart by when it looks for that of a partition."""
    parts = [
        (each.column.id if each.column else each.written.text, each.fields.get("opclass")) for each in _parts(index)
    ]
    where = index.fields.get("where")
    return (index.fields.get("method"), index.fields.get("unique"), where.text if where else "", *parts)


def _parts(index: Draft) -> list[Any]:
    return list(index.fields["parts"])
