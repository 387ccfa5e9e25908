"""What pictures cost: `python -m bench.rendering [COUNT ...]`.

Of a diagram whose tables have their places already: CPU seconds of the drawing as SVG, of PNG and of PDF from that, and
the sizes of the files. PNG at scale 1, or as large as one may be.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from bench.tables import markdown
from designer.change import apply
from designer.commands.contract import edit
from designer.layout.place import placements
from designer.schema import Design, Diagram, first_physical
from exporters.contract import ExportProblem, Options
from exporters.pdf import Sheet, to_pdf
from exporters.raster import largest_scale, size_of, to_png
from exporters.svg import EXPORTER
from tests.layout.schemas import made_up

T = TypeVar("T")
HEAD = ["tables", "drawing, px", "SVG, CPU s", "SVG, kB", "PNG, CPU s", "PNG, px", "PNG, kB", "PDF, CPU s", "PDF, kB",
        "PDF A3 tiles, CPU s", "memory so far, MB"]  # fmt: skip


def drawn(count: int) -> tuple[Design, str]:
    """Return a design of so many tables, with a diagram of all of them, and its id."""
    design = made_up(count)
    model = first_physical(design)
    assert model is not None
    diagram = Diagram(id="diagram", parent=model.id, name="All tables")
    design = apply(design, edit(design, "", [diagram]).change)
    places = placements(design, model.id, diagram.id)
    return apply(design, edit(design, "", places).change), diagram.id


def timed(work: Callable[[], T], runs: int = 3) -> tuple[T, float]:
    """Return the result and the CPU seconds of the fastest run."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return result, best


def measure(count: int) -> list[object]:
    """Return one row of the table."""
    design, diagram = drawn(count)
    svg, drawing = timed(lambda: EXPORTER.export(design, Options(diagram=diagram)).text)
    size = size_of(svg)
    scale = min(1.0, largest_scale(size))
    png, raster = timed(lambda: to_png(svg, scale), 1)
    pdf, vectors = timed(lambda: to_pdf(svg), 1)
    try:
        tiled: object = timed(lambda: to_pdf(svg, Sheet("A3", True, True)), 1)[1]
    except ExportProblem:
        tiled = "too many"
    pixels = f"{round(size[0] * scale)} × {round(size[1] * scale)}"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    spot = f"{size[0]:.0f} × {size[1]:.0f}"
    kilobytes = [len(each) // 1000 for each in (svg.encode(), png, pdf)]
    return [count, spot, drawing, kilobytes[0], raster, pixels, kilobytes[1], vectors, kilobytes[2], tiled, most]


def main() -> None:
    """Print the table for the sizes given, or the usual ones."""
    counts = [int(each) for each in sys.argv[1:]] or [50, 200, 1000, 3000]
    to_pdf(EXPORTER.export(made_up(2), Options()).text)  # makes the bold font, once a machine
    print(markdown(HEAD, [measure(count) for count in counts]))


if __name__ == "__main__":
    main()
