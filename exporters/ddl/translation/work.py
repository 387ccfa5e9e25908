"""What every part of a translation works with: both dialects, the model as it is, its names in the target, notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.schema import Column, Design, DomainType, Expr, Id, Index, Key, Named, Record
from designer.schema.expressions import render
from exporters.ddl.catalog import Catalog, Parts
from exporters.ddl.notes import Notes
from exporters.ddl.translation.conditions import FAMILY, Translator

_SHOWN = 80


@dataclass(slots=True)
class Work:
    """One translation. `names` are the records that are called otherwise in the target, by id."""

    catalog: Catalog
    source: Dialect
    target: Dialect
    notes: Notes
    named: Design
    """The design with the names that it has in the target."""
    translator: Translator = field(init=False)
    logical: dict[Id, str] = field(default_factory=dict)
    """The logical type of each column, domains flattened."""
    made: list[Record] = field(default_factory=list)
    """Records of the translation that have no record of the source to stand for: types, sequences, triggers."""

    spoken: Design = field(init=False)
    """The design with new names for columns only: a query goes on speaking of tables by their names in the source."""

    def __post_init__(self) -> None:
        self.translator = Translator(self.source, self.target)
        records = {record.id: record for record in self.catalog.design.records()}
        for parts in self.catalog.hanging.values():
            records.update((each.id, self.named[each.id]) for each in parts.columns)
        self.spoken = Design(records)

    @property
    def family(self) -> str:
        """The target; `mysql` for MariaDB as well."""
        return FAMILY.get(self.target.name, self.target.name)

    @property
    def source_family(self) -> str:
        """The source; `mysql` for MariaDB as well."""
        return FAMILY.get(self.source.name, self.source.name)

    def can(self, feature: str) -> bool:
        """Say whether the target has a feature."""
        return self.target.supports(feature)

    def lost(self, code: str, sentence: str, record: Record) -> None:
        """Note what is lost of a record, and what is written instead."""
        self.notes.repeat(code, sentence, self.catalog.label(record), record.id)

    def carried(self, record: Key | Index) -> dict[str, object]:
        """Return what a key or index says beyond its parts, as far as the target can say it; the rest is noted."""
        title = self.target.title
        if record.include and not self.can(can.COVERING):
            self.lost("no-covering", f"{title} has no INCLUDE; the columns are left out of it", record)
        if record.nulls_not_distinct and not self.can(can.NULLS_NOT_DISTINCT):
            self.lost("no-nulls-not-distinct", f"{title} takes any number of nulls in it", record)
        return {
            "include": record.include if self.can(can.COVERING) else (),
            "nulls_not_distinct": record.nulls_not_distinct and self.can(can.NULLS_NOT_DISTINCT),
        }

    def parts(self, owner: Record) -> Parts:
        """Return what hangs on a table, view or domain type, with its names in the source."""
        return self.catalog.parts(owner)

    def name(self, record: Id) -> str:
        """Return what a record is called in the target."""
        found = self.named.get(record)
        return found.name if isinstance(found, Named) else ""

    def quoted(self, column: Id) -> str:
        """Return the name of a column as the target writes it."""
        return self.target.quote(self.name(column))

    def column(self, key: Id | None) -> Column | None:
        """Return a column by its id."""
        found = self.catalog.design.get(key) if key else None
        return found if isinstance(found, Column) else None

    def type_of(self, column: Column | DomainType) -> Record | None:
        """Return the enum, domain or composite type of a column."""
        return self.catalog.design.get(column.type_ref) if column.type_ref else None

    # Expressions

    def text(self, expr: Expr) -> str:
        """Return an expression of the source with the names that its columns have in the target."""
        if not expr.uses:
            return expr.text
        return render(expr, self.spoken, self.source.quote, self.source.unquote)

    def kinds(self, table: Record) -> dict[str, str]:
        """Return the logical types of the columns of a table, by their names in the target."""
        return {self.name(each.id): self.logical.get(each.id, "") for each in self.parts(table).columns}

    def said(self, expr: Expr, table: Record, instead: dict[str, str] | None = None, wanted: str = "") -> Expr | None:
        """Return an expression in the target, or None where it cannot be said; nothing is noted."""
        found = self.translator.condition(self.text(expr), self.kinds(table), instead, wanted)
        return None if found is None else Expr(found)

    def unsaid(self, expr: Expr, record: Record, what: str) -> None:
        """Note that an expression cannot be said, and what comes of it."""
        shown = " ".join(expr.text.split())
        shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
        message = f"{self.target.title} may not understand {shown}; {what}, write it anew"
        self.lost("expression", message, record)
