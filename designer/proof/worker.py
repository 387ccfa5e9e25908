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

from designer.proof.contract import Limits, ProofProblem
from designer.proof.proving import prove
from designer.proof.told import told
from designer.schema.codec import decode


class Task(msgspec.Struct):
    """What to prove, and within which limits: seconds, bytes of memory of this process, bytes of the server's files."""

    path: str
    dialect: str
    model: str
    seconds: int
    memory: int
    disk: int


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
        design = decode(Path(task.path).read_bytes())
        proof = prove(
            design, dialect=task.dialect, model=task.model or None,
            limits=Limits(seconds=task.seconds, disk=task.disk),
            progress=lambda part, words: say(fraction=part, message=words),
        )  # fmt: skip
    except ProofProblem as problem:
        say(problem=str(problem))
    except MemoryError:
        say(problem="the design takes more memory than one proof may use")
    except RecursionError:
        say(problem="an expression of the design is nested too deeply to be compared")
    else:
        say(done=told(proof, design))


if __name__ == "__main__":
    main()
