"""How long it takes to arrange, route and draw models of growing size: `python -m bench.layout [COUNT ...]`.

CPU seconds of this process and of Graphviz, and what the pictures of each style are like: their size, how full they
are, how long a line is, how often lines cross one another or run over a table that they do not belong to, and that no
tables overlap. Routing is timed in Node as well, where it has to keep up with a pointer.
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

from bench.pictures import Picture
from bench.tables import markdown
from designer.change import apply
from designer.commands.contract import edit
from designer.layout.drawing import NOBODY
from designer.layout.lay_out import lay_out
from designer.layout.picture import picture_of
from designer.layout.route import Placed, route_all
from designer.layout.style import STYLES, Style
from designer.schema import Design, Diagram, Id, first_physical, seeded_ids
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


def styled(design: Design, style: Style) -> tuple[list[object], dict[Id, Placed], object]:
    """Return one row about a style, where it puts the tables, and their lines."""
    model = first_physical(design)
    assert model is not None
    diagram = Diagram(id="diagram", parent=model.id)
    shown = apply(design, edit(design, "", [diagram]).change)
    started = time.monotonic()
    done, cpu = timed(
        lambda: lay_out(shown, model.id, diagram.id, style=style, watching=NOBODY, new_id=seeded_ids("bench"))
    )
    wall = time.monotonic() - started
    after = apply(shown, edit(shown, "", done.records).change)
    drawn = picture_of(after, model, diagram.id)
    placed = {
        key: Placed(int(drawn.boxes[key].x), int(drawn.boxes[key].y), drawn.notation.box_of(element))
        for key, element in drawn.elements.items()
    }
    seen = Picture(placed, drawn.edges, route_all(drawn.edges, placed))
    return [style.name, len(drawn.edges), cpu, wall, *seen.measures(), done.engine], placed, drawn.edges


def drawing(design: Design, count: int) -> list[object]:
    """Return one row about routing and drawing, which do not depend on the style."""
    _, placed, edges = styled(design, STYLES["left-right"])
    _, routing = timed(lambda: route_all(edges, placed))  # type: ignore[arg-type]
    _, whole = timed(lambda: EXPORTER.export(design, Options()))
    return [count, routing, whole, routed_in_node(edges, placed)]


def main() -> None:
    """Print the tables for the sizes given, or the usual ones."""
    counts = [int(each) for each in sys.argv[1:]] or [100, 300, 1000, 3000]
    rows = [[count, *styled(made_up(count), style)[0]] for count in counts for style in STYLES.values()]
    print(markdown(["tables", "style", "lines", "CPU s", "s", *Picture.NAMES, "engine"], rows))
    print()
    print(
        markdown(
            ["tables", "route, CPU s", "whole SVG, CPU s", "route in JavaScript, ms"],
            [drawing(made_up(count), count) for count in counts],
        )
    )


if __name__ == "__main__":
    main()
