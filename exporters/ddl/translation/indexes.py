"""Indexes in another database: what orders and finds there, and what has no equal."""

from __future__ import annotations

import re

import msgspec

from designer.dialects import features as can
from designer.schema import Expr, Index, IndexPart, Key, Record, Table, View
from exporters.ddl.translation.kinds import BOOLEAN
from exporters.ddl.translation.lengths import Lengths
from exporters.ddl.translation.work import Work

_PLAIN = frozenset({"", "btree", "hash", "brin", "rtree"})
"""Methods that an ordinary index stands in for; what others index, it cannot."""
_WORDS_AND_PLACES = frozenset({"fulltext", "spatial"})
_WORDS = re.compile(r"to_tsvector\s*\(", re.IGNORECASE)
_SHORT = 600


class Indexes:
    """Translates indexes, and unique keys over the first characters of a text."""

    def __init__(self, work: Work, lengths: Lengths):
        self.work = work
        self.lengths = lengths

    def of(self, index: Index, owner: Table | View) -> Index | None:
        """Return an index in the target, or None with a note."""
        work = self.work
        if index.method == "fulltext" and work.family == "postgresql":
            return self._search(index)
        if index.method == "vector" and work.family == "postgresql":
            return self._nearest(index)
        if index.method == "gin" and work.family == "mysql" and (found := self._fulltext(index)):
            return found
        reason = self.why_none(index)
        if reason:
            work.lost("index", f"{reason}; the index is left out", index)
            return None
        where = self._condition(index, owner)
        if index.where is not None and where is None and work.can(can.PARTIAL_INDEXES):
            work.unsaid(index.where, index, "the index is left out")
            return None
        parts = self._parts(index, owner)
        if parts is None:
            return None
        kept = Index(
            id=index.id, parent=index.parent, order=index.order, name=index.name or self._name(index, owner),
            comment=index.comment, unique=index.unique, parts=parts, where=where,
            method=index.method if index.method in _WORDS_AND_PLACES else "", extra=_kept(index), **work.carried(index),  # type: ignore[arg-type]
        )  # fmt: skip
        return self.lengths.prefixed(kept) if work.family == "mysql" else kept

    def _name(self, index: Index, owner: Table | View) -> str:
        """Return a name for an index without one; SQLite gives none by itself."""
        if self.work.family != "sqlite":
            return ""
        names = [self.work.name(part.column) if part.column else "expr" for part in index.parts]
        return f"{self.work.name(owner.id)}_{'_'.join(names)}_idx"

    def why_none(self, index: Index) -> str:
        """Return why the target cannot have an index, or nothing."""
        work, title = self.work, self.work.target.title
        if index.method in _WORDS_AND_PLACES and work.family != "mysql":
            return f"{title} has no {index.method} indexes of this kind"
        if index.method not in _PLAIN | _WORDS_AND_PLACES:
            return f"{title} has no {index.method} indexes"
        if any(part.opclass.endswith("_trgm_ops") for part in index.parts):
            return f"{title} has no indexes over groups of three letters"
        if any(part.expr is not None for part in index.parts) and not self.takes_expressions():
            return f"{title} has no indexes over expressions"
        if index.unique and index.where is not None and not work.can(can.PARTIAL_INDEXES):
            return f"{title} has no partial indexes, and over all rows it would forbid more"
        if work.family == "mysql" and any(self.lengths.is_unindexed(part.column) for part in index.parts):
            return "" if index.method == "spatial" else f"{title} cannot index a column of such a type"
        return ""

    def takes_expressions(self) -> bool:
        """Say whether the target indexes expressions."""
        return self.work.can(can.EXPRESSION_INDEXES)

    def _condition(self, index: Index, owner: Record) -> Expr | None:
        if index.where is None:
            return None
        if not self.work.can(can.PARTIAL_INDEXES):
            message = f"{self.work.target.title} has no partial indexes; the index is over all rows"
            self.work.lost("no-partial-indexes", message, index)
            return None
        return self.work.said(index.where, owner, wanted=BOOLEAN)

    def _parts(self, index: Index, owner: Record) -> tuple[IndexPart, ...] | None:
        found = []
        for part in index.parts:
            said = self._part(part, index, owner)
            if said is None:
                return None
            found.append(said)
        return tuple(found)

    def _part(self, part: IndexPart, index: Index, owner: Record) -> IndexPart | None:
        work = self.work
        plain = msgspec.structs.replace(part, opclass="", collation="", nulls=self._nulls(part, index))
        if part.collation:
            work.lost("index-collation", f"the collation {part.collation} of a part of the index is left out", index)
        if part.expr is not None:
            expr = work.said(part.expr, owner)
            if expr is None:
                work.unsaid(part.expr, index, "the index is left out")
                return None
            return msgspec.structs.replace(plain, expr=expr)
        if part.length is None or work.can(can.PREFIX_LENGTHS):
            return plain
        return self.prefix(plain, index)

    def _nulls(self, part: IndexPart, index: Index) -> str:
        """Where nulls go is only said where it is not as it always is there."""
        if not part.nulls or self.work.can(can.INDEX_NULLS_ORDER):
            return part.nulls
        usual = "last" if part.desc else "first"
        if part.nulls != usual:
            self.work.lost(
                "nulls-order", f"nulls stand {usual} in its order: {self.work.target.title} has no choice", index
            )
        return ""

    def prefix(self, part: IndexPart, about: Index | Key) -> IndexPart:
        """Return the first characters of a column as an expression; the whole of one that is short anyway."""
        work, length = self.work, part.length
        unique = isinstance(about, Key) or about.unique
        size = self.lengths.size(part.column or "")
        whole = msgspec.structs.replace(part, length=None)
        if not unique and (work.family == "sqlite" or (size is not None and size <= _SHORT * 4)):
            return whole
        name = work.quoted(part.column or "")
        return msgspec.structs.replace(whole, column=None, expr=Expr(f"substr({name}, 1, {length})"))

    def key_as_index(self, key: Key) -> Index | None:
        """Return a unique key over first characters as a unique index, or None for a key over whole columns."""
        if self.work.can(can.PREFIX_LENGTHS) or not any(part.length for part in key.parts) or key.primary:
            return None
        parts = tuple(self.prefix(each, key) if each.length else each for each in key.parts)
        return Index(id=key.id, parent=key.parent, order=key.order, name=key.name, comment=key.comment, unique=True,
                     parts=parts)  # fmt: skip

    def _nearest(self, index: Index) -> Index:
        """Return a VECTOR index as one of pgvector for the same distance."""
        cosine = "cosine" in " ".join(index.extra.values()).lower()
        opclass = "vector_cosine_ops" if cosine else "vector_l2_ops"
        parts = tuple(IndexPart(column=part.column, opclass=opclass) for part in index.parts)
        return Index(id=index.id, parent=index.parent, order=index.order, name=index.name, comment=index.comment,
                     method="hnsw", parts=parts)  # fmt: skip

    # Words in texts

    def _search(self, index: Index) -> Index:
        """Return a FULLTEXT index as an inverted one over the words of its columns."""
        work = self.work
        names = [f"coalesce({work.quoted(part.column)}, '')" for part in index.parts if part.column]
        spaced = " || ' ' || ".join(names)
        message = "it is a gin index over to_tsvector('simple', …); queries ask it with @@ and not with MATCH"
        work.lost("fulltext", message, index)
        parts = (IndexPart(expr=Expr(f"to_tsvector('simple'::regconfig, {spaced})")),)
        return msgspec.structs.replace(index, method="gin", parts=parts, extra={})

    def _fulltext(self, index: Index) -> Index | None:
        """Return a gin index over the words of columns as a FULLTEXT index over these."""
        expr = index.parts[0].expr if len(index.parts) == 1 else None
        if expr is None or not _WORDS.match(expr.text.strip("( ")) or index.where is not None:
            return None
        columns = list(dict.fromkeys(use.id for use in expr.uses if self.lengths.is_text(use.id)))
        if not columns:
            return None
        self.work.lost("fulltext", "it is a FULLTEXT index; queries ask it with MATCH and not with @@", index)
        parts = tuple(IndexPart(column=each) for each in columns)
        return msgspec.structs.replace(index, method="fulltext", parts=parts, options="", extra={})


def _kept(record: Record) -> dict[str, str]:
    return {name: value for name, value in record.extra.items() if name == "refused"}
