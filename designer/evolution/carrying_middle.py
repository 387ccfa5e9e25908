"""The state between: what rows are to be carried from and to is all there, so that any mover can take each half.

The first half makes new tables and columns beside the old ones. A column that moves is there twice meanwhile: in the
first half its id stands for the old place, in the second for the new one, and `stand_in` for the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from designer.commands.names import free_name
from designer.commands.remapping import renumbered
from designer.commands.types_of import referring_type
from designer.evolution.carrying import Bringing, Carry, Filling, Spreading, references_of
from designer.schema import (
    Check,
    Column,
    Design,
    Exclusion,
    Expr,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Policy,
    Record,
    Routine,
    Table,
    Trigger,
    Use,
    View,
)
from designer.schema import Sequence as NumberSequence
from designer.schema.order import between
from designer.schema.references import referred_ids

_PARTS = (Key, ForeignKey, Check, Index)
_MADE_AGAIN = (*_PARTS, Exclusion, Trigger, Policy)
_HELD = (Key, ForeignKey, Check, Index, Table, View, NumberSequence)
"""What shares the space of names of constraints and indexes somewhere."""


@dataclass(frozen=True, slots=True)
class Middle:
    """The state between as the first half reaches it and as the second one starts from it; only ids differ."""

    reached: Design
    left: Design
    stand_ins: dict[Id, Id]


def stand_in(column: Id) -> Id:
    """Return the id of the other self of a column that moves."""
    return f"{column[:34]}moving"


def middle(old: Design, new: Design, carries: Iterable[Carry]) -> Middle:
    """Return the state in which all rows can be carried."""
    making = _Making(old, new, {})
    carries = list(carries)
    for each in carries:
        making.others.update((column, stand_in(column)) for column in each.moved)
    for each in carries:
        if isinstance(each, Filling):
            making.table(each.target)
            making.linking(each)
        elif isinstance(each, Spreading) and not each.back:
            making.table(each.target)
        else:
            copied = () if isinstance(each, Spreading) else tuple(one for one, _ in each.copied)
            making.columns((*(each.every if isinstance(each, Spreading) else each.moved), *copied))
            making.telling(each)
    making.needed()
    reached = old.changed((), list(making.put.values()))
    parts = {each.id: stand_in(each.id) for each in old.records() if _changes_tables(each, new)}
    return Middle(reached, _exchanged(reached, making.others, parts), {**making.others, **parts})


def _changes_tables(record: Record, new: Design) -> bool:
    """Whether a part is one of another table on the new side; it is dropped there and made here."""
    after = new.get(record.id)
    return isinstance(record, _MADE_AGAIN) and after is not None and after.parent != record.parent


def _exchanged(design: Design, others: dict[Id, Id], parts: dict[Id, Id]) -> Design:
    """Return a design in which the two selves of each column have changed their ids, and parts that go have others."""
    both = {**others, **{two: one for one, two in others.items()}, **parts}
    touched = {each for column in both for each in design.referrers(column)} | both.keys()
    there = [design[each] for each in touched if each in design]
    return design.changed([each for each in both if each in design], [renumbered(each, both) for each in there])


class _Making:
    """The records of the state between that the old side does not have."""

    def __init__(self, old: Design, new: Design, others: dict[Id, Id]):
        self.old, self.new, self.others = old, new, others
        self.put: dict[Id, Record] = {}
        self.names = {each.name.lower() for kind in _HELD for each in old.of(kind) if each.name}

    def table(self, target: Id) -> None:
        """Put a new table with its columns, and those of its parts that are new as well."""
        table = self.new[target]
        if not isinstance(table, Table):
            raise TypeError(f"{table.id} is no table")
        self.put[table.id] = replace(table, name=free_name(table.name, self._taken(table)), replica_index=None)
        primary = {each for key in self.new.of(Key, table.id) if key.primary for each in key.columns}
        for column in self.new.of(Column, table.id):
            made = self._moving(column, column.id in primary) if column.id in self.others else column
            self.put[made.id] = made
        for kind in _PARTS:
            for part in self.new.of(kind, table.id):
                self._part(part)

    def linking(self, filling: Filling) -> None:
        """Put the columns that are to refer to a new table, empty for the time being."""
        if filling.link is not None:
            for each in filling.link.columns:
                link = self.new[each]
                if isinstance(link, Column):
                    self.put[each] = self._last(replace(link, nullable=True, not_null_name=""))

    def _taken(self, table: Table) -> set[str]:
        """Return the name of the table where something old has it; that may only go later."""
        there = (self.old[each] for each in self.old.children(table.parent))
        names = {each.name.lower() for each in there if isinstance(each, Table | View | Routine)}
        return {table.name} if table.name.lower() in names else set()

    def _moving(self, column: Column, in_key: bool) -> Column:
        """Return the other self of a column: where and how it is called on the new side, else as it was."""
        was = self.old[column.id]
        if not isinstance(was, Column):
            raise TypeError(f"{column.id} is no column")
        made = replace(
            was, id=self.others[column.id], parent=column.parent, name=column.name, order=column.order,
            nullable=(was.nullable or column.nullable) and not in_key, identity="", identity_options="",
            type=referring_type(was.type), logical=referring_type(was.logical), comment=column.comment,
            not_null_name="" if in_key else was.not_null_name,
        )  # fmt: skip
        computed = column.generated
        made = replace(made, generated_kind=column.generated_kind if computed else "")
        return replace(made, generated=self._expression(computed))

    def _expression(self, expr: Expr | None) -> Expr | None:
        """Return an expression over the other selves of columns."""
        if expr is None:
            return None
        return Expr(expr.text, tuple(Use(use.start, use.end, self.others.get(use.id, use.id)) for use in expr.uses))

    def _part(self, part: Record) -> None:
        """Put a part of a new table, where all that it names is there by then and nothing else has its name."""
        if part.id in self.old:
            return
        now = renumbered(part, self.others)
        if isinstance(now, ForeignKey) and not self._is_sound(now):
            return
        if isinstance(now, Named) and now.name.lower() in self.names:
            if not isinstance(now, Key):
                return
            now = replace(now, name="")
        if all(each in self.old or each in self.put for each in referred_ids(now)):
            self.put[now.id] = now

    def _is_sound(self, key: ForeignKey) -> bool:
        """Whether what a foreign key refers to is a key of the table by then."""
        wanted = set(references_of(self.new, key))
        there = [*self.old.of(Key, key.ref_table or "")]
        there += [each for each in self.put.values() if isinstance(each, Key) and each.parent == key.ref_table]
        return any(set(each.columns) == wanted for each in there)

    def columns(self, coming: Iterable[Id]) -> None:
        """Put columns at the end of a table that is there, empty for the time being."""
        for each in coming:
            column = self.new[each]
            if isinstance(column, Column) and column.generated is None:
                here = self._moving(column, False) if each in self.others else column
                bare = replace(
                    here, nullable=True, not_null_name="", default=None, on_update="", identity="", identity_options=""
                )
                self.put[bare.id] = self._last(bare)

    def telling(self, carry: Carry) -> None:
        """Put the column that says which rows had one in the source; it has its default until then."""
        column = self.new.get(carry.told[0]) if isinstance(carry, Bringing) and carry.told else None
        if isinstance(column, Column) and column.id not in self.put:
            self.put[column.id] = self._last(replace(column, nullable=column.nullable or column.default is None))

    def _last(self, column: Column) -> Column:
        siblings = [*self.old.of(Column, column.parent or "")]
        siblings += [each for each in self.put.values() if isinstance(each, Column) and each.parent == column.parent]
        names = {each.name for each in siblings}
        last = max((each.order for each in siblings), default="")
        return replace(column, name=free_name(column.name, names), order=between(last or None, None))

    def needed(self) -> None:
        """Put what the new records name and only the new side has: types, schemas, sequences."""
        waiting = list(self.put.values())
        while waiting:
            for each in referred_ids(waiting.pop()):
                if each not in self.old and each not in self.put and each in self.new:
                    self.put[each] = self.new[each]
                    waiting.append(self.new[each])
