"""Random edits of an SQLite design, by the commands that people use."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from designer.change import apply
from designer.commands.checks import add_check, set_default
from designer.commands.columns import add_column, move_column, set_type
from designer.commands.contract import Edit, Refused
from designer.commands.edit import delete, rename, set_fields
from designer.commands.foreign_keys import add_foreign_key
from designer.commands.indexes import add_index
from designer.commands.keys import add_unique, primary_key
from designer.schema import (
    Check,
    Column,
    Design,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Table,
    Trigger,
    View,
    seeded_ids,
)

TYPES = ("INTEGER", "TEXT", "REAL", "BLOB", "NUMERIC(10, 2)", "varchar(20)", "")
DEFAULTS = ("0", "'x'", "-1.5", "CURRENT_TIMESTAMP", "(1 + 1)", "NULL", "")
NAMES = ("order", 'say "hi"', "grün", "a b", "x'y", "select", "new_users", "rowid", "q")


class Editor:
    """Edits a design at random; the same seed makes the same edits."""

    def __init__(self, design: Design, seed: int):
        self.design = design
        self.random = Random(seed)
        self.ids = seeded_ids(f"edits {seed}")

    def edit(self, times: int) -> Design:
        """Return the design after some edits; those that a command refuses are left out."""
        for _ in range(times):
            try:
                change = self.one().change
                self.design = apply(self.design, change)
            except (Refused, IndexError):
                continue
        return self.design

    def one(self) -> Edit:
        """Return an edit."""
        made: tuple[Callable[[], Edit], ...] = (
            self.rename_one, self.rename_one, self.add, self.add, self.drop, self.drop_table, self.retype, self.default, self.move,
            self.nullable, self.unique, self.check, self.reference, self.index, self.strict,
        )  # fmt: skip
        return self.random.choice(made)()

    def table(self) -> Table:
        return self.random.choice(self.design.of(Table))

    def column(self, table: Id = "") -> Column:
        return self.random.choice(self.design.of(Column, table or self.table().id))

    def plain_column(self) -> Column:
        """Return a column that no key, check, view or trigger is about."""
        table = self.table()
        key = primary_key(self.design, table.id)
        others = [each for each in self.design.of(Column, table.id) if key is None or each.id not in key.columns]
        used = {use.id for view in self.design.of(View) for use in view.query.uses}
        used |= {use.id for trigger in self.design.of(Trigger) for use in trigger.text.uses}
        return self.random.choice([each for each in others if each.id not in used and each.generated is None])

    def rename_one(self) -> Edit:
        kinds = (Table, Column, Column, Index)
        found = self.random.choice(self.design.of(self.random.choice(kinds)))  # type: ignore[type-var]
        other_case = found.name if isinstance(found, Table) else found.name.upper()
        return rename(self.design, found.id, self.free(self.random.choice((*NAMES, other_case))))

    def free(self, name: str) -> str:
        """Return a name that no table or index has: they share one space, which the commands do not know."""
        taken = {each.name.lower() for kind in (Table, Index, View) for each in self.design.of(kind)}  # type: ignore[type-abstract,attr-defined]
        return f"{name}{self.random.randrange(999)}" if name.lower() in taken else name

    def add(self) -> Edit:
        table = self.table()
        columns = self.design.of(Column, table.id)
        after = self.random.choice((None, None, self.random.choice(columns).id))
        kind = self.random.choice(TYPES) if "strict" not in table.extra else "TEXT"
        return add_column(
            self.design, table.id, {"type": kind or "text", "name": f"c{self.random.randrange(99)}"}, self.ids, after
        )

    def drop(self) -> Edit:
        return delete(self.design, [self.plain_column().id])

    def drop_table(self) -> Edit:
        kind = self.random.choice((Key, ForeignKey, Check, Index, Trigger, Key, ForeignKey))
        found = self.random.choice(self.design.of(kind))  # type: ignore[type-var]
        if isinstance(found, Key) and found.primary:
            raise Refused("a primary key stays")
        return delete(self.design, [found.id])

    def retype(self) -> Edit:
        column = self.plain_column()
        if "strict" in self.design[column.parent or ""].extra:
            raise Refused("a strict table keeps its types")
        return set_type(self.design, column.id, self.random.choice(TYPES))

    def default(self) -> Edit:
        column = self.plain_column()
        referring = {each for key in self.design.of(ForeignKey) for each in key.columns}
        if column.id in referring:
            raise Refused("its default would refer to no row")
        return set_default(self.design, column.id, self.random.choice(DEFAULTS))

    def move(self) -> Edit:
        table = self.table()
        return move_column(self.design, self.column(table.id).id, self.random.choice((None, self.column(table.id).id)))

    def nullable(self) -> Edit:
        column = self.plain_column()
        has_value = column.default is not None and column.default.text != "NULL"
        return set_fields(self.design, column.id, {"nullable": not column.nullable or not has_value})

    def unique(self) -> Edit:
        table = self.table()
        key = primary_key(self.design, table.id)
        if key is not None and len(key.columns) == 1:
            raise Refused("SQLite cannot rename a column that an integer key and another key are about")
        first = key.columns if key is not None else [each.id for each in self.design.of(Column, table.id)]
        return add_unique(self.design, table.id, list(dict.fromkeys([self.column(table.id).id, *first])), self.ids)

    def check(self) -> Edit:
        column = self.column()
        quoted = '"' + column.name.replace('"', '""') + '"'
        return add_check(
            self.design, column.parent or "", f"{quoted} IS NOT 'impossible'", self.ids, self.random.choice(("", "ck"))
        )

    def reference(self) -> Edit:
        child, parent = self.plain_column(), self.table()
        key = primary_key(self.design, parent.id)
        if key is None or len(key.columns) != 1 or not child.nullable:
            raise Refused("nothing to refer to")
        made = add_column(
            self.design, child.parent or "", {"name": f"r{self.random.randrange(99)}", "type": "INTEGER"}, self.ids
        )
        self.design = apply(self.design, made.change)
        return add_foreign_key(
            self.design, child.parent or "", [made.made[0]], parent.id, key.columns, self.ids,
            on_delete=self.random.choice(("", "cascade", "set null")), name=self.random.choice(("", "fk")),
        )  # fmt: skip

    def index(self) -> Edit:
        table = self.table()
        parts = [IndexPart(column=self.column(table.id).id, desc=self.random.random() < 0.3)]
        return add_index(self.design, table.id, parts, self.ids, name=self.free("i"))

    def strict(self) -> Edit:
        table = self.table()
        alone = all(column.type in ("INTEGER", "TEXT") for column in self.design.of(Column, table.id))
        if not alone:
            raise Refused("its types are free")
        extra = {key: value for key, value in table.extra.items() if key != "strict"}
        return set_fields(
            self.design, table.id, {"extra": extra if "strict" in table.extra else extra | {"strict": "true"}}
        )
