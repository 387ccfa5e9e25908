"""Sample rows for a whole model: the n-th row of a table refers to the n-th rows of others."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.registry import get
from designer.proof.rows.contract import Insert, Rows
from designer.proof.rows.order import in_turn
from designer.proof.rows.tables import Place, Plan, Reference, Tables
from designer.proof.rows.values import Values
from designer.schema import Design, Id, Schema, Table

_APART = 100
"""How far apart the numbers of the rows of two partitions are."""


def rows_for(design: Design, model: Id, dialect: str, per_table: int = 3, seed: int = 0) -> Rows:
    """Return rows for all tables of a model, the same for the same seed.

    Of three rows the second says only what it must, so that it passes where a check of the others cannot be solved.
    """
    return _Generator(design, model, dialect, per_table, seed).rows()


class _Generator:
    """Makes the rows of one model."""

    def __init__(self, design: Design, model: Id, dialect: str, per_table: int, seed: int):
        self.design = design
        self.dialect = get(dialect)
        self.values = Values(self.dialect, seed)
        self.per_table = per_table
        self.tables = Tables(design, self.values)
        homes = {model, *(each.id for each in design.of(Schema) if each.parent == model)}
        self.chosen = [each for each in design.of(Table) if each.parent in homes and self.holds_rows(each)]
        self.plans = {each.id: self.tables.plan(each) for each in self.chosen}
        self.first = {each.id: self.number_of(each) for each in self.chosen}
        self.more: dict[Id, set[int]] = {each: set() for each in self.plans}
        self.result = Rows()
        for plan in self.plans.values():
            self.need_references(plan)

    def holds_rows(self, table: Table) -> bool:
        """Say whether a table is one of the model's own: neither temporary nor on another server."""
        return table.persistence != "temporary" and "server" not in table.extra

    def number_of(self, table: Table) -> int:
        """Return the number before that of the first row: partitions of one table have rows of their own."""
        parent = self.design.get(table.partition_of or "")
        if not isinstance(parent, Table):
            return 0
        parts = self.tables.partitions(parent)
        return self.number_of(parent) * 7 + _APART * (1 + parts.index(table))

    def need_references(self, plan: Plan) -> None:
        """See that each row says what others refer to."""
        for reference in plan.references:
            other = self.plans.get(reference.table or "")
            for name in reference.others if other is not None else ():
                if other is not None and name in other.places:
                    other.places[name].needed = True
            if other is not None and len(reference.columns) == 1 and reference.columns[0] in plan.places:
                wanted = plan.places[reference.columns[0]].wish.allowed[: self.per_table]
                self.more[other.table.id] |= {int(each) - self.values.seed for each in wanted if each.isdigit()}

    def rows(self) -> Rows:
        """Return all rows."""
        needs = {
            each: {
                reference.table
                for reference in plan.references
                if reference.table in self.plans and reference.table != each
            }
            for each, plan in self.plans.items()
        }
        updates: list[Insert] = []
        done: set[Id] = set()
        for each in in_turn(needs, self.can_wait):
            plan = self.plans[each]
            late = [
                one
                for one in plan.references
                if one.table in self.plans and one.table not in done and one.table != each
            ]
            for number in self.numbers(each):
                self.result.inserts.append(Insert(each, self.insert(plan, number, late)))
                updates += self.updates(plan, number, late)
            done.add(each)
        self.result.inserts += updates
        return self.result

    def numbers(self, table: Id) -> list[int]:
        """Return the numbers of the rows of a table: a few, and those to which others have to refer."""
        usual = range(self.first[table] + 1, self.first[table] + self.per_table + 1)
        return [*usual, *sorted(self.more[table] - set(usual))]

    def can_wait(self, table: Id, other: Id) -> bool:
        """Say whether the references of a table to another may be null at first."""
        plan = self.plans[table]
        return all(
            any(plan.places[name].column.nullable and not self.in_primary(plan, name) for name in reference.columns)
            for reference in plan.references
            if reference.table == other and reference.columns
        )

    def in_primary(self, plan: Plan, name: str) -> bool:
        return bool(plan.keys) and name in plan.keys[0]

    # One row

    def insert(self, plan: Plan, number: int, late: list[Reference]) -> str:
        """Return INSERT for one row."""
        put_off = {
            name
            for reference in late
            if self.can_wait(plan.table.id, reference.table or "")
            for name in reference.columns
        }
        sparse = (number - self.first[plan.table.id]) % 2 == 0
        said = {
            place.column.name: self.value(plan, name, number)
            for name, place in plan.places.items()
            if place.column.generated is None and name not in put_off and not (sparse and self.is_optional(place))
        }
        table = self.path(plan.table)
        if not said:
            rest = "() VALUES ()" if self.values.is_mysql else "DEFAULT VALUES"
            return f"INSERT INTO {table} {rest};"
        is_always = self.dialect.name == "postgresql" and any(
            each.column.identity == "always" for each in plan.places.values()
        )
        columns = ", ".join(map(self.dialect.quote, said))
        head = f"INSERT INTO {table} ({columns})" + (" OVERRIDING SYSTEM VALUE" if is_always else "")
        return f"{head} VALUES ({', '.join(said.values())});"

    def is_optional(self, place: Place) -> bool:
        """Say whether a row need not say anything of a column."""
        return not place.needed and (place.column.nullable or place.column.default is not None)

    def updates(self, plan: Plan, number: int, late: list[Reference]) -> Iterator[Insert]:
        """Yield what fills the references that had to wait."""
        key = plan.keys[0] if plan.keys else ()
        if not key or (number - self.first[plan.table.id]) % 2 == 0:
            return
        for reference in late:
            if self.can_wait(plan.table.id, reference.table or ""):
                sets = ", ".join(
                    f"{self.name(plan, each)} = {self.value(plan, each, number)}" for each in reference.columns
                )
                where = " AND ".join(f"{self.name(plan, each)} = {self.value(plan, each, number)}" for each in key)
                sql = f"UPDATE {self.path(plan.table)} SET {sets} WHERE {where};"  # noqa: S608 - quoted names and literals
                yield Insert(plan.table.id, sql, is_update=True)

    def value(self, plan: Plan, name: str, number: int, seen: frozenset[tuple[Id, str]] = frozenset()) -> str:
        """Return the value of a column in a row: that of the row which it refers to, or one of its type."""
        here = (plan.table.id, name)
        place = plan.places[name]
        for reference in plan.references:
            if name not in reference.columns or here in seen:
                continue
            if reference.table is None and place.column.nullable:
                return "NULL"
            if place.wish.allowed:
                break
            other = self.plans.get(reference.table or "")
            at = reference.columns.index(name)
            if other is None or at >= len(reference.others) or reference.others[at] not in other.places:
                continue
            return self.referred(plan, other, reference, at, number, seen | {here})
        return self.values.literal(place.raw, number, place.wish)

    def referred(
        self, plan: Plan, other: Plan, reference: Reference, at: int, number: int, seen: frozenset[tuple[Id, str]]
    ) -> str:
        """Return the value of a referenced column; a row of a tree refers to the one before it."""
        name = reference.columns[at]
        row = number - self.first[plan.table.id]
        if other is plan and plan.places[name].column.nullable and not self.in_primary(plan, name):
            return "NULL" if row == 1 else self.value(plan, reference.others[at], number - 1, seen)
        row = row if other is not plan else number
        return self.value(
            other, reference.others[at], row + (self.first[other.table.id] if other is not plan else 0), seen
        )

    # Names

    def path(self, table: Table) -> str:
        """Return the name of a table with its schema."""
        schema = self.design.get(table.parent or "")
        name = self.dialect.quote(table.name)
        return f"{self.dialect.quote(schema.name)}.{name}" if isinstance(schema, Schema) else name

    def name(self, plan: Plan, name: str) -> str:
        """Return the quoted name of a column."""
        return self.dialect.quote(plan.places[name].column.name)
