"""An exported script as statements, each with its line and the record that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.compare.side import Side
from designer.dialects.registry import get
from designer.importers.sql.generic.splitter import split as split_generic
from designer.importers.sql.postgres.split import STATEMENT
from designer.importers.sql.postgres.split import split as split_postgres
from designer.proof.contract import Piece
from designer.schema import Design, Id, Named, Publication, Routine, Statement, Table, Trigger, View

_NAME = r"""(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|\[[^\]]+\]|[^\W\d][\w$]*)"""
_PATH = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_ON = re.compile(rf"\bon\s+(?:only\s+)?({_PATH})", re.IGNORECASE)
_HEAD = re.compile(
    rf"""\s*(?:create(?:\s+or\s+replace)?|alter|comment\s+on)\s+
    (?:(?:unique|materialized|unlogged|constraint|recursive|temporary|temp|global|local|foreign|fulltext|spatial|virtual
         |default|definer\s*=\s*\S+|algorithm\s*=\s*\w+|sql\s+security\s+\w+)\s+)*
    (table|view|index|trigger|policy|type|domain|sequence|schema|function|procedure|aggregate|extension|publication
         |column|constraint|event|database)\s+
    (?:(?:concurrently|only|if\s+not\s+exists|if\s+exists)\s+)*({_PATH})?""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDED = re.compile(rf"\b(?:add|validate|alter)\s+constraint\s+({_NAME})", re.IGNORECASE)
_COLUMN = re.compile(rf"\balter\s+(?:column\s+)?(?!constraint\b)({_NAME})", re.IGNORECASE)
_PARTS = re.compile(_NAME)
_OF_TABLE = frozenset({"trigger", "policy", "constraint"})


class Script:
    """Cuts scripts of one design."""

    def __init__(self, design: Design, dialect: str, model: Id | None = None):
        self.dialect = get(dialect)
        self.side = Side(design, self.dialect, model)
        self.whole: dict[str, Id] = {}
        self.paths: dict[tuple[str, ...], Id] = {}
        for record in self.side.records():
            self._know(record)

    def _know(self, record: object) -> None:
        if isinstance(record, Statement | Routine | Trigger | Publication):
            self.whole.setdefault(_flat(record.text.text), record.id)
        if isinstance(record, Named) and record.name:
            path = self.side.path(record)
            for at in range(len(path)):
                self.paths.setdefault(path[at:], record.id)
            if isinstance(record, Table | View):
                self.paths[path] = self.paths[path[-1:]] = record.id

    def pieces(self, text: str) -> Iterator[Piece]:
        """Yield the statements of a script."""
        at, line = 0, 1
        for start, end in self._cuts(text):
            line += text.count("\n", at, start)
            at = start
            statement = text[start:end]
            yield Piece(statement, line, self.about(statement))

    def _cuts(self, text: str) -> Iterator[tuple[int, int]]:
        if self.dialect.name == "postgresql":
            yield from ((start, end) for start, end, kind in split_postgres(text) if kind == STATEMENT)
        else:
            yield from ((each.start, each.end) for each in split_generic(text, self.dialect.name))

    def about(self, statement: str) -> Id | None:
        """Return the record that a statement makes or changes, as far as its first words tell."""
        known = self.whole.get(_flat(statement))
        if known is not None:
            return known
        head = _HEAD.match(statement)
        if head is None:
            return None
        kind, named = head[1].lower(), self._path(head[2] or "")
        rest = statement[head.end() : head.end() + 2_000]
        if kind in _OF_TABLE or (kind == "index" and (head[2] or "").lower() != "on"):
            owner = _ON.search(rest)
            table = self._path(owner[1]) if owner else ()
            return self._find((*table, *named[-1:])) or self._find(named) or self._find(table)
        if kind == "index":
            return self._find(self._path(rest.removeprefix("only ").strip()))
        added = _ADDED.search(rest) if kind == "table" else None
        column = _COLUMN.search(rest) if kind == "table" and not added else None
        part = added or column
        return (self._find((*named, *self._path(part[1]))) if part else None) or self._find(named)

    def _path(self, written: str) -> tuple[str, ...]:
        found = re.match(_PATH, written)
        return tuple(map(self.dialect.unquote, _PARTS.findall(found[0]))) if found else ()

    def _find(self, path: tuple[str, ...]) -> Id | None:
        return self.paths.get(path) if path else None


def _flat(text: str) -> str:
    return text.strip().rstrip(";").rstrip()
