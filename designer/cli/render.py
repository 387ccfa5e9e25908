"""Draw a model as SVG, PNG or PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.cli.export import diagram_named, export, model_named
from designer.cli.output import write_file
from designer.cli.problems import Problem
from designer.cli.progress import Bar
from designer.cli.sources import read
from designer.dialects.registry import DIALECTS
from designer.layout.notations import NOTATIONS
from exporters.contract import ExportProblem, Options
from exporters.raster import to_pdf, to_png

HELP = "draw a model as SVG, PNG or PDF"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SRC", help="design or SQL file, - for standard input, sqlite:///path")
    parser.add_argument("-o", "--output", required=True, metavar="FILE", help="FILE.svg, FILE.png or FILE.pdf")
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SRC, if it is SQL")
    parser.add_argument("--model", metavar="NAME", help="the model to draw; the first physical one without it")
    parser.add_argument("--diagram", metavar="NAME", help="one diagram of the model; all of it without this")
    parser.add_argument(
        "--notation", choices=[each.name for each in NOTATIONS], help="notation of the lines (the diagram's own)"
    )
    parser.add_argument("--theme", default="light", choices=["light", "dark"])
    parser.add_argument(
        "--scale", type=float, default=2.0, metavar="N", help="pixels of a PNG per unit of the drawing (2)"
    )


def run(options: argparse.Namespace) -> int:
    """Render; the extension of the output file decides the format."""
    suffix = Path(options.output).suffix.lower()
    if suffix not in (".svg", ".png", ".pdf"):
        raise Problem("name the output FILE.svg, FILE.png or FILE.pdf", options.output)
    if not 0.1 <= options.scale <= 8:
        raise Problem("--scale takes a number from 0.1 to 8")
    design = read([options.source], options.dialect).design
    chosen = Options(
        model=model_named(design, options.model),
        diagram=diagram_named(design, options.diagram),
        notation=options.notation,
        theme=options.theme,
    )
    with Bar() as bar:
        bar(0.3, "drawing")
        drawing = export(design, "svg", chosen, options.source).text
        write_file(Path(options.output), _as(suffix, drawing, options))
    return 0


def _as(suffix: str, drawing: str, options: argparse.Namespace) -> str | bytes:
    if suffix == ".svg":
        return drawing
    try:
        return to_png(drawing, options.scale) if suffix == ".png" else to_pdf(drawing)
    except ExportProblem as problem:
        raise Problem(str(problem), options.output) from None
