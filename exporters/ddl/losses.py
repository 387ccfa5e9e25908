"""What another database has no word for: noted, and left out or said in simpler words."""

from __future__ import annotations

import msgspec

from designer.dialects import features as can
from designer.dialects.logical import logical_type
from designer.schema import Column, Expr, Index, Key, Table
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import HARMLESS, ConstraintPen

_PLAIN_METHODS = frozenset({"", "btree", "hash", "brin"})
"""Index methods that an ordinary index stands in for; what others index, it cannot."""
_TEXT_METHODS = frozenset({"fulltext", "spatial"})
_NO_OPTIONS = HARMLESS | {"refused", "auto_increment"}
_NOT_INDEXED = frozenset({"json", "geometry", "vector", "tsvector"})


class LossPen(ConstraintPen):
    """Tells what is lost between two databases."""

    def is_lost(self, table: Table, parts: Parts) -> bool:
        """Say whether a table has no place in the target; note that, and what else of it is lost."""
        if table.partition_of is not None and not self.supports(can.PARTITION_TABLES):
            self.lost("no-partitions", "a partition is no table of its own there; it is left out", table)
            return True
        for partitioning in parts.partitionings:
            self.lost("no-partitions", "partitions are not translated; the table is not partitioned", partitioning)
        if table.inherits and not self.supports(can.INHERITANCE):
            self.lost(
                "no-inheritance", "it is written with the columns of its parents, without the link to them", table
            )
        if table.row_security and not self.supports(can.ROW_SECURITY):
            self.lost("no-row-security", f"{self.dialect.title} has no row security", table)
        self.lost_options(table, parts)
        return False

    def lost_options(self, table: Table, parts: Parts) -> None:
        """Note the options that only the source knows."""
        for record in (table, *parts.columns, *parts.keys, *parts.indexes):
            for option in sorted(record.extra.keys() - _NO_OPTIONS):
                message = f"the option {option} of {self.speech.source.title} is left out"
                self.notes.repeat("option", message, self.catalog.label(record), record.id)
        for column in parts.columns:
            self.lost_words(column)

    def lost_words(self, column: Column) -> None:
        """Note what the definition of a column says only in the source."""
        said = {"collation": column.collation, "ON UPDATE": column.on_update, "storage": column.storage}
        for word, text in said.items():
            if text:
                message = f"the {word} of a column is not translated"
                self.notes.repeat(word.lower().replace(" ", "-"), message, self.catalog.label(column), column.id)

    def simpler_index(self, index: Index) -> Index | None:
        """Return what is left of an index in the target, or None with a note where nothing is."""
        if not self.speech.translates:
            return index
        reason = self.why_no_index(index)
        if reason:
            self.lost("index", f"{reason}; the index is left out", index)
            return None
        if any(part.expr is not None and self.speech.expr(part.expr, index.id) is None for part in index.parts):
            return None
        return msgspec.structs.replace(
            index,
            where=self.kept_condition(index),
            method=index.method if self.supports(can.INDEX_METHODS) else "",
            options="",
            tablespace="",
            parts=tuple(
                msgspec.structs.replace(part, opclass="", collation="", length=self.kept_length(part.length, index))
                for part in index.parts
            ),
        )

    def why_no_index(self, index: Index) -> str:
        """Return why the target cannot have an index, or nothing."""
        title = self.dialect.title
        if index.method in _TEXT_METHODS and not self.supports(can.FULLTEXT):
            return f"{title} has no {index.method} indexes of this kind"
        if index.method not in _PLAIN_METHODS | _TEXT_METHODS and not self.supports(can.INDEX_METHODS):
            return f"{title} has no {index.method} indexes"
        if any(part.expr is not None for part in index.parts) and not self.supports(can.EXPRESSION_INDEXES):
            return f"{title} has no indexes over expressions"
        if index.unique and index.where is not None and not self.supports(can.PARTIAL_INDEXES):
            return f"{title} has no partial indexes, and over all rows it would forbid more"
        if self.supports(can.PREFIX_LENGTHS) and any(self.is_unindexed(part.column) for part in index.parts):
            return f"{title} cannot index a column of such a type"
        return ""

    def is_unindexed(self, column: str | None) -> bool:
        """Say whether a column is of a type that MySQL does not index as it is."""
        record = self.design.get(column) if column else None
        if not isinstance(record, Column):
            return False
        logical = logical_type(record.type, self.speech.source)
        return logical.endswith("[]") or logical.partition("(")[0] in _NOT_INDEXED

    def kept_condition(self, index: Index) -> Expr | None:
        """Return the condition of a partial index, where there can be one."""
        if index.where is None or self.can(can.PARTIAL_INDEXES, index, "the index is over all rows"):
            return index.where
        return None

    def kept_length(self, length: int | None, index: Index | Key) -> int | None:
        """Return the prefix length of an index part, where there can be one."""
        if length is None or self.can(can.PREFIX_LENGTHS, index, "the index is over whole values"):
            return length
        return None
