"""Random edits of a design, as people make them: by commands, and by setting fields of records.

Rows are in the tables of both ways, so an edit asks for no more than they can give: a new column may be null or has a
default, a column that is dropped could be null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from designer.change import apply
from designer.commands import checks, columns, edit, foreign_keys, indexes, keys, moving, rows, tables
from designer.commands.contract import Edit, Refused
from designer.schema import (
    Check,
    Column,
    Design,
    DomainType,
    EnumType,
    Exclusion,
    Expr,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Named,
    Partitioning,
    Policy,
    Record,
    Routine,
    Schema,
    Statement,
    Table,
    Trigger,
    View,
    first_physical,
    kind_of,
    seeded_ids,
)
from designer.schema import (
    Sequence as NumberSequence,
)
from tests.evolution.random.chance import Chance
from tests.evolution.random.words import Words

R = TypeVar("R", bound=Record)
PROGRAMS = (View, Trigger, Policy, Routine, Statement)


class Editor:
    """Edits one design, step by step; `told` says what was done."""

    def __init__(self, design: Design, words: Words, seed: int, *, by_text: bool = False):
        self.design = design
        self.words = words
        self.chance = Chance(seed, words.dialect)
        self.ids = seeded_ids(f"edits {seed}")
        self.told: list[str] = []
        self.by_text = by_text
        """Whether nobody will know what was renamed: two columns that swap their names swap their types and values."""
        self.chance.taken |= {each.name.lower() for each in design.records() if isinstance(each, Named)}
        self.old_columns = {each.id for each in design.of(Column)}
        said = " ".join(each.text.text for each in design.of(Statement) if "STATISTICS" in each.text.text)
        said += " ".join(each.text.text for each in design.of(Trigger))
        self.parents = {parent for each in design.of(Table) for parent in each.inherits}
        self.targets = {each.ref_table for each in design.of(ForeignKey)}
        """Tables whose rows are needed once more on the way down."""
        self.measured = {each.id for each in design.of(Column) if each.name in said}
        """Columns that triggers name, and those of extended statistics, which stand there in the order of the table."""
        self.required = {each.id for each in design.of(Column) if not each.nullable and each.default is None}
        """Columns that nothing but their own values can fill on the way down."""
        self.old_tables = {each.id for each in design.of(Table)}

    def edit(self, times: int) -> Design:
        """Do so many edits, as far as there is something to edit, and return the design."""
        kinds = [getattr(self, name) for name in dir(type(self)) if name.startswith("do_")]
        tries = 0
        while len(self.told) < times and tries < times * 20:
            tries += 1
            try:
                done = self.chance.choice(kinds)()
            except Refused:
                continue
            if isinstance(done, Edit):
                self.design = apply(self.design, done.change)
                self.told.append(done.label)
        return self.design

    # Choosing

    def pick(self, kind: type[R], fits: Callable[[R], bool] = lambda _: True) -> R:
        found = [each for each in self.design.of(kind) if fits(each)]
        if not found:
            raise Refused("there is none")
        return self.chance.choice(found)

    def table(self) -> Table:
        """Return a table that is no partition and has none."""
        parted = {each.parent for each in self.design.of(Partitioning)}
        return self.pick(
            Table, lambda each: not each.partition_of and each.id not in parted and "module" not in each.extra
        )

    def column(self, fits: Callable[[Column], bool] = lambda _: True) -> Column:
        table = self.table()
        found = [each for each in self.design.of(Column, table.id) if each.name != "id" and fits(each)]
        if not found:
            raise Refused("there is none")
        return self.chance.choice(found)

    def users(self, record: Id) -> Iterable[Record]:
        return (self.design[each] for each in self.design.referrers(record))

    def is_free(self, column: Column, *others: type[Record]) -> bool:
        """Say whether no program, partition, computed column or other kind of record needs a column."""
        needs = (*PROGRAMS, Partitioning, Column, *others)
        return column.id not in self.measured and not any(isinstance(each, needs) for each in self.users(column.id))

    def set(self, record: Record, **values: Any) -> Edit:
        return edit.set_fields(self.design, record.id, values)

    # Names

    def do_rename(self) -> Edit:
        kinds: list[type[Named]] = [Table, Column, Column, View, EnumType, DomainType, NumberSequence]
        record = self.pick(self.chance.choice(kinds), lambda each: each.name != "id")
        if self.words.dialect == "postgresql" and isinstance(record, Table) and "module" in record.extra:
            raise Refused("it stays")
        if self.by_text and self.loses_rows(record):
            raise Refused("unknown as the same, it would need rows that it does not have")
        if self.by_text:
            self.old_tables -= {record.id}
            self.old_columns -= {record.id, *(each.id for each in self.design.of(Column, record.id))}
        return edit.rename(self.design, record.id, self.chance.fresh(f"now_{kind_of(record)}"))

    def loses_rows(self, record: Record) -> bool:
        """Say whether something must have rows that it loses where nobody knows that it was renamed."""
        if isinstance(record, Column):
            refers = any(isinstance(each, ForeignKey) and record.id in each.columns for each in self.users(record.id))
            return refers or (not record.nullable and record.default is None)
        if not isinstance(record, Table):
            return False
        return bool(record.partition_of) or any(isinstance(each, ForeignKey) for each in self.users(record.id))

    def do_rename_constraint(self) -> Edit:
        kinds: list[type[Named]] = [Key, ForeignKey, Check, Index]
        record = self.pick(self.chance.choice(kinds), lambda each: bool(each.name))
        if isinstance(record, Key) and record.primary and self.words.dialect != "postgresql":
            raise Refused("it has no name")
        return edit.rename(self.design, record.id, self.chance.fresh("now"))

    def do_comment(self) -> Edit:
        if self.words.dialect == "sqlite":
            raise Refused("there are none")
        kinds: list[type[Record]] = [Table, Column]
        if self.words.dialect == "postgresql":
            kinds += [View, Index, EnumType, NumberSequence]
        record = self.pick(self.chance.choice(kinds))
        return self.set(record, comment=self.chance.choice(["", "new \\ 'words'", "Ünï"]))

    # Tables

    def do_add_table(self) -> Edit:
        parent = self.pick(Schema).id if self.design.of(Schema) else first_physical(self.design)
        home = parent if isinstance(parent, str) else parent.id if parent else ""
        return tables.add_table(self.design, home, self.chance.fresh("made"), self.ids)

    def do_drop_table(self) -> Edit:
        table = self.table()
        if table.id in self.targets:
            raise Refused("its rows are needed")
        inside = {table.id, *(each.id for kind in (Column, Key) for each in self.design.of(kind, table.id))}
        for each in inside:
            needed = (user for user in self.users(each) if user.parent != table.id)
            if any(isinstance(user, (View, Routine, Statement, ForeignKey)) for user in needed):
                raise Refused("something needs it, or its rows")
        if len(self.design.of(Table)) < 3:
            raise Refused("too few are left")
        return edit.delete(self.design, [table.id])

    # Columns

    def do_add_column(self) -> Edit:
        kind = self.chance.choice(list(self.words.types))
        table = self.table().id
        fields: dict[str, Any] = {"name": self.chance.fresh("more"), "type": kind}
        if self.chance.one_in(2):
            fields |= {"default": Expr(self.words.types[kind]), "nullable": not self.chance.one_in(2)}
        last = self.chance.choice(self.design.of(Column, table)).id if self.words.dialect != "postgresql" else None
        return columns.add_column(self.design, table, fields, self.ids, after=last if self.chance.one_in(2) else None)

    do_add_column_again = do_add_column

    def do_drop_column(self) -> Edit:
        column = self.column(
            lambda each: (
                each.nullable
                and each.default is None
                and each.id not in self.required
                and self.is_free(each, Key, ForeignKey, Check, Index)
            )
        )
        return edit.delete(self.design, [column.id])

    def do_drop_column_with_index(self) -> Edit:
        column = self.column(
            lambda each: (
                each.nullable
                and each.default is None
                and each.id not in self.required
                and self.is_free(each, Key, Exclusion)
            )
        )
        return edit.delete(self.design, [column.id])

    def has_heirs(self, table: Id | None) -> bool:
        """Say whether other tables inherit from a table: what they copied when they were made stays as it was."""
        return table in self.parents or any(table in each.inherits for each in self.design.of(Table))

    def do_type(self) -> Edit:
        column = self.column(
            lambda each: each.type in self.words.wider and self.is_free(each, ForeignKey) and not each.generated
        )
        return columns.set_type(self.design, column.id, self.chance.choice(self.words.wider[column.type]))

    do_type_again = do_type

    def do_default(self) -> Edit:
        column = self.column(
            lambda each: each.type in self.words.types and not each.identity and self.may_lose_default(each)
        )
        return checks.set_default(self.design, column.id, self.chance.choice(["", self.words.types[column.type]]))

    def may_lose_default(self, column: Column) -> bool:
        return not column.generated and (column.nullable or column.id in self.old_columns)

    def do_nullable(self) -> Edit:
        column = self.column(
            lambda each: (
                each.id in self.old_columns and not each.generated and not each.identity and self.is_mandatory(each)
            )
        )
        return self.set(column, nullable=not column.nullable)

    def is_mandatory(self, column: Column) -> bool:
        """Say whether a column may change between null and not null: no foreign key sets it to null."""
        return not any(isinstance(each, (ForeignKey, Key)) for each in self.users(column.id))

    def do_move_column(self) -> Edit:
        if self.words.dialect == "postgresql":
            raise Refused("columns stay where they are")
        column = self.column(lambda each: self.is_free(each))
        others = [each.id for each in self.design.of(Column, column.parent or "") if each.id != column.id]
        return rows.move_rows(self.design, [column.id], self.chance.choice(others))

    def do_audit(self) -> Edit:
        return moving.add_audit_columns(self.design, [self.table().id], ["created_at"], self.ids)

    # Keys, checks, indexes

    def do_add_unique(self) -> Edit:
        table = self.table()
        members = [
            each for each in self.design.of(Column, table.id) if each.id in self.old_columns and self.is_plain(each)
        ]
        if not members:
            raise Refused("there is none")
        chosen = self.chance.choice(members)
        key = next((each for each in self.design.of(Key, table.id) if each.primary), None)
        more = key.columns if key else ()
        return keys.add_unique(
            self.design, table.id, list(dict.fromkeys([chosen.id, *more])), self.ids, self.chance.fresh("u")
        )

    def is_plain(self, column: Column) -> bool:
        return column.type in self.words.numbers or column.type in self.words.texts

    def do_drop_key(self) -> Edit:
        key = self.pick(Key, lambda each: not each.primary)
        refs = set(key.columns)
        if any(set(each.ref_columns) == refs for each in self.design.of(ForeignKey)):
            raise Refused("a foreign key needs it")
        return edit.delete(self.design, [key.id])

    def do_add_check(self) -> Edit:
        column = self.column(lambda each: each.type in self.words.numbers)
        text = f"{self.chance.quote(column.name)} > {self.chance.choice([-2, -7])}"
        return checks.add_check(self.design, column.parent or "", text, self.ids, self.chance.fresh("ck"))

    def do_change_check(self) -> Edit:
        check = self.pick(Check, lambda each: bool(re.search(r"> -\d+$", each.expr.text)))
        return self.set(check, expr=Expr(re.sub(r"-\d+$", "-9", check.expr.text), check.expr.uses))

    def do_drop_check(self) -> Edit:
        return edit.delete(self.design, [self.pick(Check).id])

    def do_add_foreign_key(self) -> Edit:
        target = self.pick(Table, lambda each: not each.persistence)
        key = next((each for each in self.design.of(Key, target.id) if each.primary and len(each.columns) == 1), None)
        if key is None or target.partition_of:
            raise Refused("it has no key")
        wanted = self.design[key.columns[0]]
        assert isinstance(wanted, Column)
        column = self.column(
            lambda each: each.type == wanted.type and each.id in self.old_columns and not each.generated
        )
        if target.id not in self.old_tables:
            raise Refused("it has no rows")
        action = self.chance.choice(["", "cascade", "restrict"])
        return foreign_keys.add_foreign_key(
            self.design, column.parent or "", [column.id], target.id, [wanted.id], self.ids, on_delete=action,
            name=self.chance.fresh("fk"),
        )  # fmt: skip

    def do_drop_foreign_key(self) -> Edit:
        return edit.delete(self.design, [self.pick(ForeignKey).id])

    def do_foreign_key_action(self) -> Edit:
        return self.set(
            self.pick(ForeignKey), on_delete=self.chance.choice(["", "cascade", "restrict"]), on_delete_columns=()
        )

    def do_add_index(self) -> Edit:
        table = self.table()
        members = [each for each in self.design.of(Column, table.id) if self.is_plain(each)]
        parts = [IndexPart(column=each.id, desc=self.chance.one_in(3)) for each in self.chance.some(members, 2, 1)]
        return indexes.add_index(self.design, table.id, parts, self.ids, name=self.chance.fresh("i"))

    def do_change_index(self) -> Edit:
        index = self.pick(
            Index,
            lambda each: bool(each.parts) and not each.method and isinstance(self.design[each.parent or ""], Table),
        )
        members = [each for each in self.design.of(Column, index.parent or "") if self.is_plain(each)]
        return indexes.set_parts(
            self.design, index.id, [IndexPart(column=each.id) for each in self.chance.some(members, 2, 1)]
        )

    def do_drop_index(self) -> Edit:
        return edit.delete(self.design, [self.pick(Index).id])

    # Programs

    def do_view(self) -> Edit:
        view = self.pick(View, lambda each: bool(re.search(r"id > \d+", each.query.text)))
        return self.set(view, query=self.with_number(view.query, r"id > \d+"))

    def do_drop_view(self) -> Edit:
        view = self.pick(
            View,
            lambda each: not list(self.users(each.id)) or all(each.id == user.parent for user in self.users(each.id)),
        )
        return edit.delete(self.design, [view.id])

    def do_routine(self) -> Edit:
        routine = self.pick(Routine, lambda each: "a + " in each.text.text)
        return self.set(routine, text=self.with_number(routine.text, r"a \+ \d+"))

    def with_number(self, text: Expr, pattern: str) -> Expr:
        """Return a text with another last digit in what matches; nothing moves."""
        found = re.search(pattern, text.text)
        if found is None:
            raise Refused("it says something else")
        at = found.end() - 1
        digit = str((int(text.text[at]) + 3) % 10)
        return Expr(text.text[:at] + digit + text.text[at + 1 :], text.uses)

    def do_drop_trigger(self) -> Edit:
        return edit.delete(self.design, [self.pick(Trigger).id])
