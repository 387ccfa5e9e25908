"""ALTER TABLE: each command is applied to what the script has built so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from designer.importers.sql.postgres.attributes import alter_attributes, row_type
from designer.importers.sql.postgres.bounds import claim_bound
from designer.importers.sql.postgres.catalog import column_of
from designer.importers.sql.postgres.constraints import add_constraint
from designer.importers.sql.postgres.doubts import doubt_default
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
from designer.importers.sql.postgres.names import CONSTRAINTS, claim_constraint, find_index, named_member
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.tables import add_column, column_value, partition_bound, set_type
from designer.importers.sql.postgres.world import World
from designer.schema import Index, Key, Table, Trigger


@dataclass(frozen=True, slots=True)
class Step:
    """One command of an ALTER TABLE; it stands at `start` to `end` of the piece."""

    world: World
    piece: Piece
    table: Relation
    node: Node
    start: int
    end: int


Command = Callable[[Step], None]
_IDENTITIES = {"d": "", "f": "full", "n": "nothing", "i": "index"}
_TRIGGER_STATES = {
    "AT_EnableTrig": "", "AT_DisableTrig": "disabled", "AT_EnableAlwaysTrig": "always",
    "AT_EnableReplicaTrig": "replica",
}  # fmt: skip


def alter_table(world: World, piece: Piece) -> None:
    """Apply an ALTER TABLE, VIEW, INDEX or SEQUENCE, command by command."""
    node = piece.node
    target = node["relation"]
    at = piece.pos(target["location"])
    commands = [each["AlterTableCmd"] for each in node["cmds"]]
    draft = world.catalog.range(target)
    if commands[0]["subtype"] == "AT_AttachPartition" and node.get("objtype") == "OBJECT_INDEX":
        attach_index(world, piece, target, commands[0]["def"]["PartitionCmd"]["name"], at)
        return
    if draft is None and node.get("missing_ok"):
        raise Skipped(f"there is no {target['relname']}, and the statement says IF EXISTS")
    row = row_type(world, target) if draft is None and node.get("objtype") == "OBJECT_TYPE" else None
    if row is not None:
        alter_attributes(piece, row, commands)
        return
    if draft is None and node.get("objtype") == "OBJECT_INDEX":
        draft = find_index(world, target.get("schemaname", ""), target["relname"])
    if draft is None and world.catalog.knows(target):
        raise KeptVerbatim("it is about a table made by a query, or the sequence behind a column")
    if draft is None:
        raise Missing(f"{_kind(node)} {target['relname']}", at)
    if commands[0]["subtype"] == "AT_ChangeOwner":
        raise KeptVerbatim("owners have no record of their own")
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
            apply(Step(world, piece, table, command, start, end))
        except KeptVerbatim as verbatim:
            if len(commands) == 1:
                raise
            world.keep(_alone(piece, items[0][0], start, end), verbatim.reason)
            kept.append(verbatim.reason)
        except Skipped:
            if len(commands) == 1:
                raise
        except Refused as refused:
            if len(commands) == 1 or (not world.last_try and isinstance(refused, Missing)):
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


def _add_column(step: Step) -> None:
    definition = step.node["def"]["ColumnDef"]
    if step.node.get("missing_ok") and definition["colname"] in step.table.columns:
        raise Skipped(f"there already is a column {definition['colname']}, and the statement says IF NOT EXISTS")
    place = step.piece.pos(definition["location"]) if "location" in definition else step.start
    add_column(step.world, step.piece, step.table, definition, place)


def _drop_column(step: Step) -> None:
    column = step.table.columns.get(step.node["name"])
    if column is None and step.node.get("missing_ok"):
        raise Skipped(f"there is no column {step.node['name']}, and the statement says IF EXISTS")
    if column is None:
        raise Refused(f"there is no column {step.node['name']} in {step.table.name}", step.start)
    drop_column(step.world, step.table, column)


def own_column(step: Step) -> Draft:
    """Return the column that a command changes. One that is inherited has no record in this table."""
    found = column_of(step.table, step.node["name"], step.start)
    if step.table.columns.get(found.name) is not found:
        raise KeptVerbatim("the column is inherited, and what is said of it here holds for this table only")
    return found


def _set_default(step: Step) -> None:
    column = own_column(step)
    column.fields.pop("default", None)
    if "def" in step.node:
        begin = skip_gap(step.piece.text, word_after(step.piece.text, step.start, "set", "default"))
        default = step.world.written(step.piece, begin, step.end, step.node["def"], step.table)
        column.fields["default"] = default
        doubt_default(step.world, step.table, column, default)


def _set_not_null(step: Step) -> None:
    own_column(step).fields["nullable"] = step.node["subtype"] == "AT_DropNotNull"


def _set_statistics(step: Step) -> None:
    if "name" not in step.node:
        raise KeptVerbatim("a column of an index has no record of its own")
    target = step.node.get("def", {}).get("Integer", {}).get("ival", 0) if "def" in step.node else None
    own_column(step).fields["statistics"] = None if target == -1 else target


def _replica_identity(step: Step) -> None:
    kind = step.node["def"]["ReplicaIdentityStmt"]
    step.table.fields["replica_identity"] = _IDENTITIES[kind["identity_type"]]
    step.table.fields.pop("replica_index", None)
    if kind["identity_type"] == "i":
        index = named_member(step.table, kind["name"], (Index, Key))
        if index is None:
            raise Missing(f"index {kind['name']}", step.start)
        step.table.fields["replica_index"] = index


def _set_type(step: Step) -> None:
    column = own_column(step)
    definition = step.node["def"]["ColumnDef"]
    set_type(column, step.piece, definition["typeName"])
    column.fields.pop("collation", None)
    if "collClause" in definition:
        after = word_after(step.piece.text, step.piece.pos(definition["collClause"]["location"]), "collate")
        found = QUALIFIED.match(step.piece.text, skip_gap(step.piece.text, after))
        column.fields["collation"] = found.group() if found else ""


def _add_identity(step: Step) -> None:
    column = own_column(step)
    column_value(step.world, step.piece, step.table, column, step.node["def"]["Constraint"], step.start, step.end)


def _set_identity(step: Step) -> None:
    column = own_column(step)
    options = step.node["def"]["List"]["items"] if "List" in step.node.get("def", {}) else []
    for each in options:
        option = each["DefElem"]
        if option["defname"] != "generated":
            raise KeptVerbatim("it changes the sequence behind an identity column")
        column.fields["identity"] = "by default" if option["arg"]["Integer"].get("ival") == ord("d") else "always"


def _drop_identity(step: Step) -> None:
    column = own_column(step)
    column.fields.pop("identity", None)
    column.fields.pop("identity_options", None)


def _set_expression(step: Step) -> None:
    column = own_column(step)
    opening = find_opening(step.piece.text, word_after(step.piece.text, step.start, "set", "expression"))
    inner = skip_gap(step.piece.text, opening + 1)
    last = expression_end(step.piece.text, inner, matching(step.piece.text, opening))
    span = without_parentheses(step.piece.text, inner, last)
    column.fields["generated"] = step.world.written(step.piece, *span, step.node["def"], step.table)


def _drop_expression(step: Step) -> None:
    column = own_column(step)
    column.fields.pop("generated", None)
    column.fields.pop("generated_kind", None)


def _set_storage(step: Step) -> None:
    field = "storage" if step.node["subtype"] == "AT_SetStorage" else "compression"
    own_column(step).fields[field] = step.node["def"]["String"]["sval"]


# Constraints


def _add_constraint(step: Step) -> None:
    constraint = step.node["def"]["Constraint"]
    at = step.piece.pos(constraint["location"])
    if constraint["contype"] == "CONSTR_NOTNULL":
        claim_constraint(step.world, step.table, constraint.get("conname", ""), at)
        for each in constraint.get("keys", ()):
            column = column_of(step.table, each["String"]["sval"], at)
            if column.parent is not step.table:
                raise KeptVerbatim("the column is inherited, and what is said of it here holds for this table only")
            if constraint.get("skip_validation"):
                raise KeptVerbatim("a NOT NULL constraint that is NOT VALID has no record of its own")
            column.fields["nullable"] = False
            column.fields["not_null_name"] = constraint.get("conname", "")
        return
    add_constraint(step.world, step.piece, step.table, constraint, at)


def _drop_constraint(step: Step) -> None:
    member = named_member(step.table, step.node["name"], CONSTRAINTS)
    if member is not None:
        drop_member(step.world, step.table, member)
        return
    for column in step.table.columns.values():
        if not column.fields.get("nullable", True) and step.node["name"] in (
            column.fields.get("not_null_name"), f"{step.table.name}_{column.name}_not_null",
        ):  # fmt: skip
            column.fields["nullable"] = True
            column.fields.pop("not_null_name", None)
            return
    if step.node.get("missing_ok"):
        raise Skipped(f"there is no constraint {step.node['name']}, and the statement says IF EXISTS")
    raise Refused(f"there is no constraint {step.node['name']} on {step.table.name}", step.start)


def _validate(step: Step) -> None:
    member = named_member(step.table, step.node["name"], CONSTRAINTS)
    if member is None:
        raise Refused(f"there is no constraint {step.node['name']} on {step.table.name}", step.start)
    member.fields.pop("not_valid", None)


def _alter_constraint(step: Step) -> None:
    change = step.node["def"].get("ATAlterConstraint", {})
    member = named_member(step.table, change.get("conname", ""), CONSTRAINTS)
    if member is None:
        raise Refused(f"there is no constraint {change.get('conname', '')} on {step.table.name}", step.start)
    if change.get("alterDeferrability"):
        member.fields["deferrable"] = change.get("deferrable", False)
        member.fields["deferred"] = change.get("initdeferred", False)
    if change.get("alterEnforceability"):
        member.fields["not_enforced"] = not change.get("is_enforced", False)
    if change.get("alterInheritability"):
        raise KeptVerbatim("it changes how a NOT NULL constraint is inherited")


# The table itself


def _row_security(step: Step) -> None:
    subtype = step.node["subtype"]
    field = "force_row_security" if "Force" in subtype else "row_security"
    step.table.fields[field] = subtype in ("AT_EnableRowSecurity", "AT_ForceRowSecurity")


def _attach(step: Step) -> None:
    command = step.node["def"]["PartitionCmd"]
    child = step.world.catalog.table(command["name"], step.start)
    if child.bases:
        raise Refused(f"{child.name} already is a partition or inherits", step.start)
    claim_bound(step.piece, step.table, command["bound"])
    step.table.heirs.append(child)
    child.bases = [step.table]
    child.fields["partition_of"] = step.table
    child.fields["partition_bound"], _ = partition_bound(step.piece, command["bound"])


def _detach(step: Step) -> None:
    child = step.world.catalog.table(step.node["def"]["PartitionCmd"]["name"], step.start)
    if child.fields.get("partition_of") is not step.table:
        raise Refused(f"{child.name} is no partition of {step.table.name}", step.start)
    if not child.columns:
        raise KeptVerbatim("the detached partition has the columns of its parent")
    child.bases = []
    child.fields.pop("partition_of", None)
    child.fields.pop("partition_bound", None)


def _inherit(step: Step) -> None:
    base = step.world.catalog.table(step.node["def"]["RangeVar"], step.start)
    if step.node["subtype"] == "AT_AddInherit":
        step.table.bases.append(base)
        base.heirs.append(step.table)
        _keep_no_default(step, base)
    elif base in step.table.bases:
        step.table.bases.remove(base)
    step.table.fields["inherits"] = list(step.table.bases)


def _keep_no_default(step: Step, base: Relation) -> None:
    """A column without a default keeps none, which CREATE TABLE … INHERITS must say: else it takes its parent's."""
    for name, column in step.table.columns.items():
        above = base.column(name)
        if above is not None and "default" in above.fields and not column.fields.keys() & {"default", "generated"}:
            column.fields["default"] = step.world.written(Piece("NULL", step.piece.at, within=False), 0, 4, None)


