"""Keys, foreign keys, checks and exclusions: inline, table level and by ALTER TABLE, all through one door."""

from __future__ import annotations

from typing import Any

from designer.importers.sql.postgres.catalog import column_of, qualified, strings
from designer.importers.sql.postgres.doubts import doubt_check, doubt_exclusion
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import (
    expression_end,
    find_opening,
    list_items,
    matching,
    skip_gap,
    without_parentheses,
    word_after,
)
from designer.importers.sql.postgres.names import claim_constraint, claim_relation
from designer.importers.sql.postgres.outcomes import Refused
from designer.importers.sql.postgres.parts import index_parts
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Check, Exclusion, ForeignKey, Index, Key

ACTIONS = {"a": "", "r": "restrict", "c": "cascade", "n": "set null", "d": "set default"}
_INDEXED = ("CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION")
STRUCTURAL = frozenset({"CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_FOREIGN", "CONSTR_CHECK", "CONSTR_EXCLUSION"})


def add_constraint(
    world: World, piece: Piece, relation: Relation, node: Node, start: int, column: Draft | None = None
) -> Draft:
    """Add the constraint whose clause starts at `start` of the piece. Raises Refused where a server would."""
    name = node.get("conname", "")
    claim_constraint(world, relation, name, start)
    indexed = name and node["contype"] in _INDEXED and "indexname" not in node
    if indexed:
        claim_relation(world, relation.schema, name, start)
    draft = _MAKERS[node["contype"]](world, piece, relation, node, start, column)
    if name:
        draft.name = name
    if indexed:
        world.catalog.register(world.catalog.relations, (relation.schema, name), draft)
    if node.get("deferrable"):
        draft.fields["deferrable"] = True
    if node.get("initdeferred"):
        draft.fields["deferred"] = True
    return draft


def add_attribute(draft: Draft | None, contype: str) -> None:
    """Apply what follows an inline constraint: DEFERRABLE, INITIALLY DEFERRED, NOT ENFORCED."""
    if draft is None:
        return
    if contype == "CONSTR_ATTR_DEFERRABLE":
        draft.fields["deferrable"] = True
    elif contype == "CONSTR_ATTR_DEFERRED":
        draft.fields["deferrable"] = draft.fields["deferred"] = True
    elif contype == "CONSTR_ATTR_NOT_ENFORCED":
        draft.fields["not_enforced"] = True


def _key(world: World, piece: Piece, relation: Relation, node: Node, start: int, column: Draft | None) -> Draft:
    primary = node["contype"] == "CONSTR_PRIMARY"
    if primary and any(key.fields.get("primary") for key in relation.of(Key)):
        raise Refused(f"{relation.name} has a primary key already", start)
    if "indexname" in node:
        return _key_using_index(world, relation, node, start, primary)
    columns = [column] if column else [column_of(relation, name, start) for name in strings(node.get("keys"))]
    if len({each.id for each in columns}) < len(columns):
        raise Refused("a column appears twice in the key", start)
    include = [column_of(relation, name, start) for name in strings(node.get("including"))]
    draft = world.member(Key, "", relation, piece.place(start))
    draft.fields = {"primary": primary, "columns": columns, "include": include}
    if primary:
        for each in columns:
            each.fields["nullable"] = False
    if node.get("nulls_not_distinct"):
        draft.fields["nulls_not_distinct"] = True
    if node.get("without_overlaps"):
        draft.fields["without_overlaps"] = True
    if "options" in node:
        draft.fields["options"] = with_options(piece.text, start)
    space = node.get("indexspace") or world.catalog.defaults["default_tablespace"]
    if space:
        draft.extra["using_index_tablespace"] = space
    return draft


def _key_using_index(world: World, relation: Relation, node: Node, start: int, primary: bool) -> Draft:
    """A key made of a unique index takes its columns, and its name unless it was given another; the index is gone."""
    index = next((each for each in relation.of(Index) if each.name == node["indexname"]), None)
    if index is None:
        raise Refused(f"there is no index {node['indexname']} on {relation.name}", start)
    parts = index.fields["parts"]
    if not index.fields.get("unique") or index.fields.get("where") or any(part.column is None for part in parts):
        raise Refused(f"the index {index.name} is no plain unique index, so that no key can be made of it", start)
    draft = world.member(Key, node.get("conname") or index.name, relation, index.place)
    draft.fields = {"primary": primary, "columns": [part.column for part in parts]}
    draft.fields["include"] = index.fields.get("include", [])
    draft.fields["nulls_not_distinct"] = index.fields.get("nulls_not_distinct", False)
    draft.comment = index.comment
    if primary:
        for each in draft.fields["columns"]:
            each.fields["nullable"] = False
    relation.members.remove(index)
    world.catalog.discard(index)
    world.catalog.register(world.catalog.relations, (relation.schema, draft.name), draft)
    return draft


