"""Several files read as one script, so that a foreign key finds its table in the file next door."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from designer.importers.contract import Finding, ImportProblem, ImportResult, Progress, no_progress
from designer.importers.registry import format_of, read_any


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its name as people see it, and its text."""

    name: str
    text: str


class SourceProblem(ImportProblem):
    """An ImportProblem that knows in which of several files it is."""

    def __init__(self, problem: ImportProblem, file: str, line: int):
        super().__init__(problem.message, line, problem.column)
        self.file = file


def read_sources(sources: Sequence[Source], dialect: str = "auto", progress: Progress = no_progress) -> ImportResult:
    """Read one design from all sources, in the order given; findings name the file and the line in it.

    Raises SourceProblem. Several sources have to be SQL: two design files are not one script.
    """
    if len(sources) == 1:
        return _read_one(sources[0], dialect, progress)
    for source in sources:
        if format_of(source.name, source.text) != "sql":
            problem = ImportProblem(
                "several sources can be read together only when all are SQL; import this one by itself"
            )
            raise SourceProblem(problem, source.name, 0)
    texts = [source.text if source.text.endswith("\n") else source.text + "\n" for source in sources]
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + text.count("\n"))
    try:
        result = read_any("".join(texts), "sources.sql", dialect, progress)
    except ImportProblem as problem:
        at = _index(starts, problem.line)
        raise SourceProblem(problem, sources[at].name, problem.line - starts[at]) from None
    result.report.findings = [_placed(finding, starts, sources) for finding in result.report.findings]
    result.report.file = ", ".join(source.name for source in sources)
    return result


def _read_one(source: Source, dialect: str, progress: Progress) -> ImportResult:
    try:
        result = read_any(source.text, source.name, dialect, progress)
    except ImportProblem as problem:
        raise SourceProblem(problem, source.name, problem.line) from None
    result.report.file = source.name
    result.report.findings = [
        replace(f, file=source.name) if f.file != source.name else f for f in result.report.findings
    ]
    return result


def _index(starts: Sequence[int], line: int) -> int:
    return min(max(bisect_right(starts, max(line, 1) - 1) - 1, 0), len(starts) - 2)


def _placed(finding: Finding, starts: Sequence[int], sources: Sequence[Source]) -> Finding:
    at = _index(starts, finding.line)
    return replace(finding, file=sources[at].name, line=finding.line - starts[at] if finding.line else 0)
