"""Random edits of what only PostgreSQL has."""

from __future__ import annotations

from msgspec.structs import replace

from designer.commands import edit, keys
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
    ForeignKey,
    Index,
    Key,
    Policy,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    Use,
    View,
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
        kind = self.pick(EnumType, lambda each: len(each.values) > 2 and each.values[-1] != "new")  # rows have "new"
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
        speakers = tuple(kind for kind in PROGRAMS if kind is not View)
        if table.parent == home.id or any(
            isinstance(user, speakers) for each in inside for user in self.users(each.id)
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

    def do_persistence(self) -> Edit:
        table = self.table()
        inside = {table.id, *(each.id for each in self.design.of(Column, table.id))}
        if any(isinstance(user, ForeignKey) for each in inside for user in self.users(each)):
            raise Refused("its foreign keys want the other side to be alike")
        return self.set(table, persistence="" if table.persistence else "unlogged")

    def do_serial_to_identity(self) -> Edit:
        column = self.pick(Column, lambda each: each.type in ("serial", "bigserial"))
        kind = "integer" if column.type == "serial" else "bigint"
        return self.set(column, type=kind, identity="by default")

    def do_primary_key(self) -> Edit:
        table = self.table()
        key = next((each for each in self.design.of(Key, table.id) if each.primary), None)
        members = [each.id for each in self.design.of(Column, table.id) if not each.nullable and self.is_plain(each)]
        if key is None or any(isinstance(user, ForeignKey) for each in key.columns for user in self.users(each)):
            raise Refused("it is referred to")
        chosen = [*key.columns[:1], *self.chance.some([each for each in members if each not in key.columns], 1)]
        return keys.set_primary_key(self.design, table.id, chosen, self.ids)

    def do_collation(self) -> Edit:
        column = self.column(lambda each: each.type == "text" and not each.generated)
        return self.set(column, collation="" if column.collation else '"C"')

    def do_routine_type(self) -> Edit:
        routine = self.pick(Routine, lambda each: "RETURNS integer" in each.text.text)
        return self.set(
            routine, text=Expr(routine.text.text.replace("RETURNS integer", "RETURNS bigint"), routine.text.uses)
        )

    def do_view_column(self) -> Edit:
        view = self.pick(View, lambda each: " FROM " in each.query.text and not each.columns and not each.materialized)
        at = view.query.text.index(" FROM ")
        more = f", 1 AS {self.chance.named('extra')}"
        uses = tuple(Use(each.start + len(more) * (each.start > at), each.end + len(more) * (each.start > at), each.id)
                     for each in view.query.uses)  # fmt: skip
        return self.set(view, query=Expr(view.query.text[:at] + more + view.query.text[at:], uses))

    def do_sequence_owner(self) -> Edit:
        numbers = self.pick(Sequence, lambda each: not each.owned_by)
        tables = {each.id for each in self.design.of(Table) if each.parent == numbers.parent and not each.partition_of}
        column = self.pick(Column, lambda each: each.parent in tables and each.type == "bigint")
        return self.set(numbers, owned_by=column.id)

    def do_domain_nullable(self) -> Edit:
        kind = self.pick(DomainType)
        return self.set(kind, nullable=not kind.nullable)

    def do_shuffle_enum(self) -> Edit:
        kind = self.pick(EnumType)
        return self.set(kind, values=tuple(self.chance.sample(kind.values, len(kind.values))))

    def do_index_settings(self) -> Edit:
        index = self.pick(Index, lambda each: not each.method and each.parent in self.old_tables)
        return self.set(index, options="" if index.options else "fillfactor = 70")

    def do_key_settings(self) -> Edit:
        key = self.pick(Key, lambda each: not each.primary)
        if any(set(each.ref_columns) == set(key.columns) for each in self.design.of(ForeignKey)):
            raise Refused("a foreign key needs it")
        what = self.chance.choice(["nulls_not_distinct", "deferrable"])
        return self.set(key, **{what: not getattr(key, what)})

    def do_foreign_key_settings(self) -> Edit:
        key = self.pick(ForeignKey, lambda each: not each.deferred)
        return self.set(key, deferrable=not key.deferrable)

    def do_not_valid(self) -> Edit:
        check = self.pick(Check, lambda each: each.parent in self.old_tables)
        return self.set(check, not_valid=not check.not_valid)

    def do_statistics_target(self) -> Edit:
        return self.set(self.column(), statistics=self.chance.choice([None, 50, 300]))

    def do_storage(self) -> Edit:
        return self.set(self.column(lambda each: each.type == "text"), storage=self.chance.choice(["external", "main"]))


def edit_with(editor: Editor, label: str, *made: Record) -> Edit:
    """Return the edit that adds or replaces records."""
    return edit_of(editor.design, label, list(made))
