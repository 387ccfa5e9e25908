"""Turns one drawing into PNG or PDF in a process of its own: `python -m designer.services.picture_worker`.

The renderers hold Python's lock while they work and end their process where memory runs out. Here that costs nobody
else anything. One line of JSON on standard input says what to make, the drawing follows; one line of JSON on standard
output says how it went, and the file follows.
"""

from __future__ import annotations

import resource
import sys

import msgspec

from exporters.contract import ExportProblem
from exporters.pdf import Sheet
from exporters.pictures import Form, rendered


class Task(msgspec.Struct):
    """What a drawing becomes, and within which limits of seconds and bytes."""

    format: str
    seconds: int
    memory: int
    most_pixels: int
    scale: float | None = None
    width: int | None = None
    paper: str = ""
    landscape: bool = False
    tiles: bool | tuple[int, int] = False
    title: str = ""

    def form(self) -> Form:
        """Return the task as renderers take it."""
        sheet = Sheet(self.paper, self.landscape, self.tiles) if self.paper else None
        return Form(self.format, self.scale, self.width, sheet, self.title, self.most_pixels)


def main() -> None:
    """Read the task, do it, say how it ended."""
    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    resource.setrlimit(resource.RLIMIT_AS, (task.memory, task.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (task.seconds, task.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        made = rendered(sys.stdin.buffer.read().decode("utf-8"), task.form())
    except ExportProblem as problem:
        _answer({"problem": str(problem)})
    else:
        _answer({"size": len(made)}, made)


def _answer(words: dict[str, object], content: bytes = b"") -> None:
    sys.stdout.buffer.write(msgspec.json.encode(words) + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
