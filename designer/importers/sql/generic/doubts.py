"""What speaks against a text as a whole: no SQL at all, another database's, or cut off."""

from __future__ import annotations

import re

from designer.dialects import registry
from designer.importers.contract import Finding, ImportProblem, Outcome
from designer.importers.sql.detect import detect
from designer.importers.sql.generic import verbs
from designer.importers.sql.generic.flavours import flavour
from designer.importers.sql.generic.places import Places
from designer.importers.sql.generic.reader import Reader
from designer.importers.sql.generic.splitter import Piece

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4_000
_MANY_FAILURES = 5
_DUMP_BEGINS = re.compile(r"^-- (?:MySQL|MariaDB) dump ", re.MULTILINE)
_DUMP_ENDS = "-- Dump completed"
_SHELL_BEGINS = re.compile(r"\s*PRAGMA foreign_keys=OFF;\s*BEGIN TRANSACTION;")
_SHELL_ENDS = re.compile(r"(?:COMMIT|ROLLBACK; -- due to errors);?\s*\Z")
_TAIL = 1_000


def refuse_what_is_no_text(text: str) -> None:
    """Raise ImportProblem for an empty text and for a database file."""
    if not text.strip("\ufeff \t\r\n"):
        raise ImportProblem("the text is empty; give a script with CREATE TABLE statements", 1, 1)
    if text.startswith("SQLite format 3"):
        raise ImportProblem("this is a SQLite database file; give the output of `sqlite3 FILE .dump` instead", 1, 1)


def refuse_what_is_no_sql(text: str, pieces: list[Piece], places: Places) -> None:
    """Raise ImportProblem where no statement begins with a word of SQL."""
    if any(piece.verb in verbs.SQL or verbs.is_client_line(piece.verb) for piece in pieces):
        return
    binary = _CONTROL.search(text[:_HEAD])
    if binary:
        line, column = places.of(binary.start())
        raise ImportProblem("this is a binary file and no SQL; give the script as plain text", line, column)
    at = pieces[0].start if pieces else 0
    line, column = places.of(at)
    if not pieces:
        raise ImportProblem("there is no statement here, only comments; give a script with CREATE TABLE", line, column)
    shown = " ".join(text[at : at + 30].split())
    raise ImportProblem(f"this is no SQL: it begins with {shown!r}; give a script with CREATE TABLE", line, column)


def doubt_the_dialect(reader: Reader) -> None:
    """Warn where much of the text was not understood and it looks like another database's."""
    failures = sum(each.count for each in reader.findings if each.outcome is Outcome.FAILED)
    if failures < _MANY_FAILURES:
        return
    likely = registry.get(detect(reader.text))
    if likely.name == "postgresql" or flavour(likely.name).mysql != reader.flavour.mysql:
        message = f"much of this text is not understood, and it looks like {likely.title}; choose that dialect"
        reader.findings.insert(0, Finding(Outcome.WARNING, "dialect", message, 1, 1, reader.file))


def doubt_the_end(reader: Reader) -> None:
    """Warn of a dump that has its first line but not its last."""
    text = reader.text
    tail = text[-_TAIL:]
    whole = not _DUMP_BEGINS.search(text[:_HEAD]) or _DUMP_ENDS in tail
    if reader.flavour.sqlite:
        whole = not _SHELL_BEGINS.match(text) or _SHELL_ENDS.search(tail) is not None
    if not whole:
        line, column = reader.places.of(len(text.rstrip()))
        message = "the last line of the dump is missing, so that it is probably cut off; make the dump again"
        reader.findings.append(Finding(Outcome.WARNING, "end of the text", message, line, column, reader.file))
