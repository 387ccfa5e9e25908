"""Tables in another database, with what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from designer.dialects import features as can
from designer.schema import Check, Column, Expr, ForeignKey, Id, Index, IndexPart, Key, Record, Table
from exporters.ddl.catalog import Parts
from exporters.ddl.translation.columns import Columns
from exporters.ddl.translation.conditions import EXACT
from exporters.ddl.translation.counting import Counting
from exporters.ddl.translation.indexes import Indexes
from exporters.ddl.translation.keys import Keys
from exporters.ddl.translation.kinds import BOOLEAN
from exporters.ddl.translation.lengths import Lengths
from exporters.ddl.translation.moments import touching
from exporters.ddl.translation.names import shortened
from exporters.ddl.translation.partitions import Partitions
from exporters.ddl.translation.types import Types
from exporters.ddl.translation.work import Work

_HARMLESS = frozenset({"refused", "inline", "auto_increment", "search_path", "sql_mode", "time_zone"})
_USUAL = frozenset({"engine", "charset", "collation", "charset_of_text"})
_COMMENT_LIMITS = {Table: 2048, Column: 1024, Index: 1024, Key: 1024}


class Tables:
    """Translates tables."""

    def __init__(self, work: Work, types: Types, counting: Counting, lengths: Lengths):
        self.work = work
        self.lengths = lengths
        self.counting = counting
        self.columns = Columns(work, types, counting)
        self.indexes = Indexes(work, lengths)
        self.keys = Keys(work, lengths)
        self.partitions = Partitions(work)

    def prepare(self) -> None:
        """Find what holds for all tables before the first is written: lengths, and which have no place."""
        tables = self.work.catalog.of(Table)
        for table in tables:
            if table.partition_of is not None and not self.work.can(can.PARTITION_TABLES):
                self.keys.gone.add(table.id)
        if self.work.family != "mysql":
            return
        for table in tables:
            for key in self.work.parts(table).foreign_keys:
                self.lengths.fit_referred_to(key.ref_columns)
        for table in tables:
            self.lengths.fit(table)

    def path(self, record: Record) -> str:
        """Return the name of a table or view in the target, as it is written there."""
        name = self.work.target.quote(self.work.name(record.id))
        schema = self.work.catalog.schema_of(record) if self.work.can(can.SCHEMAS) else ""
        return f"{self.work.target.quote(schema)}.{name}" if schema else name

    def of(self, table: Table) -> list[Record]:
        """Return the records of a table in the target."""
        if table.id in self.keys.gone:
            self._note_partition(table)
            return []
        parts = self.work.parts(table)
        divided = self.partitions.of(table)
        self._note(table, parts)
        columns = {each.id: self.columns.column(each, table) for each in parts.columns}
        found: list[Record] = [self._table(table, parts), *columns.values()]
        found += self._keys(parts)
        found += self._checks(table, parts)
        found += filter(None, (self.keys.foreign_key(each, columns) for each in parts.foreign_keys))
        found += filter(None, (self.indexes.of(each, table) for each in parts.indexes))
        found += self._counting_index(table, columns, found)
        found += self._touching(table, parts)
        if divided is not None:
            found += [divided.partitioning, *divided.tables]
        return [self._called(self._commented(each)) for each in found]

    def _table(self, table: Table, parts: Parts) -> Table:
        work = self.work
        extra = {name: value for name, value in table.extra.items() if name == "refused"}
        if work.family == "mysql":
            extra |= {"charset": "utf8mb4", "collation": EXACT[work.target.name]}
            starts = [counted.start for each in parts.columns if (counted := self.counting.counted.get(each.id))]
            if starts and starts[0] not in (None, 1):
                extra["auto_increment"] = str(starts[0])
        return Table(
            id=table.id, parent=work.named[table.id].parent, order=table.order, name=work.name(table.id),
            comment=table.comment, persistence=table.persistence, inherits=(), extra=extra,
        )  # fmt: skip

    def _keys(self, parts: Parts) -> Iterator[Record]:
        for key in parts.keys:
            made = self.indexes.key_as_index(key) or self.keys.key(key)
            if made is not None:
                yield made

    # Checks

    def _checks(self, table: Table, parts: Parts) -> Iterator[Check]:
        work = self.work
        bound = self._bound(parts)
        for check in parts.checks:
            if check.id in self.columns.types.said:
                continue
            used = {use.id for use in check.expr.uses}
            reason = self._why_no_check(used, bound)
            said = work.said(check.expr, table, wanted=BOOLEAN) if not reason else None
            if reason:
                work.lost("check", f"{reason}; the check is left out", check)
            elif said is None:
                work.unsaid(check.expr, check, "the check is left out")
            elif not self._goes_without_saying(said, table, parts):
                yield Check(
                    id=check.id, parent=table.id, order=check.order, name=check.name, comment=check.comment, expr=said,
                    no_inherit=False, not_valid=check.not_valid and work.family == "postgresql",
                    not_enforced=check.not_enforced,
                    extra={name: value for name, value in check.extra.items() if name == "refused"},
                )  # fmt: skip
        for column in parts.columns:
            for at, text in enumerate(self.columns.conditions(column, table)):
                if not (bound & {column.id} and work.family == "mysql"):
                    yield Check(id=f"{column.id}.check{at}", parent=table.id, expr=Expr(text))

    def _bound(self, parts: Parts) -> set[Id]:
        """Return the columns that an action of a foreign key writes to: MySQL allows no checks of these."""
        found: set[Id] = set()
        for key in parts.foreign_keys:
            if key.on_delete in ("set null", "set default") or key.on_update in ("cascade", "set null", "set default"):
                found.update(key.columns)
        return found

    def _why_no_check(self, used: set[Id], bound: set[Id]) -> str:
        if self.work.family != "mysql":
            return ""
        if used & self.counting.counted.keys():
            return f"{self.work.target.title} allows no check of a column that numbers the rows"
        if used & bound:
            return f"{self.work.target.title} allows no check of a column that a foreign key empties or updates"
        return ""

    def _goes_without_saying(self, said: Expr, table: Table, parts: Parts) -> bool:
        """Say whether a check only says what a boolean is: `flag IN (0, 1)`."""
        truths = {self.work.quoted(each.id) for each in parts.columns if self.work.logical[each.id] == "boolean"}
        subject, _, values = said.text.strip("()").partition(" IN (")
        return subject in truths and values.upper() in ("FALSE, TRUE", "0, 1")

    # What else

    def _counting_index(self, table: Table, columns: dict[Id, Column], found: list[Record]) -> Iterator[Index]:
        """A column that counts must begin a key in MySQL; one that does not gets an index."""
        if self.work.family != "mysql":
            return
        firsts = {_first(each) for each in found if isinstance(each, (Key, Index))}
        for column in columns.values():
            if column.identity and column.id not in firsts:
                yield Index(id=f"{column.id}.counts", parent=table.id, parts=(IndexPart(column=column.id),))

    def _touching(self, table: Table, parts: Parts) -> Iterator[Record]:
        for column in parts.columns:
            if column.on_update and self.work.source_family == "mysql":
                yield from touching(self.work, table, column, self.path(table))

    def _commented(self, record: Record) -> Record:
        """Return a record with as much of its comment as the target keeps."""
        work = self.work
        if not record.comment or work.family == "postgresql":
            return record
        limit = _COMMENT_LIMITS.get(type(record)) if work.family == "mysql" else None
        source = work.catalog.design.get(record.id, record)
        if limit is None:
            work.lost("no-comments", f"{work.target.title} keeps no comment of it; the comment is left out", source)
            return msgspec.structs.replace(record, comment="")
        if len(record.comment) <= limit:
            return record
        work.lost(
            "comment-length",
            f"{work.target.title} keeps {limit} characters of its comment; the rest is left out",
            source,
        )
        return msgspec.structs.replace(record, comment=record.comment[:limit])

    def _called(self, record: Record) -> Record:
        """Return a constraint or index with a name that the target can hold, and give itself a second one from."""
        if not isinstance(record, (Key, ForeignKey, Check, Index)):
            return record
        name = record.name or self._made_name(record)
        if self.work.target.holds(name):
            return record
        short = shortened(name, self.work.target)
        if record.name:
            message = f"{self.work.target.title} cannot hold this name; it is called {short}"
            self.work.lost("name", message, self.work.catalog.design.get(record.id, record))
        return msgspec.structs.replace(record, name=short)

    def _made_name(self, record: Record) -> str:
        """Return the name that MySQL would make for a key or foreign key, where that is too long; else nothing."""
        if self.work.family != "mysql":
            return ""
        if isinstance(record, ForeignKey):
            table = self.work.name(record.parent or "")
            return "" if self.work.target.holds(f"{table}_ibfk_000") else f"{table}\0{record.id}"
        first = _first(record)
        if first is None or getattr(record, "primary", False) or self.work.target.holds(f"{self.work.name(first)}_000"):
            return ""
        return f"{self.work.name(first)}\0{record.id}"

    # Notes

    def _note_partition(self, table: Table) -> None:
        parent = self.work.catalog.design.get(table.partition_of or "")
        while isinstance(parent, Table) and parent.partition_of:
            parent = self.work.catalog.design.get(parent.partition_of)
        if isinstance(parent, Table) and self._is_told(parent):
            return
        self.work.lost(
            "no-partitions", "it is no table of its own there; its rows are in the table that it divides", table
        )

    def _is_told(self, table: Table) -> bool:
        """Say whether a table is divided in the target as well."""
        notes, self.work.notes = self.work.notes, type(self.work.notes)()
        try:
            return self.partitions.of(table) is not None
        finally:
            self.work.notes = notes

    def _note(self, table: Table, parts: Parts) -> None:
        work, title = self.work, self.work.target.title
        if table.inherits:
            message = (
                "it has the columns and checks of its parents as its own; queries of the parents do not see its rows"
            )
            work.lost("no-inheritance", message, table)
        if table.row_security:
            work.lost("no-row-security", f"{title} has no row security; all rows are seen", table)
        for policy in parts.policies:
            work.lost("no-row-security", f"{title} has no row security; the policy is left out", policy)
        for exclusion in parts.exclusions:
            work.lost("no-exclusions", f"{title} has no exclusion constraints; it is left out", exclusion)
        for trigger in parts.triggers:
            message = f"it is written in the words of {work.source.title}; it is left out, write it anew"
            work.lost("verbatim", message, trigger)
        for word in ("options", "access_method", "tablespace"):
            if getattr(table, word):
                work.lost("option", f"its {word.replace('_', ' ')} {getattr(table, word)} are left out", table)
        if work.source_family == "postgresql" and table.replica_identity:
            work.lost("option", f"its replica identity {table.replica_identity} is left out", table)
        for record in (table, *parts.columns, *parts.keys, *parts.indexes, *parts.checks):
            for option in sorted(record.extra.keys() - _HARMLESS - _USUAL):
                work.lost("option", f"the option {option} of {work.source.title} is left out", record)


def _first(record: Record) -> Id | None:
    if isinstance(record, Index):
        return record.parts[0].column if record.parts else None
    if isinstance(record, Key):
        return record.parts[0].column if record.parts else next(iter(record.columns), None)
    return None
