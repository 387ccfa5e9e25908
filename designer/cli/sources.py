"""Reading SRC: files, `-` for standard input, live databases; and telling what was read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from designer.cli import live
from designer.cli.problems import Problem, place
from designer.cli.progress import Bar
from designer.importers.contract import Finding, ImportProblem, ImportResult, Outcome, Progress
from designer.importers.live import EVERYTHING, EmptyDatabase, Snapshot, Wanted, engine, read_snapshot
from designer.importers.live.urls import shown
from designer.importers.many import Source, SourceProblem, read_sources
from designer.importers.registry import format_of
from designer.importers.sql.detect import detect
from designer.importers.text import decode
from designer.importers.verdict import doubt

_SHOWN = 20
_SNAPSHOT_SHARE = 0.6  # of the time that a live import takes goes to reading the catalogs


@dataclass(frozen=True, slots=True)
class _Database:
    """A live database whose catalogs are read."""

    name: str  # its URL, without the password
    snapshot: Snapshot


def read(
    sources: Sequence[str | Source],
    dialect: str,
    *,
    keep_going: bool = False,
    wanted: Wanted = EVERYTHING,
    target: str = "",
) -> ImportResult:
    """Return the design in the sources. Raises Problem with file, line and column where they cannot be read.

    A script whose dialect is neither said nor to be seen is read as one for the database `target`.
    """
    with Bar() as bar:
        loaded = [_load(source, wanted, bar) for source in sources]
        if len(loaded) == 1 and isinstance(loaded[0], _Database):
            return _read_database(loaded[0], wanted, bar)
        texts, spoken = _as_texts(loaded, dialect, wanted)
        if target and spoken == "auto":
            spoken = _seen(texts, target)
        try:
            result = read_sources(texts, spoken, bar)
        except SourceProblem as problem:
            raise Problem(problem.message, problem.file, problem.line, problem.column) from None
    databases = {each.name + ".sql": each.name for each in loaded if isinstance(each, _Database)}
    result.report.findings = [_without_place(each, databases) for each in result.report.findings]
    if not keep_going and isinstance(loaded[-1], Source):
        _refuse_doubtful(result, loaded[-1], dialect)
    return result


def _load(source: str | Source, wanted: Wanted, progress: Progress) -> Source | _Database:
    if isinstance(source, Source):
        return source
    url = live.url_of(source) if source != "-" else None
    if url is not None:
        taken = live.snapshot(url, wanted, lambda part, words: progress(part * _SNAPSHOT_SHARE, words))
        return _Database(shown(source), taken)
    return text_of(source)


def text_of(source: str) -> Source:
    """Return the text of a file, or of standard input. Raises Problem where it cannot be read as text."""
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


def _read_database(database: _Database, wanted: Wanted, progress: Progress) -> ImportResult:
    rest = 1 - _SNAPSHOT_SHARE
    try:
        result = read_snapshot(
            database.snapshot, wanted, lambda part, words: progress(_SNAPSHOT_SHARE + part * rest, words)
        )
    except EmptyDatabase as problem:
        raise NothingThere(problem.message, database.name) from None
    except ImportProblem as problem:
        raise Problem(problem.message, database.name) from None
    result.report.file = database.name
    result.report.findings = [replace(each, file=database.name) for each in result.report.findings]
    return result


def _as_texts(loaded: Sequence[Source | _Database], dialect: str, wanted: Wanted) -> tuple[list[Source], str]:
    """Return all sources as scripts, and the dialect to read them in: that of the databases, where there are any."""
    databases = [each for each in loaded if isinstance(each, _Database)]
    dialects = {each.snapshot.dialect for each in databases}
    if len(dialects) > 1:
        raise Problem("the databases are of different kinds; import each by itself")
    return [_as_text(each, wanted) for each in loaded], dialects.pop() if dialects else dialect


def _seen(texts: Sequence[Source], target: str) -> str:
    """Return `target` for scripts that no dialect is to be seen in; else `auto`, which sees it again."""
    nothing_but_sql = all(format_of(each.name, each.text) == "sql" for each in texts)
    text = "\n".join(each.text for each in texts)
    return target if nothing_but_sql and detect(text, "") == "" else "auto"


def _as_text(source: Source | _Database, wanted: Wanted) -> Source:
    if isinstance(source, Source):
        return source
    try:
        return Source(source.name + ".sql", engine(source.snapshot.dialect).script(source.snapshot, wanted))
    except ImportProblem as problem:
        raise Problem(problem.message, source.name) from None


def _without_place(finding: Finding, databases: dict[str, str]) -> Finding:
    """Return a finding of a live database by its object alone: nobody has seen the lines of its script."""
    if finding.file not in databases:
        return finding
    return replace(finding, file=databases[finding.file], line=0, column=0)


def _refuse_doubtful(result: ImportResult, last: Source, dialect: str) -> None:
    reason = doubt(result.report, last.text, dialect)
    if reason is not None:
        file = next((f.file for f in result.report.findings if f.outcome is Outcome.FAILED), last.name)
        raise DoubtfulProblem(f"{reason.message} (--keep-going imports what can be read)", file, reason, result)


class NothingThere(Problem):
    """A database that can be read has nothing in it."""


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


def tell_failures(source: str, result: ImportResult) -> None:
    """Tell what failed; of a live database also what was left out: nobody but the import knows of that."""
    counts = result.report.counts()
    is_live = source != "-" and live.url_of(source) is not None
    if counts["failed"] or (is_live and counts["warning"]):
        tell(result, quiet_about_good=True)


def line_of(finding: Finding) -> str:
    """Return a finding as one line: `dump.sql:12:1: failed: CREATE TABLE x: …`."""
    parts = [
        place(finding.file or "-", finding.line, finding.column),
        finding.outcome.value,
        finding.what,
        finding.message,
    ]
    return " ".join(": ".join(part for part in parts if part).split())
