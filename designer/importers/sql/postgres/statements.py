"""What is done with each kind of statement: one line a kind."""

from __future__ import annotations

from collections.abc import Callable

from designer.dialects.base import words
from designer.importers.sql.postgres.alter import alter_table
from designer.importers.sql.postgres.catalog import qualified
from designer.importers.sql.postgres.comments import comment_on
from designer.importers.sql.postgres.doubts import is_built_in
from designer.importers.sql.postgres.drops import drop
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.indexes import create_index
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.programs import (
    create_aggregate,
    create_extension,
    create_materialized_view,
    create_policy,
    create_publication,
    create_routine,
    create_schema,
    create_trigger,
    create_view,
)
from designer.importers.sql.postgres.renames import rename, set_schema
from designer.importers.sql.postgres.settings import (
    cluster,
    create_language,
    default_privileges,
    do_block,
    refresh,
)
from designer.importers.sql.postgres.tables import create_foreign_table, create_table
from designer.importers.sql.postgres.types import (
    alter_domain,
    alter_enum,
    alter_sequence,
    create_composite,
    create_domain,
    create_enum,
    create_sequence,
)
from designer.importers.sql.postgres.world import World

Handler = Callable[[World, Piece], None]


def _select(world: World, piece: Piece) -> None:
    node = piece.node
    targets = node.get("targetList", [])
    call = targets[0]["ResTarget"]["val"].get("FuncCall") if len(targets) == 1 else None
    if call is None or "fromClause" in node or "intoClause" in node:
        if "intoClause" in node:
            raise KeptVerbatim("it makes a table from the result of a query")
        raise Skipped("a query is no part of a schema")
    schema, name = qualified(call["funcname"])
    if name == "set_config":
        _set_config(world, call)
        raise Skipped("a setting of the session")
    if name in ("setval", "nextval"):
        raise Skipped("the state of a sequence is data")
    if is_built_in(name) and schema in ("", "pg_catalog"):
        raise Skipped("a query is no part of a schema")
    if not world.catalog.find_routines(schema, name) and not world.catalog.extensions:
        raise Refused(f"the function {name} is made by no statement of this script, and no extension is created")
    raise KeptVerbatim(f"it calls {name}, which may change the schema")


def _set_config(world: World, call: Node) -> None:
    values = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in call.get("args", ())]
    if len(values) >= 2 and values[0] == "search_path":
        path = [name.strip().strip('"') for name in values[1].split(",")]
        set_path(world, [name for name in path if name])


def set_path(world: World, path: list[str]) -> None:
    """Let unqualified names mean what `SET search_path` makes them mean."""
    world.catalog.set_path([name for name in path if name not in ("$user", "pg_catalog", "pg_temp", "")])


def _set(world: World, piece: Piece) -> None:
    node = piece.node
    if node.get("name") == "search_path":
        values = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in node.get("args", ())]
        set_path(world, values)
    if node.get("name") == "check_function_bodies":
        world.bodies_checked = node["args"][0]["A_Const"].get("sval", {}).get("sval", "") not in (
            "off",
            "false",
            "no",
            "0",
        )
    if node.get("name") in world.catalog.defaults:
        values = [each.get("A_Const", {}).get("sval", {}).get("sval", "") for each in node.get("args", ())]
        world.catalog.defaults[node["name"]] = values[0] if values and values[0] != "heap" else ""
    raise Skipped("a setting of the session")


def _create_table_as(world: World, piece: Piece) -> None:
    node = piece.node
    if node.get("objtype") != "OBJECT_MATVIEW":
        raise KeptVerbatim("a table made from a query has no columns before it is run")
    create_materialized_view(world, piece)


def _define(world: World, piece: Piece) -> None:
    node = piece.node
    if node.get("kind") == "OBJECT_AGGREGATE":
        create_aggregate(world, piece)
        return
    world.catalog.known_types.add(qualified(node.get("defnames"))[1])
    raise KeptVerbatim("there is no record for such an object")


def _range_type(world: World, piece: Piece) -> None:
    node = piece.node
    world.catalog.known_types.add(qualified(node["typeName"])[1])
    for each in node.get("params", ()):
        if each["DefElem"]["defname"] == "multirange_type_name":
            world.catalog.known_types.add(qualified(each["DefElem"]["arg"]["TypeName"]["names"])[1])
    raise KeptVerbatim("a range type has no record of its own")


