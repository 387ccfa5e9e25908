"""Looks at the rows of one upload or live table in a process: `python -m designer.services.discovery_worker`.

As `import_worker`, it runs under limits, imports no Django, knows no database of ours, and talks in lines of JSON.
"""

from __future__ import annotations

import resource
import sys
from dataclasses import replace
from pathlib import Path

import msgspec

from designer.discovery.contract import Budget, Wish
from designer.discovery.matching import matched
from designer.discovery.profile import profiled
from designer.discovery.reading import read_file, read_live
from designer.discovery.table import Table
from designer.importers.contract import ImportProblem, Progress
from designer.importers.live import LiveProblem
from designer.importers.live.urls import without_secrets
from designer.services.database_hosts import NotAllowed, address_of, entries
from designer.services.database_place import Place
from designer.services.saying import say

_READING = 0.5
"""The share of the time, and of the progress, that reading has."""


class Task(msgspec.Struct):
    """Which rows to look at, for what, and within which limits."""

    out: str
    seconds: int
    memory: int
    wish: Wish
    path: str = ""
    name: str = ""
    place: Place | None = None
    """A live database to read instead of a file."""
    hosts: str = ""
    """The operator's list of database servers that may be connected to."""
    table: str = ""
    """The table of the live database."""
    asked: list[tuple[list[str], str]] = []
    """Dependencies that the rows are to be asked about, by the names of their columns in the design."""


def main() -> None:
    """Read the task, do it, say how it ended."""
    task = msgspec.json.decode(sys.stdin.readline(), type=Task)
    _limit(task)
    try:
        _look(task)
    except ImportProblem as problem:
        secrets = [task.place.password] if task.place and task.place.password else []
        say(problem=without_secrets(problem.message, secrets), line=problem.line, column=problem.column)
    except MemoryError:
        say(problem="the rows take more memory than one discovery may use; take fewer of them", line=0, column=0)


def _limit(task: Task) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _look(task: Task) -> None:
    each = task.seconds * 0.4
    budget = replace(Budget(), reading=each, searching=each)
    table = _read(task, budget, lambda part, words: say(fraction=part * _READING, message=words))
    rest = 1 - _READING
    profile = profiled(
        table, task.wish, budget, _numbers(table, task.asked),
        lambda part, words: say(fraction=_READING + part * rest * 0.95, message=words),
    )  # fmt: skip
    Path(task.out).write_bytes(msgspec.json.encode(profile))
    say(done={"rows": profile.found.rows})


def _read(task: Task, budget: Budget, progress: Progress) -> Table:
    if task.place is None:
        return read_file(Path(task.path), task.name, budget, progress)
    place = task.place
    try:
        address = address_of(place.host, place.port, entries(task.hosts))
    except NotAllowed as problem:
        raise LiveProblem(str(problem)) from None
    return read_live(place.url(address), task.table, budget, progress)


def _numbers(table: Table, asked: list[tuple[list[str], str]]) -> list[tuple[tuple[int, ...], int]]:
    """Return dependencies by the numbers of the columns of the data; those of other columns are left out."""
    names = {name: name for left, right in asked for name in (*left, right)}
    number = {name: at for at, name in enumerate(matched(table.headers, names).columns) if name is not None}
    known = [(left, right) for left, right in asked if {*left, right} <= number.keys()]
    return [(tuple(sorted(number[name] for name in left)), number[right]) for left, right in known]


if __name__ == "__main__":
    main()
