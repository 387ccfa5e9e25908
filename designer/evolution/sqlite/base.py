"""What the handlers of SQLite share."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from designer.evolution.facts import Name
from designer.evolution.handlers import Handler
from designer.evolution.sqlite.pen import SQLitePen

if TYPE_CHECKING:
    from designer.evolution.sqlite.mover import SQLiteMover


class SQLiteHandler(Handler[SQLitePen]):
    """A handler of SQLite."""

    @property
    def lite(self) -> SQLiteMover:
        """The mover, with what it knows of the whole migration."""
        return cast("SQLiteMover", self.mover)


def relation(name: str) -> Name:
    """Return the name of a table, view or index: they share one space, and letters do not count."""
    return ("relation", name.lower())
