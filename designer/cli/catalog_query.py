"""Print the one read-only query whose result `wholekey import` reads, for those who cannot give credentials."""

from __future__ import annotations

import argparse

from designer.cli.output import write_result
from designer.importers.live import engine
from designer.importers.live.registry import ENGINES

HELP = "print the query whose result can be imported instead of a connection"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--dialect", required=True, choices=list(ENGINES), help="the kind of database")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output without it")


def run(options: argparse.Namespace) -> int:
    """Print the query."""
    query = engine(options.dialect).query(options.dialect)
    write_result({"query.sql": query.rstrip() + "\n"}, options.output)
    return 0