def _foreign_key(world: World, piece: Piece, relation: Relation, node: Node, start: int, column: Draft | None) -> Draft:
    columns = [column] if column else [column_of(relation, name, start) for name in strings(node.get("fk_attrs"))]
    names = strings(node.get("pk_attrs"))
    if names and len(names) != len(columns):
        raise Refused("the foreign key does not have as many referencing as referenced columns", start)
    target = world.catalog.range(node["pktable"])
    draft = world.member(ForeignKey, "", relation, piece.place(start))
    fields: dict[str, Any] = {"columns": columns}
    draft.fields = fields
    fields["target"] = target if isinstance(target, Relation) else None
    fields["target_node"] = node["pktable"]
    fields["target_names"] = names
    fields["on_delete"] = ACTIONS[node.get("fk_del_action", "a")]
    fields["on_update"] = ACTIONS[node.get("fk_upd_action", "a")]
    if "fk_del_set_cols" in node:
        fields["on_delete_columns"] = [column_of(relation, name, start) for name in strings(node["fk_del_set_cols"])]
    if node.get("fk_matchtype") == "f":
        fields["match"] = "full"
    if node.get("fk_with_period"):
        fields["period"] = True
    _validity(fields, node)
    if isinstance(target, Relation):
        target.referrers.append(draft)
        fields["target_columns"] = [target.column(name) for name in names]
    return draft


def _validity(fields: dict[str, Any], node: Node) -> None:
    if not node.get("is_enforced", False):
        fields["not_enforced"] = True
    elif node.get("skip_validation") and not node.get("initially_valid"):
        fields["not_valid"] = True


def _check(world: World, piece: Piece, relation: Relation, node: Node, start: int, column: Draft | None) -> Draft:
    draft = world.member(Check, "", relation, piece.place(start))
    draft.fields = {"expr": world.written(piece, *check_range(piece.text, start), node.get("raw_expr"), relation)}
    if column is not None:
        draft.fields["of_column"] = column
    if node.get("is_no_inherit"):
        draft.fields["no_inherit"] = True
    _validity(draft.fields, node)
    doubt_check(world, relation, draft)
    return draft


def check_range(text: str, start: int) -> tuple[int, int]:
    """Return the range of the condition of the CHECK clause at `start`, without its parentheses."""
    opening = find_opening(text, start)
    inner = skip_gap(text, opening + 1)
    return without_parentheses(text, inner, expression_end(text, inner, matching(text, opening)))


def _exclusion(world: World, piece: Piece, relation: Relation, node: Node, start: int, _: Draft | None) -> Draft:
    text = piece.text
    opening = find_opening(text, start)
    items, closing = list_items(text, opening)
    elements = [each["List"]["items"] for each in node["exclusions"]]
    parts = index_parts(world, piece, relation, [pair[0] for pair in elements], items)
    for part, pair, (begin, end) in zip(parts, elements, items, strict=True):
        schema, operator = qualified(pair[1]["List"]["items"])
        part.fields["operator"] = (
            text[text.lower().rindex("with", begin, end) + 4 : end].strip() if schema else operator
        )
    draft = world.member(Exclusion, "", relation, piece.place(start))
    draft.fields = {"method": node.get("access_method", ""), "parts": parts}
    draft.fields["include"] = [column_of(relation, name, start) for name in strings(node.get("including"))]
    if "options" in node:
        draft.fields["options"] = with_options(text, closing + 1)
    if "where_clause" in node:
        where = text.index("(", word_after(text, closing + 1, "where"))
        inner = skip_gap(text, where + 1)
        span = without_parentheses(text, inner, expression_end(text, inner, matching(text, where)))
        draft.fields["where"] = world.written(piece, *span, node["where_clause"], relation)
    if "indexspace" in node:
        draft.extra["using_index_tablespace"] = node["indexspace"]
    doubt_exclusion(world, piece, relation, draft, node, start)
    return draft


def with_options(text: str, start: int) -> str:
    """Return what stands in the parentheses of the next WITH (…), verbatim."""
    after = word_after(text, start, "with")
    opening = skip_gap(text, after) if after >= 0 else -1
    if opening < 0 or text[opening : opening + 1] != "(":
        return ""
    return text[opening + 1 : matching(text, opening)].strip()


_MAKERS = {
    "CONSTR_PRIMARY": _key,
    "CONSTR_UNIQUE": _key,
    "CONSTR_FOREIGN": _foreign_key,
    "CONSTR_CHECK": _check,
    "CONSTR_EXCLUSION": _exclusion,
}
