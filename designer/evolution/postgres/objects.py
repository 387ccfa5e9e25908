"""What the handlers of objects beside tables share: where an object lives, what its words mean, its steps."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from designer.evolution.contract import Remark, Step
from designer.evolution.facts import Fact, FactId, Name
from designer.evolution.handlers import Side
from designer.evolution.postgres.base import PostgresHandler, PostgresPen
from designer.evolution.postgres.lookup import DEFAULT, Lookup
from designer.evolution.postgres.marking import Marking
from designer.evolution.postgres.trees import Mentions
from designer.schema import Design, Expr, Id, Named, Record, Schema, Statement, Table
from designer.schema.expressions import render

NOTHING: frozenset[FactId] = frozenset()
NOTHING_TAKEN: frozenset[Name] = frozenset()
PgSide = Side[PostgresPen]


@dataclass(frozen=True, eq=False)
class Given:
    """A value that one side may leave to the server: where either is empty the two are equal."""

    value: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Given):
            return NotImplemented
        return self.value == other.value or not self.value or not other.value

    def __hash__(self) -> int:
        return 0


class ObjectHandler(PostgresHandler):
    """A handler of objects that stand in a schema, or for themselves."""

    def lookup(self, side: PgSide) -> Lookup:
        """Return what names mean on a side, by the names that it has now."""
        return lookup_of(side.pen, side.design, side.model.id)

    def written(self, side: PgSide) -> Design:
        """Return the design whose names the server's own texts have: the old side before its renames."""
        is_old = side is getattr(self.mover, "old", None)
        return self.postgres.before if is_old else side.design

    def written_lookup(self, side: PgSide) -> Lookup:
        """Return what names mean in the texts as the server has them."""
        design = self.written(side)
        return self.lookup(side) if design is side.design else lookup_of(side.pen, design, side.model.id)

    def said(self, record: Statement, side: PgSide) -> Expr:
        """Return the text of a verbatim statement with its mentions of what is renamed, marked or not."""
        found: Marking | None = side.pen.__dict__.get("marking")
        if found is None:
            both = (self.postgres.before, self.postgres.after)
            one, two = both if side is self.mover.old else both[::-1]
            found = side.pen.__dict__["marking"] = Marking(one, two, self.written_lookup(side))
        return found.marked(record)

    def statement_text(self, record: Statement, side: PgSide) -> str:
        """Return a verbatim statement with the names that its side has now, without its end."""
        return self.text(self.said(record, side), side).rstrip().rstrip(";")

    def text(self, expr: Expr, side: PgSide, design: Design | None = None) -> str:
        """Return a text with the names of a design, those of the side unless another is given."""
        source = side.pen.speech.source
        return render(expr, design or side.design, source.quote, source.unquote)

    def home(self, record: Record, side: PgSide) -> frozenset[FactId]:
        """Return the schemas without which a record's statement cannot run."""
        found: set[Id] = set()
        if record.parent and isinstance(side.design.get(record.parent), Schema):
            found.add(record.parent)
        if "search_path" in record.extra:
            found.update(side.pen.finder.on_path(record.extra["search_path"]))
        return frozenset(found)

    def space(self, what: str, record: Named, side: PgSide) -> frozenset[Name]:
        """Return the name that an object takes in its schema."""
        return frozenset({(what, side.catalog.schema_of(record) or DEFAULT, record.name)})

    def starred(self, said: Mentions, homes: Iterable[str], side: PgSide) -> Iterator[Table]:
        """Yield the tables of which a query may take every column there is."""
        if said.starred:
            look = self.lookup(side)
            for path in said.relations:
                found = look.relation(path, homes)
                if isinstance(found, Table):
                    yield found

    def dropped_columns(self, tables: Iterable[Table], side: PgSide) -> frozenset[Name]:
        """Return the names of columns that tables lose: what takes every column has to come behind their drop."""
        if side is getattr(self.mover, "old", None):
            return NOTHING_TAKEN
        before = self.mover.old.catalog
        return frozenset(
            ("column", table.id, column.name)
            for table in tables
            for column in before.parts(table).columns
            if column.id not in side.design
        )

    def fact(
        self, record: Record, kind: str, state: Hashable, side: PgSide, *, needs: Iterable[FactId] = (),
        wants: Iterable[FactId] = (), names: Iterable[Name] = (), parent: FactId | None = None, extra: Any = None,
        own: FactId = "", label: str = "",
    ) -> Fact:  # fmt: skip
        """Return a fact about a record. What it says that it needs of itself is left out."""
        each = own or record.id
        return Fact(
            each, kind, label or side.label(record), state, record, parent, frozenset(needs) - {each},
            frozenset(wants) - {each}, frozenset(names), extra,
        )  # fmt: skip

    def made(self, sql: str, fact: Fact, reason: str = "", operation: str = "create") -> list[Step]:
        """Return the step that makes a fact, under the search path of its words."""
        return [self.step(sql, operation, new=fact, reason=reason)]

    def dropped(self, sql: str, fact: Fact, reason: str = "", operation: str = "drop") -> list[Step]:
        """Return the step that drops a fact."""
        return [self.step(sql, operation, old=fact, reason=reason)]

    def changed(self, sql: str, old: Fact, new: Fact, *fields: str, operation: str = "replace") -> Step:
        """Return a step that changes a fact in place."""
        return self.step(sql, operation, old=old, new=new, fields=fields)

    def remark(self, message: str, fact: Fact, code: str = "") -> None:
        """Say something that belongs to no step."""
        self.mover.remarks.append(Remark(message, fact.record.id, code))


def lookup_of(pen: PostgresPen, design: Design, model: Id) -> Lookup:
    """Return what the names of a design mean, looked up once."""
    known: dict[int, Lookup] = pen.__dict__.setdefault("lookups", {})
    found = known.get(id(design))
    if found is None:
        found = known[id(design)] = Lookup(design, model)
    return found


def without_comment(record: Any) -> Any:
    """Return a record without its comment, which is a fact of its own."""
    return msgspec.structs.replace(record, comment="") if record.comment else record


def is_left_out(record: Record) -> bool:
    """Say whether a server refuses a record, so that no script makes it."""
    return bool(record.extra.get("refused"))


def first(statements: Iterator[str]) -> str:
    """Return the statement that makes an object, without those behind it."""
    return next(iter(statements))
