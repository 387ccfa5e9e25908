"""Columns in another database: type, default, numbering, generation, collation."""

from __future__ import annotations

import re

from designer.dialects import features as can
from designer.schema import Column, DomainType, EnumType, Expr, Id, Table
from exporters.ddl.translation.collations import collation
from exporters.ddl.translation.counting import Counted, Counting
from exporters.ddl.translation.kinds import kind_of_type
from exporters.ddl.translation.types import Types, labels
from exporters.ddl.translation.values import Defaults
from exporters.ddl.translation.work import Work

_NOT_NULL = re.compile(r"\(*\s*VALUE\s+IS\s+NOT\s+NULL\s*\)*\Z", re.IGNORECASE)


class Columns:
    """Translates columns."""

    def __init__(self, work: Work, types: Types, counting: Counting):
        self.work = work
        self.types = types
        self.counting = counting
        self.defaults = Defaults(work.source, work.target)
        self.enums: dict[tuple[str, ...], EnumType] = {}
        self.taken: set[str] | None = None
        self.unique = self._unique()
        self.indexed = self._indexed()

    def _unique(self) -> set[Id]:
        """Return the columns of keys and unique indexes."""
        found: set[Id] = set()
        for parts in self.work.catalog.hanging.values():
            for key in parts.keys:
                found.update(key.columns)
            for index in parts.indexes:
                if index.unique:
                    found.update(part.column for part in index.parts if part.column)
        return found

    def _indexed(self) -> set[Id]:
        """Return the columns that an index or a key holds."""
        found = set(self.unique)
        for parts in self.work.catalog.hanging.values():
            for index in parts.indexes:
                found.update(part.column for part in index.parts if part.column)
            for key in parts.foreign_keys:
                found.update(key.columns)
        return found

    def column(self, column: Column, table: Table) -> Column:
        """Return a column in the target."""
        work = self.work
        counted = self._counted(column)
        enum = self._enum(column, table)
        raw = work.target.quote_type(enum.name) if enum is not None else self._type(column, counted)
        generated, kind = self._generated(column, table)
        self._note(column)
        return Column(
            id=column.id, parent=table.id, order=column.order, name=work.name(column.id), comment=column.comment,
            type=raw, type_ref=enum.id if enum is not None else None, nullable=self._nullable(column, generated),
            default=None if counted is not None or generated is not None else self._default(column, raw),
            generated=generated, generated_kind=kind, identity=self._identity(counted),
            identity_options=self._identity_options(counted),
            collation=collation(work, column, table, column.id in self.unique),
            extra={name: value for name, value in column.extra.items() if name == "refused"},
        )  # fmt: skip

    def _type(self, column: Column, counted: Counted | None) -> str:
        self.types.note_numbers(column)
        if counted is not None and self.work.target.name == "sqlite":
            return "integer"
        return self.types.raw(column)

    def _nullable(self, column: Column, generated: Expr | None) -> bool:
        named = self.work.type_of(column)
        inside = isinstance(named, DomainType) and not named.nullable and "[" not in column.type
        if column.nullable and not inside:
            return True
        if generated is not None and self.work.target.name == "mariadb":
            message = "MariaDB takes no NOT NULL for a generated column; it is left out"
            self.work.lost("generated-not-null", message, column)
            return True
        return False

    def _note(self, column: Column) -> None:
        for word, said in (("storage", column.storage), ("compression", column.compression)):
            if said:
                self.work.lost("storage", f"its {word} {said} is left out", column)
        if getattr(column, "statistics", None) is not None:
            self.work.lost("storage", f"its statistics target {column.statistics} is left out", column)

    # Enums

    def _enum(self, column: Column, table: Table) -> EnumType | None:
        """Return the enum type that stands for an ENUM of MySQL; columns with the same labels share one."""
        work, logical = self.work, self.work.logical[column.id]
        if not logical.startswith("enum(") or logical.endswith("]") or not work.can(can.ENUM_TYPES):
            return None
        values = tuple(labels(logical, work))
        if values not in self.enums:
            name = self._free(f"{work.name(table.id)}_{work.name(column.id)}")
            enum = EnumType(id=f"{column.id}.enum", parent=work.named[table.id].parent, name=name, values=values)
            self.enums[values] = enum
            work.made.append(enum)
        return self.enums[values]

    def _free(self, name: str) -> str:
        """Return a name that no table, view or type has."""
        if self.taken is None:
            self.taken = {self.work.name(each.id) for each in self.work.catalog.objects}
        free, number = name, 1
        while free in self.taken or not self.work.target.holds(free):
            number += 1
            free = f"{name[:48]}_{number}"
        self.taken.add(free)
        return free

    # Numbering

    def _counted(self, column: Column) -> Counted | None:
        """Return how a column counts in the target, or None; what cannot be kept of it is noted."""
        work, counted = self.work, self.counting.counted.get(column.id)
        if counted is None:
            return None
        title = work.target.title
        if column.id not in self.counting.kept:
            where = "in the only column of a primary key" if work.family == "sqlite" else "in one column of a table"
            if self.counting.next_value(column) is None:
                work.lost("counting", f"{title} numbers rows only {where}; here numbers must be given", column)
            return None
        if counted.always and work.family != "postgresql":
            work.lost(
                "identity-always", f"{title} takes numbers that are given as well; it numbers where none is", column
            )
        if counted.step not in (None, 1) and work.family != "postgresql":
            work.lost("identity-step", f"{title} counts by one here, and not by {counted.step}", column)
        if counted.start not in (None, 1) and work.family == "sqlite":
            work.lost("identity-start", f"SQLite counts from 1 here, and not from {counted.start}", column)
        return counted

    def _identity(self, counted: Counted | None) -> str:
        if counted is None:
            return ""
        return {"postgresql": "by default", "mysql": "auto_increment", "sqlite": "autoincrement"}[self.work.family]

    def _identity_options(self, counted: Counted | None) -> str:
        if counted is None or self.work.family != "postgresql" or counted.start in (None, 1):
            return ""
        return f"START WITH {counted.start}"

    # Defaults

    def _default(self, column: Column, raw: str) -> Expr | None:
        work, named = self.work, self.work.type_of(column)
        default = column.default
        if default is None and isinstance(named, DomainType):
            default = named.default
        if default is None:
            return None
        text = self.counting.next_value(column) or self.defaults.said(work.text(default), work.logical[column.id], raw)
        if text is not None and self._is_label(text, column):
            return Expr(text)
        shown = " ".join(default.text.split())
        work.lost("default", f"{work.target.title} has no word for the default {shown[:80]}; it is left out", column)
        return None

    def _is_label(self, text: str, column: Column) -> bool:
        """Say whether the default of an enum is one of its labels; some servers refuse any other."""
        logical = self.work.logical[column.id]
        if not logical.startswith("enum(") or logical.endswith("]") or not text.startswith("'"):
            return True
        return text in {self.work.target.literal(each) for each in labels(logical, self.work)}

    # Generated columns

    def _generated(self, column: Column, table: Table) -> tuple[Expr | None, str]:
        work = self.work
        if column.generated is None:
            return None, ""
        said = None
        if not self._reads_number(column) and not column.extra.get("refused"):
            wanted = kind_of_type(work.logical[column.id])
            said = work.said(column.generated, table, self.instead(table), wanted)
        if said is None:
            work.unsaid(column.generated, column, "it is a plain column")
            return None, ""
        kind = column.generated_kind or "virtual"
        if work.family == "postgresql" and (column.id in self.indexed or "enum" in self._held(column, table)):
            kind = "stored"
        return said, kind

    def _held(self, column: Column, table: Table) -> str:
        uses = column.generated.uses if column.generated is not None else ()
        used = {use.id for use in uses} | {column.id}
        return " ".join(self.work.logical[each].partition("(")[0] for each in used if each in self.work.logical)

    def _reads_number(self, column: Column) -> bool:
        """Say whether a generated column reads one that numbers the rows, which MySQL does not allow."""
        uses = column.generated.uses if column.generated is not None else ()
        return self.work.family == "mysql" and any(use.id in self.counting.counted for use in uses)

    def instead(self, table: Table) -> dict[str, str]:
        """Return what PostgreSQL reads in the place of a generated column: its expression."""
        if self.work.family != "postgresql":
            return {}
        return {
            self.work.name(each.id): self.work.text(each.generated)
            for each in self.work.parts(table).columns
            if each.generated is not None
        }

    # Conditions of types and domains

    def conditions(self, column: Column, table: Table) -> list[str]:
        """Return the conditions that the type of a column stands for in the source, but not in the target."""
        named = self.work.type_of(column)
        found = self.types.conditions(column)
        if not isinstance(named, DomainType) or "[" in column.type:
            return found
        return [*found, *self._of_domain(named, column, table)]

    def _of_domain(self, domain: DomainType, column: Column, table: Table) -> list[str]:
        work, found = self.work, []
        above = work.type_of(domain)
        if isinstance(above, DomainType):
            found += self._of_domain(above, column, table)
        for check in work.parts(domain).checks:
            if _NOT_NULL.match(check.expr.text) or (work.family == "mysql" and column.id in self.counting.kept):
                continue
            text = work.translator.condition(
                work.text(check.expr), work.kinds(table), {"VALUE": work.source.quote(work.name(column.id))}
            )
            if text is None:
                work.unsaid(check.expr, column, f"the check of {domain.name} is left out")
            else:
                found.append(text)
        return found
