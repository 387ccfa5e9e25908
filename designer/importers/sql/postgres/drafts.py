"""Records in the making: later statements of the script may still rename, alter or drop them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from designer.schema.base import Expr, Record

if TYPE_CHECKING:
    from designer.importers.sql.postgres.grammar import Node
    from designer.importers.sql.postgres.pieces import Piece


class Draft:
    """One record to be. `fields` are its fields, with drafts where the record will hold ids.

    `key` is (schema, name) where the record has a name that others may not have, `path` the search path that its words
    were written for.
    """

    __slots__ = ("cls", "comment", "extra", "fields", "id", "key", "name", "parent", "path", "place")

    def __init__(self, cls: type[Record], own_id: str, name: str, parent: Draft | None, place: int):
        self.cls = cls
        self.id = own_id
        self.name = name
        self.parent = parent
        self.place = place
        self.path: list[str] = []
        self.key: tuple[str, str] | None = None
        self.comment = ""
        self.fields: dict[str, Any] = {}
        self.extra: dict[str, str] = {}

    def refuse(self, reason: str) -> None:
        """Remember that a server does not take this as it is written."""
        self.extra.setdefault("refused", reason)


class Relation(Draft):
    """A table, view or materialized view: what has columns and members of its own.

    `columns` are the own columns by name, in order. `bases` are the tables that columns are inherited from,
    `heirs` the reverse; `referrers` are the foreign keys that point here.
    """

    __slots__ = ("bases", "columns", "heirs", "members", "referrers", "schema")

    def __init__(self, cls: type[Record], own_id: str, name: str, parent: Draft | None, place: int):
        super().__init__(cls, own_id, name, parent, place)
        self.schema = ""
        self.columns: dict[str, Draft] = {}
        self.members: list[Draft] = []
        self.bases: list[Relation] = []
        self.heirs: list[Relation] = []
        self.referrers: list[Draft] = []

    def column(self, name: str) -> Draft | None:
        """Return the column that a name means, inherited ones included."""
        found = self.columns.get(name)
        if found is None:
            for base in self.bases:
                found = base.column(name)
                if found is not None:
                    break
        return found

    def of(self, cls: type[Record]) -> list[Draft]:
        """Return the members that become records of a kind."""
        return [member for member in self.members if member.cls is cls]


class Written:
    """A stretch of a statement that becomes an Expr: `text[start:end]`, its tree, and the table it speaks about.

    The mentions in it are looked up when the script has been read to its end, or just before a rename changes what
    the names mean; `unknown` are then the columns that are in no table they could be in, with their places. `own` is
    the record that the statement creates, where its name stands in it.
    """

    __slots__ = ("end", "expr", "mode", "node", "own", "piece", "relation", "start", "unknown")

    def __init__(
        self, piece: Piece, start: int, end: int, node: Node | list[Node] | None,
        relation: Relation | None = None, mode: str = "",
    ):  # fmt: skip
        self.piece = piece
        self.start = start
        self.end = end
        self.node = node
        self.relation = relation
        self.mode = mode
        self.own: Draft | None = None
        self.expr: Expr | None = None
        self.unknown: list[tuple[str, int]] = []

    @property
    def text(self) -> str:
        """The words as they stand in the script."""
        return self.piece.text[self.start : self.end]


class Part:
    """One element of an index, exclusion constraint or partition key."""

    __slots__ = ("column", "fields", "written")

    def __init__(self, column: Draft | None, written: Written | None, fields: dict[str, Any]):
        self.column = column
        self.written = written
        self.fields = fields