def _persistence(step: Step) -> None:
    step.table.fields["persistence"] = "unlogged" if step.node["subtype"] == "AT_SetUnLogged" else ""


def _tablespace(step: Step) -> None:
    field = "tablespace" if step.node["subtype"] == "AT_SetTableSpace" else "access_method"
    step.table.fields[field] = step.node.get("name", "")


def _options(step: Step) -> None:
    if step.table.fields.get("options"):
        raise KeptVerbatim("it changes storage options that are set already")
    if any("." in each["DefElem"].get("defname", "") or "defnamespace" in each["DefElem"]
           for each in step.node["def"]["List"]["items"]):  # fmt: skip
        raise KeptVerbatim("it sets options of an extension")
    opening = find_opening(step.piece.text, step.start)
    step.table.fields["options"] = step.piece.text[opening + 1 : matching(step.piece.text, opening)].strip()


def _trigger(step: Step) -> None:
    found = next((each for each in step.table.of(Trigger) if each.name == step.node.get("name")), None)
    if found is None and step.table.fields.get("partition_of") is not None:
        raise KeptVerbatim("the trigger is that of the partitioned table, and its state here has no field of its own")
    if found is None:
        raise Refused(f"there is no trigger {step.node.get('name')} on {step.table.name}", step.start)
    found.fields["enabled"] = _TRIGGER_STATES[step.node["subtype"]]


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
    "AT_SetStatistics": _set_statistics,
    "AT_ReplicaIdentity": _replica_identity,
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
