"""The settings of a session that become part of what is made under them: SQL mode, character set, time zone."""

from __future__ import annotations

from designer.importers.sql.generic.cursor import DOUBLE_QUOTED, END, TEXT, Cursor
from designer.importers.sql.generic.flavours import Flavour

_KEPT = ("sql_mode", "character_set_client", "collation_connection", "time_zone")
_SCOPES = ("SESSION", "LOCAL", "GLOBAL", "PERSIST", "PERSIST_ONLY")
_LONGEST = 10_000
"""Characters of the longest SET that is read; what is longer sets a variable of the script to data."""


class Session:
    """What the script has set so far. A setting that it never said is not known, and not in what is given out."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._saved: dict[str, str | None] = {}

    def of_program(self) -> dict[str, str]:
        """Return what a routine or trigger is made under."""
        return {**({"sql_mode": self._known["sql_mode"]} if "sql_mode" in self._known else {}), **self.of_view()}

    def of_event(self) -> dict[str, str]:
        """Return what an event is made under."""
        zone = {"time_zone": self._known["time_zone"]} if "time_zone" in self._known else {}
        return {**self.of_program(), **zone}

    def of_view(self) -> dict[str, str]:
        """Return what a view is made under; a character set without its collation is that of the script's text."""
        charset, collation = self._known.get("character_set_client"), self._known.get("collation_connection")
        if charset is None or collation is None:
            return {}
        return {"character_set_client": charset, "collation_connection": collation}

    def read(self, text: str, flavour: Flavour) -> None:
        """Carry out a SET statement. What is none that is known here changes nothing."""
        if len(text) > _LONGEST:
            return
        cursor = Cursor(text, flavour)
        cursor.accept("SET")
        while cursor.word != END:
            if cursor.accept("NAMES"):
                self._names(cursor)
            else:
                self._assignment(cursor)
            cursor.until(",")
            cursor.accept(",")

    def _names(self, cursor: Cursor) -> None:
        self._put("character_set_client", _value(cursor))
        self._put("collation_connection", _value(cursor) if cursor.accept("COLLATE") else None)

    def _assignment(self, cursor: Cursor) -> None:
        scope, name = _variable(cursor)
        if not name or not (cursor.accept("=") or (cursor.accept(":") and cursor.accept("="))):
            return
        value = self._variable_value(cursor) if cursor.word == "@" else _value(cursor)
        if scope == "@":
            self._saved[name] = value
        elif scope not in ("GLOBAL", "PERSIST", "PERSIST_ONLY"):
            self._put(name, value)

    def _variable_value(self, cursor: Cursor) -> str | None:
        scope, name = _variable(cursor)
        return self._saved.get(name) if scope == "@" else self._known.get(name)

    def _put(self, name: str, value: str | None) -> None:
        if name not in _KEPT:
            return
        if value is None:
            self._known.pop(name, None)
        else:
            self._known[name] = value


def _variable(cursor: Cursor) -> tuple[str, str]:
    """Return (scope, name) of `@mine`, `@@SESSION.sql_mode` or `sql_mode`; the scope of `@mine` is "@"."""
    scope = ""
    if cursor.accept("@"):
        scope = "" if cursor.accept("@") else "@"
    if scope != "@" and cursor.word in _SCOPES:
        scope = cursor.token().upper()
        cursor.accept(".")
        cursor.accept("@")
        cursor.accept("@")
    return scope, cursor.name().lower() if cursor.is_name() else ""


def _value(cursor: Cursor) -> str | None:
    """Return a string or a bare word; None for DEFAULT, for a call and for what is computed."""
    if cursor.word in (TEXT, DOUBLE_QUOTED):
        found = cursor.string()
    elif cursor.is_name() and cursor.word != "DEFAULT":
        found = cursor.name()
    else:
        return None
    return found if cursor.word in (",", END, "COLLATE") else None
