"""Print an address that lets one more browser into the running server of this computer, once."""

from __future__ import annotations

import argparse
from pathlib import Path

from designer.cli.django_setup import set_up
from designer.cli.problems import Problem

HELP = "print a fresh address that opens the running server"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--address", metavar="URL", help="where the server is reached, if not where it said last")
    parser.add_argument("--database", metavar="URL", help="the same as for serve")


def run(options: argparse.Namespace) -> int:
    """Print the address."""
    set_up(options.database, lambda: _one_person_here(options.address))
    print(opening(options.address or last_address()))
    return 0


def _one_person_here(address: str | None) -> None:
    from django.conf import settings

    if not settings.WHOLEKEY_LOCAL:
        raise Problem("this server has accounts; log in there, or make an account with: wholekey admin EMAIL")
    if not address:
        last_address()


def opening(address: str) -> str:
    """Return an address that lets in the first who opens it, below the address of a server."""
    from designer.services import local, one_time

    return f"{address.rstrip('/')}/open/{one_time.issue(local.local_user(), one_time.TO_OPEN)}"


def remember_address(address: str) -> None:
    """Note where the server of this computer is reached."""
    _note().write_text(address + "\n")


def last_address() -> str:
    """Return where the server of this computer said that it is reached."""
    note = _note()
    if not note.exists():
        raise Problem("no server has run here yet; start one with: wholekey serve")
    return note.read_text().strip()


def _note() -> Path:
    from django.conf import settings

    return Path(settings.VAR_DIR) / "address"
