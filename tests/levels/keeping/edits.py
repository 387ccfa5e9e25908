"""Random edits of an upper model, and random decisions of people in a lower one; the same for the same generator."""

from __future__ import annotations

import random
from collections.abc import Callable

from designer.change import Change, apply, complete
from designer.commands.contract import edit, replace
from designer.levels.keeping.scope import records_of
from designer.schema import (
    Attribute,
    Check,
    Column,
    Design,
    End,
    Entity,
    Expr,
    ForeignKey,
    Generalization,
    Id,
    Identifier,
    IdSource,
    Index,
    IndexPart,
    Key,
    Named,
    Record,
    Relationship,
    Schema,
    Table,
    Use,
    View,
)

TYPES = ("string(10)", "string(300)", "integer", "bigint", "decimal(8,3)", "date", "boolean", "timestamp_tz", "text")


class Editor:
    """Edits one model of a design."""

    def __init__(self, design: Design, model: Id, seed: random.Random, ids: IdSource):
        self.design = design
        self.model = model
        self.random = seed
        self.ids = ids
        self.number = 0

    def of(self, kind: type[Record]) -> list[Record]:
        """Return the records of a kind in this model."""
        inside = records_of(self.design, self.model)
        return [record for record in self.design.of(kind) if record.id in inside]

    def put(self, *records: Record, gone: tuple[Id, ...] = ()) -> None:
        """Put records and remove others, with all that follows."""
        self.design = apply(self.design, edit(self.design, "", list(records), gone).change)

    def fresh_name(self, stem: str = "made up") -> str:
        """Return a name that nothing else has."""
        self.number += 1
        return f"{stem} {self.random.randrange(10**6)} {self.number}"

    def one(self, kind: type[Record]) -> Record | None:
        """Return any record of a kind."""
        found = self.of(kind)
        return self.random.choice(found) if found else None


class Above(Editor):
    """What people do to a conceptual or logical model."""

    def some(self, count: int) -> None:
        """Make so many random edits."""
        ways: tuple[Callable[[], None], ...] = (
            self.rename, self.rename, self.retype, self.add_attribute, self.drop_attribute, self.make_optional,
            self.add_entity, self.drop_entity, self.cardinality, self.add_relationship, self.drop_relationship,
            self.add_subtype, self.drop_kinds, self.reorder, self.comment,
        )  # fmt: skip
        for _ in range(count):
            self.random.choice(ways)()

    def rename(self) -> None:
        record = self.one(self.random.choice((Entity, Attribute)))
        if isinstance(record, Named):
            self.put(replace(record, name=self.fresh_name("renamed")))

    def retype(self) -> None:
        record = self.one(Attribute)
        if isinstance(record, Attribute) and not self.design.of(Attribute, record.id):
            self.put(replace(record, type=self.random.choice(TYPES), domain=None))

    def add_attribute(self) -> None:
        entity = self.one(Entity)
        if entity is not None:
            order = self.random.choice(("1", "V", "zz"))
            name, kind = self.fresh_name("new"), self.random.choice(TYPES)
            self.put(Attribute(id=self.ids(), parent=entity.id, name=name, type=kind, order=order, optional=True))

    def drop_attribute(self) -> None:
        record = self.one(Attribute)
        if record is not None:
            self.put(gone=(record.id,))

    def make_optional(self) -> None:
        record = self.one(Attribute)
        if isinstance(record, Attribute):
            self.put(replace(record, optional=not record.optional))

    def add_entity(self) -> None:
        entity = Entity(id=self.ids(), parent=self.model, name=self.fresh_name("thing"), order="zz")
        code = Attribute(id=self.ids(), parent=entity.id, name="code", type="string(8)", order="V")
        self.put(entity, code, Identifier(id=self.ids(), parent=entity.id, primary=True, attributes=(code.id,)))

    def drop_entity(self) -> None:
        record = self.one(Entity)
        if record is not None and len(self.of(Entity)) > 2:
            self.put(gone=(record.id,))

    def cardinality(self) -> None:
        record = self.one(Relationship)
        if isinstance(record, Relationship) and len(record.ends) == 2:
            first, second = record.ends
            self.put(replace(record, ends=(replace(first, min=1 - min(first.min, 1)), second)))

    def add_relationship(self) -> None:
        one, other = self.one(Entity), self.one(Entity)
        if one is not None and other is not None and one is not other:
            ends = (End(entity=one.id, max=1), End(entity=other.id))
            name = self.fresh_name("joins")
            self.put(Relationship(id=self.ids(), parent=self.model, name=name, ends=ends, order="zz"))

    def drop_relationship(self) -> None:
        record = self.one(Relationship)
        if record is not None:
            self.put(gone=(record.id,))

    def add_subtype(self) -> None:
        above = self.one(Entity)
        if isinstance(above, Entity):
            below = Entity(id=self.ids(), parent=self.model, name=self.fresh_name("kind of"), order="zy")
            held = next(
                (g for g in self.of(Generalization) if isinstance(g, Generalization) and g.supertype == above.id), None
            )
            kinds = held if isinstance(held, Generalization) else Generalization(
                id=self.ids(), parent=self.model, supertype=above.id
            )  # fmt: skip
            self.put(below, replace(kinds, subtypes=(*kinds.subtypes, below.id)))

    def drop_kinds(self) -> None:
        record = self.one(Generalization)
        if record is not None:
            self.put(gone=(record.id,))

    def reorder(self) -> None:
        record = self.one(Attribute)
        if record is not None:
            self.put(replace(record, order=self.random.choice(("2", "W", "zx"))))

    def comment(self) -> None:
        record = self.one(self.random.choice((Entity, Attribute)))
        if record is not None:
            self.put(replace(record, comment=self.fresh_name("said"), pii=self.random.choice(("", "email"))))


