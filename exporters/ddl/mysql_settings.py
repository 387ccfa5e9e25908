"""The settings of the session under which programs and views are made: they become part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import msgspec

from designer.schema import Publication, Record, Routine, Statement, Table, Trigger, View
from exporters.ddl.mysql_twins import MYSQL, Twin, event_of_either
from exporters.ddl.writer import Writer

_KEYS = ("sql_mode", "time_zone", "character_set_client", "collation_connection")
_DEFAULTED = ("sql_mode", "time_zone")
_UTF8 = re.compile(r"utf8(?:mb[34])?\Z", re.IGNORECASE)


class Settings:
    """What the script has set so far, so that nothing is said twice and nothing holds for what did not ask for it."""

    def __init__(self, twin: Twin):
        self._twin = twin
        self.now: dict[str, str] = {}
        self.database = ""

    def before(self, extra: dict[str, str], text: str) -> Iterator[str]:
        """Yield the statements that set what an object is made under; what it does not say is the server's default."""
        wanted = self._wanted(extra, text)
        for key in _DEFAULTED:
            if key in self.now and key not in wanted:
                del self.now[key]
                yield f"SET {key} = DEFAULT;"
        yield from self._changes(wanted)

    def of_table(self, extra: dict[str, str]) -> Iterator[str]:
        """Yield what must be set for a table; it keeps nothing of it, so nothing is taken back."""
        return self._changes(extra)

    def _changes(self, wanted: dict[str, str]) -> Iterator[str]:
        for key, value in wanted.items():
            if self.now.get(key) != value:
                self.now[key] = value
                yield f"SET {key} = {_literal(value)};"

    def _wanted(self, extra: dict[str, str], text: str) -> dict[str, str]:
        wanted = {key: extra[key] for key in _KEYS if key in extra}
        charset = wanted.get("character_set_client", "utf8mb4")
        if not (_UTF8.match(charset) or text.isascii()):
            del wanted["character_set_client"]  # the script itself is UTF-8
            wanted["character_set_client"] = "utf8mb4"
        if self._twin.collations.search(wanted.get("collation_connection", "")):
            del wanted["collation_connection"]
        if "sql_mode" in wanted:
            known = (mode for mode in wanted["sql_mode"].split(",") if mode.strip().upper() not in self._twin.modes)
            wanted["sql_mode"] = ",".join(known)
        return wanted

    def closing(self) -> str:
        """Return what gives the session back as it was."""
        lines = [f"SET {key} = DEFAULT;" for key in _DEFAULTED if key in self.now]
        if self.now.keys() - set(_DEFAULTED):
            lines.append("SET NAMES utf8mb4;")
        return "\n".join(lines)


def _literal(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


class SettledWriter(Writer):
    """Writes a script in which each program and view is made under the settings that it has."""

    twin: ClassVar[Twin] = MYSQL
    """The words that only the other of MySQL and MariaDB knows."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.settings = Settings(self.twin)

    def script(self) -> str:
        """Return the DDL; a client has to be told that a script is UTF-8, unless it is ASCII anyway."""
        text = super().script()
        return text if text.isascii() else f"SET NAMES utf8mb4;\n\n{text}"

    def closing(self) -> str:
        """Return what gives the session back."""
        return self.settings.closing()

    def under(self, record: Record, text: str) -> str:
        """Return a statement behind its database, if there are several, and the settings that it was made under."""
        return "\n".join([*self.used_database(record), *self.settings.before(record.extra, text), text])

    def used_database(self, record: Record) -> Iterator[str]:
        """Yield what makes a database the one that names in a body or a query are of."""
        owner = self.design.get(record.parent or "") if isinstance(record, Trigger) else record
        name = self.catalog.schema_of(owner) if owner is not None else ""
        name = name or record.extra.get("database", "")
        if name and name != self.settings.database:
            self.settings.database = name
            yield f"USE {self.dialect.quote(name)};"

    def unit(self, record: Record) -> str:
        """What is written as a comment sets nothing."""
        before = dict(self.settings.now)
        text = super().unit(record)
        if record.id in self.dropped:
            self.settings.now = before
        return text

    def verbatim(self, record: Routine | Publication) -> Iterator[str]:
        """A routine is made under the settings that it is run under."""
        return (self.under(record, text) for text in super().verbatim(record))

    def statement(self, record: Statement) -> Iterator[str]:
        """An event is made under the settings that it is run under."""
        if event_of_either(record.text.text, record.dialect):
            record = msgspec.structs.replace(record, dialect=self.dialect.name)
        return (self.under(record, text) for text in super().statement(record))

    def trigger(self, trigger: Trigger, owner: Table | View) -> Iterator[str]:
        """A trigger is made under the settings that it is run under."""
        commented_out = trigger.extra.get("refused") or owner.id in self.dropped
        texts = super().trigger(trigger, owner)
        return texts if commented_out else (self.under(trigger, text) for text in texts)
