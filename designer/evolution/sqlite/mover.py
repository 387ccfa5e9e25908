"""Migrations of SQLite: the handlers, and what they know of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

from designer.dialects.registry import get
from designer.evolution.contract import Step
from designer.evolution.handlers import HandledMover, Handler, Side
from designer.evolution.mover import Renamed
from designer.evolution.sqlite.doubts import unresolved
from designer.evolution.sqlite.names import Renames
from designer.evolution.sqlite.pen import SQLitePen
from designer.evolution.sqlite.programs import Indexes, Triggers, Views
from designer.evolution.sqlite.session import Session
from designer.evolution.sqlite.settings import Settings
from designer.evolution.sqlite.tables import Tables
from designer.evolution.sqlite.virtual import VirtualTables, read
from designer.evolution.sqlite.words import Words, words_of
from designer.schema import Column, Design, Id, Index, Named, Statement, Table, Trigger, View


class SQLiteMover(HandledMover[SQLitePen]):
    """The words of SQLite for one migration."""

    dialect = "sqlite"
    pen = SQLitePen
    handlers: ClassVar[tuple[type[Handler[Any]], ...]] = (Tables, Indexes, Views, Triggers, VirtualTables, Settings)

    _viewed: Side[SQLitePen] | None = None
    _views: Mapping[str, Id] = {}

    def renamed(self, old: Design, new: Design) -> Renamed:
        """Rename tables and columns; what SQLite cannot rename is dropped and made again."""
        self.both = old, new
        return Renames(old, new, get(self.dialect), self.free_name).renamed()

    def views_in(self, words: Words, side: Side[SQLitePen]) -> frozenset[Id]:
        """Return the views that a text seems to name."""
        if side is not self._viewed:
            self._viewed, self._views = side, {each.name.lower(): each.id for each in side.catalog.of(View)}
        return frozenset(self._views[word] for word in words if word in self._views)

    @cached_property
    def taken(self) -> set[str]:
        """The names that something has on either side, or got from here."""
        return {name for design in self.both for name in _relations(design)}

    def free_name(self, base: str) -> str:
        """Return a name that no table, view or index has on either side."""
        name, number = base, 1
        while name.lower() in self.taken:
            number += 1
            name = f"{base}_{number}"
        self.taken.add(name.lower())
        return name

    @cached_property
    def doubtful(self) -> bool:
        """Whether a view or trigger of either side may name what is not there."""
        return any(unresolved(side) for side in (self.old, self.new))

    def is_named(self, table: Table, column: Column) -> bool:
        """Say whether a view or trigger of the new side may name a column that is dropped, or cannot be resolved."""
        names = {table.name.lower(), column.name.lower()}
        return self.doubtful or any(names <= words for words in self.programs)

    @cached_property
    def programs(self) -> list[set[str]]:
        """The words of each view and trigger of the new side."""
        texts = [each.query for each in self.new.design.of(View)] + [each.text for each in self.new.design.of(Trigger)]
        return [set(words_of(self.new.pen.speech.verbatim(text))) for text in texts]

    def finish(self, steps: list[Step]) -> list[Step]:
        """Return the steps with what they need of the session."""
        return Session(self, steps).framed() if steps else steps


def _relations(design: Design) -> set[str]:
    """Return the names of tables, views, indexes and virtual tables in small letters."""
    kinds: tuple[type[Named], ...] = (Table, View, Index)
    found = {each.name.lower() for kind in kinds for each in design.of(kind)}
    virtual = [read(each.text.text) for each in design.of(Statement)]
    return found | {each.name.lower() for each in virtual if each is not None}
