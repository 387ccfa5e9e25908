"""SRC as a live database: its URL, or an SQLite database by its path; what of it is read; and asking for a password."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

from designer.cli.problems import Problem
from designer.importers.contract import Progress
from designer.importers.live import LiveProblem, PasswordRefused, Snapshot, Wanted, take
from designer.importers.live.registry import SCHEMES, dialect_of, scheme_of
from designer.importers.live.urls import has_password, shown, with_password

SOURCE_HELP = (
    "design, SQL, DBML, Mermaid or CSV file, - for standard input, an SQLite database, or the URL of a live one: "
    "postgresql://, mysql://, mariadb://, sqlite:///path"
)
SQLITE_MAGIC = b"SQLite format 3\x00"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what of a live database is read."""
    group = parser.add_argument_group("live databases (SRC is a URL)")
    group.add_argument(
        "--schema", action="append", default=[], metavar="NAME", help="only this schema or database; repeatable"
    )
    group.add_argument("--owners", action="store_true", help="read who owns what, too (ALTER … OWNER TO)")
    group.add_argument("--no-privileges", action="store_true", help="leave out GRANT and REVOKE")


def wanted_of(options: argparse.Namespace) -> Wanted:
    """Return what the options ask of a live database."""
    return Wanted(tuple(options.schema), options.owners, not options.no_privileges)


def url_of(source: str) -> str | None:
    """Return the URL of a live database that SRC is or stands for. Raises Problem for a kind that is not read."""
    if dialect_of(source) is not None:
        return source
    if "://" in source:
        known = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise Problem(f"a live {scheme_of(source) or 'database'} cannot be read; use {known}", shown(source))
    return f"sqlite:///{quote(Path(source).absolute().as_posix())}" if _is_sqlite(source) else None


def _is_sqlite(source: str) -> bool:
    try:
        with Path(source).open("rb") as file:
            return file.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
    except (OSError, ValueError):  # whoever reads the file says what is wrong with it
        return False


def snapshot(url: str, wanted: Wanted, progress: Progress) -> Snapshot:
    """Return the catalogs of a live database; a person at a terminal may be asked for the password.

    Raises Problem, which never has the password.
    """
    try:
        return take(url, wanted, progress)
    except PasswordRefused as problem:
        url = answered(url, problem)
    except LiveProblem as problem:
        raise Problem(problem.message, shown(url)) from None
    try:
        return take(url, wanted, progress)
    except LiveProblem as problem:
        raise Problem(problem.message, shown(url)) from None


def answered(url: str, problem: PasswordRefused) -> str:
    """Return the URL with the password that a person at a terminal says. Raises Problem where nobody can be asked."""
    if has_password(url) or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Problem(problem.message, shown(url)) from None
    return with_password(url, _asked(url))


def _asked(url: str) -> str:
    parts = urlsplit(url)
    try:
        return getpass.getpass(f"Password of {parts.username or 'the user'} at {parts.hostname or 'localhost'}: ")
    except EOFError:
        raise Problem("no password was given", shown(url)) from None
