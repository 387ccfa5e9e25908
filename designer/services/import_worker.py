"""Reads one upload or live database in a process of its own: `python -m designer.services.import_worker`.

What a stranger uploads may be built to eat time or memory, or to crash a parser. Here it can only cost this process,
which runs under limits and can be killed. It never imports Django and knows no database. A line of JSON on standard
input says what to do; lines of JSON on standard output tell the progress and, last, how it ended.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Any

import msgspec

from designer.importers.contract import Finding, ImportProblem, ImportResult, Outcome, Progress
from designer.importers.live import LiveProblem, read_snapshot, read_url
from designer.importers.live.sqlite import take_bytes
from designer.importers.live.urls import without_secrets
from designer.importers.registry import read_any, reader
from designer.importers.text import decode
from designer.importers.verdict import doubt
from designer.schema.codec import encode
from designer.services.database_hosts import NotAllowed, address_of, entries
from designer.services.database_place import Place
from designer.services.drawn import with_diagrams
from designer.services.saying import say
from designer.services.translating import translated

_SQLITE = b"SQLite format 3\x00"


class Task(msgspec.Struct):
    """What to read, and within which limits. `layout` asks for a diagram where the file brings none."""

    out: str
    seconds: int
    memory: int
    path: str = ""
    name: str = ""
    dialect: str = "auto"
    format: str = ""
    """The importer that has to read it; empty lets the name and the text tell."""
    layout: bool = True
    target: str = ""
    """The database that the tables have to be for, whatever the text is for; empty leaves them as they are."""
    place: Place | None = None
    """A live database to read instead of a file."""
    hosts: str = ""
    """The operator's list of database servers that may be connected to."""


def main() -> None:
    """Read the task, do it, say how it ended."""
    task = msgspec.json.decode(sys.stdin.readline(), type=Task)
    _limit(task)
    try:
        _read(task)
    except ImportProblem as problem:
        say(problem=_discreet(task, problem.message), line=problem.line, column=problem.column)
    except MemoryError:
        say(problem="the file takes more memory than one import may use; split it into parts", line=0, column=0)
    except RecursionError:
        say(problem="the file is nested too deeply to be read; check that it is complete", line=0, column=0)


def _limit(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _discreet(task: Task, message: str) -> str:
    """Return a message without the password, should a driver or a server have put it there."""
    return without_secrets(message, [task.place.password] if task.place and task.place.password else [])


def _read(task: Task) -> None:
    share = 0.6 if task.layout else 0.95
    found, problem = _found(task, lambda part, words: say(fraction=part * share, message=words))
    design = found.design
    if task.target:
        design, lost = translated(design, task.target)
        found.report.findings += [Finding(Outcome.WARNING, "Translation", note) for note in lost]
    if task.layout:
        design = with_diagrams(design, lambda part, words: say(fraction=share + part * (0.95 - share), message=words))
    say(fraction=0.97, message="Writing it down")
    Path(task.out).write_bytes(encode(design))
    report = found.report
    say(
        done={
            "file": report.file,
            "dialect": report.dialect,
            "doubt": place_and_words(task.name, problem) if problem is not None else "",
            "findings": [_finding(each) for each in report.findings],
        }
    )


def _found(task: Task, progress: Progress) -> tuple[ImportResult, ImportProblem | None]:
    """Return what was read, and why not all of it may be meant. Raises ImportProblem."""
    if task.place is not None:
        return _live(task.place, task.hosts, progress), None
    data = Path(task.path).read_bytes()
    if data.startswith(_SQLITE):
        return read_snapshot(take_bytes(data, task.name or "upload"), progress=progress), None
    text = decode(data)
    read = reader(task.format) if task.format else read_any
    found = read(text, task.name, task.dialect, progress)
    problem = doubt(found.report, text, task.dialect)
    if problem is not None and not found.report.counts()["imported"]:
        raise problem
    return found, problem


def _live(place: Place, hosts: str, progress: Progress) -> ImportResult:
    """Return what a live database holds, connected to at an address that the operator allows and at no other."""
    progress(0.0, f"connecting to {place.host}")
    try:
        address = address_of(place.host, place.port, entries(hosts))
    except NotAllowed as problem:
        raise LiveProblem(str(problem)) from None
    return read_url(place.url(address), place.wanted, progress)


def place_and_words(name: str, problem: ImportProblem) -> str:
    """Return a problem as one sentence that starts with its place, as the command line does."""
    place = [name or "the text", *(str(number) for number in (problem.line, problem.column) if number)]
    return f"{':'.join(place)}: {problem.message}."


def _finding(each: Any) -> list[Any]:
    return [each.outcome.value, each.what, each.message, each.line, each.column, each.count]


if __name__ == "__main__":
    main()
