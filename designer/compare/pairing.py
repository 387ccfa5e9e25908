"""Records of two designs paired by their names, and which pairs say the same."""

from __future__ import annotations

from typing import Any

import msgspec

from designer.compare.side import Side
from designer.schema import Check, Column, Expr, Id, IndexPart, Record, Routine, Schema, Statement, Table
from designer.schema.kinds import REFERENCES, RELATIONAL

_RELATIONAL = frozenset(RELATIONAL)
_UNSAID = frozenset({
    "id", "parent", "order", "origin", "owner", "classification", "pii", "retention", "tags", "line", "reason",
    "logical", "depends_on", "tables", "signature",
})  # fmt: skip
"""Fields that say nothing about the database, or nothing that others do not say."""
Plan = tuple[tuple[int, str], ...]


class Pairing:
    """The records of two sides by their names: `partner` leads from the left one to the right one."""

    def __init__(self, left: Side, right: Side):
        self.left, self.right = left, right
        self.partner: dict[Id, Id] = {}
        self._plans: dict[type, Plan] = {}
        if left.model is not None and right.model is not None:
            self._pair([(left.model.id, right.model.id)])

    def differing(self) -> set[Id]:
        """Return the paired records of the left side that may say something else than their partners."""
        ours, theirs = self.left.design, self.right.design
        found = {one for one, two in self.partner.items() if not self._same(ours[one], theirs[two])}
        return found | self._out_of_order()

    def _pair(self, waiting: list[tuple[Id, Id]]) -> None:
        while waiting:
            one, two = waiting.pop()
            ours, theirs = self._named(self.left, one), self._named(self.right, two)
            for key, record in ours.items():
                other = theirs.get(key)
                if other is not None:
                    self.partner[record] = other
                    waiting.append((record, other))

    def _named(self, side: Side, parent: Id) -> dict[tuple[Any, ...], Id]:
        """Return the children of a record by kind and name; those of the default schema stand with the model's."""
        children = list(side.design.children(parent))
        if side.model is not None and parent == side.model.id:
            homes = [each for each in children if is_default(side, side.design[each])]
            children += [child for home in homes for child in side.design.children(home)]
            children = [each for each in children if each not in homes]
        found: dict[tuple[Any, ...], Id] = {}
        for each in children:
            record = side.design[each]
            if type(record) not in _RELATIONAL:
                continue
            key: tuple[Any, ...] = (type(record), getattr(record, "name", ""), _text(record))
            while key in found:
                key = (*key, "again")
            found[key] = each
        return found

    def _same(self, one: Record, two: Record) -> bool:
        plan = self._plan(type(one))
        ours, theirs = msgspec.structs.astuple(one), msgspec.structs.astuple(two)
        return all(
            ours[at] == theirs[at] if not shape else self._same_value(shape, ours[at], theirs[at]) for at, shape in plan
        )

    def _plan(self, kind: type[Record]) -> Plan:
        """Return the fields of a kind that count, by their place, and how each holds ids."""
        found = self._plans.get(kind)
        if found is None:
            shapes = REFERENCES[str(kind.__struct_config__.tag)]
            fields = enumerate(kind.__struct_fields__)
            found = tuple((at, shapes.get(name, ("",))[0]) for at, name in fields if name not in _UNSAID)
            self._plans[kind] = found
        return found

    def _same_value(self, shape: str, one: Any, two: Any) -> bool:
        if not one or not two:
            return bool(one == two)
        if shape == "id":
            return bool(self.partner.get(one) == two)
        if shape == "ids":
            return bool(tuple(map(self.partner.get, one)) == two)
        if shape == "expr":
            return self._same_expr(one, two)
        return len(one) == len(two) and all(map(self._same_part, one, two))

    def _same_expr(self, one: Expr | None, two: Expr | None) -> bool:
        if one is None or two is None or one.text != two.text or len(one.uses) != len(two.uses):
            return one is two
        return all(
            mine.start == other.start and mine.end == other.end and self.partner.get(mine.id) == other.id
            for mine, other in zip(one.uses, two.uses, strict=True)
        )

    def _same_part(self, one: IndexPart, two: IndexPart) -> bool:
        if one.column is not None and self.partner.get(one.column) != two.column:
            return False
        bare = [msgspec.structs.replace(each, column=None, expr=None) for each in (one, two)]
        return bare[0] == bare[1] and self._same_expr(one.expr, two.expr)

    def _out_of_order(self) -> set[Id]:
        """Return the tables whose columns stand in another order, and all statements where theirs is another one."""
        ours, theirs = self.left.design, self.right.design
        found = {
            table.id
            for table in ours.of(Table)
            if table.id in self.partner
            and [self.partner.get(each.id) for each in ours.of(Column, table.id)]
            != [each.id for each in theirs.of(Column, self.partner[table.id])]
        }
        said = [each.id for each in ours.of(Statement)]
        if [self.partner.get(each) for each in said] != [each.id for each in theirs.of(Statement)]:
            found |= self.partner.keys() & said
        return found


def _text(record: Record) -> str:
    """Return what tells records without a name apart, and those of one name."""
    if isinstance(record, Statement | Routine):
        return record.text.text
    return record.expr.text if isinstance(record, Check) and not record.name else ""


def is_default(side: Side, record: Record | None) -> bool:
    """Say whether a record is the schema that names without one go to."""
    return isinstance(record, Schema) and record.name == side.dialect.default_schema
