"""Two schemas a dialect, old and new, in which names, comments and bodies hold what breaks files of migrations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from designer.evolution import Migration, Options, migrate
from designer.evolution.align import aligned
from designer.evolution.renames_asked import asked
from designer.importers.sql import read

FOLDER = Path(__file__).parent / "schemas"


@dataclass(frozen=True)
class Pair:
    """Two scripts in `schemas/name`, and rows for the old one; `renames` are as `--rename` takes them."""

    name: str
    dialect: str
    renames: tuple[str, ...] = ()
    strategy: str = "simple"

    def text(self, part: str) -> str:
        """Return a script: old, new or rows."""
        return (FOLDER / self.name / f"{part}.sql").read_text(encoding="utf-8")

    def ways(self) -> tuple[Migration, Migration]:
        """Return the way up and the way down."""
        old, new = (read(self.text(part), "", self.dialect).design for part in ("old", "new"))
        both = aligned(old, new, self.dialect, renames=asked(self.renames, old, new, self.dialect))
        options = Options(self.strategy)
        up = migrate(both.old, both.new, self.dialect, options=options)
        return up, migrate(both.new, both.old, self.dialect, options=options)


POSTGRES = Pair("postgresql", "postgresql", ("users=people", "users.mail=email"))
ALONE = Pair("alone", "postgresql", strategy="online")
"""Statements that PostgreSQL refuses in a transaction."""
MARIADB = Pair("mariadb", "mariadb", ("users.mail=email",))
SQLITE = Pair("sqlite", "sqlite", ("users.mail=email",))
PAIRS = {each.name: each for each in (POSTGRES, ALONE, MARIADB, SQLITE)}
