"""How long it takes to arrange, route and draw models of growing size: `python -m bench.layout [COUNT ...]`.

CPU seconds of this process and of Graphviz, the size of the picture, and how full it is. Routing is timed in Node as
well, where it has to keep up with a pointer.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bench.tables import markdown
from designer.layout.edges import edges_of
from designer.layout.elements import elements_of
from designer.layout.metrics import box_of
from designer.layout.place import arranged
from designer.layout.route import Placed, route_all
from designer.schema import Design, first_physical
from exporters.contract import Options
from exporters.svg import EXPORTER
from tests.geometry.plain import plain
from tests.layout.schemas import made_up

T = TypeVar("T")
ROUTE_JS = """
import { readFileSync } from "node:fs";
import { routeAll } from "%s";
const { boxes, edges } = JSON.parse(readFileSync(process.argv[2]));
const placed = new Map(Object.entries(boxes));
const times = [];
for (let run = 0; run < 7; run += 1) {
  const before = performance.now();
  routeAll(edges, placed);
  times.push(performance.now() - before);
}
console.log(`${times[0].toFixed(0)} first, ${Math.min(...times).toFixed(0)} best`);
"""
MODULE = Path(__file__).parent.parent / "static" / "designer" / "geometry" / "route.js"


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return the result and the CPU seconds of this process and its children."""
    before = sum(os.times()[:4])
    result = work()
    return result, sum(os.times()[:4]) - before


def routed_in_node(edges: object, placed: dict[str, Placed]) -> str:
    """Return the milliseconds that Node takes to route the same lines."""
    node = shutil.which("node")
    if node is None:
        return "no node"
    boxes = {key: {**plain(each.shape), "x": each.x, "y": each.y} for key, each in placed.items()}
    with tempfile.TemporaryDirectory() as folder:
        script, data = Path(folder, "route.mjs"), Path(folder, "data.json")
        script.write_text(ROUTE_JS % MODULE.as_uri(), encoding="utf-8")
        data.write_text(json.dumps({"boxes": boxes, "edges": plain(edges)}), encoding="utf-8")
        return subprocess.run([node, script, data], capture_output=True, text=True, check=True).stdout.strip()


def measure(design: Design, count: int) -> list[object]:
    """Return one row of the table."""
    model = first_physical(design)
    assert model is not None
    elements = elements_of(design, model)
    edges = edges_of(design, model, {each.id for each in elements})
    started = time.monotonic()
    done, arranging = timed(lambda: arranged(elements, edges))
    wall = time.monotonic() - started
    placed = {each.id: Placed(*done.positions[each.id], box_of(each)) for each in elements}
    _, routing = timed(lambda: route_all(edges, placed))
    _, drawing = timed(lambda: EXPORTER.export(design, Options()))
    right = max(each.x + each.shape.w for each in placed.values())
    bottom = max(each.y + each.shape.h for each in placed.values())
    full = sum(each.shape.w * each.shape.h for each in placed.values()) / (right * bottom)
    spot = f"{right} × {bottom}"
    return [
        count,
        len(edges),
        arranging,
        wall,
        routing,
        drawing,
        spot,
        f"{full:.0%}",
        done.engine,
        routed_in_node(edges, placed),
    ]


def main() -> None:
    """Print the table for the sizes given, or the usual ones."""
    counts = [int(each) for each in sys.argv[1:]] or [100, 300, 1000, 3000]
    rows = [measure(made_up(count), count) for count in counts]
    head = [
        "tables",
        "edges",
        "arrange, CPU s",
        "arrange, s",
        "route, CPU s",
        "whole SVG, CPU s",
        "picture",
        "full",
        "engine",
    ]
    print(markdown([*head, "route in JavaScript, ms"], rows))


if __name__ == "__main__":
    main()
