"""ALTER TABLE: each command is applied to what the script has built so far."""

from __future__ import annotations

from collections.abc import Callable

from designer.importers.sql.postgres.catalog import column_of
from designer.importers.sql.postgres.constraints import add_constraint, with_options
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.drops import drop_column, drop_member
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.indexes import attach_index
from designer.importers.sql.postgres.lexical import (
    QUALIFIED,
    comma_items,
    expression_end,
    find_opening,
    matching,
    skip_gap,
    without_parentheses,
    word_after,
)
from designer.importers.sql.postgres.names import CONSTRAINTS, claim_constraint, named_member
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.tables import add_column, column_value, partition_bound, set_type
from designer.importers.sql.postgres.world import World
from designer.schema import Table, Trigger

Command = Callable[[World, Piece, Relation, Node, int, int], None]
_TRIGGER_STATES = {
    "AT_EnableTrig": "", "AT_DisableTrig": "disabled", "AT_EnableAlwaysTrig": "always",
    "AT_EnableReplicaTrig": "replica",
}  # fmt: skip


def alter_table(world: World, piece: Piece, node: Node) -> None:
    """Apply an ALTER TABLE, VIEW, INDEX or SEQUENCE, command by command."""
    target = node["relation"]
    at = piece.pos(target["location"])
    commands = [each["AlterTableCmd"] for each in node["cmds"]]
    draft = world.catalog.range(target)
    if draft is None and node.get("missing_ok"):
        raise Skipped(f"there is no {target['relname']}, and the statement says IF EXISTS")
    if commands[0]["subtype"] == "AT_AttachPartition" and node.get("objtype") == "OBJECT_INDEX":
        attach_index(world, draft, commands[0]["def"]["PartitionCmd"]["name"], at)
        return
    if draft is None:
        raise Missing(f"{_kind(node)} {target['relname']}", at)
    if not isinstance(draft, Relation) or draft.cls is not Table:
        raise KeptVerbatim("it sets what has no record of its own")
    name = QUALIFIED.match(piece.text, at)
    items = comma_items(piece.text, _after_star(piece.text, name.end() if name else at))
    if len(items) != len(commands):
        raise KeptVerbatim("it cannot be told apart into its commands")
    _run(world, piece, draft, commands, items)


def _kind(node: Node) -> str:
    return str(node.get("objtype", "OBJECT_TABLE")).removeprefix("OBJECT_").lower()


def _after_star(text: str, at: int) -> int:
    at = skip_gap(text, at)
    return at + 1 if text[at : at + 1] == "*" else at


def _run(world: World, piece: Piece, table: Relation, commands: list[Node], items: list[tuple[int, int]]) -> None:
    kept: list[str] = []
    for command, (start, end) in zip(commands, items, strict=True):
        try:
            apply = COMMANDS.get(command["subtype"])
            if apply is None:
                raise KeptVerbatim("it sets what has no record of its own")
            apply(world, piece, table, command, start, end)
        except KeptVerbatim as verbatim:
            if len(commands) == 1:
                raise
            world.keep(_alone(piece, items[0][0], start, end), verbatim.reason)
            kept.append(verbatim.reason)
        except Skipped:
            if len(commands) == 1:
                raise
        except Refused as refused:
            if len(commands) == 1 or not world.last_try and isinstance(refused, Missing):
                raise
            world.keep(_alone(piece, items[0][0], start, end), refused.reason, "never")
            world.warn(f"ALTER TABLE {table.name}", f"{refused.reason}; the command is kept but not exported",
                       piece.place(start))  # fmt: skip
    if kept:
        raise KeptInPart(f"part of it is kept as it is: {kept[0]}")


