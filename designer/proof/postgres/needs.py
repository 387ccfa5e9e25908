"""What a script wants of a server beyond its own database: roles, and extensions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from designer.compare.postgres.parse import Unreadable, statement
from designer.dialects.registry import get
from designer.proof.contract import Piece
from designer.schema import Design, Extension, Statement

EXTENSIONS = frozenset({
    "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int", "dict_xsyn", "earthdistance", "fuzzystrmatch",
    "hstore", "intarray", "isn", "ltree", "pg_trgm", "pgcrypto", "plpgsql", "seg", "tablefunc", "tcn",
    "tsm_system_rows", "tsm_system_time", "unaccent", "uuid-ossp", "vector", "xml2",
})  # fmt: skip
"""Extensions that the superuser may create for a script: none of them reaches beyond its database."""


_CREATED = re.compile(r'\bcreate\s+(?:role|user|group)\s+("(?:[^"]|"")+"|[^\W\d][\w$]*)', re.IGNORECASE)


def roles(pieces: Iterable[Piece], design: Design) -> set[str]:
    """Return the roles that statements name: in GRANT, OWNER TO, policies, default privileges, CREATE ROLE.

    The DDL runs some statements of a design only where their roles exist, inside of a DO: so the design is asked, too.
    """
    found: set[str] = set()
    for text in (*(piece.text for piece in pieces), *(each.text.text for each in design.of(Statement))):
        lower = text.lower()
        if lower.lstrip().startswith("do"):
            found |= {get("postgresql").unquote(each) for each in _CREATED.findall(text)}
        if any(word in lower for word in ("role", "grant", "revoke", "owner", "policy", "authorization", "privileges",
                                          "user")):  # fmt: skip
            found |= _roles_in(text)
    return {name for name in found if name and not name.startswith("pg_") and name not in ("public", "none")}


def _roles_in(text: str) -> set[str]:
    try:
        waiting: list[Any] = [statement(text)]
    except Unreadable:
        return set()
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            if node.get("roletype") == "ROLESPEC_CSTRING":
                found.add(str(node.get("rolename", "")))
            if "CreateRoleStmt" in node:
                found.add(str(node["CreateRoleStmt"].get("role", "")))
            waiting.extend(value for value in node.values() if isinstance(value, (dict, list)))
    return found


def extensions(design: Design) -> dict[str, str]:
    """Return the extensions of a design by name, each with the schema that it wants, empty for the default."""
    return {each.name: each.schema for each in design.of(Extension)}


def comment_on_extension(text: str) -> tuple[str, str | None] | None:
    """Return the extension and the comment of a statement that gives it one; None for any other statement."""
    if not re.match(r"\s*comment\s+on\s+extension\b", text, re.IGNORECASE):
        return None
    try:
        fields = statement(text).get("CommentStmt", {})
    except Unreadable:
        return None
    return str(fields.get("object", {}).get("String", {}).get("sval", "")), fields.get("comment")


def is_not_run(text: str, made: set[tuple[str, str]]) -> bool:
    """Say whether a statement creates a role, schema or extension that is there already, or only says who owns what.

    Owners are not compared: to give an object away takes rights that the role of a proof does not have.
    """
    words = text.split()
    if words[:1] and words[0].lower() == "alter" and [each.lower() for each in words[-3:-1]] == ["owner", "to"]:
        return True
    head = text[:40].lstrip().lower()
    if not head.startswith("create"):
        return False
    try:
        ((kind, fields),) = statement(text).items()
    except Unreadable:
        return False
    if kind == "CreateExtensionStmt":
        return ("extension", fields.get("extname", "")) in made
    if kind == "CreateSchemaStmt":
        return ("schema", fields.get("schemaname", "")) in made
    return bool(kind == "CreateRoleStmt" and ("role", fields.get("role", "")) in made)
