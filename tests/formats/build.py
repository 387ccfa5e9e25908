"""Building designs for tests in few words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from designer.schema import (
    Column,
    Design,
    EnumType,
    Expr,
    ForeignKey,
    Key,
    Model,
    Record,
    Schema,
    Table,
)
from designer.schema.order import after

R = TypeVar("R", bound=Record)


class Build:
    """Gathers records of one model, giving each an id and the next place among its siblings.

    Ids say what the record is and its number, so that golden files can be read: `table0001`.
    """

    def __init__(self, name: str = "Shop", level: str = "physical", target: str = "postgresql"):
        self.records: list[Record] = []
        self._places: dict[str | None, Any] = {}
        self.model = self.add(Model, None, name=name, level=level, target=target)

    def add(self, cls: type[R], parent: Record | None, **fields: Any) -> R:
        """Add a record of any kind under `parent` and return it."""
        home = parent.id if parent is not None else None
        place = next(self._places.setdefault(home, after(None)))
        id_ = f"{str(cls.__struct_config__.tag).replace('_', '')}{len(self.records):04}"
        record = cls(id=id_, parent=home, order=place, **fields)
        self.records.append(record)
        return record

    def schema(self, name: str) -> Schema:
        return self.add(Schema, self.model, name=name)

    def table(self, name: str, home: Record | None = None, **fields: Any) -> Table:
        return self.add(Table, home or self.model, name=name, **fields)

    def column(self, table: Table, name: str, type_: str = "integer", **fields: Any) -> Column:
        if isinstance(fields.get("default"), str):
            fields["default"] = Expr(fields["default"])
        return self.add(Column, table, name=name, type=type_, **fields)

    def enum(self, name: str, *values: str, home: Record | None = None) -> EnumType:
        return self.add(EnumType, home or self.model, name=name, values=values)

    def key(self, table: Table, *columns: Column, primary: bool = True, **fields: Any) -> Key:
        return self.add(Key, table, primary=primary, columns=_ids(columns), **fields)

    def refer(
        self, columns: Sequence[Column], target: Table | None, targets: Sequence[Column], **fields: Any
    ) -> ForeignKey:
        """Add a foreign key to the table of `columns`."""
        table = next(record for record in self.records if record.id == columns[0].parent)
        ref_table = target.id if target is not None else None
        return self.add(
            ForeignKey, table, columns=_ids(columns), ref_table=ref_table, ref_columns=_ids(targets), **fields
        )

    def design(self) -> Design:
        return Design(self.records)


def _ids(records: Sequence[Record]) -> tuple[str, ...]:
    return tuple(record.id for record in records)
