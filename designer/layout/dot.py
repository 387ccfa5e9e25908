"""Graphviz behind one function: sizes and edges in, positions out, under a time limit.

Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs" (1993). The layers are ours, see
`layers.py`: every edge gets the least length that they ask for, which leaves `dot` the order within them and the
coordinates.
"""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from designer.layout.layers import Edge, Size, layers_of
from designer.layout.stacked import Positions
from designer.layout.style import LEFT_RIGHT, Style

POINTS = 72
LINE_GAP = 8
"""What `dot` keeps between two lines, or a line and a box. The rest of the gap between two boxes is added to their
height instead, for otherwise every line that passes through a layer would take as much room as a table."""
POLL_SECONDS = 0.1
WHEEL_COMMAND = "graphviz-pure"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that speaks the language of `dot`: its path, and the name to tell people."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Job:
    """One connected graph to lay out."""

    sizes: Mapping[str, Size]
    edges: Sequence[Edge]  # (child, parent)
    style: Style = LEFT_RIGHT


def find_engine() -> Engine | None:
    """Return the `dot` of the machine, else the one in the graphviz-pure wheel, else None."""
    system = shutil.which("dot")
    if system:
        return Engine(system, "dot")
    scripts = sysconfig.get_path("scripts")
    wheel = shutil.which(WHEEL_COMMAND, path=scripts) or shutil.which(WHEEL_COMMAND)
    return Engine(wheel, WHEEL_COMMAND) if wheel else None


def solve(engine: Engine, jobs: Sequence[Job], seconds: float, cancelled: Callable[[], bool]) -> list[Positions | None]:
    """Return the positions of each job; None for those that the engine did not answer in time, or not fully."""
    names = [{node: f"n{at}" for at, node in enumerate(job.sizes)} for job in jobs]
    text = "".join(_written(job, name) for job, name in zip(jobs, names, strict=True))
    graphs = _parsed(_run(engine, text, seconds, cancelled))
    graphs += [{}] * (len(jobs) - len(graphs))
    return [_positions(job, name, graph) for job, name, graph in zip(jobs, names, graphs, strict=False)]


def _written(job: Job, names: Mapping[str, str]) -> str:
    """Return the job in the DOT language; nodes are called n0, n1, … so that no name of a user gets there."""
    layer = layers_of(job.sizes, job.edges, job.style)
    lines = [
        f"digraph g{{rankdir=LR;splines=false;nslimit=8;nslimit1=8;mclimit=2;nodesep={_inches(LINE_GAP)};",
        f'ranksep={_inches(job.style.layer_gap)};node[shape=box,fixedsize=true,label=""];edge[arrowhead=none];',
    ]
    for node, (w, h) in job.sizes.items():
        lines.append(f"{names[node]}[width={_inches(w)},height={_inches(h + job.style.node_gap - LINE_GAP)}];")
    return "".join(lines + _edge_lines(job, names, layer)) + "}\n"


def _edge_lines(job: Job, names: Mapping[str, str], layer: Mapping[str, int]) -> list[str]:
    """Return the edges, each from one layer to the next.

    All lines from one table run through the layers together, by way of one tiny node in each, as the router draws
    them: fifty lines side by side would tear the picture apart.
    """
    lines: list[str] = []
    reached: dict[str, int] = {}
    for child, parent in dict.fromkeys(job.edges):
        left, right = (parent, child) if layer[parent] < layer[child] else (child, parent)
        if layer[left] == layer[right]:
            continue
        for at in range(reached.get(left, layer[left]) + 1, layer[right]):
            lines.append(f"{_via(names, left, at, layer)}[width=0.01,height=0.01];")
            lines.append(f"{_via(names, left, at - 1, layer)}->{_via(names, left, at, layer)}[weight=8];")
        reached[left] = max(reached.get(left, 0), layer[right] - 1, layer[left])
        lines.append(f"{_via(names, left, layer[right] - 1, layer)}->{names[right]};")
    return lines


def _via(names: Mapping[str, str], node: str, at: int, layer: Mapping[str, int]) -> str:
    return names[node] if at == layer[node] else f"{names[node]}v{at}"


def _inches(pixels: int) -> str:
    return f"{pixels / POINTS:.4f}"


def _run(engine: Engine, text: str, seconds: float, cancelled: Callable[[], bool]) -> str:
    """Return what the engine wrote until it ended, its time was over, or someone cancelled; then it is killed."""
    try:
        process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell, and the text goes to its input
            [engine.path, "-Kdot", "-Tplain"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(engine.path).anchor or None,
        )
    except OSError:
        return ""
    deadline = time.monotonic() + seconds
    given: bytes | None = text.encode("ascii")
    while True:
        try:
            written, _ = process.communicate(given, timeout=POLL_SECONDS)
            return written.decode("ascii", "replace")
        except subprocess.TimeoutExpired:
            given = None
        except OSError:
            process.kill()
            return ""
        if time.monotonic() > deadline or cancelled():
            process.kill()
            written, _ = process.communicate()
            return written.decode("ascii", "replace")


def _parsed(text: str) -> list[dict[str, tuple[float, float]]]:
    """Return for each finished graph of the plain format its nodes' centres, in inches, y upward."""
    graphs: list[dict[str, tuple[float, float]]] = []
    current: dict[str, tuple[float, float]] = {}
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word == "graph":
            current = {}
        elif word == "node":
            name, x, y = rest.split(" ", 3)[:3]
            current[name] = (float(x), float(y))
        elif word == "stop":
            graphs.append(current)
    return graphs


def _positions(job: Job, names: Mapping[str, str], graph: Mapping[str, tuple[float, float]]) -> Positions | None:
    if any(name not in graph for name in names.values()):
        return None
    found: Positions = {}
    for node, (w, h) in job.sizes.items():
        x, y = graph[names[node]]
        found[node] = (round(x * POINTS - w / 2), round(-y * POINTS - h / 2))
    return found