def _role(world: World, piece: Piece) -> None:
    node = piece.node
    world.catalog.roles.add(node["role"])
    raise KeptVerbatim("roles belong to the server, not to a schema", "before")


def _grant(world: World, piece: Piece) -> None:
    node = piece.node
    for each in node.get("objects", ()):
        target = each.get("RangeVar")
        if target is not None and not world.catalog.knows(target):
            raise Missing(f"table {target['relname']}", piece.pos(target["location"]))
    roles = [each["RoleSpec"].get("rolename", "") for each in node.get("grantees", ())]
    raise KeptVerbatim("privileges have no record of their own" + _unknown_roles(world, roles))


def _unknown_roles(world: World, roles: list[str]) -> str:
    unknown = [role for role in roles if role and role not in world.catalog.roles]
    return f"; it needs the role {', '.join(unknown)}, which this script does not create" if unknown else ""


def _owner(world: World, piece: Piece) -> None:
    node = piece.node
    role = node.get("newowner", {}).get("rolename", "")
    raise KeptVerbatim("owners have no record of their own" + _unknown_roles(world, [role]))


def _about_relation(world: World, piece: Piece) -> None:
    """Keep a statement about a table; refuse it where there is no such table."""
    node = piece.node
    target = node.get("relation") or node.get("rel")
    if isinstance(target, dict) and "relname" in target and not world.catalog.knows(target):
        raise Missing(f"table {target['relname']}", piece.pos(target.get("location", piece.base)))
    raise KeptVerbatim("there is no record for such an object")


HANDLERS: dict[str, Handler] = {
    "CreateStmt": create_table,
    "AlterTableStmt": alter_table,
    "IndexStmt": create_index,
    "CommentStmt": comment_on,
    "CreateEnumStmt": create_enum,
    "AlterEnumStmt": alter_enum,
    "CreateDomainStmt": create_domain,
    "AlterDomainStmt": alter_domain,
    "CompositeTypeStmt": create_composite,
    "CreateSeqStmt": create_sequence,
    "AlterSeqStmt": alter_sequence,
    "ViewStmt": create_view,
    "CreateTableAsStmt": _create_table_as,
    "CreateFunctionStmt": create_routine,
    "DefineStmt": _define,
    "CreateRangeStmt": _range_type,
    "CreateTrigStmt": create_trigger,
    "CreatePolicyStmt": create_policy,
    "CreatePublicationStmt": create_publication,
    "CreateExtensionStmt": create_extension,
    "CreateSchemaStmt": create_schema,
    "RenameStmt": rename,
    "AlterObjectSchemaStmt": set_schema,
    "DropStmt": drop,
    "CreateRoleStmt": _role,
    "GrantStmt": _grant,
    "AlterOwnerStmt": _owner,
    "RuleStmt": _about_relation,
    "DoStmt": do_block,
    "ClusterStmt": cluster,
    "RefreshMatViewStmt": refresh,
    "AlterDefaultPrivilegesStmt": default_privileges,
    "CreatePLangStmt": create_language,
    "CreateForeignTableStmt": create_foreign_table,
    "SelectStmt": _select,
    "VariableSetStmt": _set,
}
"""Kind of statement in the tree -> what is done with it. What is in neither list is kept verbatim."""

_QUERY = "a query is no part of a schema"
_SESSION = "it changes the session, the data or the server, not the schema"
SKIPPED: dict[str, str] = {
    **dict.fromkeys(("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "ExplainStmt", "CopyStmt"), _QUERY),
    **dict.fromkeys(
        words("""
        TransactionStmt VacuumStmt VariableShowStmt LockStmt ListenStmt NotifyStmt UnlistenStmt PrepareStmt
        ExecuteStmt DeallocateStmt DeclareCursorStmt FetchStmt ClosePortalStmt DiscardStmt CheckPointStmt ReindexStmt
        TruncateStmt CallStmt ConstraintsSetStmt LoadStmt CreatedbStmt AlterDatabaseStmt AlterDatabaseSetStmt
        DropdbStmt AlterSystemStmt DropRoleStmt DropOwnedStmt DropTableSpaceStmt DropUserMappingStmt
        DropSubscriptionStmt AlterDatabaseRefreshCollStmt
        """),
        _SESSION,
    ),
}
"""Kind of statement -> why it is no part of a schema."""
