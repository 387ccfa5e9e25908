"""Proves one design in a process of its own: `python -m designer.proof.worker`.

A proof starts servers, and the statements of a stranger may be built to keep them busy. Here that costs this process
only, which can be ended from outside and takes its servers along. It never imports Django and knows no database of
ours. A line of JSON on standard input says what to do; lines of JSON on standard output tell the progress and, last,
how it ended.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path
from typing import Any

import msgspec

from designer.evolution import Options
from designer.evolution.align import Aligned
from designer.proof.contract import Limits, ProofProblem
from designer.proof.evolving import prove_migration
from designer.proof.evolving_words import evolution_told, labels_of
from designer.proof.proving import prove
from designer.proof.told import told
from designer.schema.codec import decode


class Task(msgspec.Struct):
    """What to prove, and within which limits: seconds, bytes of memory of this process, bytes of the server's files.

    With `against` it is the migration from the design in `path` to the one in there; both share their ids. `strategy`
    and `values` (of enums that have another name) are those of its options.
    """

    path: str
    dialect: str
    model: str
    seconds: int
    memory: int
    disk: int
    against: str = ""
    against_model: str = ""
    strategy: str = "simple"
    values: dict[str, dict[str, str]] = {}


def say(**words: Any) -> None:
    """Write one line to the server."""
    sys.stdout.write(msgspec.json.encode(words).decode() + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the task, do it, say how it ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers are stopped on the way out
    task = msgspec.json.decode(sys.stdin.readline(), type=Task)
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = _migration(task) if task.against else _design(task)
    except ProofProblem as problem:
        say(problem=str(problem))
    except MemoryError:
        say(problem="the design takes more memory than one proof may use")
    except RecursionError:
        say(problem="an expression of the design is nested too deeply to be compared")
    else:
        say(done=found)


def _design(task: Task) -> dict[str, Any]:
    design = decode(Path(task.path).read_bytes())
    proof = prove(
        design, dialect=task.dialect, model=task.model or None, limits=_limits(task), progress=_say_progress
    )  # fmt: skip
    return told(proof, design)


def _migration(task: Task) -> dict[str, Any]:
    old, new = (decode(Path(each).read_bytes()) for each in (task.path, task.against))
    pair = Aligned(old, new, (task.model, task.against_model))
    options = Options(strategy=task.strategy, values=task.values)
    proof = prove_migration(
        pair, dialect=task.dialect, options=options, limits=_limits(task), progress=_say_progress
    )  # fmt: skip
    return evolution_told(proof, labels_of(proof, old, new))


def _limits(task: Task) -> Limits:
    return Limits(seconds=task.seconds, disk=task.disk)


def _say_progress(part: float, words: str) -> None:
    say(fraction=part, message=words)


if __name__ == "__main__":
    main()
