"""What Wholekey writes down for itself is united by key and JSON field; nobody is asked about it. Rules R10, M9, M10.

`static/designer/doc/bookkeeping.js` holds the twin; both are run on `tests/cases/change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from designer.schema.base import Id, Record
from designer.schema.kinds import BOOKKEEPING_KINDS, KINDS, defaults_of, kind_of

Wins = Literal["base", "mine"]
"""What holds where both sides set one value: what was before (a merge, which asks elsewhere), or mine (a rebase)."""

_BY_KEY = frozenset({("derived", "base"), ("derivation", "adopted")})
_ABSENT: Any = object()


def is_by_key(record: Record, field: str) -> bool:
    """Tell whether a field is a map that is united key by key."""
    return (kind_of(record), field) in _BY_KEY


def is_bookkeeping(record: Record) -> bool:
    """Tell whether nobody needs to read of a record."""
    return kind_of(record) in BOOKKEEPING_KINDS


def united(base: Mapping[str, str], mine: Mapping[str, str], yours: Mapping[str, str], wins: Wins) -> dict[str, str]:
    """Return the map that both sides made of `base`.

    Where both set a key, and both values are JSON objects, these are united field by field.
    """
    keys = sorted({*mine, *yours})
    texts = {key: _text(base.get(key, _ABSENT), mine.get(key, _ABSENT), yours.get(key, _ABSENT), wins) for key in keys}
    return {key: text for key, text in texts.items() if text is not _ABSENT}


def together(mine: Record, yours: Record, wins: Wins = "base") -> Record:
    """Return `mine` with its maps united with those of `yours`, where both were added under one id."""
    if type(mine) is not type(yours):
        return mine
    names = [field for kind, field in sorted(_BY_KEY) if kind == kind_of(mine)]
    maps = {name: united({}, getattr(mine, name), getattr(yours, name), wins) for name in names}
    return msgspec.structs.replace(mine, **maps) if maps else mine


class Written:
    """What one side of a merge has written down anew of derived records: M10 asks whether somebody chose a value."""

    def __init__(self, base: Mapping[Id, Record], changed: Mapping[Id, Mapping[str, tuple[Any, Any]]]):
        pairs = [fields["base"] for each, fields in changed.items() if "base" in fields and is_bookkeeping(base[each])]
        self._old = {key: text for old, _ in pairs for key, text in old.items()}
        self._new = {key: text for _, new in pairs for key, text in new.items()}

    def chose_nothing(self, record: Record, field: str, pair: tuple[Any, Any]) -> bool:
        """Tell whether both values of a field are what derivations gave."""
        texts = (self._old.get(record.id), self._new.get(record.id))
        return all(_gives(text, record, field, value) for text, value in zip(texts, pair, strict=True))


def _gives(text: str | None, record: Record, field: str, value: Any) -> bool:
    found = None if text is None else _object(text)
    if found is None:
        return False
    default = defaults_of(kind_of(record)).get(field)
    return bool(found.get(field, msgspec.to_builtins(default)) == msgspec.to_builtins(value))


def _text(base: Any, mine: Any, yours: Any, wins: Wins) -> Any:
    settled = _settled(base, mine, yours)
    if settled is not None:
        return settled
    if mine is _ABSENT or yours is _ABSENT:
        return mine if wins == "mine" or yours is _ABSENT else yours
    objects = [_object(text) for text in (base, mine, yours)]
    if objects[1] is None or objects[2] is None:
        return mine if wins == "mine" else (min(mine, yours) if base is _ABSENT else base)
    return _united_objects(objects[0], objects[1], objects[2], wins)


def _settled(base: Any, mine: Any, yours: Any) -> Any:
    """Return what holds where the sides agree, or only one of them changed something; None where both did."""
    if mine == yours or yours == base:
        return mine
    return yours if mine == base else None


def _object(text: Any) -> dict[str, Any] | None:
    if text is _ABSENT:
        return None
    try:
        found = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None
    return found if isinstance(found, dict) else None


def _united_objects(base: dict[str, Any] | None, mine: dict[str, Any], yours: dict[str, Any], wins: Wins) -> str:
    before = base or {}
    found = {}
    for name in _in_order(mine, yours):
        values = (before.get(name, _ABSENT), mine.get(name, _ABSENT), yours.get(name, _ABSENT))
        value = _field(*values, wins, has_base=base is not None)
        if value is not _ABSENT:
            found[name] = value
    return msgspec.json.encode(found).decode()


def _field(base: Any, mine: Any, yours: Any, wins: Wins, *, has_base: bool) -> Any:
    settled = _settled(base, mine, yours)
    if settled is not None or mine == yours:
        return settled
    if wins == "mine":
        return mine
    return base if has_base else min(mine, yours, key=msgspec.json.encode)


def _in_order(mine: Mapping[str, Any], yours: Mapping[str, Any]) -> list[str]:
    """Return the names of all fields as the canonical text of a record has them."""
    cls = KINDS.get(str(mine.get("kind")))
    known = ["kind", *(cls.__struct_fields__ if cls is not None else ())]
    given = {**dict.fromkeys(mine), **dict.fromkeys(yours)}
    return [name for name in known if name in given] + sorted(set(given) - set(known))
