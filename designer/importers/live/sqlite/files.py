"""Opening SQLite files: to read, without a trace beside them, and without running anything that is in them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from designer.importers.live.contract import LiveProblem

_MAGIC = b"SQLite format 3\0"
_WAL = 2
_VERSIONS = slice(18, 20)
"""The bytes of the header that say whether the file is written through a log (2) or not (1)."""
_PATIENCE = 5
"""Seconds that a lock of another program is waited for."""
_SECONDS = 20
"""How long reading a schema may take."""
_STEPS = 10_000
_LONGEST_TEXT = 16_000_000
_HARMLESS = frozenset({
    sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA,
})  # fmt: skip


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file to read its schema. Raises LiveProblem, also for what is done with it inside the `with`."""
    _refuse_what_is_no_database(path)
    with _told(path.name), closing(sqlite3.connect(_uri(path), uri=True, timeout=_PATIENCE)) as base:
        yield _guarded(base)


@contextmanager
def uploaded(data: bytes) -> Iterator[sqlite3.Connection]:
    """Open the bytes of a file. Raises LiveProblem, also for what is done with it inside the `with`."""
    if not data.startswith(_MAGIC):
        raise LiveProblem(_no_database("this file"))
    with _told("this file"), closing(sqlite3.connect(":memory:")) as base:
        # In memory there is no log; what the log of a copied file held is not in the copy anyway.
        base.deserialize(data[: _VERSIONS.start] + b"\1\1" + data[_VERSIONS.stop :])
        yield _guarded(base)


def _refuse_what_is_no_database(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        raise LiveProblem(
            f"there is no file {path}; check the path (sqlite:///relative or sqlite:////absolute)"
        ) from None
    except OSError as error:
        raise LiveProblem(f"{path} cannot be read: {error.strerror}") from None
    if not head:
        raise LiveProblem(f"{path} is empty, so there is nothing to import")
    if head != _MAGIC:
        raise LiveProblem(_no_database(str(path)))


def _no_database(what: str) -> str:
    return (
        f"{what} is not an SQLite database that can be read: it is another kind of file, or encrypted; decrypt it, or"
        " import the output of .dump"
    )


def _uri(path: Path) -> str:
    """Return a URI that opens the file to read only.

    A file in WAL mode whose log is not there is open nowhere; as `immutable` it is read without making a log.
    """
    base = path.absolute().as_uri()
    with path.open("rb") as file:
        header = file.read(_VERSIONS.stop)
    log = path.with_name(path.name + "-wal")
    is_closed = header[_VERSIONS.start :] == bytes([_WAL, _WAL]) and not (log.exists() and log.stat().st_size)
    return f"{base}?immutable=1" if is_closed else f"{base}?mode=ro"


def _guarded(base: sqlite3.Connection) -> sqlite3.Connection:
    """Let a connection read the schema and nothing else, for a limited time."""
    until = time.monotonic() + _SECONDS
    base.text_factory = lambda data: data.decode("utf-8", "replace")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_TEXT)
    base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    base.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON", "mmap_size = 0"):
        base.execute(f"PRAGMA {pragma}")
    base.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _HARMLESS else sqlite3.SQLITE_DENY)
    return base


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what SQLite says of a file into one sentence with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise LiveProblem(f"{what} cannot be read: {_remedy(str(error))}") from None
    except (OverflowError, MemoryError):
        raise LiveProblem(f"{what} cannot be read: it is larger than this machine's memory") from None


_REMEDIES = {
    "not a database": "it is another kind of file, or encrypted; decrypt it first",
    "is locked": "another program holds a lock on it; close that program or try again later",
    "readonly": "it was not closed properly; open it once with the program that writes it, and try again",
    "unable to open": "its write-ahead log cannot be opened; copy the file and its -wal file to a folder of your own",
    "interrupted": f"it took more than {_SECONDS} seconds",
    "malformed": "the file is damaged (database disk image is malformed); sqlite3 FILE .recover may save it",
}


def _remedy(message: str) -> str:
    return next((remedy for sign, remedy in _REMEDIES.items() if sign in message), message)
