"""CREATE TABLE … (LIKE other): what is copied becomes the table's own, as on a server."""

from __future__ import annotations

from designer.dialects.registry import get
from designer.importers.sql.postgres.drafts import Draft, Part, Relation, Written
from designer.importers.sql.postgres.names import default_names
from designer.importers.sql.postgres.world import World
from designer.schema import Check, Column, Exclusion, Expr, Index, Key, Schema

_quote = get("postgresql").quote

COMMENTS, COMPRESSION, CONSTRAINTS, DEFAULTS, GENERATED, IDENTITY, INDEXES, STATISTICS, STORAGE = (
    1 << bit for bit in range(9)
)
"""The bits of TableLikeOption in PostgreSQL's parsenodes.h."""

_OPTION_OF = {
    "default": DEFAULTS, "generated": GENERATED, "generated_kind": GENERATED, "identity": IDENTITY,
    "identity_options": IDENTITY, "storage": STORAGE, "compression": COMPRESSION,
}  # fmt: skip
_OF_SERIAL = {
    "serial": "integer", "serial4": "integer", "bigserial": "bigint", "serial8": "bigint", "smallserial": "smallint",
    "serial2": "smallint",
}  # fmt: skip
_ALWAYS = ("type", "type_node", "nullable", "collation")


def copy_like(world: World, table: Relation, source: Relation, options: int) -> None:
    """Copy the columns of `source`, and what INCLUDING asks for."""
    for name, column in _all_columns(source).items():
        copy = world.catalog.add(Column, name, table, table.place)
        table.columns[name] = copy
        for field, value in column.fields.items():
            if field in _ALWAYS or options & _OPTION_OF.get(field, 0):
                copy.fields[field] = _moved(world, value, table)
        _without_sequence(copy, column, options)
        if not copy.fields.get("nullable", True):  # PostgreSQL 18 copies the name as well, also one that it made up
            copy.fields["not_null_name"] = column.fields.get("not_null_name") or f"{source.name}_{name}_not_null"
        if options & COMMENTS:
            copy.comment = column.comment
        copy.extra.update(column.extra)
    for member in list(source.members):
        if member.cls is Check and options & CONSTRAINTS:
            _copy_member(world, table, member, member.name or next(default_names(member, source)), options)
        elif member.cls in (Key, Index, Exclusion) and options & INDEXES:
            _copy_member(world, table, member, "", options)


def _without_sequence(copy: Draft, column: Draft, options: int) -> None:
    """A column `serial` is an integer with a default; LIKE copies the integer, and the default only when asked."""
    plain = _OF_SERIAL.get(str(copy.fields["type"]).lower())
    if plain is None or column.parent is None:
        return
    copy.fields.update(type=plain, nullable=False)
    if options & DEFAULTS:
        home = column.parent.parent
        sequence = _quote(f"{column.parent.name}_{column.name}_seq")
        if home is not None and home.cls is Schema:
            sequence = f"{_quote(home.name)}.{sequence}"
        copy.fields["default"] = Expr("nextval('" + sequence.replace("'", "''") + "'::regclass)")


def _all_columns(relation: Relation) -> dict[str, Draft]:
    found: dict[str, Draft] = {}
    for base in relation.bases:
        found.update(_all_columns(base))
    found.update(relation.columns)
    return found


def _copy_member(world: World, table: Relation, member: Draft, name: str, options: int) -> None:
    copy = world.member(member.cls, name, table, table.place)
    copy.fields = {field: _moved(world, value, table) for field, value in member.fields.items()}
    copy.extra.update(member.extra)
    if options & COMMENTS and member.comment and member.cls in (Check, Index):
        copy.comment = member.comment
        copy.name = name or next(default_names(copy, table))


def _moved(world: World, value: object, table: Relation) -> object:
    """Return a field's value as it is on the copy: columns are the copy's columns of the same names."""
    if isinstance(value, Written):
        return world.written(value.piece, value.start, value.end, value.node, table, value.mode)
    if isinstance(value, Part):
        column = table.column(value.column.name) if value.column else None
        return Part(column, _moved(world, value.written, table), dict(value.fields))  # type: ignore[arg-type]
    if isinstance(value, Draft) and value.cls is Column:
        return table.column(value.name)
    if isinstance(value, list):
        return [_moved(world, each, table) for each in value]
    return value
