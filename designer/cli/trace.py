"""Say where an element of a design comes from, what came of it, and what a change of it would reach."""

from __future__ import annotations

import argparse

from designer.cli import live, trace_data, trace_markdown, trace_text
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_result
from designer.cli.problems import Problem
from designer.cli.sources import read
from designer.dialects.registry import DIALECTS
from designer.levels.called import called, find, path
from designer.levels.tracing import chain
from designer.levels.tracing.coverage import coverage
from designer.levels.tracing.impact import WHATS, impact
from designer.levels.tracing.matrix import Wish, as_csv, choices, matrix, shown
from designer.schema import Design, Model, Record

HELP = "say where an element comes from, what came of it, and what a change of it would reach"
_MANY = 8


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SRC", help=SOURCE_HELP)
    parser.add_argument(
        "element", nargs="?", metavar="ELEMENT", help="a name (orders.total, Shop.orders.total) or an id"
    )
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--matrix", action="store_true", help="concepts against tables: what became what")
    asked.add_argument("--coverage", action="store_true", help="what has no origin and what was never derived")
    asked.add_argument("--impact", choices=[*WHATS], help="what would change if ELEMENT were dropped, retyped, renamed")
    asked.add_argument(
        "--deviations", action="store_true", help="what deviates on purpose, why, and what keeps it true"
    )
    parser.add_argument("--rows", metavar="MODEL", help="the model of the concepts of a matrix")
    parser.add_argument("--columns", metavar="MODEL", help="the model of the tables of a matrix")
    parser.add_argument("--filter", metavar="TEXT", default="", help="only rows and columns about this, in a matrix")
    parser.add_argument(
        "--to",
        default="text",
        choices=["text", "json", "csv", "markdown"],
        help="how to write it; markdown is for --deviations",
    )
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SQL text")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Write what was asked for to standard output."""
    if options.impact and not options.element:
        raise Problem("name the element whose change is meant, for example orders.total")
    if options.to == "markdown" and not options.deviations:
        raise Problem("Markdown is written of --deviations only; the rest is text, json or csv")
    design = read([options.source], options.dialect, wanted=live.wanted_of(options)).design
    write_result({"trace": _answer(design, options)}, options.output)
    return 0


def _answer(design: Design, options: argparse.Namespace) -> str:
    if options.matrix:
        return _matrix(design, options)
    if options.deviations and options.to == "markdown":
        return trace_markdown.of_deviations(design)
    if options.deviations:
        return _written(options.to, trace_data.deviation_rows(design), lambda: trace_text.of_deviations(design))
    if options.coverage or not options.element:
        found = coverage(design)
        return _written(
            options.to, trace_data.coverage_rows(design, found), lambda: trace_text.of_coverage(design, found)
        )
    element = _element(design, options.element)
    if options.impact:
        return _impact(design, element, options)
    whole = chain(design, element.id)
    return _written(options.to, trace_data.chain_rows(design, whole), lambda: trace_text.of_chain(design, whole))


def _written(to: str, rows: trace_data.Rows, text: trace_text.Text) -> str:
    return text() if to == "text" else trace_data.written(to, rows)


def _impact(design: Design, element: Record, options: argparse.Namespace) -> str:
    try:
        found = impact(design, element.id, options.impact)
    except ValueError as error:
        raise Problem(str(error)) from None
    return _written(options.to, trace_data.impact_rows(design, found), lambda: trace_text.of_impact(design, found))


def _matrix(design: Design, options: argparse.Namespace) -> str:
    above, below = choices(design)
    rows = _model(above, options.rows, "conceptual or logical")
    columns = _model(below, options.columns, "physical")
    found = shown(matrix(design, rows.id, columns.id), Wish(text=options.filter))
    if options.to == "csv":
        return as_csv(found)
    return _written(options.to, trace_data.matrix_rows(design, found), lambda: trace_text.of_matrix(found))


def _model(models: list[Model], wanted: str | None, word: str) -> Model:
    if not models:
        raise Problem(f"a matrix needs a {word} model, and the design has none")
    found = next((each for each in models if wanted in (None, each.name, each.id)), None)
    if found is None:
        names = ", ".join(each.name or each.level for each in models)
        raise Problem(f"there is no {word} model named {wanted}; choose one of: {names}")
    return found


def _element(design: Design, wanted: str) -> Record:
    """Return the element that is meant. Raises Problem where there is none; several alike are the first one's."""
    found = find(design, wanted)
    if found:
        return found[0]
    last = wanted.rsplit(".", 1)[-1].lower()
    near = [each for each in design.records() if last and last in called(design, each).lower()]
    names = ", ".join(sorted({path(design, each) for each in near})[:_MANY])
    raise Problem(f"there is nothing called {wanted}" + (f"; close to it: {names}" if names else "; check the name"))
