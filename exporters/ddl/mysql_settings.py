"""The settings of the session under which programs and views are made: they become part of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporters.ddl.mysql_twins import Twin

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
