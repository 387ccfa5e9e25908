"""One statement of the script, with what the grammar said of it and where it stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right

from designer.importers.sql.postgres.grammar import Node


class Piece:
    """A statement: `text` stands at the character `at` of the script; the grammar's offsets count bytes from `base`.

    `note` is what a rewrite has to say. A piece that was written by a rewrite (an `INDEX` inside a
    CREATE TABLE) stands, for reports, where its original stands. A `lenient` one stands behind a test for its object,
    so that a server skips it where that is there already.
    """

    __slots__ = ("_table", "at", "base", "kind", "lenient", "node", "note", "path", "text", "within")

    def __init__(self, text: str, at: int, within: bool = True):
        self.text = text
        self.at = at
        self.base = 0
        self.kind = ""
        self.node: Node = {}
        self.within = within
        self.note = ""
        self.lenient = False
        self.path: list[str] = []
        self._table: array[int] | None = None

    def take(self, statement: Node, base: int) -> None:
        """Remember the tree that the grammar gave."""
        self.base = base
        for self.kind, self.node in statement["stmt"].items():
            break

    def pos(self, location: int) -> int:
        """Return the index in `text` of a byte location in the tree."""
        if self.text.isascii():
            return location - self.base
        if self._table is None:
            self._table = array("i")
            for index, character in enumerate(self.text):
                self._table.extend([index] * len(character.encode("utf-8", "replace")))
            self._table.append(len(self.text))
        return self._table[min(location - self.base, len(self._table) - 1)]

    def place(self, index: int = 0) -> int:
        """Return the offset in the script of an index in `text`."""
        return self.at + index if self.within else self.at


class Lines:
    """Lines and columns of a text."""

    def __init__(self, text: str):
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def of(self, offset: int) -> tuple[int, int]:
        """Return the 1-based (line, column) of a character offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
