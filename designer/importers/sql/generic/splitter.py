"""Cutting a script into statements, exactly as the databases' own command line clients do.

Everything is found by possessive regular expressions that run in C and look at each character once, so that
megabytes of INSERT cost milliseconds and a hostile text costs no more than its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from designer.importers.sql.generic import verbs
from designer.importers.sql.generic.flavours import GAP, PUNCTUATION, WORD, Flavour, flavour

_GAP = r"(?>(?:\s|/\*M?!\d*|\*/|/\*(?!M?!).*?\*/)*)"
_ACCOUNT = r"(?:`[^`]*`|'[^']*'|\"[^\"]*\"|[\w.%$]+)"
_PROGRAM = re.compile(
    rf"{_GAP}CREATE\b{_GAP}(?:OR\b{_GAP}REPLACE\b{_GAP})?(?:AGGREGATE\b{_GAP})?"
    rf"(?:DEFINER{_GAP}={_GAP}{_ACCOUNT}(?:\s*@\s*{_ACCOUNT}|\s*\(\s*\))?{_GAP})?(?:AGGREGATE\b{_GAP})?"
    r"(?:TRIGGER|PROCEDURE|FUNCTION|EVENT|PACKAGE)\b",
    re.IGNORECASE | re.DOTALL,
)
_SQLITE_TRIGGER = re.compile(r"CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TRIGGER\b", re.IGNORECASE)
_VERB = re.compile(r"(?>(?:/\*M?!\d*\s*+)*)([A-Za-z_]+)?")
_DELIMITER = re.compile(r"delimiter[ \t]+(\S+)[^\n]*+", re.IGNORECASE)
_CLIENT_LINE = re.compile(
    r"\\[A-Za-z!.]+[^\n]*+|use[ \t]+(?:`[^`\n]*`|[\w$]+)[ \t]*\r?(?=\n|\Z)|source[ \t][^\n;]*+", re.IGNORECASE
)
_DOT_COMMAND = re.compile(r"\.[A-Za-z]\w*[^\n]*+")
_RESUME = re.compile(r";[ \t]*\r?\n(?=\s*+(?:/\*!\d+ )?(?:CREATE|ALTER|DROP|INSERT|LOCK|DELIMITER)\b)", re.IGNORECASE)
_UNCLOSED = {"'": "string", '"': "quoted text", "`": "quoted name", "[": "quoted name", "/": "comment"}
_LOST_AFTER = 20
"""So many open quotes in one text, and the rest is taken as one piece: it bounds the time for hostile texts."""


@dataclass(slots=True, frozen=True)
class Piece:
    """One statement: `text[start:end]`, without its delimiter.

    `verb` is the first word in upper case. Where its end could not be made out, `problem` says why and `problem_at`
    where; the piece then ends where the next statement seems to begin.
    """

    start: int
    end: int
    verb: str
    problem: str = ""
    problem_at: int = 0


def split(text: str, dialect: str) -> Iterator[Piece]:
    """Yield the statements of a script in order."""
    return _Splitter(text, flavour(dialect)).pieces()


class _Splitter:
    def __init__(self, text: str, spelling: Flavour):
        self.text = text
        self.flavour = spelling
        self.delimiter = ";"
        self.lost = 0

    def pieces(self) -> Iterator[Piece]:
        at = 1 if self.text.startswith("\ufeff") else 0
        while True:
            at = self._blank(at)
            if at >= len(self.text):
                return
            line_end = self._client_line(at)
            if line_end:
                if self.text[at].lower() != "d":
                    yield Piece(at, line_end, _client_verb(self.text[at:line_end]))
                at = line_end
                continue
            piece = self._statement(at)
            yield piece
            at = max(piece.end, at + 1)

    def _blank(self, at: int) -> int:
        while True:
            found = self.flavour.blank.match(self.text, at)
            at = found.end() if found else at
            if self.text.startswith(self.delimiter, at):
                at += len(self.delimiter)
            elif self.text.startswith(";", at):
                at += 1
            else:
                return at

    def _client_line(self, at: int) -> int:
        """Return where a line for the client ends, 0 where `at` is the start of an SQL statement."""
        if self.flavour.sqlite:
            found = _DOT_COMMAND.match(self.text, at)
            return found.end() if found else 0
        changed = _DELIMITER.match(self.text, at)
        if changed:
            self.delimiter = changed.group(1)
            return changed.end()
        found = _CLIENT_LINE.match(self.text, at)
        return found.end() if found else 0

    def _statement(self, at: int) -> Piece:
        verb = (_VERB.match(self.text, at) or [None, None])[1]
        verb = verb.upper() if verb else ""
        if self.delimiter == ";" and verb == "CREATE" and self._is_program(at):
            return self._program(at, verb)
        stop = self._stop(at)
        if stop < len(self.text) and not self.text.startswith(self.delimiter, stop):
            return self._open(at, stop, verb)
        return Piece(at, self._first_of_several(at, stop, verb), verb)

    def _first_of_several(self, at: int, stop: int, verb: str) -> int:
        """Return where the first statement ends: before another delimiter, the client sends them all to the server."""
        if self.delimiter == ";" or verb not in verbs.SQL or verb == "BEGIN" or self._is_program(at):
            return stop
        found = _body(self.flavour, ";").match(self.text, at, stop)
        end = found.end() if found else stop
        return end if self.text.startswith(";", end) else stop

    def _stop(self, at: int) -> int:
        found = _body(self.flavour, self.delimiter).match(self.text, at)
        return found.end() if found else at

    def _open(self, at: int, stop: int, verb: str) -> Piece:
        what = _UNCLOSED.get(self.text[stop], "text")
        return Piece(at, self._resume(stop + 1), verb, f"a {what} is opened here and never closed", stop)

    def _resume(self, at: int) -> int:
        self.lost += 1
        found = _RESUME.search(self.text, at) if self.lost < _LOST_AFTER else None
        return found.start() if found else len(self.text)

    def _is_program(self, at: int) -> bool:
        return (_SQLITE_TRIGGER if self.flavour.sqlite else _PROGRAM).match(self.text, at) is not None

    def _program(self, at: int, verb: str) -> Piece:
        end = None
        if self.lost < _LOST_AFTER:
            end = (_sqlite_trigger_end if self.flavour.sqlite else _program_end)(self.text, at, self.flavour)
        if end is not None:
            return Piece(at, end, verb)
        stop = self._stop(at)
        return Piece(at, self._resume(stop), verb, "the body has no END that closes it", at)


def _client_verb(line: str) -> str:
    return line.split(None, 1)[0].upper()


@cache
def _body(spelling: Flavour, delimiter: str) -> re.Pattern[str]:
    """Match up to the delimiter, the end of the text, or a quote that is never closed.

    A dash, a slash or a number sign that opens no comment is an ordinary character.
    """
    stop = re.escape(delimiter)
    special = "".join(sorted({*spelling.openers, delimiter[0]}))
    ordinary = "-/#" if delimiter[0] in spelling.openers else f"-/#{delimiter[0]}"
    return re.compile(
        rf"(?>(?:[^{re.escape(special)}]++|(?!{stop})(?:{spelling.spans}|(?!/\*)[{re.escape(ordinary)}]))*)", re.DOTALL
    )


_OPENS_AFTER = frozenset({
    "", ";", "BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", "ROW", ":", "DATA", "DETERMINISTIC", "FOUND",
    "SQLEXCEPTION", "SQLWARNING",
})  # fmt: skip
"""What a statement of a stored program may stand behind."""
_NAMES_AFTER = frozenset({",", "(", "=", "SELECT", "SET", "WHERE", "BY", "AS", "AND", "OR"})
"""Behind these BEGIN is the name of a column."""
_NESTS = frozenset({"IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR"})


def _words(text: str, at: int, spelling: Flavour) -> Iterator[tuple[str, int]]:
    for found in spelling.token.finditer(text, at):
        kind = found.lastindex
        if kind == WORD:
            yield found.group(WORD).upper(), found.start(WORD)
        elif kind == PUNCTUATION:
            yield found.group(PUNCTUATION), found.start(PUNCTUATION)
        elif kind != GAP:
            yield "'", found.start()


def _program_end(text: str, at: int, spelling: Flavour) -> int | None:
    """Return the offset of the `;` that ends a trigger, routine or event, or None where its blocks do not close."""
    nest = _Nest()
    for word, offset in _words(text, at, spelling):
        if word == ";" and not nest.open:
            return offset
        if word == "CREATE" and nest.before == ";" and _PROGRAM.match(text, offset):
            return None
        nest.read(word)
    return None if nest.open else len(text)


class _Nest:
    """Counts the blocks of a stored program: BEGIN, IF, CASE, LOOP, WHILE, REPEAT and FOR up to their END."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.before = ""

    def read(self, word: str) -> None:
        before, self.before = self.before, word
        if before == ".":
            return
        if before == "END" and word in _NESTS:
            self.before = "END IF"
        elif word == "END":
            if self.open:
                self.open.pop()
        elif word == "BEGIN" and before not in _NAMES_AFTER:
            self.open.append(word)
        elif word == "CASE":
            self.open.append("CASE" if self._starts_statement(before) else "CASE expression")
        elif word in _NESTS and self._starts_statement(before):
            self.open.append(word)

    def _starts_statement(self, before: str) -> bool:
        if not self.open:
            return before in _OPENS_AFTER or before == ")"
        return before in _OPENS_AFTER and self.open[-1] != "CASE expression"


def _sqlite_trigger_end(text: str, at: int, spelling: Flavour) -> int | None:
    """Return the offset of the `;` in the sequence `; END ;`, which is how the sqlite3 shell finds a trigger's end."""
    second = first = ""
    offset = at
    for word, offset in _words(text, at, spelling):
        if word == ";" and first == "END" and second == ";":
            return offset
        if word == "CREATE" and first == ";":  # no trigger may create anything
            return None
        second, first = first, word
    return len(text) if (second, first) == (";", "END") else None
