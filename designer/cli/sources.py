"""Reading SRC: a design file, SQL, `-` for standard input, or an SQLite database; and telling what was read."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote, urlsplit

from designer.cli.problems import Problem, place
from designer.cli.progress import Bar
from designer.importers.contract import Finding, ImportProblem, ImportResult, Outcome
from designer.importers.many import Source, SourceProblem, read_sources
from designer.importers.text import decode
from designer.importers.verdict import doubt

_LIVE = ("postgresql", "postgres", "mysql", "mariadb")
_SHOWN = 20
_SQLITE_STATEMENTS = r"""
    SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY rowid
"""


def read(sources: Sequence[str], dialect: str, *, keep_going: bool = False) -> ImportResult:
    """Return the design in the sources. Raises Problem with file, line and column where they cannot be read."""
    loaded, dialect = _load_all(sources, dialect)
    with Bar() as bar:
        try:
            result = read_sources(loaded, dialect, bar)
        except SourceProblem as problem:
            raise Problem(problem.message, problem.file, problem.line, problem.column) from None
    if not keep_going and loaded:
        _refuse_doubtful(result, loaded, dialect)
    return result


def _load_all(sources: Sequence[str], dialect: str) -> tuple[list[Source], str]:
    loaded = []
    for source in sources:
        if source.startswith("sqlite:"):
            loaded.append(_sqlite(source))
            dialect = "sqlite"
        else:
            loaded.append(_load(source))
    return loaded, dialect


def _load(source: str) -> Source:
    scheme = urlsplit(source).scheme if "://" in source else ""
    if scheme.split("+")[0] in _LIVE:
        raise Problem(
            f"reading a live {scheme} database is not possible in this version; import what pg_dump -s or "
            f"mysqldump --no-data writes"
        )
    name = "<stdin>" if source == "-" else source
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except FileNotFoundError:
        raise Problem("there is no such file; check the path", source) from None
    except IsADirectoryError:
        raise Problem("this is a directory; name the files in it", source) from None
    except OSError as error:
        raise Problem(f"the file cannot be read: {error.strerror}", source) from None
    try:
        return Source(name, decode(data))
    except ImportProblem as problem:
        raise Problem(problem.message, name, problem.line, problem.column) from None


def _sqlite(url: str) -> Source:
    """Return the statements that an SQLite database was made with, oldest first, without its own internals."""
    path = unquote(
        urlsplit(url).path.removeprefix("/") if url.startswith("sqlite:///") else url.removeprefix("sqlite:")
    )
    if not Path(path).is_file():
        raise Problem(
            "there is no such SQLite database; check the path (sqlite:///relative or sqlite:////absolute)", path
        )
    try:
        with closing(
            sqlite3.connect(f"file:{Path(path).absolute().as_posix().replace('?', '%3f')}?mode=ro", uri=True)
        ) as base:
            statements = [row[0] for row in base.execute(_SQLITE_STATEMENTS)]
    except sqlite3.DatabaseError as error:
        raise Problem(f"this is not an SQLite database that can be read: {error}", path) from None
    if not statements:
        raise Problem("this database has no tables", path)
    return Source(path + ".sql", "".join(statement + ";\n" for statement in statements))


def _refuse_doubtful(result: ImportResult, loaded: list[Source], dialect: str) -> None:
    last = loaded[-1]
    reason = doubt(result.report, last.text, dialect)
    if reason is not None:
        file = next((f.file for f in result.report.findings if f.outcome is Outcome.FAILED), last.name)
        raise DoubtfulProblem(f"{reason.message} (--keep-going imports what can be read)", file, reason, result)


class DoubtfulProblem(Problem):
    """The text was read, but not all of it can be meant; `result` has the report."""

    def __init__(self, message: str, file: str, reason: ImportProblem, result: ImportResult):
        super().__init__(message, file, reason.line, reason.column)
        self.result = result


def tell(result: ImportResult, *, quiet_about_good: bool = False) -> None:
    """Write to stderr what became of the statements: the counts, and what failed or needs a look."""
    report = result.report
    counts = report.counts()
    if not quiet_about_good:
        words = ", ".join(f"{number} {outcome}" for outcome, number in counts.items() if number)
        print(f"{report.file}: {words or 'nothing to import'} ({report.dialect or 'design file'})", file=sys.stderr)
    worth = [f for f in report.findings if f.outcome in (Outcome.FAILED, Outcome.WARNING)]
    for finding in worth[:_SHOWN]:
        print(line_of(finding), file=sys.stderr)
    if len(worth) > _SHOWN:
        print(f"… and {len(worth) - _SHOWN} more; --report FILE has all", file=sys.stderr)


def line_of(finding: Finding) -> str:
    """Return a finding as one line: `dump.sql:12:1: failed: CREATE TABLE x: …`."""
    parts = [
        place(finding.file or "-", finding.line, finding.column),
        finding.outcome.value,
        finding.what,
        finding.message,
    ]
    return " ".join(": ".join(part for part in parts if part).split())
