"""Which words of an expression or a query are names of columns and tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from designer.dialects.base import words
from designer.dialects.registry import get
from designer.importers.sql.generic.cursor import DOUBLE_QUOTED, QUOTED_NAME, Cursor
from designer.importers.sql.generic.flavours import Flavour

Lookup = Callable[[str], str | None]
"""Name -> id, or None."""
Mention = tuple[int, int, str]
"""(start, end, id) of a name in a text."""

_NOT_A_COLUMN_AFTER = frozenset({"AS", "COLLATE", "INTERVAL", "@"})
_NAMES_OF_SQLITE = words("cross full if indexed inner left natural offset outer over right rowid window with")
"""Reserved words that SQLite takes for a column all the same, in an expression and without quotes."""
_KEYWORDS = {
    True: get("sqlite").reserved - _NAMES_OF_SQLITE,
    False: get("mysql").reserved & get("mariadb").reserved,
}
"""Whether it is SQLite -> what is no column without quotes. What one of MySQL and MariaDB has alone may be one."""


def _is_keyword(cursor: Cursor, at: int) -> bool:
    """Say whether a word without quotes means itself, whatever the columns are called: NULL, AND, CURRENT_TIMESTAMP."""
    is_word = cursor.words[at].lower() in _KEYWORDS[cursor.flavour.sqlite]
    return is_word and not (at and cursor.words[at - 1] == ".")


def _can_be_column(cursor: Cursor, at: int) -> bool:
    word = cursor.words[at]
    if word == DOUBLE_QUOTED:
        return cursor.flavour.sqlite
    if word == QUOTED_NAME:
        return True
    if not (word[:1].isalpha() or word[:1] in ("_", "$") or word[:1] > "\x7f") or _is_keyword(cursor, at):
        return False
    before = cursor.words[at - 1] if at else ""
    unit = at > 1 and cursor.words[at - 2] == "INTERVAL"
    # A word before a parenthesis is a function; one right before a string names its character set.
    return cursor.words[at + 1] not in ("(", "'") and before not in _NOT_A_COLUMN_AFTER and not unit


def column_mentions(text: str, flavour: Flavour, column: Lookup, table_name: str, table_id: str) -> list[Mention]:
    """Return the mentions of the columns of one table, and of the table itself as a qualifier."""
    cursor = Cursor(text, flavour)
    found: list[Mention] = []
    for at in range(len(cursor.words) - 4):
        if not _can_be_column(cursor, at):
            continue
        start, end = cursor.starts[at], cursor.ends[at]
        name = flavour.name_of(text[start:end])
        if cursor.words[at + 1] == ".":
            if table_id and name.lower() == table_name.lower():
                found.append((start, end, table_id))
        elif not at or cursor.words[at - 1] != "." or _is_qualified_by(cursor, at, table_name):
            target = column(name)
            if target is not None:
                found.append((start, end, target))
    return found


def _is_qualified_by(cursor: Cursor, at: int, table_name: str) -> bool:
    if at < 2:
        return False
    written = cursor.text[cursor.starts[at - 2] : cursor.ends[at - 2]]
    return cursor.flavour.name_of(written).lower() == table_name.lower()


def renamed(text: str | None, table: str, old: str, new: str, flavour: Flavour) -> str | None:
    """Return an expression with the column `old` of a table written as `new`."""
    if not text:
        return text
    pieces: list[str] = []
    at = 0

    def lookup(name: str) -> str | None:
        return name if name.lower() == old.lower() else None

    for start, end, _ in column_mentions(text, flavour, lookup, table, ""):
        pieces += (text[at:start], flavour.dialect.quote(new))
        at = end
    return "".join(pieces) + text[at:]


_BEFORE_A_TABLE = frozenset({"ON", "INTO", "UPDATE", "FROM", "JOIN"})


def table_renamed(text: str, old: str, new: str, flavour: Flavour) -> str:
    """Return a trigger or query with the table `old` written as `new`, as SQLite rewrites them."""
    cursor = Cursor(text, flavour)
    pieces: list[str] = []
    done = 0
    for at in range(1, len(cursor.words) - 4):
        start, end = cursor.starts[at], cursor.ends[at]
        is_table = cursor.words[at - 1] in _BEFORE_A_TABLE or (cursor.words[at + 1] == "." != cursor.words[at - 1])
        if is_table and flavour.name_of(text[start:end]).lower() == old.lower():
            pieces += (text[done:start], flavour.dialect.quote(new))
            done = end
    return "".join(pieces) + text[done:]


def unqualified(text: str, flavour: Flavour, database: str, is_ours: Callable[[str], bool]) -> str:
    """Return a text without `database.` before what is ours: it is to be true in a database of another name, too."""
    if not database or database not in text:
        return text
    cursor = Cursor(text, flavour)
    pieces: list[str] = []
    at = 0
    for number in range(len(cursor.words) - 5):
        if cursor.words[number + 1] != "." or (number and cursor.words[number - 1] == "."):
            continue
        first, last = cursor.starts[number], cursor.starts[number + 2]
        behind = text[last : cursor.ends[number + 2]]
        if flavour.name_of(text[first : cursor.ends[number]]) == database and is_ours(flavour.name_of(behind)):
            pieces.append(text[at:first])
            at = last
    return "".join(pieces) + text[at:]


@dataclass(slots=True)
class Source:
    """A table or view that a query reads: where its name stands, and the alias it goes by."""

    at: int
    schema: str
    name: str
    alias: str


@dataclass(slots=True)
class _Level:
    """One pair of parentheses: whether a SELECT stands in it, and whether we are in its FROM clause."""

    select: bool = False
    in_from: bool = False
    wanted: bool = False


_ENDS_FROM = frozenset({
    "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "SELECT", "SET", "VALUES",
    "PROCEDURE", "INTO", "FOR",
})  # fmt: skip
_NO_ALIAS = _ENDS_FROM | {
    "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "STRAIGHT_JOIN", "ON", "USING", "USE", "FORCE",
    "IGNORE", "PARTITION", "INDEXED", "NOT", "TABLESAMPLE", "OUTER",
}  # fmt: skip


@dataclass(slots=True)
class _Sources:
    cursor: Cursor
    found: list[Source] = field(default_factory=list)
    stack: list[_Level] = field(default_factory=lambda: [_Level()])

    def read(self) -> list[Source]:
        cursor = self.cursor
        ends = len(cursor.words) - 4
        while cursor.at < ends:
            self._step(cursor.word)
        own = _common_table_names(cursor)
        return [each for each in self.found if each.schema or each.name.lower() not in own]

    def _step(self, word: str) -> None:
        level = self.stack[-1]
        if word == "(":
            self.stack.append(_Level(level.wanted, level.wanted, level.wanted))
            level.wanted = False
        elif word == ")":
            if len(self.stack) > 1:
                self.stack.pop()
        elif word == "SELECT":
            level.select, level.in_from, level.wanted = True, False, False
        elif word in ("FROM", "JOIN", "STRAIGHT_JOIN") and level.select:
            level.in_from = level.wanted = True
        elif word == "," and level.in_from:
            level.wanted = True
        elif word in _ENDS_FROM:
            level.in_from = level.wanted = False
        elif level.wanted and self.cursor.is_name() and word != "LATERAL":
            level.wanted = False
            self._source()
            return
        self.cursor.at += 1

    def _source(self) -> None:
        cursor = self.cursor
        schema, name = cursor.qualified()
        at = cursor.at - 1
        if cursor.word == "(":
            return
        alias = name
        cursor.accept("AS")
        if cursor.is_name() and cursor.word not in _NO_ALIAS:
            alias = cursor.name()
        self.found.append(Source(at, schema, name, alias))


def _common_table_names(cursor: Cursor) -> set[str]:
    """Return the names that the query gives to its own common table expressions."""
    if "WITH" not in cursor.words:
        return set()
    names = set()
    for at, word in enumerate(cursor.words[:-4]):
        if word in ("WITH", "RECURSIVE", ",") and cursor.words[at + 2] in ("AS", "("):
            start, end = cursor.starts[at + 1], cursor.ends[at + 1]
            names.add(cursor.flavour.name_of(cursor.text[start:end]).lower())
    return names


def sources(cursor: Cursor) -> list[Source]:
    """Return the tables and views in the FROM clauses of a query and its subqueries, its own WITH names left out."""
    return _Sources(cursor).read()
