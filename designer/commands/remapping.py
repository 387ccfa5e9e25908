"""A record as it is when the records that it names have other ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from designer.schema import Expr, Id, IndexPart, Record, Use, kind_of
from designer.schema.kinds import REFERENCES


def renumbered(record: Record, ids_now: Mapping[Id, Id]) -> Record:
    """Return the record with its own id and every id that it names replaced; ids not in the map stay."""
    changes: dict[str, Any] = {"id": ids_now.get(record.id, record.id)}
    for name, (shape, _) in REFERENCES[kind_of(record)].items():
        value = getattr(record, name)
        if value:
            changes[name] = _SHAPES[shape](value, ids_now)
    return msgspec.structs.replace(record, **changes)


def _in_expr(value: Expr, ids_now: Mapping[Id, Id]) -> Expr:
    return Expr(value.text, tuple(Use(use.start, use.end, ids_now.get(use.id, use.id)) for use in value.uses))


def _in_part(part: IndexPart, ids_now: Mapping[Id, Id]) -> IndexPart:
    column = ids_now.get(part.column, part.column) if part.column else None
    return msgspec.structs.replace(part, column=column, expr=_in_expr(part.expr, ids_now) if part.expr else None)


_SHAPES: dict[str, Any] = {
    "id": lambda value, now: now.get(value, value),
    "ids": lambda value, now: tuple(now.get(each, each) for each in value),
    "expr": _in_expr,
    "parts": lambda value, now: tuple(_in_part(part, now) for part in value),
    "ends": lambda value, now: tuple(msgspec.structs.replace(e, entity=now.get(e.entity, e.entity)) for e in value),
}
