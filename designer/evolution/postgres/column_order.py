"""The order of columns, which PostgreSQL cannot change: it is noticed and told."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Remark
from designer.evolution.postgres.naming import schema_name
from designer.schema import Column, Design, Table


def remarks(old: Design, new: Design) -> Iterator[Remark]:
    """Yield a remark for each table whose columns will stand in another order than its design has them."""
    for table in new.of(Table):
        if not isinstance(old.get(table.id), Table):
            continue
        wanted = [column.id for column in new.of(Column, table.id)]
        there = [column.id for column in old.of(Column, table.id) if column.id in new]
        reached = [*there, *(each for each in wanted if each not in there)]
        if reached != wanted and set(reached) == set(wanted):
            name = f"{schema_name(new, table)}.{table.name}"
            yield Remark(
                f"the columns of {name} stay in the order in which they were added: PostgreSQL puts new ones last and"
                " moves none; only a table that is made anew has them in the order of the design",
                table.id,
                "column-order",
            )