class KeptInPart(Exception):
    """Some commands were applied, others are already kept as statements of their own."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def _alone(piece: Piece, head: int, start: int, end: int) -> Piece:
    """Return one command of several as a statement of its own."""
    alone = Piece(piece.text[:head] + piece.text[start:end], piece.place(start), within=False)
    alone.base, alone.kind = piece.base, "RangeVar"
    alone.node = piece.node["relation"]
    return alone


# Columns


def _add_column(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    definition = node["def"]["ColumnDef"]
    if node.get("missing_ok") and definition["colname"] in table.columns:
        raise Skipped(f"there already is a column {definition['colname']}, and the statement says IF NOT EXISTS")
    place = piece.pos(definition["location"]) if "location" in definition else start
    add_column(world, piece, table, definition, place)


def _drop_column(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = table.columns.get(node["name"])
    if column is None and node.get("missing_ok"):
        raise Skipped(f"there is no column {node['name']}, and the statement says IF EXISTS")
    if column is None:
        raise Refused(f"there is no column {node['name']} in {table.name}", start)
    drop_column(world, table, column)


def _set_default(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    column.fields.pop("default", None)
    if "def" in node:
        begin = skip_gap(piece.text, word_after(piece.text, start, "set", "default"))
        column.fields["default"] = world.written(piece, begin, end, node["def"], table)


def _set_not_null(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column_of(table, node["name"], start).fields["nullable"] = node["subtype"] == "AT_DropNotNull"


def _set_type(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    definition = node["def"]["ColumnDef"]
    set_type(column, piece, definition["typeName"])
    column.fields.pop("collation", None)
    if "collClause" in definition:
        after = word_after(piece.text, piece.pos(definition["collClause"]["location"]), "collate")
        found = QUALIFIED.match(piece.text, skip_gap(piece.text, after))
        column.fields["collation"] = found.group() if found else ""


def _add_identity(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    column_value(world, piece, table, column, node["def"]["Constraint"], start, end)


def _set_identity(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    options = node["def"]["List"]["items"] if "List" in node.get("def", {}) else []
    for each in options:
        option = each["DefElem"]
        if option["defname"] != "generated":
            raise KeptVerbatim("it changes the sequence behind an identity column")
        column.fields["identity"] = "by default" if option["arg"]["Integer"].get("ival") == ord("d") else "always"


def _drop_identity(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    column.fields.pop("identity", None)
    column.fields.pop("identity_options", None)


def _set_expression(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    opening = find_opening(piece.text, word_after(piece.text, start, "set", "expression"))
    inner = skip_gap(piece.text, opening + 1)
    last = expression_end(piece.text, inner, matching(piece.text, opening))
    span = without_parentheses(piece.text, inner, last)
    column.fields["generated"] = world.written(piece, *span, node["def"], table)


def _drop_expression(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    column = column_of(table, node["name"], start)
    column.fields.pop("generated", None)
    column.fields.pop("generated_kind", None)


def _set_storage(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    field = "storage" if node["subtype"] == "AT_SetStorage" else "compression"
    column_of(table, node["name"], start).fields[field] = node["def"]["String"]["sval"]


# Constraints


def _add_constraint(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    constraint = node["def"]["Constraint"]
    at = piece.pos(constraint["location"])
    if constraint["contype"] == "CONSTR_NOTNULL":
        claim_constraint(world, table, constraint.get("conname", ""), at)
        for each in constraint.get("keys", ()):
            column = column_of(table, each["String"]["sval"], at)
            column.fields["nullable"] = False
            column.fields["not_null_name"] = constraint.get("conname", "")
        if constraint.get("skip_validation"):
            raise KeptVerbatim("a NOT NULL constraint that is NOT VALID has no record of its own")
        return
    add_constraint(world, piece, table, constraint, at)


def _drop_constraint(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    member = named_member(table, node["name"], CONSTRAINTS)
    if member is not None:
        drop_member(world, table, member)
        return
    for column in table.columns.values():
        if not column.fields.get("nullable", True) and node["name"] in (
            column.fields.get("not_null_name"), f"{table.name}_{column.name}_not_null",
        ):  # fmt: skip
            column.fields["nullable"] = True
            column.fields.pop("not_null_name", None)
            return
    if node.get("missing_ok"):
        raise Skipped(f"there is no constraint {node['name']}, and the statement says IF EXISTS")
    raise Refused(f"there is no constraint {node['name']} on {table.name}", start)


def _validate(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    member = named_member(table, node["name"], CONSTRAINTS)
    if member is None:
        raise Refused(f"there is no constraint {node['name']} on {table.name}", start)
    member.fields.pop("not_valid", None)


def _alter_constraint(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    change = node["def"].get("ATAlterConstraint", {})
    member = named_member(table, change.get("conname", ""), CONSTRAINTS)
    if member is None:
        raise Refused(f"there is no constraint {change.get('conname', '')} on {table.name}", start)
    if change.get("alterDeferrability"):
        member.fields["deferrable"] = change.get("deferrable", False)
        member.fields["deferred"] = change.get("initdeferred", False)
    if change.get("alterEnforceability"):
        member.fields["not_enforced"] = not change.get("is_enforced", False)
    if change.get("alterInheritability"):
        raise KeptVerbatim("it changes how a NOT NULL constraint is inherited")


# The table itself


def _row_security(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    subtype = node["subtype"]
    field = "force_row_security" if "Force" in subtype else "row_security"
    table.fields[field] = subtype in ("AT_EnableRowSecurity", "AT_ForceRowSecurity")


def _attach(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    command = node["def"]["PartitionCmd"]
    child = world.catalog.table(command["name"], start)
    if child.bases:
        raise Refused(f"{child.name} already is a partition or inherits", start)
    child.bases = [table]
    child.fields["partition_of"] = table
    child.fields["partition_bound"], _ = partition_bound(piece, command["bound"])


def _detach(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    child = world.catalog.table(node["def"]["PartitionCmd"]["name"], start)
    if child.fields.get("partition_of") is not table:
        raise Refused(f"{child.name} is no partition of {table.name}", start)
    if not child.columns:
        raise KeptVerbatim("the detached partition has the columns of its parent")
    child.bases = []
    child.fields.pop("partition_of", None)
    child.fields.pop("partition_bound", None)


def _inherit(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    base = world.catalog.table(node["def"]["RangeVar"], start)
    if node["subtype"] == "AT_AddInherit":
        table.bases.append(base)
    elif base in table.bases:
        table.bases.remove(base)
    table.fields["inherits"] = list(table.bases)


def _persistence(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    table.fields["persistence"] = "unlogged" if node["subtype"] == "AT_SetUnLogged" else ""


def _tablespace(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    field = "tablespace" if node["subtype"] == "AT_SetTableSpace" else "access_method"
    table.fields[field] = node.get("name", "")


def _options(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    if table.fields.get("options"):
        raise KeptVerbatim("it changes storage options that are set already")
    if any("." in each["DefElem"].get("defname", "") or "defnamespace" in each["DefElem"]
           for each in node["def"]["List"]["items"]):  # fmt: skip
        raise KeptVerbatim("it sets options of an extension")
    opening = find_opening(piece.text, start)
    table.fields["options"] = piece.text[opening + 1 : matching(piece.text, opening)].strip()


def _trigger(world: World, piece: Piece, table: Relation, node: Node, start: int, end: int) -> None:
    found = next((each for each in table.of(Trigger) if each.name == node.get("name")), None)
    if found is None:
        raise Refused(f"there is no trigger {node.get('name')} on {table.name}", start)
    found.fields["enabled"] = _TRIGGER_STATES[node["subtype"]]


COMMANDS: dict[str, Command] = {
    "AT_AddColumn": _add_column,
    "AT_DropColumn": _drop_column,
    "AT_ColumnDefault": _set_default,
    "AT_SetNotNull": _set_not_null,
    "AT_DropNotNull": _set_not_null,
    "AT_AlterColumnType": _set_type,
    "AT_AddIdentity": _add_identity,
    "AT_SetIdentity": _set_identity,
    "AT_DropIdentity": _drop_identity,
    "AT_SetExpression": _set_expression,
    "AT_DropExpression": _drop_expression,
    "AT_SetStorage": _set_storage,
    "AT_SetCompression": _set_storage,
    "AT_AddConstraint": _add_constraint,
    "AT_DropConstraint": _drop_constraint,
    "AT_ValidateConstraint": _validate,
    "AT_AlterConstraint": _alter_constraint,
    "AT_EnableRowSecurity": _row_security,
    "AT_DisableRowSecurity": _row_security,
    "AT_ForceRowSecurity": _row_security,
    "AT_NoForceRowSecurity": _row_security,
    "AT_AttachPartition": _attach,
    "AT_DetachPartition": _detach,
    "AT_AddInherit": _inherit,
    "AT_DropInherit": _inherit,
    "AT_SetLogged": _persistence,
    "AT_SetUnLogged": _persistence,
    "AT_SetTableSpace": _tablespace,
    "AT_SetAccessMethod": _tablespace,
    "AT_SetRelOptions": _options,
    **dict.fromkeys(_TRIGGER_STATES, _trigger),
}

__all__ = ["COMMANDS", "Draft", "KeptInPart", "alter_table", "with_options"]
