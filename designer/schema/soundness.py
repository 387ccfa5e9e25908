"""Rules about what records mean together: columns in the right tables, one primary key, no cycles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.schema.base import Id, Record
from designer.schema.conceptual import Attribute, Entity, Generalization, Identifier, Relationship
from designer.schema.design import Design
from designer.schema.problem import Problem, place_of, problem
from designer.schema.relational import Column, Exclusion, ForeignKey, Index, Key, Table


def columns(design: Design, record: Record) -> Iterator[Problem]:
    """Yield a problem for each column of a key, index or exclusion that is not of its own table."""
    if not isinstance(record, Key | Index | Exclusion):
        return
    named = [("columns", each) for each in record.columns] if isinstance(record, Key) else []
    named += [("parts", part.column) for part in record.parts if part.column is not None]
    named += [("include", each) for each in record.include]
    for field, column_id in named:
        yield from _of_table(design, record, field, column_id, record.parent)


def foreign_key(design: Design, record: Record) -> Iterator[Problem]:
    """Yield the problems of a foreign key whose columns do not fit together."""
    if not isinstance(record, ForeignKey):
        return
    if not record.columns:
        yield problem(record, "columns", "it has no columns; name at least one", serious=False)
    for column_id in record.columns:
        yield from _of_table(design, record, "columns", column_id, record.parent)
    if record.ref_table is None:
        if not record.missing_table:
            yield problem(record, "ref_table", "it refers to no table; name one", serious=False)
        return
    for column_id in record.ref_columns:
        yield from _of_table(design, record, "ref_columns", column_id, record.ref_table)
    if record.ref_columns and len(record.ref_columns) != len(record.columns):
        counts = f"{len(record.columns)} columns refer to {len(record.ref_columns)}"
        yield problem(record, "ref_columns", f"{counts}; name as many on either side", serious=False)
    if not set(record.on_delete_columns) <= set(record.columns):
        yield problem(
            record, "on_delete_columns", "SET NULL names others than its own columns; remove them", serious=False
        )


def one_primary(design: Design, record: Record) -> Iterator[Problem]:
    """Yield a problem where a primary key or identifier is not the only one of its table or entity."""
    if not isinstance(record, Key | Identifier) or not record.primary or record.parent is None:
        return
    first = min(each.id for each in design.of(type(record), record.parent) if each.primary)
    if first != record.id:
        what = "key of its table" if isinstance(record, Key) else "identifier of its entity"
        remedy = "keep one of them primary"
        yield problem(record, "primary", f"{first} is a primary {what} already; {remedy}", serious=False)


def relationship(_: Design, record: Record) -> Iterator[Problem]:
    """Yield the problems of a relationship whose numbers make no sense."""
    if not isinstance(record, Relationship):
        return
    for number, end in enumerate(record.ends, 1):
        if end.min < 0 or (end.max is not None and end.max < max(end.min, 1)):
            most = "many" if end.max is None else end.max
            yield problem(record, f"ends[{number}]", f"{end.min} to {most} is no range; from 0 up, and at least to 1")


def column(_: Design, record: Record) -> Iterator[Problem]:
    """Yield a problem for a column that is half generated."""
    if isinstance(record, Column) and record.generated is None and record.generated_kind:
        yield problem(record, "generated_kind", "nothing is generated; give the expression or clear it", serious=False)


def _of_table(design: Design, record: Record, field: str, column_id: Id, table_id: Id | None) -> Iterator[Problem]:
    found = design.get(column_id)
    if not isinstance(found, Column) or found.parent == table_id:
        return
    table = design.get(table_id or "")
    if table is not None and not (isinstance(table, Table) and found.parent in _ancestors(design, table)):
        remedy = "name a column of that table"
        message = f"the {place_of(found)} is not a column of the {place_of(table)}; {remedy}"
        yield problem(record, field, message, serious=False)


def _ancestors(design: Design, table: Table) -> set[Id]:
    """Return the tables whose columns a table has because it inherits from them or is a partition of them."""
    found: set[Id] = set()
    waiting = list(_parents_of_table(table))
    while waiting:
        each = waiting.pop()
        above = design.get(each)
        if each not in found and isinstance(above, Table):
            found.add(each)
            waiting += _parents_of_table(above)
    return found


def _parents_of_table(table: Table) -> Iterable[Id]:
    return (*table.inherits, *((table.partition_of,) if table.partition_of else ()))


class Cycles:
    """Finds records that come before themselves, by depth-first search; no record is walked twice."""

    def __init__(self, design: Design):
        self._design = design
        self._walked: set[Id] = set()

    def of(self, record: Record) -> Iterator[Problem]:
        """Yield a problem for each circle of parents, of inheritance or of subtypes above `record`."""
        if not isinstance(record, _CAN_CIRCLE) or record.id in self._walked:
            return
        self._walked.add(record.id)
        path = {record.id: iter(self._above(record))}
        while path:
            current = next(reversed(path))
            above = next(path[current], None)
            if above is None:
                del path[current]
            elif above in path:
                yield self._circle(current, above)
            elif above not in self._walked:
                self._walked.add(above)
                path[above] = iter(self._above(self._design[above]))

    def _circle(self, lower: Id, upper: Id) -> Problem:
        record = self._design[lower if isinstance(self._design[lower], Generalization) else upper]
        field, how = "inherits", "inherits from itself"
        if isinstance(record, Attribute):
            field, how = "parent", "is part of itself"
        elif isinstance(record, Generalization):
            field, how = "supertype", "makes an entity its own subtype"
        elif isinstance(record, Table) and record.partition_of:
            field, how = "partition_of", "is a partition of itself"
        return problem(record, field, f"it {how}, perhaps through others; break the circle")

    def _above(self, record: Record) -> list[Id]:
        found: Iterable[Id | None] = ()
        if isinstance(record, Attribute):
            found = (record.parent,)
        elif isinstance(record, Table):
            found = _parents_of_table(record)
        elif isinstance(record, Generalization):
            found = (record.supertype,)
        elif isinstance(record, Entity):
            found = self._generalizations_of(record)
        return [each for each in found if each is not None and each in self._design]

    def _generalizations_of(self, entity: Entity) -> list[Id]:
        found = (self._design[each] for each in self._design.referrers(entity.id))
        return [each.id for each in found if isinstance(each, Generalization) and entity.id in each.subtypes]


_CAN_CIRCLE = (Attribute, Table, Generalization)
