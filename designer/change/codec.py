"""Changes as JSON, on the wire and in the log (V2)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, get_type_hints

import msgspec

from designer.change.change import Change
from designer.schema.base import Id, Record
from designer.schema.codec import AnyRecord, record_from, record_to
from designer.schema.kinds import ALL


class ChangeFormatError(ValueError):
    """A change that cannot be read; the message names the place."""


class _Wire(msgspec.Struct, omit_defaults=True):
    added: dict[Id, AnyRecord] = {}
    removed: dict[Id, AnyRecord] = {}
    changed: dict[Id, dict[str, tuple[Any, Any]]] = {}


def _field_types() -> dict[str, Any]:
    """Return field name -> type, the union over all kinds that have a field of that name."""
    found: dict[str, list[Any]] = {}
    for cls in ALL:
        for name, hint in get_type_hints(cls).items():
            if name != "id" and hint not in found.setdefault(name, []):
                found[name].append(hint)
    return {name: reduce(or_, hints) for name, hints in found.items()}


_TYPES = _field_types()


def change_from(data: Any) -> Change:
    """Return the change that plain dicts and lists describe. Raises ChangeFormatError."""
    try:
        wire = msgspec.convert(data, _Wire)
    except msgspec.ValidationError as error:
        raise ChangeFormatError(f"this is not a change: {error}") from None
    return _from_wire(wire)


def change_decode(text: bytes | str) -> Change:
    """Return the change in a JSON text. Raises ChangeFormatError."""
    try:
        wire = msgspec.json.decode(text, type=_Wire)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ChangeFormatError(f"this is not a change: {error}") from None
    return _from_wire(wire)


def _from_wire(wire: _Wire) -> Change:
    parts: tuple[dict[Id, Record], ...] = (wire.added, wire.removed)
    for part in parts:
        for each, record in part.items():
            if record.id != each:
                raise ChangeFormatError(f"the record {record.id} is filed under another id, {each}")
    changed = {
        each: {name: (_value(each, name, old), _value(each, name, new)) for name, (old, new) in fields.items()}
        for each, fields in wire.changed.items()
        if fields
    }
    return Change(wire.added, wire.removed, changed)


def _value(each: Id, name: str, value: Any) -> Any:
    expected = _TYPES.get(name)
    if expected is None:
        raise ChangeFormatError(f"no kind of record has a field {name!r} (record {each})")
    try:
        return msgspec.convert(value, expected)
    except msgspec.ValidationError as error:
        raise ChangeFormatError(f"field {name} of record {each}: {error}") from None


def change_to(change: Change) -> dict[str, Any]:
    """Return the change as plain dicts and lists, empty parts left out."""
    parts = {
        "added": {each: record_to(record) for each, record in sorted(change.added.items())},
        "removed": {each: record_to(record) for each, record in sorted(change.removed.items())},
        "changed": {
            each: {
                name: [msgspec.to_builtins(old), msgspec.to_builtins(new)]
                for name, (old, new) in sorted(fields.items())
            }
            for each, fields in sorted(change.changed.items())
        },
    }
    return {name: part for name, part in parts.items() if part}


def change_encode(change: Change) -> bytes:
    """Return the canonical JSON text of a change."""
    return msgspec.json.encode(change_to(change))


def misfit(record: Record) -> str | None:
    """Say what is wrong with the types of a record's fields, or None.

    Field values of a change are read without knowing the record's kind; this is the check that they fit it.
    """
    try:
        record_from(record_to(record))
    except msgspec.ValidationError as error:
        return str(error)
    return None
