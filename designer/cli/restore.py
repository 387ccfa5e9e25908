"""Bring a backup into an empty database, of either kind; whatever goes wrong, the database stays what it was.

Every log is replayed to its head and compared before anything becomes valid. That is also how a team grows: back up
on SQLite, restore with DATABASE_URL or --database naming a PostgreSQL database.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from designer.cli.django_setup import prepare, usable, without_pool
from designer.cli.problems import Problem
from designer.cli.progress import Bar

HELP = "bring a backup into an empty database"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="what wholekey backup wrote")
    parser.add_argument("--replace", action="store_true", help="the database need not be empty: what it holds is lost")
    parser.add_argument("--yes", action="store_true", help="do not ask before something is lost")
    parser.add_argument("--database", metavar="URL", help="the same as for serve")


def run(options: argparse.Namespace) -> int:
    """Restore, and say what is there now."""
    with usable():
        prepare(options.database)
        from designer.services import restoring
        from designer.services.errors import ServiceError

        try:
            with without_pool():
                if options.replace and not options.yes:
                    _ask(restoring.what_is_there())
                with Bar() as bar:
                    manifest = restoring.restore(options.file, replace=options.replace, progress=bar)
        except ServiceError as error:
            raise Problem(error.message) from None
    print(
        f"Restored {manifest.rows} rows of {manifest.made}; every log leads to its head. People log in as before.",
        file=sys.stderr,
    )
    return 0


def _ask(found: str) -> None:
    if not found:
        return
    if not sys.stdin.isatty():
        raise Problem(f"the database has rows of {found}; say --yes to lose them")
    print(f"The database has rows of {found}. All of it will be lost.", file=sys.stderr)
    if input("Type yes to go on: ").strip().lower() != "yes":
        raise Problem("nothing was changed")
