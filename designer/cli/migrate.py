"""Bring the server's database up to date, once, however many do it together; `serve` does it by itself."""

from __future__ import annotations

import argparse
import sys

from designer.cli.django_setup import set_up

HELP = "bring the server's database up to date"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--database", metavar="URL", help="the same as for serve")


def run(options: argparse.Namespace) -> int:
    """Run what is missing and say how much it was."""
    count = set_up(options.database)
    print(f"{count} migrations were run." if count else "The database is up to date.", file=sys.stderr)
    return 0
