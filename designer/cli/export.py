"""Write a design, or a schema straight from SQL, in another format."""

from __future__ import annotations

import argparse
import sys

from designer.cli import live
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_result
from designer.cli.problems import Problem, on_one_line
from designer.cli.sources import read, tell_failures
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import shown
from designer.schema import Design, Diagram, Id, Model
from exporters.contract import Export, ExportProblem, Options
from exporters.ddl.notes import folded
from exporters.registry import FORMATS, get

HELP = "write DDL, Mermaid, DBML, DOT, SVG, … from a design or a schema"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SRC", help=SOURCE_HELP)
    parser.add_argument("--to", required=True, metavar="FORMAT", help=f"one of: {', '.join(FORMATS)}")
    parser.add_argument("--dialect", choices=list(DIALECTS), help="target database of DDL; the model's own without it")
    parser.add_argument(
        "--from", dest="source_dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SRC"
    )
    parser.add_argument("--model", metavar="NAME", help="the model to export; the first physical one without it")
    parser.add_argument("--diagram", metavar="NAME", help="limit drawings to one diagram")
    parser.add_argument("-o", "--output", metavar="FILE|DIR", help="where to write; standard output without it")
    parser.add_argument("--strict", action="store_true", help="exit 1 when the format cannot say everything")
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Export; notes on what the format cannot say go to stderr, and with --strict they are findings."""
    result = read(
        [options.source], options.source_dialect, wanted=live.wanted_of(options), target=options.dialect or ""
    )
    tell_failures(options.source, result)
    chosen = Options(
        dialect=options.dialect,
        model=model_named(result.design, options.model),
        diagram=diagram_named(result.design, options.diagram),
    )
    made = export(result.design, options.to, chosen, options.source)
    write_result(made.files, options.output)
    for note in folded(made.notes):
        print(f"note: {on_one_line(' '.join(note.message.split()))}", file=sys.stderr)
    return 1 if options.strict and made.notes else 0


def export(design: Design, format_name: str, options: Options, source: str) -> Export:
    """Return the export. Raises Problem where there is nothing to export or no such format."""
    try:
        return get(format_name).export(design, options)
    except ExportProblem as problem:
        raise Problem(str(problem), shown(source)) from None


def model_named(design: Design, name: str | None) -> Id | None:
    """Return the id of the model with that name. Raises Problem with the names there are."""
    return _named(design.of(Model), name, "model")


def diagram_named(design: Design, name: str | None) -> Id | None:
    """Return the id of the diagram with that name. Raises Problem with the names there are."""
    return _named(design.of(Diagram), name, "diagram")


def _named(records: list[Model] | list[Diagram], name: str | None, word: str) -> Id | None:
    if name is None:
        return None
    for record in records:
        if name in (record.name, record.id):
            return record.id
    names = ", ".join(record.name for record in records)
    raise Problem(f"there is no {word} named {name}; choose one of: {names}" if names else f"the design has no {word}s")
