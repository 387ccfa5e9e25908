"""Which records a record names, and what is left of it when one of them is gone."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

import msgspec

from designer.schema.base import Expr, Id, IndexPart, Record
from designer.schema.kinds import CASCADE, REFERENCES


def _expr_ids(value: Expr | None) -> Iterable[Id]:
    return (use.id for use in value.uses) if value is not None else ()


def _part_ids(value: tuple[IndexPart, ...]) -> Iterable[Id]:
    for part in value:
        if part.column is not None:
            yield part.column
        if part.expr is not None:
            yield from _expr_ids(part.expr)


_READ: dict[str, Callable[[Any], Iterable[Id]]] = {
    "id": lambda value: (value,) if value is not None else (),
    "ids": lambda value: value,
    "expr": _expr_ids,
    "parts": _part_ids,
    "ends": lambda value: (end.entity for end in value),
}

_FORGET: dict[str, Callable[[Any, Container[Id]], Any]] = {
    "id": lambda _value, _gone: None,
    "ids": lambda value, gone: tuple(each for each in value if each not in gone),
    "expr": lambda value, gone: Expr(value.text, tuple(use for use in value.uses if use.id not in gone)),
}

Plan = tuple[tuple[str, Callable[[Any], Iterable[Id]]], ...]
_PLANS: dict[type, Plan] = {}


def _plan(cls: type) -> Plan:
    plan = _PLANS.get(cls)
    if plan is None:
        fields = REFERENCES[str(cls.__struct_config__.tag)]  # type: ignore[attr-defined]
        plan = _PLANS[cls] = tuple((name, _READ[shape]) for name, (shape, _) in fields.items())
    return plan


def referred_ids(record: Record) -> set[Id]:
    """Return the ids of all records that `record` names."""
    found: set[Id] = set()
    for name, read in _plan(type(record)):
        value = getattr(record, name)
        if value:
            found.update(read(value))
    return found


def references(record: Record) -> list[tuple[str, Id]]:
    """Return (field, id) for each mention of another record, in field order."""
    return [
        (name, each) for name, read in _plan(type(record)) if (value := getattr(record, name)) for each in read(value)
    ]


def without(record: Record, gone: Container[Id]) -> Record | None:
    """Return what is left of `record` when the records in `gone` are no more; None where it goes with them.

    For example a key falls with any of its columns, and an attribute only forgets its domain.
    """
    changes: dict[str, Any] = {}
    for name, (shape, policy) in REFERENCES[str(record.__struct_config__.tag)].items():
        value = getattr(record, name)
        if not value or not any(each in gone for each in _READ[shape](value)):
            continue
        if policy == CASCADE:
            return None
        changes[name] = _FORGET[shape](value, gone)
    return msgspec.structs.replace(record, **changes) if changes else record
