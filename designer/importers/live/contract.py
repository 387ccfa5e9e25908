"""What the reader of a live database gives: a snapshot of its catalogs, and the script that they amount to.

There is one meaning of SQL in this program: that of the importers of text. So a live database is read in two steps.
Its catalogs become a `Snapshot`, plain data that can be saved, pasted and tested without a server; and a snapshot
becomes the script that the database's own dump program would write, which the importer of that dialect reads. What is
known about a construct is known once, and the live way and the way over a dump cannot drift apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from designer.importers.contract import ImportProblem, Progress

MARK = "wholekey_catalog"
"""The key that marks a pasted snapshot; its value is the name of the dialect."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is read of a database."""

    schemas: tuple[str, ...] = ()  # only these; empty is all that are not the server's own
    owners: bool = False  # ALTER … OWNER TO
    privileges: bool = True  # GRANT, REVOKE, ALTER DEFAULT PRIVILEGES


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogs of one database as plain data: lists of rows by section, every value as JSON has it.

    `sections` differ by dialect; only the engine that took the snapshot reads them.
    """

    dialect: str  # as in designer.dialects.registry
    version: str  # of the server, as it says
    name: str  # of the database
    sections: dict[str, list[dict[str, Any]]]


class Engine(Protocol):
    """The reader of one kind of database. One module each, named in `live.registry`."""

    DIALECTS: tuple[str, ...]
    SCHEMES: tuple[str, ...]  # of URLs, without what follows a `+`

    def take(self, url: str, wanted: Wanted, progress: Progress) -> Snapshot:
        """Read the catalogs over a read-only connection. Raises LiveProblem; the URL's password is in no message."""
        ...

    def query(self, dialect: str) -> str:
        """Return one read-only SELECT whose single value is the snapshot as JSON, for people to run themselves."""
        ...

    def script(self, snapshot: Snapshot, wanted: Wanted) -> str:
        """Return the script that makes the database anew, as its dump program would write it."""
        ...


class LiveProblem(ImportProblem):
    """The database cannot be read: no connection, no right, not this kind of server. Says what to do."""


class EmptyDatabase(LiveProblem):
    """There is nothing in the database that could be imported; a migration may begin or end there."""


class PasswordRefused(LiveProblem):
    """The server wants a password and got none, or another than its user has. A person may be asked for it."""
