"""Draw a model, its diagrams or a part of it as SVG, PNG or PDF."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from designer.cli import live
from designer.cli.export import diagram_named, export, model_named
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_file
from designer.cli.problems import Problem
from designer.cli.progress import Bar
from designer.cli.sources import read, tell_failures
from designer.dialects.registry import DIALECTS
from designer.importers.live.urls import shown
from designer.layout.elements import boxed_records
from designer.schema import Area, Design, Diagram, Id, Model, Named, models
from exporters.contract import ExportProblem, Options
from exporters.pdf import PAPERS, Sheet
from exporters.pictures import MEDIA_TYPES, Form, rendered
from exporters.selection import Distinct
from exporters.svg.scene import DETAILS
from exporters.svg.theme import BACKGROUNDS, THEMES

HELP = "draw a model as SVG, PNG or PDF"
NOTATIONS = ("crowsfoot", "idef1x", "barker", "uml", "chen", "minmax")
LARGEST_SCALE = 20


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", metavar="SRC", help=SOURCE_HELP)
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE|DIR", help="FILE.svg, FILE.png, FILE.pdf; DIR for several"
    )
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of SRC, if it is SQL")
    _what(parser.add_argument_group("what to draw"))
    _look(parser.add_argument_group("how it looks"))
    _size(parser.add_argument_group("PNG and PDF"))
    live.arguments(parser)


def _what(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--model", metavar="NAME", help="the model to draw; the first physical one without it")
    group.add_argument(
        "--diagram",
        metavar="NAME",
        action="append",
        help="one diagram, or several with -o DIR (all of the model)",
    )
    group.add_argument("--all-diagrams", action="store_true", help="each diagram as a file of its own in -o DIR")
    group.add_argument("--select", metavar="NAME", nargs="+", help="only these tables; * stands for any letters")
    group.add_argument("--to", choices=list(MEDIA_TYPES), default="svg", help="format of the files in DIR (svg)")


def _look(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--notation", choices=NOTATIONS, help="notation of the lines (the diagram's own)")
    group.add_argument("--theme", default="light", choices=list(THEMES))
    group.add_argument("--background", default="theme", choices=list(BACKGROUNDS), help="(theme)")
    group.add_argument("--detail", choices=list(DETAILS), help="all columns, keys only, or names only")
    group.add_argument("--legend", action="store_true", help="explain the signs under the drawing")
    group.add_argument("--title", action="store_true", help="write the name of the diagram over it")
    group.add_argument("--links", metavar="URL", help="link each table to URL followed by its id")
    group.add_argument("--margin", type=int, default=40, metavar="PIXELS", help="round the drawing (40)")


def _size(group: argparse._ArgumentGroup) -> None:
    size = group.add_mutually_exclusive_group()
    size.add_argument("--scale", type=float, metavar="N", help="PNG: pixels per unit of the drawing (2)")
    size.add_argument("--width", type=int, metavar="N", help="PNG: N pixels wide, up to 16,384")
    group.add_argument("--page", choices=list(PAPERS), help="PDF: fit to this paper; without it one page of its size")
    group.add_argument("--landscape", action="store_true", help="PDF: turn the paper")
    group.add_argument(
        "--tiles",
        nargs="?",
        const="auto",
        metavar="CxR",
        help="PDF: over many sheets, or C columns by R rows of them",
    )


def run(options: argparse.Namespace) -> int:
    """Render; the extension of the output file decides the format."""
    form = _form(options)
    result = read([options.source], options.dialect, wanted=live.wanted_of(options))
    tell_failures(options.source, result)
    design = result.design
    wanted = _options(design, options)
    with Bar() as bar:
        if not _many(options):
            bar(0.3, "drawing")
            named = diagram_named(design, options.diagram[0] if options.diagram else None)
            _write(design, replace(wanted, diagram=named), form, Path(options.output), options)
            return 0
        chosen = _diagrams(design, options)
        for at, (diagram, path) in enumerate(_paths(chosen, Path(options.output), form.format)):
            bar(at / len(chosen), diagram.name)
            _write(design, replace(wanted, model=None, diagram=diagram.id), form, path, options)
    return 0


def _many(options: argparse.Namespace) -> bool:
    return options.all_diagrams or len(options.diagram or ()) > 1


def _form(options: argparse.Namespace) -> Form:
    """Return what the drawing becomes. Raises Problem for choices that do not go together."""
    suffix = options.to if _many(options) else Path(options.output).suffix.lower().lstrip(".")
    if suffix not in MEDIA_TYPES:
        raise Problem("name the output FILE.svg, FILE.png or FILE.pdf", options.output)
    if suffix != "png" and (options.scale is not None or options.width is not None):
        raise Problem("--scale and --width are for PNG; SVG and PDF are sharp at any size")
    if suffix != "pdf" and (options.page or options.tiles or options.landscape):
        raise Problem("--page, --landscape and --tiles are for PDF; name the output FILE.pdf")
    if options.scale is not None and not 0.01 <= options.scale <= LARGEST_SCALE:
        raise Problem(f"--scale takes a number from 0.01 to {LARGEST_SCALE}")
    if options.width is not None and options.width < 1:
        raise Problem("--width takes a number of pixels, at least 1")
    return Form(suffix, options.scale, options.width, _sheet(options))


def _sheet(options: argparse.Namespace) -> Sheet | None:
    if not (options.page or options.tiles or options.landscape):
        return None
    return Sheet(options.page or "A4", options.landscape, _tiles(options.tiles))


def _tiles(words: str | None) -> bool | tuple[int, int]:
    if words is None or words == "auto":
        return words == "auto"
    found = re.fullmatch(r"(\d{1,2})x(\d{1,2})", words)
    if found is None or "0" in found.groups():
        raise Problem("--tiles takes columns and rows of sheets, for example --tiles 3x2, or nothing")
    return int(found[1]), int(found[2])


def _options(design: Design, options: argparse.Namespace) -> Options:
    return Options(
        model=model_named(design, options.model),
        notation=options.notation,
        theme=options.theme,
        elements=_selected(design, options.select) if options.select else None,
        background=options.background,
        detail=options.detail,
        title=options.title,
        legend=options.legend,
        links=options.links,
        margin=max(0, options.margin),
    )


def _selected(design: Design, patterns: Iterable[str]) -> tuple[Id, ...]:
    """Return the tables, entities and areas with these names. Raises Problem for a name that nothing has."""
    named = [record for model in models(design) for record in boxed_records(design, model)] + design.of(Area)
    found: dict[Id, None] = {}
    for pattern in patterns:
        matching = [each.id for each in named if isinstance(each, Named) and _matches(design, each, pattern)]
        if not matching:
            some = ", ".join(each.name for each in named[:8] if isinstance(each, Named) and each.name)
            raise Problem(f"--select: nothing is named {pattern}; there are, for example: {some}")
        found.update(dict.fromkeys(matching))
    return tuple(found)


def _matches(design: Design, record: Named, pattern: str) -> bool:
    home = design.get(record.parent or "")
    full = f"{home.name}.{record.name}" if isinstance(home, Named) else record.name
    return pattern == record.id or fnmatchcase(record.name, pattern) or fnmatchcase(full, pattern)


def _diagrams(design: Design, options: argparse.Namespace) -> list[Diagram]:
    """Return the diagrams to draw, in the order they were named. Raises Problem where there are none."""
    if options.all_diagrams:
        model = model_named(design, options.model)
        found = [each for each in design.of(Diagram) if model is None or each.parent == model]
        if not found:
            raise Problem(
                "the design has no diagrams; leave --all-diagrams out to draw its model", shown(options.source)
            )
        return found
    ids = [diagram_named(design, name) for name in options.diagram]
    return [each for each in map(design.get, (each or "" for each in ids)) if isinstance(each, Diagram)]


def _paths(diagrams: Iterable[Diagram], folder: Path, suffix: str) -> Iterable[tuple[Diagram, Path]]:
    """Return where each diagram goes: names that every system takes, and each only once."""
    if folder.exists() and not folder.is_dir():
        raise Problem("several diagrams need a directory, and this is a file; name another", str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"this directory cannot be made: {error.strerror}; name another", str(folder)) from None
    distinct = Distinct(separator="-")
    for diagram in diagrams:
        plain = re.sub(r"[^\w.-]+", "-", diagram.name).strip("-._")[:80] or "diagram"
        yield diagram, folder / f"{distinct(plain.lower())}.{suffix}"


def _write(design: Design, wanted: Options, form: Form, path: Path, options: argparse.Namespace) -> None:
    drawing = export(design, "svg", wanted, options.source).text
    try:
        write_file(path, rendered(drawing, replace(form, title=_title(design, wanted))))
    except ExportProblem as problem:
        raise Problem(str(problem), str(path)) from None


def _title(design: Design, wanted: Options) -> str:
    shown = design.get(wanted.diagram or wanted.model or "")
    return shown.name if isinstance(shown, Diagram | Model) else ""
