"""Tables: made, dropped, and their options changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.mysql.base import MyHandler, MyPen, Phase, Place
from designer.evolution.mysql.charsets import Charset, changes, column_charset, table_charset
from designer.schema import Check, Column, ForeignKey, Id, Index, Key, Partitioning, Table
from exporters.ddl.catalog import Parts

_APART = frozenset({"engine", "charset", "collation", "auto_increment", "system_versioning", "refused", "on_commit"})
_UNSET = {
    "key_block_size": "0", "avg_row_length": "0", "max_rows": "0", "min_rows": "0", "checksum": "0",
    "delay_key_write": "0", "table_checksum": "0", "union": "()", "connection": "''", "password": "''",
    "compression": "'NONE'", "encryption": "'N'",
    "insert_method": "NO", "autoextend_size": "0", "engine_attribute": "''",
    "secondary_engine_attribute": "''", "secondary_engine": "NULL",
}  # fmt: skip
"""What takes an option back, where it is not DEFAULT."""
_REWRITING = frozenset({
    "row_format", "key_block_size", "compression", "encryption", "page_compressed", "encrypted", "data_directory",
})  # fmt: skip
_SLOTS: dict[type, str] = {
    Column: "columns", Key: "keys", Index: "indexes", ForeignKey: "foreign_keys", Check: "checks",
    Partitioning: "partitionings",
}  # fmt: skip


class TableState(NamedTuple):
    """What a server keeps of a table itself."""

    engine: str
    charset: Charset
    comment: str
    options: frozenset[tuple[str, str]]
    periods: frozenset[tuple[str, str]]
    versioned: bool
    auto_increment: int
    tablespace: str
    persistence: str


class Tables(MyHandler):
    """Tables and their options."""

    records = (Table,)
    kinds = ("table",)

    def facts(self, record: Table, side: Side[MyPen]) -> Iterator[Fact]:
        """A table without its parts."""
        path = side.catalog.schema_of(record)
        yield Fact(
            record.id, "table", side.label(record), self.state(record, side), record,
            parent=record.parent if path else None, names=frozenset({("relation", path, record.name)}),
        )  # fmt: skip

    def state(self, table: Table, side: Side[MyPen]) -> TableState:
        """Return what the server keeps."""
        extra = {key: value for key, value in table.extra.items() if key not in side.pen.twin.options}
        number = extra.get("auto_increment", "")
        return TableState(
            engine=extra.get("engine", "InnoDB").strip("'\"").lower(),
            charset=table_charset(side.design, table.id),
            comment=table.comment,
            options=frozenset(
                (key, value.lower()) for key, value in extra.items() if key not in _APART and "period_for" not in key
                if (key, value.lower()) not in (("row_format", "default"), ("checksum", "0"), ("key_block_size", "0"))
            ),
            periods=frozenset((key, value) for key, value in extra.items() if "period_for" in key),
            versioned="system_versioning" in extra,
            auto_increment=int(number) if number.isdigit() else 0,
            tablespace=table.tablespace,
            persistence=table.persistence,
        )  # fmt: skip

    def rank(self, verb: str, fact: Fact) -> int:
        """What has rows is dropped at the end; new tables may refer to changed ones."""
        phases = {"drop": Phase.ROWS_GO, "create": Phase.TABLES_COME}
        return self.ranked(phases.get(verb, Phase.TABLES_CHANGE), fact, Place.OPTION)

    # Making

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Make a table as the exporter writes it; where parts come later, with all names said."""
        table = record_of(fact, Table)
        facts = self.my.new_facts
        parts = [each for each in facts.children(fact.id) if facts[each].kind != "trigger"]
        whole = len(parts) == len(folded)
        side = self.my.plain if whole else self.new
        listed = side.catalog.parts(table) if whole else _parts_of(self.new.catalog.parts(table), folded)
        side.pen.created |= {table.id, *(key.ref_table or "" for key in listed.foreign_keys)}
        layout = side.pen.layout(table, listed)
        lines = [side.pen.column_line(column, table, layout) for column in listed.columns]
        sql = side.pen.create_table(table, listed, lines + layout.lines)
        return [self.step(sql, "create table", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Drop a table."""
        return [self.step(f"DROP TABLE {self.old.pen.path_of(fact.id)};", "drop table", old=fact, reason=reason)]

    # Changing

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """All options can be changed; the rows stay."""
        before, after = self.states(old, new)
        if before.persistence != after.persistence:
            return None
        steps = [
            self.piece(clause, operation, place, old=old, new=new, fields=fields)
            for clause, operation, place, fields in self.clauses(old, new, before, after)
        ]
        return Alteration(list(steps), self.foreign_keys(old.id) if before.engine != after.engine else frozenset())

    def states(self, old: Fact, new: Fact) -> tuple[TableState, TableState]:
        """Return the states of two facts."""
        return old.state, new.state

    def foreign_keys(self, table: Id) -> frozenset[FactId]:
        """Return the foreign keys from and to a table: another engine does not know them."""
        design = self.old.design
        return frozenset(each for each in design.referrers(table) if isinstance(design[each], ForeignKey))

    def clauses(
        self, old: Fact, new: Fact, before: TableState, after: TableState
    ) -> Iterator[tuple[str, str, Place, tuple[str, ...]]]:
        """Yield clause, operation, place and fields for each option that changes."""
        pen = self.new.pen
        if before.engine != after.engine:
            engine = new.record.extra.get("engine", "InnoDB")
            yield f"ENGINE={pen.option('engine', engine)}", "rewrite table", Place.OPTION, ("extra",)
            if before.engine == "aria" and "page_checksum" not in dict(after.options):
                yield "PAGE_CHECKSUM=DEFAULT", "settings", Place.AFTERWARDS, ("extra",)  # Aria wrote it by itself
        if changes(before.charset, after.charset):
            word = "CONVERT TO" if self.my.converts(new.id) else "DEFAULT"
            operation = "rewrite table" if word != "DEFAULT" else "settings"
            yield f"{word} {after.charset.clause()}", operation, Place.OPTION, ("extra",)
        yield from self.options(new, dict(before.options), dict(after.options))
        if before.auto_increment < after.auto_increment:
            yield f"AUTO_INCREMENT={after.auto_increment}", "settings", Place.OPTION, ("extra",)
        if before.tablespace != after.tablespace and after.tablespace:
            yield f"TABLESPACE {pen.dialect.quote(after.tablespace)}", "rewrite table", Place.OPTION, ("tablespace",)
        yield from self.periods(before, after)
        if before.comment != after.comment:
            yield f"COMMENT={pen.literal(after.comment)}", "comment", Place.OPTION, ("comment",)

    def options(
        self, new: Fact, before: dict[str, str], after: dict[str, str]
    ) -> Iterator[tuple[str, str, Place, tuple[str, ...]]]:
        """Yield the options that are set anew or taken back."""
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                value = new.record.extra[key] if key in after else _UNSET.get(key, "DEFAULT")
                operation = "rewrite table" if key in _REWRITING else "settings"
                yield f"{key.replace('_directory', ' directory').upper()}={value}", operation, Place.OPTION, ("extra",)

    def periods(self, before: TableState, after: TableState) -> Iterator[tuple[str, str, Place, tuple[str, ...]]]:
        """Yield what changes about periods and the history that MariaDB keeps."""
        quote = self.new.dialect.quote
        if before.versioned and not after.versioned:
            yield "DROP SYSTEM VERSIONING", "rewrite table", Place.OPTION, ("extra",)
        for key, _ in sorted(before.periods - after.periods):
            yield (
                f"DROP PERIOD FOR {quote(key.removeprefix('period_for_'))}",
                "drop constraint",
                Place.PERIOD_GOES,
                ("extra",),
            )
        for key, columns in sorted(after.periods - before.periods):
            yield (
                f"ADD PERIOD FOR {quote(key.removeprefix('period_for_'))} ({columns})",
                "add check",
                Place.PERIOD_COMES,
                ("extra",),
            )
        if after.versioned and not before.versioned:
            yield "ADD SYSTEM VERSIONING", "rewrite table", Place.PERIOD_COMES, ("extra",)


def _parts_of(parts: Parts, folded: Sequence[Fact]) -> Parts:
    """Return the parts of a table that are among some facts."""
    there = {fact.record.id for fact in folded}
    chosen: dict[str, Any] = {
        slot: [each for each in getattr(parts, slot) if each.id in there] for slot in _SLOTS.values()
    }
    chosen["checks"] += (each for each in parts.checks if "inline" in each.extra and each not in chosen["checks"])
    return Parts(**chosen)


def converts(old: Side[MyPen], new: Side[MyPen], table: Id) -> bool:
    """Say whether all columns of characters go from the old default of their table to the new one."""
    before, after = table_charset(old.design, table), table_charset(new.design, table)
    if not changes(before, after) or not after.name:
        return False
    found = False
    for column in new.design.of(Column, table):
        charset = column_charset(new.design, column, new.dialect.name)
        earlier = old.design.get(column.id)
        if charset is None or not isinstance(earlier, Column):
            continue
        if charset != after:
            return False
        found = found or column_charset(old.design, earlier, old.dialect.name) != after
    return found
