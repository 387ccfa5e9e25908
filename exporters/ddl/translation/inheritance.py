"""Tables that inherit, for a database where each stands for itself: columns and checks of the parents are copied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from designer.schema import Design, Id, Record, Table
from exporters.ddl.catalog import Catalog, Parts

R = TypeVar("R", bound=Record)


def expanded(catalog: Catalog) -> Catalog:
    """Return a catalog in which every table that inherits has the columns and checks of its parents as its own."""
    heirs = {each.id: each for each in catalog.of(Table) if each.inherits}
    if not heirs:
        return catalog
    work = _Expansion(catalog, heirs)
    for table in heirs.values():
        work.expand(table)
    records = {record.id: record for record in catalog.design.records()}
    for parts in work.hanging.values():
        for name in Parts.__slots__:
            records.update((each.id, each) for each in getattr(parts, name))
    return replace(catalog, design=Design(records), hanging=work.hanging)


class _Expansion:
    def __init__(self, catalog: Catalog, heirs: dict[Id, Table]):
        self.catalog = catalog
        self.heirs = heirs
        self.hanging = dict(catalog.hanging)
        self.done: set[Id] = set()

    def expand(self, table: Table) -> None:
        """Give a table what its parents have, these first."""
        if table.id in self.done:
            return
        self.done.add(table.id)
        own = self.hanging.get(table.id, Parts())
        names = {column.name: column.id for column in own.columns}
        ids: dict[Id, Id] = {}
        columns, checks = [], []
        for parent in table.inherits:
            if parent in self.heirs:
                self.expand(self.heirs[parent])
            above = self.hanging.get(parent, Parts())
            for column in above.columns:
                if column.name not in names:
                    names[column.name] = f"{table.id}.{column.id}"
                    columns.append(msgspec.structs.replace(column, id=names[column.name], parent=table.id))
                ids[column.id] = names[column.name]
            checks += [each for each in above.checks if not each.no_inherit]
        copies = [
            _follow(each, {**ids, each.id: f"{table.id}.{each.id}", each.parent or "": table.id}) for each in checks
        ]
        mine = {name: [_follow(each, ids) for each in getattr(own, name)] for name in Parts.__slots__}
        mine["columns"] = columns + mine["columns"]
        said = {each.name for each in own.checks if each.name}
        mine["checks"] += [each for each in copies if each.name not in said]
        self.hanging[table.id] = Parts(**mine)


def _follow(record: R, ids: dict[Id, Id]) -> R:
    """Return a record that names other records, or the same one where it names none of them."""
    before = msgspec.to_builtins(record)
    after = _moved(before, ids)
    return record if after == before else msgspec.convert(after, type(record))


def _moved(value: Any, ids: dict[Id, Id]) -> Any:
    if isinstance(value, str):
        return ids.get(value, value)
    if isinstance(value, (list, tuple)):
        return [_moved(each, ids) for each in value]
    if isinstance(value, dict):
        return {key: _moved(each, ids) if key not in _TEXTS else each for key, each in value.items()}
    return value


_TEXTS = frozenset({"text", "name", "comment", "kind"})
"""Fields that hold words of people, which may look like an id."""
