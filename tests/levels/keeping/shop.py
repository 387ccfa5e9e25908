"""A shop of two entities and its models, to tell stories about."""

from __future__ import annotations

from designer.change import apply
from designer.commands.contract import Edit, edit, replace
from designer.levels.contract import Settings
from designer.levels.keeping.baseline import derivation_of
from designer.levels.keeping.deriving import derive
from designer.schema import (
    Attribute,
    Column,
    Design,
    Diagram,
    End,
    Entity,
    Id,
    Identifier,
    Model,
    Placement,
    Record,
    Relationship,
    Table,
    seeded_ids,
)

LOGICAL, CUSTOMER, ORDER = "logical0", "customer", "orders00"


class Shop:
    """A design that is edited step by step."""

    def __init__(self, *targets: str, settings: Settings | None = None):
        self.ids = seeded_ids("a small shop")
        self.design = Design(_logical())
        self.models: dict[str, Id] = {}
        for target in targets or ("postgresql",):
            made = self.do(derive(self.design, LOGICAL, self.ids, level="physical", target=target, settings=settings))
            self.models[target] = made.made[0]

    def do(self, made: Edit) -> Edit:
        """Carry an edit out."""
        self.design = apply(self.design, made.change)
        return made

    def put(self, *records: Record, gone: tuple[Id, ...] = ()) -> None:
        """Put records and remove others."""
        self.do(edit(self.design, "", list(records), gone))

    def set(self, record: Record, **values: object) -> None:
        """Set fields of a record."""
        self.put(replace(self.design[record.id], **values))

    def derivation(self, target: str = "postgresql") -> Id:
        """Return how the model of a target is derived."""
        found = derivation_of(self.design, self.models[target])
        assert found is not None
        return found.id

    def attribute(self, name: str) -> Attribute:
        """Return an attribute of the logical model."""
        return next(each for each in self.design.of(Attribute) if each.name == name)

    def table(self, name: str, target: str = "postgresql") -> Table:
        """Return a table of a physical model."""
        return next(
            each for each in self.design.of(Table)
            if each.name == name and self.design.model_of(each).id == self.models[target]
        )  # fmt: skip

    def column(self, table: str, name: str, target: str = "postgresql") -> Column:
        """Return a column of a physical model."""
        found = self.design.of(Column, self.table(table, target).id)
        return next(each for each in found if each.name == name)

    def columns(self, table: str, target: str = "postgresql") -> list[str]:
        """Return the names of the columns of a table, from left to right."""
        return [each.name for each in self.design.of(Column, self.table(table, target).id)]


def _logical() -> list[Record]:
    return [
        Model(id=LOGICAL, name="Shop, logical", level="logical", order="a"),
        Entity(id=CUSTOMER, parent=LOGICAL, name="Customer", order="a"),
        Attribute(id="number00", parent=CUSTOMER, name="number", type="string(10)", order="a"),
        Attribute(id="email000", parent=CUSTOMER, name="email", type="string(100)", order="b", comment="To write to."),
        Attribute(id="fax00000", parent=CUSTOMER, name="fax", type="string(30)", order="c", optional=True),
        Identifier(id="byNumber", parent=CUSTOMER, primary=True, attributes=("number00",)),
        Entity(id=ORDER, parent=LOGICAL, name="Order", order="b"),
        Attribute(id="placedOn", parent=ORDER, name="placed on", type="date", order="a"),
        Relationship(
            id="places00", parent=LOGICAL, name="places", order="a",
            ends=(End(entity=CUSTOMER, min=1, max=1), End(entity=ORDER)),
        ),
        Diagram(id="diagram0", parent=LOGICAL, name="All", order="a"),
        Placement(id="place001", parent="diagram0", element=CUSTOMER, x=0, y=0),
        Placement(id="place002", parent="diagram0", element=ORDER, x=600, y=0),
    ]  # fmt: skip
