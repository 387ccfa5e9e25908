"""Migrations of PostgreSQL: the handlers, and what they know of the whole."""

from __future__ import annotations

from typing import Any, ClassVar

from designer.evolution.handlers import HandledMover, Handler
from designer.evolution.mover import Renamed
from designer.evolution.postgres.base import PostgresPen
from designer.evolution.postgres.others import OTHERS
from designer.schema import Design

TABLES: tuple[type[Handler[Any]], ...] = ()


class PostgresMover(HandledMover[PostgresPen]):
    """The words of PostgreSQL for one migration."""

    dialect = "postgresql"
    pen = PostgresPen
    handlers: ClassVar[tuple[type[Handler[Any]], ...]] = (*TABLES, *OTHERS)

    before: Design
    """The old design with its old names: what bodies that the server keeps as text still say."""

    def renamed(self, old: Design, new: Design) -> Renamed:
        """Give what is on both sides its new name and schema."""
        self.before = old
        return Renamed(old)
