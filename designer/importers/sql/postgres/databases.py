"""Scripts that change the database: a design is that of one."""

from __future__ import annotations

import re

_CONNECT = re.compile(
    r"""\\c(?:onnect)?\s+(?:-reuse-previous=\w+\s+)?
        (?:"dbname='(?P<quoted>[^']+)'"|"(?P<name>[^"]+)"|(?P<word>[^\s"-]+))""",
    re.VERBOSE,
)


class Databases:
    """Which databases a script makes tables in. Dumps of a whole server connect to one after the other."""

    def __init__(self) -> None:
        self.now = ""
        self.with_tables: list[str] = []

    def follow(self, command: str) -> None:
        """Follow a command of psql, if it is one that connects."""
        found = _CONNECT.match(command)
        if found is not None:
            self.now = found["quoted"] or found["name"] or found["word"]

    def table(self) -> str:
        """Note that a table was made; return what is wrong where this is the second database that has any."""
        if self.now not in self.with_tables:
            self.with_tables.append(self.now)
        if len(self.with_tables) < 2:
            return ""
        first, second = (f"«{name}»" if name else "the one it starts in" for name in self.with_tables)
        return (
            f"this script makes tables in several databases, first {first}, then {second}, and a design is that "
            "of one; import them one by one, each from pg_dump -s NAME"
        )
