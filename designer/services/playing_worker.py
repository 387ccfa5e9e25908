"""Analyses typed relations in a process of its own: `python -m designer.services.playing_worker`.

A relation can be built so that its analysis takes long. Here it costs only this process, which runs under limits. It
imports the kernel and no Django. A line of JSON on standard input says what to do.
"""

from __future__ import annotations

import pickle
import resource
import sys
from collections.abc import Callable, Sequence

import msgspec

from designer.normalization.analysis import Analysis, analyse
from designer.normalization.codec_text import parsed_each
from designer.normalization.contract import BadRelation, Relation
from designer.normalization.report import data, html, markdown, text
from designer.normalization.report.entry import Entry
from designer.normalization.report.story import story

MOST_RELATIONS = 20


class Task(msgspec.Struct):
    """What was typed, the format of a report or nothing for the values themselves, and within which limits."""

    text: str
    format: str
    seconds: int
    memory: int


def main() -> None:
    """Read the task, do it, write what came of it."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(done(task))


def done(task: Task) -> bytes:
    """Return the bytes that are asked for."""
    found = [_analysed(each) for each in _read(task.text)]
    return REPORTS[task.format](found) if task.format else pickle.dumps(found)


def _read(text: str) -> list[Relation | BadRelation]:
    try:
        found = parsed_each(text)
    except BadRelation as problem:
        return [problem]
    if len(found) > MOST_RELATIONS:
        return [BadRelation(f"{len(found)} relations are too many for this page; {MOST_RELATIONS} are shown at once")]
    return found


def _analysed(relation: Relation | BadRelation) -> Analysis | BadRelation:
    if isinstance(relation, BadRelation):
        return BadRelation(str(relation))  # without its place, with which it could not travel
    found = analyse(relation)
    for name in _SHOWN:
        getattr(found, name)
    return found


def _entries(found: Sequence[Analysis | BadRelation]) -> list[Entry]:
    return [
        Entry(each.relation.name, each) if isinstance(each, Analysis) else Entry("", error=str(each)) for each in found
    ]


def _json(found: Sequence[Analysis | BadRelation]) -> bytes:
    told = [
        data.of_analysis(each, proofs=True) if isinstance(each, Analysis) else {"error": str(each)} for each in found
    ]
    return msgspec.json.format(msgspec.json.encode({"relations": told}), indent=2) + b"\n"


REPORTS: dict[str, Callable[[Sequence[Analysis | BadRelation]], bytes]] = {
    "text": lambda found: text.written(story(_entries(found), proofs=True)).encode(),
    "markdown": lambda found: markdown.written(story(_entries(found), proofs=True)).encode(),
    "html": lambda found: html.written(story(_entries(found), proofs=True)).encode(),
    "json": _json,
}
"""How each format is written."""

_SHOWN = ("listed_keys", "effective", "cover", "third_nf", "bcnf", "fourth_nf", "example", "explained")
"""What the page shows; an analysis finds each when it is first asked for, and keeps it."""

if __name__ == "__main__":
    main()
