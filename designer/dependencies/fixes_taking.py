"""One table being taken apart: which table each fragment is, and which column stands for which in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from designer.commands.carrying import Parts, the
from designer.commands.contract import Refused
from designer.commands.names import called
from designer.dependencies.fixes_plan import Ids, Plan
from designer.schema import Column, Design, Id, IdSource, Record, Table


@dataclass(slots=True)
class Taking:
    """The work on one table. `tables[i]` is the table of fragment i, the old one first.

    `maps[i]` tells for each column of fragment i which column stands for it there: itself where it stays or moves
    there, else a copy.
    """

    design: Design
    table: Table
    plan: Plan
    ids: IdSource
    tables: list[Table] = field(default_factory=list)
    maps: list[dict[Id, Id]] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)
    copies: set[Id] = field(default_factory=set)
    """Columns that go because the table they would move to has them already."""

    @property
    def own(self) -> dict[Id, Column]:
        """The columns of the old table, in order."""
        return {column.id: column for column in self.design.of(Column, self.table.id)}

    @property
    def leaving(self) -> set[Id]:
        """The columns that do not stay."""
        return set(self.own) - set(self.plan.rest.columns)

    def home(self, columns: Iterable[Id]) -> int | None:
        """Return the first fragment that has all these columns, the rest before others; None where none has."""
        wanted = set(columns)
        return next((at for at, part in enumerate(self.plan.fragments) if wanted <= set(part.columns)), None)

    def there(self, at: int, columns: Iterable[Id]) -> Ids:
        """Return the columns that stand for some of the old ones in a fragment."""
        return tuple(self.maps[at][each] for each in columns)

    def renumbering(self, at: int) -> dict[Id, Id]:
        """Return which ids take the place of which in what goes to a fragment."""
        return {**self.maps[at], self.table.id: self.tables[at].id}

    def torn(self, record: Record, why: str) -> Refused:
        """Return the refusal for something that cannot follow its columns."""
        return Refused(
            f"{the(self.design, record)} {why}, which {called(self.design, self.table)} would lose or share; "
            "change or drop it first, or keep the table as it is"
        )
