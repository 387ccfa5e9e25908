"""Reads one uploaded file in a process of its own: `python -m designer.services.import_worker`.

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

from designer.importers.contract import Finding, ImportProblem, Outcome
from designer.importers.registry import read_any
from designer.importers.text import decode
from designer.importers.verdict import doubt
from designer.schema.codec import encode
from designer.services.drawn import with_diagrams
from designer.services.translating import translated


class Task(msgspec.Struct):
    """What to read, and within which limits. `layout` asks for a diagram where the file brings none."""

    path: str
    name: str
    dialect: str
    out: str
    seconds: int
    memory: int
    layout: bool = True
    target: str = ""
    """The database that the tables have to be for, whatever the text is for; empty leaves them as they are."""


def say(**words: Any) -> None:
    """Write one line to the server."""
    sys.stdout.write(msgspec.json.encode(words).decode() + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the task, do it, say how it ended."""
    task = msgspec.json.decode(sys.stdin.readline(), type=Task)
    _limit(task)
    try:
        _read(task)
    except ImportProblem as problem:
        say(problem=problem.message, line=problem.line, column=problem.column)
    except MemoryError:
        say(problem="the file takes more memory than one import may use; split it into parts", line=0, column=0)
    except RecursionError:
        say(problem="the file is nested too deeply to be read; check that it is complete", line=0, column=0)


def _limit(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(task: Task) -> None:
    text = decode(Path(task.path).read_bytes())
    share = 0.6 if task.layout else 0.95
    found = read_any(text, task.name, task.dialect, lambda part, words: say(fraction=part * share, message=words))
    problem = doubt(found.report, text, task.dialect)
    if problem is not None and not found.report.counts()["imported"]:
        raise problem
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


def place_and_words(name: str, problem: ImportProblem) -> str:
    """Return a problem as one sentence that starts with its place, as the command line does."""
    place = [name or "the text", *(str(number) for number in (problem.line, problem.column) if number)]
    return f"{':'.join(place)}: {problem.message}."


def _finding(each: Any) -> list[Any]:
    return [each.outcome.value, each.what, each.message, each.line, each.column, each.count]


if __name__ == "__main__":
    main()
