"""What statements that are kept word for word make, so that the export can put them before what uses it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.registry import get
from designer.importers.sql.postgres.catalog import qualified
from designer.importers.sql.postgres.drafts import Draft
from designer.importers.sql.postgres.grammar import Node, walk
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World

_quote = get("postgresql").quote
_DEFINED = {
    "OBJECT_OPERATOR": "operator", "OBJECT_TYPE": "type", "OBJECT_COLLATION": "collation",
    "OBJECT_TSCONFIGURATION": "text search configuration", "OBJECT_TSDICTIONARY": "text search dictionary",
    "OBJECT_TSPARSER": "text search parser", "OBJECT_TSTEMPLATE": "text search template",
}  # fmt: skip
_LISTED = {
    "CreateRangeStmt": ("type", "typeName"),
    "CreateOpClassStmt": ("operator class", "opclassname"),
    "CreateOpFamilyStmt": ("operator family", "opfamilyname"),
    "CreateConversionStmt": ("conversion", "conversion_name"),
}
_NAMED = {
    "CreateFdwStmt": ("foreign data wrapper", "fdwname"),
    "CreateForeignServerStmt": ("server", "servername"),
    "CreatePLangStmt": ("language", "plname"),
    "CreateAmStmt": ("access method", "amname"),
    "CreateRoleStmt": ("role", "role"),
}
_NAMELESS = {
    "CreateCastStmt": "cast",
    "AlterOpFamilyStmt": "operator family members",
    "CreateTransformStmt": "transform",
}
_DROPPED = {
    **_DEFINED,
    "OBJECT_OPCLASS": "operator class", "OBJECT_OPFAMILY": "operator family", "OBJECT_CONVERSION": "conversion",
    "OBJECT_FDW": "foreign data wrapper", "OBJECT_FOREIGN_SERVER": "server", "OBJECT_LANGUAGE": "language",
    "OBJECT_ACCESS_METHOD": "access method", "OBJECT_TABLE": "table",
}  # fmt: skip


def made_by(kind: str, node: Node) -> tuple[str, str]:
    """Return what a statement makes, and its name without a schema: `("operator", "===")`; empty for nothing."""
    if kind == "DefineStmt":
        return _DEFINED.get(node.get("kind", ""), ""), qualified(node.get("defnames"))[1]
    if kind in _LISTED:
        word, field = _LISTED[kind]
        return word, qualified(node.get(field))[1]
    if kind in _NAMED:
        word, field = _NAMED[kind]
        return word, str(node.get(field, ""))
    if kind == "CreateTableAsStmt":
        return "table", str(node["into"]["rel"]["relname"])
    if kind == "SelectStmt" and "intoClause" in node:
        return "table", str(node["intoClause"]["rel"]["relname"])
    return _NAMELESS.get(kind, ""), ""


def note_made(world: World, piece: Piece, draft: Draft) -> None:
    """Write down what a kept statement makes."""
    roles = dict.fromkeys(_roles(piece.node))
    if roles:
        draft.extra["roles"] = ", ".join(map(_quote, roles))
    word, name = made_by(piece.kind, piece.node)
    if word:
        draft.extra["makes"] = word
    if word and name:
        draft.extra["name"] = name
        world.catalog.kept.setdefault((word, name), []).append(draft)


def _roles(node: Node) -> Iterator[str]:
    """Yield the roles that a statement names, but not the one that it makes."""
    for key, value in walk(node):
        if key == "RoleSpec" or key in ("newowner", "authrole", "role", "user"):
            if isinstance(value, dict) and value.get("roletype") == "ROLESPEC_CSTRING":
                yield value["rolename"]
        elif key == "granted_roles":
            yield from (each["AccessPriv"]["priv_name"] for each in value)


def drop_kept(world: World, kind: str, node: Node) -> bool:
    """Forget the statements that made something which is dropped now; False where none of this script did."""
    word = _DROPPED.get(kind, "")
    found = world.catalog.kept.pop((word, _name(node)), [])
    for draft in found:
        world.catalog.discard(draft)
    return bool(found)


def _name(node: Node) -> str:
    if "String" in node:
        return str(node["String"]["sval"])
    if "TypeName" in node:
        return qualified(node["TypeName"]["names"])[1]
    items = node.get("List", {}).get("items") or node.get("ObjectWithArgs", {}).get("objname")
    return qualified([each for each in items or () if "String" in each])[1]
