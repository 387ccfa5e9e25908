"""Find the dependencies, keys and constants that hold in rows, and references between several tables.

What holds in rows may be an accident; only people know what is a rule. Data are compared as text.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from designer.cli import live
from designer.cli.output import write_result
from designer.cli.problems import Problem
from designer.cli.progress import Bar
from designer.discovery.contract import DIFFER, EQUAL, ROOM, Budget, Profile, Wish
from designer.discovery.inclusions import Examined, inclusions
from designer.discovery.matching import matched
from designer.discovery.profile import profiled
from designer.discovery.reading import read_file, read_live, read_stream
from designer.discovery.reading.live import tables_of
from designer.discovery.report.data import as_data
from designer.discovery.report.text import as_text
from designer.discovery.table import Table
from designer.importers.contract import ImportProblem, Progress
from designer.importers.live import PasswordRefused
from designer.importers.live.urls import shown

HELP = "find dependencies, keys and references in rows: CSV, Parquet, pasted rows or live tables"
_EVERY = "*"
_MOST_TABLES = 100
_HOUR = 3_600.0
_LISTED = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "sources", nargs="+", metavar="SRC",
        help="CSV, TSV, JSON or Parquet file, - for standard input, an SQLite database, or the URL of a live one",
    )  # fmt: skip
    parser.add_argument(
        "--table", action="append", default=[], metavar="T", help="table of a live database; repeatable, * is all"
    )
    parser.add_argument("--left", type=int, default=2, choices=[1, 2, 3], help="columns on a left side at most (2)")
    parser.add_argument(
        "--errors",
        type=_share,
        default=0.01,
        metavar="SHARE",
        help="rows that may have to change (1%%; 0: exact only)",
    )
    parser.add_argument("--sample", type=_count, metavar="N", help=f"rows to compare at least ({ROOM.rows})")
    parser.add_argument("--null", default=EQUAL, choices=[EQUAL, DIFFER], help="whether NULL equals NULL (equal)")
    parser.add_argument(
        "--every-left", action="store_true", help="let measures, free text, timestamps and booleans determine, too"
    )
    parser.add_argument("--ask", action="append", default=[], metavar="'A, B -> C'", help="ask about one; repeatable")
    parser.add_argument("--all", action="store_true", help="list what repeats little, and references by values only")
    parser.add_argument("--seconds", type=_count, metavar="S", help="time for reading and for searching (3600 each)")
    parser.add_argument("--to", default="text", choices=["text", "json"], help="how to write what was found")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")


def _share(text: str) -> float:
    """Return `1%`, `0.01` or `0` as a share."""
    try:
        found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no share; write 1% or 0.01") from None
    if not 0 <= found <= 0.2:
        raise argparse.ArgumentTypeError("choose a share from 0 to 20%")
    return found


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 < int(text[:12]) < 10**9):
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 2 on")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Read, look, write; exit 0 whatever was found."""
    wish = Wish(options.left, options.errors, options.null, options.every_left)
    budget = _budget(options)
    with Bar() as bar:
        tables = [table for source in options.sources for table in _tables(source, options.table, budget, bar)]
        profiles = [_profile(table, wish, budget, options.ask, bar) for table in tables]
        examined = [Examined(table, each.found) for table, each in zip(tables, profiles, strict=True)]
        included = inclusions(examined, bar) if len(examined) > 1 else ()
    if options.to == "json":
        content = json.dumps(as_data(profiles, included), indent=2, ensure_ascii=False) + "\n"
    else:
        content = as_text(profiles, included, everything=options.all)
    write_result({"discovered": content.encode("utf-8", "replace")}, options.output)
    return 0


def _budget(options: argparse.Namespace) -> Budget:
    seconds = float(options.seconds or _HOUR)
    room = replace(ROOM, reading=seconds, searching=seconds)
    if options.sample is None:
        return room
    return replace(room, rows=options.sample, cells=max(room.cells, options.sample * 2_000))


def _tables(source: str, wanted: Sequence[str], budget: Budget, bar: Progress) -> list[Table]:
    """Return the tables of one source. Raises Problem with its name, and without a password."""
    url = live.url_of(source) if source != "-" else None
    name = "<stdin>" if source == "-" else shown(source)
    try:
        if url is not None:
            return _live(url, wanted, budget, bar)
        if source == "-":
            return [read_stream(sys.stdin.buffer, name, budget, bar)]
        return [read_file(Path(source), Path(source).name, budget, bar)]
    except ImportProblem as problem:
        raise Problem(problem.message, name, problem.line, problem.column) from None


def _live(url: str, wanted: Sequence[str], budget: Budget, bar: Progress) -> list[Table]:
    try:
        places = tables_of(url)
    except PasswordRefused as problem:
        url = live.answered(url, problem)
        places = tables_of(url)
    names = [each.called for each in places] if _EVERY in wanted else list(wanted) or [""]
    if len(names) > _MOST_TABLES:
        raise ImportProblem(f"there are {len(names)} tables; name up to {_MOST_TABLES} of them with --table")
    return [read_live(url, each, budget, bar) for each in names]


def _profile(table: Table, wish: Wish, budget: Budget, questions: Sequence[str], bar: Progress) -> Profile:
    asked = [pair for question in questions for pair in _question(table, question)]
    return profiled(table, wish, budget, asked, bar)


def _question(table: Table, text: str) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the dependencies of a question, by the numbers of the columns. Raises Problem for an unknown one."""
    left, arrow, right = text.partition("->")
    names = [[name.strip() for name in side.split(",") if name.strip()] for side in (left, right)]
    if not arrow or not names[1]:
        raise Problem(f"--ask {text!r} is no dependency; write --ask 'zip -> city' or 'a, b -> c'")
    columns = matched(table.headers, {name: name for name in (*names[0], *names[1])})
    if columns.missing:
        there = ", ".join(table.headers[:_LISTED])
        raise Problem(f"--ask: there is no column {columns.missing[0]}; there are: {there}", table.name)
    numbers = [tuple(sorted(columns.columns.index(name) for name in side)) for side in names]
    yield from ((numbers[0], each) for each in numbers[1])
