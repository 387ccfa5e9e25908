"""Read schemas into a design file, with a report of what became of every statement."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import msgspec

from designer.cli import live
from designer.cli.live import SOURCE_HELP
from designer.cli.output import write_file
from designer.cli.problems import Problem
from designer.cli.sources import DoubtfulProblem, read, tell
from designer.dialects.registry import DIALECTS
from designer.importers.contract import ImportResult
from designer.schema import codec

HELP = "read SQL, DBML, Mermaid, CSV or a live database (or a design file) into a design file"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SRC",
        help=SOURCE_HELP,
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="design file to write; standard output without it")
    parser.add_argument("--dialect", default="auto", choices=["auto", *DIALECTS], help="dialect of the SQL (auto)")
    parser.add_argument("--report", metavar="FILE", help="write the report, statement by statement, as JSON")
    parser.add_argument(
        "--keep-going", action="store_true", help="import what can be read of a damaged or foreign text"
    )
    live.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Import; exit 0 with the design written, or 2 with nothing but the report."""
    try:
        result = read(options.sources, options.dialect, keep_going=options.keep_going, wanted=live.wanted_of(options))
    except DoubtfulProblem as problem:
        _write_report(problem.result, options.report)
        tell(problem.result, quiet_about_good=True)
        raise
    _write_report(result, options.report)
    data = codec.encode(result.design)
    if options.output and options.output != "-":
        _refuse_to_overwrite_source(options)
        write_file(Path(options.output), data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    tell(result)
    return 0


def _refuse_to_overwrite_source(options: argparse.Namespace) -> None:
    target = Path(options.output).resolve()
    files = (Path(source) for source in options.sources if source != "-" and "://" not in source)
    if target.suffix != ".json" and any(each.resolve() == target for each in files):
        raise Problem("this would overwrite its own source; choose another file for -o", options.output)


def _write_report(result: ImportResult, path: str | None) -> None:
    if path:
        write_file(Path(path), msgspec.json.format(msgspec.json.encode(report_of(result)), indent=2) + b"\n")


def report_of(result: ImportResult) -> dict[str, Any]:
    """Return the report as it is written to JSON."""
    report = result.report
    findings = [{**msgspec.to_builtins(finding), "outcome": finding.outcome.value} for finding in report.findings]
    return {"file": report.file, "dialect": report.dialect, "counts": report.counts(), "findings": findings}
