"""Small models from a few words, and the tables they become in words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from designer.levels.contract import Result, Settings
from designer.levels.physical import physical
from designer.schema import Column, Design, ForeignKey, Id, Index, Key, Model, Record, Table
from designer.schema.validation import validate
from tests.levels.logical.drawn import Drawn


class Derived:
    """A physical model that was derived, to be asked in names."""

    def __init__(self, design: Design, model: Model, result: Result):
        self.above = design
        self.model = model
        self.result = result
        self.design = Design([*design.records(), model, *result.records])
        assert not validate(self.design)

    def table(self, name: str) -> Table:
        """Return a table by its name."""
        return next(each for each in self.design.of(Table) if each.name == name)

    def columns(self, table: str) -> str:
        """Return the columns of a table in order; `?` may be empty."""
        found = self.design.of(Column, self.table(table).id)
        return ", ".join(each.name + ("?" if each.nullable else "") for each in found)

    def column(self, path: str) -> Column:
        """Return a column: `orders.id`."""
        table, name = path.split(".")
        return next(each for each in self.design.of(Column, self.table(table).id) if each.name == name)

    def names(self, ids: tuple[Id, ...]) -> str:
        """Return the names of columns."""
        return ", ".join(getattr(self.design[each], "name", "") for each in ids)

    def keys(self, table: str) -> list[str]:
        """Return the keys of a table, the primary one first and in capitals' place: `id; email`."""
        found = self.design.of(Key, self.table(table).id)
        return [self.names(each.columns) for each in sorted(found, key=lambda each: not each.primary)]

    def references(self, table: str) -> list[str]:
        """Return the foreign keys of a table: `customer_id -> customers (id) cascade`."""
        found = []
        for each in self.design.of(ForeignKey, self.table(table).id):
            target = self.design[each.ref_table or ""]
            to = f"{getattr(target, 'name', '')} ({self.names(each.ref_columns)})"
            found.append(f"{self.names(each.columns)} -> {to} {each.on_delete}".strip())
        return sorted(found)

    def indexes(self, table: str) -> list[str]:
        """Return the indexes of a table by their columns."""
        found = self.design.of(Index, self.table(table).id)
        return sorted(self.names(tuple(part.column or "" for part in each.parts)) for each in found)

    def codes(self) -> set[str]:
        """Return the codes of the notes."""
        return {each.code for each in self.result.notes}


def derived(
    drawn: Drawn | Design, target: str = "postgresql", options: Mapping[str, str] | None = None,
    choices: Mapping[tuple[Id, str], str] | None = None, version: str = "",
) -> Derived:  # fmt: skip
    """Return what a model becomes; it must be sound, and the same when its records come in another order."""
    design = drawn.design() if isinstance(drawn, Drawn) else drawn
    source = design.of(Model)[0]
    model = Model(id="BELOW", level="physical", target=target, version=version, order="z")
    settings = Settings(options or {}, choices or {})
    result = physical(design, source.id, model, settings)
    back = Design(reversed(list(design.records())))
    assert physical(back, source.id, model, settings) == result
    return Derived(design, model, result)


def changed(design: Design, record: Id, **fields: object) -> Design:
    """Return a design with other values in the fields of one record."""
    return design.changed((), [msgspec.structs.replace(design[record], **fields)])


def by_id(result: Result) -> dict[Id, Record]:
    """Return the records of a result by id."""
    return {each.id: each for each in result.records}