class Below(Editor):
    """What people decide in a physical model."""

    def some(self, count: int) -> None:
        """Make so many random decisions."""
        ways: tuple[Callable[[], None], ...] = (
            self.rename, self.rename, self.retype, self.add_column, self.add_index, self.add_check, self.add_view,
            self.add_key, self.drop_column, self.drop_part, self.drop_table, self.reorder, self.comment, self.add_table,
            self.move, self.add_foreign_key,
        )  # fmt: skip
        for _ in range(count):
            self.random.choice(ways)()

    def rename(self) -> None:
        record = self.one(self.random.choice((Table, Column, Index, ForeignKey)))
        if isinstance(record, Named):
            self.put(replace(record, name=self.fresh_name("mine")))

    def retype(self) -> None:
        record = self.one(Column)
        if isinstance(record, Column):
            self.put(replace(record, type=self.random.choice(("citext", "numeric(3,1)", "jsonb")), logical="mine"))

    def add_column(self) -> None:
        table = self.one(Table)
        if table is not None:
            order = self.random.choice(("0V", "V", "zz"))
            self.put(Column(id=self.ids(), parent=table.id, name=self.fresh_name("extra"), type="text", order=order))

    def add_index(self) -> None:
        column = self.one(Column)
        if column is not None:
            parts = (IndexPart(column=column.id),)
            self.put(Index(id=self.ids(), parent=column.parent, name=self.fresh_name("fast"), parts=parts))

    def add_check(self) -> None:
        column = self.one(Column)
        if isinstance(column, Column):
            expr = Expr(f"{column.name} IS NOT NULL", (Use(0, len(column.name), column.id),))
            self.put(Check(id=self.ids(), parent=column.parent, name=self.fresh_name("right"), expr=expr))

    def add_view(self) -> None:
        table = self.one(Table)
        if isinstance(table, Table):
            query = Expr("SELECT 1 FROM x", (Use(14, 15, table.id),))
            name = self.fresh_name("seen")
            self.put(View(id=self.ids(), parent=self.model, name=name, query=query, depends_on=(table.id,)))

    def add_key(self) -> None:
        column = self.one(Column)
        if column is not None:
            name = self.fresh_name("only one")
            self.put(Key(id=self.ids(), parent=column.parent, name=name, columns=(column.id,)))

    def drop_column(self) -> None:
        record = self.one(Column)
        if record is not None:
            self.put(gone=(record.id,))

    def drop_part(self) -> None:
        record = self.one(self.random.choice((Index, Check, Key, ForeignKey)))
        if record is not None:
            self.put(gone=(record.id,))

    def drop_table(self) -> None:
        record = self.one(Table)
        if record is not None and self.random.random() < 0.4:
            self.put(gone=(record.id,))

    def reorder(self) -> None:
        record = self.one(Column)
        if record is not None:
            self.put(replace(record, order=self.random.choice(("0W", "W", "zy"))))

    def comment(self) -> None:
        record = self.one(self.random.choice((Table, Column)))
        if record is not None:
            self.put(replace(record, comment=self.fresh_name("told"), owner="team"))

    def add_table(self) -> None:
        table = Table(id=self.ids(), parent=self.model, name=self.fresh_name("own"), order="zz")
        self.put(table, Column(id=self.ids(), parent=table.id, name="a", type="integer", order="V"))

    def move(self) -> None:
        table = self.one(Table)
        if table is not None:
            schema = self.one(Schema) or Schema(id=self.ids(), parent=self.model, name=self.fresh_name("room"))
            self.put(schema, replace(table, parent=schema.id))

    def add_foreign_key(self) -> None:
        table, other = self.one(Table), self.one(Table)
        if table is None or other is None:
            return
        key = next((each for each in self.design.of(Key, other.id) if each.primary and len(each.columns) == 1), None)
        if key is not None:
            column = Column(id=self.ids(), parent=table.id, name=self.fresh_name("to"), type="bigint", order="zz")
            self.put(column, ForeignKey(
                id=self.ids(), parent=table.id, name=self.fresh_name("ties"), columns=(column.id,), ref_table=other.id,
                ref_columns=key.columns,
            ))  # fmt: skip


def removed(design: Design, *records: Id) -> Design:
    """Return the design without records and what falls with them."""
    return apply(design, complete(design, Change({}, {each: design[each] for each in records}, {})).change)
