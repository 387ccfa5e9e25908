"""Random edits of what only PostgreSQL has."""

from __future__ import annotations

from msgspec.structs import replace

from designer.commands import edit
from designer.commands.contract import Edit, Refused
from designer.commands.contract import edit as edit_of
from designer.commands.tables import move_to_schema
from designer.schema import (
    Check,
    Column,
    CompositeField,
    CompositeType,
    DomainType,
    EnumType,
    Expr,
    Policy,
    Record,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
)
from designer.schema.order import between
from tests.evolution.random.edits import PROGRAMS, Editor


class PostgresEditor(Editor):
    """Edits designs of PostgreSQL."""

    def do_enum_value(self) -> Edit:
        kind = self.pick(EnumType)
        at = self.chance.randint(1, len(kind.values))
        return self.set(kind, values=(*kind.values[:at], self.chance.fresh("value"), *kind.values[at:]))

    def do_drop_enum_value(self) -> Edit:
        kind = self.pick(EnumType, lambda each: len(each.values) > 2)
        return self.set(kind, values=kind.values[:-1])

    def do_domain_default(self) -> Edit:
        kind = self.pick(DomainType)
        return self.set(kind, default=self.chance.choice([None, Expr("3"), Expr("8")]))

    def do_domain_check(self) -> Edit:
        kind = self.pick(DomainType)
        made = Check(id=self.ids(), parent=kind.id, name=self.chance.fresh("dc"), expr=Expr("VALUE > -4"))
        return edit_with(self, f"Add check to domain {kind.name}", made)

    def do_composite(self) -> Edit:
        kind = self.pick(CompositeType)
        return self.set(kind, fields=(*kind.fields, CompositeField(name=self.chance.fresh("field"), type="integer")))

    def do_sequence(self) -> Edit:
        numbers = self.pick(Sequence, lambda each: not each.owned_by)
        return self.set(numbers, increment=self.chance.choice([2, 5]), cache=self.chance.choice([None, 4]))

    def do_identity(self) -> Edit:
        column = self.pick(Column, lambda each: each.identity in ("always", "by default"))
        return self.set(column, identity="always" if column.identity == "by default" else "by default")

    def do_table_settings(self) -> Edit:
        table = self.table()
        what = self.chance.choice(["options", "row_security", "force_row_security"])
        if what == "options":
            return self.set(table, options="" if table.options else "fillfactor=65")
        return self.set(table, **{what: not getattr(table, what)})

    def do_policy(self) -> Edit:
        policy = self.pick(Policy)
        return self.set(policy, using=self.with_number(policy.using or Expr("id > 1"), r"id > \d+"))

    def do_add_policy(self) -> Edit:
        made = Policy(
            id=self.ids(), parent=self.table().id, name=self.chance.fresh("pol"), command="select", using=Expr("true")
        )
        return edit_with(self, f"Add policy {made.name}", made)

    def do_drop_policy(self) -> Edit:
        return edit.delete(self.design, [self.pick(Policy).id])

    def do_trigger_enabled(self) -> Edit:
        trigger = self.pick(Trigger)
        return self.set(trigger, enabled="" if trigger.enabled else self.chance.choice(["disabled", "always"]))

    def do_drop_statement(self) -> Edit:
        return edit.delete(self.design, [self.pick(Statement, lambda each: each.phase == "after").id])

    def do_add_partition(self) -> Edit:
        parents = {each.partition_of for each in self.design.of(Table) if each.partition_of}
        if not parents:
            raise Refused("there is none")
        parent = self.design[self.chance.choice(sorted(parents))]
        year = 2090 + sum(1 for each in self.design.of(Table) if each.partition_of == parent.id)
        bound = f"FOR VALUES FROM ('{year}-01-01') TO ('{year + 1}-01-01')"
        made = Table(
            id=self.ids(), parent=parent.parent, order=between(parent.order or None, None), name=self.chance.fresh("part"),
            partition_of=parent.id, partition_bound=bound,
        )  # fmt: skip
        return edit_with(self, f"Add partition {made.name}", made)

    def do_move_to_schema(self) -> Edit:
        table, home = self.table(), self.pick(Schema)
        inside = [table, *self.design.of(Column, table.id)]
        if table.parent == home.id or any(
            isinstance(user, PROGRAMS) for each in inside for user in self.users(each.id)
        ):
            raise Refused("it is there already, or texts say where it is")
        return move_to_schema(self.design, table.id, home.id)

    def do_swap_names(self) -> Edit:
        """Give two columns of a table the name of the other."""
        table = self.table()
        free = [each for each in self.design.of(Column, table.id) if each.name != "id" and self.is_free(each)]
        if len(free) < 2 or self.by_text:
            raise Refused("there are too few")
        one, two = self.chance.sample(free, 2)
        return edit_with(
            self, f"Swap the names {one.name} and {two.name}", replace(one, name=two.name), replace(two, name=one.name)
        )

    def do_statistics_target(self) -> Edit:
        return self.set(self.column(), statistics=self.chance.choice([None, 50, 300]))

    def do_storage(self) -> Edit:
        return self.set(self.column(lambda each: each.type == "text"), storage=self.chance.choice(["external", "main"]))


def edit_with(editor: Editor, label: str, *made: Record) -> Edit:
    """Return the edit that adds or replaces records."""
    return edit_of(editor.design, label, list(made))
