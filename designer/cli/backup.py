"""Write everything that people made to one file, while they go on; or examine such a file.

The file is portable: what was on SQLite can be restored on PostgreSQL, and the other way round. It holds hashes of
passwords and secrets of second factors, so only its owner may read it; keep it like the database itself.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from designer.cli.django_setup import prepare, usable, without_pool
from designer.cli.problems import Problem
from designer.cli.progress import Bar

if TYPE_CHECKING:
    from designer.services.backup_archive import Manifest

HELP = "write the server's data to one file, or examine such a file"
COUNTED = {
    "designer.Project": "projects",
    "designer.Branch": "branches",
    "designer.LogEntry": "edits",
    "auth.User": "people",
}
WRITTEN = "Not in it: the secret key and the environment of the server. Keep them as well (docs/deploy.md)."
CHECKED = "Every row is what was written, and every log leads to its head."


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the file to write, as wholekey-2026-01-31.zip")
    parser.add_argument("--check", action="store_true", help="write nothing, and examine FILE, whole and row by row")
    parser.add_argument("--force", action="store_true", help="write over FILE if it is there")
    parser.add_argument("--database", metavar="URL", help="the same as for serve")


def run(options: argparse.Namespace) -> int:
    """Write, or examine, and say what is in the file."""
    if not options.check and options.file.exists() and not options.force:
        raise Problem(f"{options.file} is there already; name another file, or say --force")
    with usable():
        prepare(options.database)
        from designer.services import backup
        from designer.services.errors import ServiceError

        try:
            with without_pool(), Bar() as bar:
                if options.check:
                    manifest = backup.check(options.file, bar)
                else:
                    _require_tables()
                    manifest = backup.write(options.file, bar)
        except ServiceError as error:
            raise Problem(error.message) from None
    print(_summary(options.file, manifest), file=sys.stderr)
    print(CHECKED if options.check else WRITTEN, file=sys.stderr)
    return 0


def _summary(path: Path, manifest: Manifest) -> str:
    counts = {each.name: each.rows for each in manifest.tables}
    said = ", ".join(f"{counts.get(table, 0)} {words}" for table, words in COUNTED.items())
    return f"{path}: {said}; {manifest.rows} rows in all, as of {manifest.made}, by Wholekey {manifest.wholekey}."


def _require_tables() -> None:
    from django.db import connection

    from designer.services import health

    if health.unapplied(connection):
        raise Problem("the database is not of this version of Wholekey; run wholekey migrate first")
