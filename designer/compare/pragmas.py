"""The settings that SQLite keeps in a file: PRAGMA user_version, application_id, auto_vacuum, encoding."""

from __future__ import annotations

import re

from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.compare.value import Plain
from designer.schema import Statement

_PRAGMA = re.compile(r"\s*pragma\s+(?:\w+\s*\.\s*)?(\w+)\s*(?:=\s*|\(\s*)['\"]?([\w.-]+)", re.IGNORECASE)
_USUAL = {"user_version": "0", "application_id": "0", "auto_vacuum": "0", "encoding": "utf-8"}
"""What holds without a word."""
_WORDS = {"none": "0", "full": "1", "incremental": "2", "utf8": "utf-8", "utf-16": "utf-16le", "utf16": "utf-16le"}


def is_setting(text: str) -> bool:
    """Say whether a statement is one of these."""
    found = _PRAGMA.match(text)
    return found is not None and found[1].lower() in _USUAL


def settings(side: Side) -> list[Thing]:
    """Return the settings that a side makes; the last word of each counts."""
    found: dict[str, Thing] = {}
    for statement in side.design.of(Statement):
        said = _PRAGMA.match(statement.text.text) if statement.parent == (side.model and side.model.id) else None
        if said is not None and said[1].lower() in _USUAL:
            name, value = said[1].lower(), _value(said[2])
            fields = {"value": Plain(value)}
            label = f"“PRAGMA {name}”"
            found[name] = Thing(
                "statement", ("pragma",), name, label, statement.id, dict(fields), value == _USUAL[name]
            )
    return list(found.values())


def _value(written: str) -> str:
    lower = written.lower()
    if re.fullmatch(r"-?(?:0x[0-9a-f]+|\d+)", lower):
        return str(int(lower, 16 if "0x" in lower else 10))
    return _WORDS.get(lower, lower)
