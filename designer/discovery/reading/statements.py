"""Rows in statements: INSERT … VALUES, and the COPY blocks of pg_dump."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from designer.discovery.contract import DataProblem

_NAME = r"""(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\w$]+)"""
_TABLE = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_COPY = re.compile(rf"^COPY\s+({_TABLE})\s*\(([^)]*)\)\s+FROM\s+stdin\b[^;]*;[ \t]*\r?\n", re.IGNORECASE | re.MULTILINE)
_INSERT = re.compile(
    rf"\b(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\s+)*(?:INTO\s+)?({_TABLE})\s*"
    rf"(?:\(((?:\s*{_NAME}\s*,?)*)\)\s*)?(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES\s*(?=\()",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(?:--[^\n]*\n|/\*.*?\*/|#[^\n]*\n)*\s*", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a", "f": "\f", "v": "\v"}
_BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
_PREFIX = re.compile(r"(?:[NEBX]|_\w+\s*)?(?=')", re.IGNORECASE)
_BARE = re.compile(r"[^,()']+")
_SPACE = re.compile(r"\s*")
_KEPT = 3


def is_copy(text: str) -> bool:
    """Say whether a text has a COPY block with its rows."""
    return _COPY.search(text) is not None


def read_copy(text: str) -> tuple[list[str], Iterator[list[str | None]], list[str]]:
    """Return the header and the rows of the first COPY block."""
    found = _COPY.search(text)
    if found is None:
        return [], iter(()), []
    stop = re.compile(r"^\\\.", re.MULTILINE).search(text, found.end())
    body = text[found.end() : stop.start() if stop else len(text)]
    others = len({each[1] for each in _COPY.finditer(text)} - {found[1]})
    header = [_plain(each) for each in re.findall(_NAME, found[2])]
    rows = ([_copied(cell) for cell in line.rstrip("\r").split("\t")] for line in body.split("\n") if line)
    return header, rows, _others(found[1], others)


def _copied(cell: str) -> str | None:
    if cell == "\\N":
        return None
    return _BACKSLASH.sub(lambda each: _ESCAPES.get(each[1], each[1]), cell) if "\\" in cell else cell


def is_insert(text: str) -> bool:
    """Say whether a text begins with statements and has an INSERT with values."""
    found = _INSERT.search(text)
    if found is None:
        return False
    before = text[: found.start()]
    return not before.rpartition("\n")[2].strip(" ;") and (not _COMMENT.sub("", before, count=1) or ";" in before)


def read_inserts(text: str) -> tuple[list[str], Iterator[list[str | None]], list[str]]:
    """Return the header and the rows of the table that most INSERT statements are for."""
    found = list(_INSERT.finditer(text))
    table = Counter(each[1] for each in found).most_common(1)[0][0]
    own = [each for each in found if each[1] == table]
    escaped = "\\'" in text or "`" in table
    listed = next((each[2] for each in own if each[2]), "")
    header = [_plain(each) for each in re.findall(_NAME, listed)]
    if not header:
        first = next(_Values(text, own[0].end(), escaped).rows(), [])
        header = [f"column_{at}" for at in range(1, len(first) + 1)]
    notes = _others(table, len({each[1] for each in found}) - 1)
    return header, _inserted(text, own, escaped), notes


def _inserted(text: str, found: list[re.Match[str]], escaped: bool) -> Iterator[list[str | None]]:
    done = 0
    for each in found:
        if each.start() >= done:  # not within a text of an earlier one
            values = _Values(text, each.end(), escaped)
            yield from values.rows()
            done = values.at


def _others(table: str, others: int) -> list[str]:
    tables = "1 other table" if others == 1 else f"{others} other tables"
    return [f"These are the rows of {table}; those of {tables} were left out."] if others else []


def _plain(name: str) -> str:
    mark = name[:1]
    if mark in ('"', "`"):
        return name[1:-1].replace(mark * 2, mark)
    return name[1:-1] if mark == "[" else name


class _Values:
    """The tuples after VALUES. `at` is where reading is."""

    def __init__(self, text: str, at: int, escaped: bool):
        self.text, self.at, self.escaped = text, at, escaped
        inner = r"(?:[^'\\]|''|\\.)*" if escaped else r"(?:[^']|'')*"
        self._string = re.compile(rf"'({inner})'", re.DOTALL)
        self._escaping = re.compile(r"'((?:[^'\\]|''|\\.)*)'", re.DOTALL)

    def rows(self) -> Iterator[list[str | None]]:
        """Yield tuple after tuple."""
        while True:
            self._skip()
            if self.text[self.at : self.at + 1] != "(":
                return
            yield self._tuple()
            self._skip()
            if self.text[self.at : self.at + 1] != ",":
                return
            self.at += 1

    def _skip(self) -> None:
        found = _COMMENT.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _tuple(self) -> list[str | None]:
        start = self.at
        self.at += 1
        cells: list[str | None] = []
        while True:
            cells.append(self._value(start))
            sign = self.text[self.at : self.at + 1]
            self.at += 1
            if sign == ")":
                return cells

    def _value(self, start: int) -> str | None:
        """Return one value: the text of a string, or what else is written there, as it is written."""
        parts: list[str] = []
        depth, is_string = 0, False
        while True:
            self._space(parts)
            sign = self.text[self.at : self.at + 1]
            if not sign:
                line = self.text.count("\n", 0, start) + 1
                raise DataProblem("a row of this INSERT statement is not closed; copy the whole statement", line, 1)
            if depth == 0 and sign in ",)":
                break
            string = self._text()
            if string is not None:
                parts.append(string)
                is_string = True
                continue
            depth += {"(": 1, ")": -1}.get(sign, 0)
            bare = _BARE.match(self.text, self.at)
            taken = bare[0] if bare else sign
            self.at += len(taken)
            if not (is_string and depth == 0 and taken.startswith("::")):
                parts.append(taken)
        found = "".join(parts) if is_string else "".join(parts).strip()
        return None if not is_string and found.upper() in ("NULL", "DEFAULT", "") else found

    def _space(self, parts: list[str]) -> None:
        found = _SPACE.match(self.text, self.at)
        if found and found[0]:
            self.at = found.end()
            if parts and self.text[self.at : self.at + 1] not in ",)":
                parts.append(" ")

    def _text(self) -> str | None:
        """Return the string that begins here; None where none does."""
        prefix = _PREFIX.match(self.text, self.at)
        if prefix is None:
            return None
        escaped = self.escaped or prefix[0].upper() == "E"
        found = (self._escaping if escaped else self._string).match(self.text, prefix.end())
        if found is None:
            return None
        self.at = found.end()
        inner = found[1].replace("''", "'")
        return _BACKSLASH.sub(lambda each: _ESCAPES.get(each[1], each[1]), inner) if escaped else inner
