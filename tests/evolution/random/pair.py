"""A random pair: a schema, what random edits make of it, and both ways between the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from designer.dialects.registry import get
from designer.evolution import Step, migrate
from designer.evolution.align import aligned
from designer.importers.sql import read
from designer.schema import Column, CompositeType, Design, Id, Schema, Table, first_physical
from exporters.contract import Options
from exporters.registry import get as exporter
from tests.evolution.random.edits import Editor
from tests.evolution.random.words import Words

Kept = tuple[str, str, tuple[tuple[str, str], ...]]
"""A table and its columns on the old side and on the new one, all names quoted."""


@dataclass
class Pair:
    """Two states of one schema. `faults` are what was wrong with the migrations between them."""

    seed: int
    dialect: str
    script: str
    editor: Editor
    by_text: bool
    """Whether the two sides meet as texts, which share no ids: what was renamed is then another thing."""
    old: Design = field(default_factory=Design)
    new: Design = field(default_factory=Design)
    old_text: str = ""
    new_text: str = ""
    up: Sequence[Step] = ()
    down: Sequence[Step] = ()
    faults: list[str] = field(default_factory=list)
    refused: str = ""
    """Why the server does not take the new schema at all: then there is nothing to prove."""

    def plan(self) -> None:
        """Work out both ways."""
        try:
            if self.by_text:
                self.old, self.new = (read(each, "", self.dialect).design for each in (self.old_text, self.new_text))
                found = aligned(self.old, self.new, self.dialect)
                self.old, self.new = found.old, found.new
            self.up = migrate(self.old, self.new, self.dialect).steps
            self.down = migrate(self.new, self.old, self.dialect).steps
        except Exception as error:
            self.faults.append(f"no migration: {type(error).__name__}: {error}")

    def kept(self) -> list[Kept]:
        """Return what must keep its rows: tables on both sides, their columns of one type."""
        quote = get(self.dialect).quote
        found: list[Kept] = []
        for one in self.old.of(Table):
            two = self.new.get(one.id)
            if isinstance(two, Table):
                both = [(each, self.new.get(each.id)) for each in self.old.of(Column, one.id)]
                names = tuple(
                    (quote(a.name), quote(b.name)) for a, b in both if isinstance(b, Column) and self.keeps(a, b)
                )
                found.append((_path(self.old, one, self.dialect), _path(self.new, two, self.dialect), names))
        return found

    def keeps(self, one: Column, two: Column) -> bool:
        """Say whether the values of a column read the same on both sides."""
        row = isinstance(self.old.get(one.type_ref or ""), CompositeType)  # it reads with all of its fields
        return one.type == two.type and one.generated is None and two.generated is None and not row

    def told(self) -> str:
        """Return all that is needed to see a fault again."""
        return "\n".join([
            f"-- seed {self.seed}, {self.dialect}, {'by text' if self.by_text else 'by ids'}", *self.faults,
            "-- edits", *(f"--   {each}" for each in self.editor.told),
            "-- up", *(step.sql for step in self.up), "-- down", *(step.sql for step in self.down),
            "-- old", self.old_text, "-- new", self.new_text,
        ])  # fmt: skip


def pair_of(seed: int, dialect: str, script: str, kind: type[Editor], words: Words, edits: int) -> Pair:
    """Return a pair whose old side is a script. Every third one meets as texts."""
    design = read(script, "", dialect).design
    by_text = seed % 3 == 0
    editor = kind(design, words, seed, by_text=by_text)
    new = editor.edit(edits)
    pair = Pair(seed, dialect, script, editor, by_text, design, new)
    pair.old_text, pair.new_text = (ddl(each, dialect) for each in (design, new))
    return pair


def ddl(design: Design, dialect: str) -> str:
    """Return the DDL of a design."""
    model = first_physical(design)
    return exporter("ddl").export(design, Options(dialect=dialect, model=model.id if model else None)).text


def _path(design: Design, table: Table, dialect: str) -> str:
    quote = get(dialect).quote
    home: Id = table.parent or ""
    schema = design.get(home)
    return f"{quote(schema.name)}.{quote(table.name)}" if isinstance(schema, Schema) else quote(table.name)


def judge(pairs: Sequence[Pair]) -> None:
    """Raise AssertionError with the scripts where a migration is wrong, or where most pairs proved nothing."""
    taken = [each for each in pairs if not each.refused]
    wrong = [each for each in taken if each.faults]
    assert not wrong, "\n\n".join(each.told() for each in wrong[:3])
    assert len(taken) >= len(pairs) * 0.9, [each.refused for each in pairs if each.refused]
    assert sum(bool(each.up and each.down) for each in taken) >= len(taken) * 0.9, "hardly anything was edited"
