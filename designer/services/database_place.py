"""Where a live database is, as the server tells the process that reads it."""

from __future__ import annotations

from urllib.parse import quote

import msgspec

from designer.importers.live.contract import Wanted

TLS_OPTIONS = {"postgresql": "sslmode", "mysql": "ssl_mode"}
"""The option of a URL that says how a connection is protected."""


def family(dialect: str) -> str:
    """Return the dialect whose URLs and options one of the same protocol takes."""
    return "postgresql" if dialect == "postgresql" else "mysql"


class Place(msgspec.Struct, frozen=True):
    """A live database and how to log in to it. It travels by pipe and is kept in memory alone; no repr shows it."""

    dialect: str
    host: str
    port: int
    database: str
    user: str
    password: str
    tls: str = ""
    schemas: tuple[str, ...] = ()
    owners: bool = False
    privileges: bool = True

    def __repr__(self) -> str:
        return f"<Place {self.called}>"

    @property
    def called(self) -> str:
        """What people see of it: never the user or the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.database or 'the databases'} at {host}:{self.port}"

    @property
    def wanted(self) -> Wanted:
        """What of it is read."""
        return Wanted(self.schemas, self.owners, self.privileges)

    def url(self, address: str) -> str:
        """Return the URL for the engine, which connects to `address` and to nothing else.

        libpq keeps the name beside the address, for the server's certificate; others get the address alone.
        """
        options = {TLS_OPTIONS[family(self.dialect)]: self.tls} if self.tls else {}
        host = address
        if self.dialect == "postgresql":
            host = self.host
            options["hostaddr"] = address
        at = f"[{host}]" if ":" in host else quote(host, safe="")
        login = ":".join(quote(each, safe="") for each in (self.user, self.password) if each)
        query = "&".join(f"{key}={quote(value, safe='')}" for key, value in options.items())
        return f"{self.dialect}://{login}@{at}:{self.port}/{quote(self.database, safe='')}{'?' * bool(query)}{query}"
