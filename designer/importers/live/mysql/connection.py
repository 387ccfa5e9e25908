"""A connection that only reads: opened with limits, errors told in one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pymysql
from pymysql.constants import CLIENT
from pymysql.cursors import Cursor, SSCursor

from designer.importers.live.contract import LiveProblem, PasswordRefused
from designer.importers.live.mysql.address import READ_SECONDS, Address

Row = dict[str, Any]
_SETTINGS = (
    "SET NAMES utf8mb4",
    "SET SESSION sql_mode = ''",
    "SET SESSION sql_quote_show_create = 1",
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION TRANSACTION READ ONLY",
)
_LIMITS = {
    True: f"SET SESSION max_statement_time = {READ_SECONDS}",
    False: f"SET SESSION max_execution_time = {READ_SECONDS * 1000}",
}
"""MariaDB counts seconds, MySQL milliseconds."""
_BATCH = 50
_REFUSED = (1045, 1698)
_REMEDIES = {
    1044: "give the user the right to read this database, or choose another one",
    1045: "check the user and the password",
    1049: "choose a database that is there",
    1698: "this account logs in by the operating system only; use a socket or another user",
    2002: "check the path of the socket, and that the server runs",
    2003: "check host and port, that the server runs, and that a firewall lets this machine through",
    2013: "check that host and port are those of a MySQL or MariaDB server, and try again",
    2026: "check ssl_mode and the certificates in the URL",
}


class Connection:
    """A session on a server. Rows come as dictionaries, by the names that the query gives."""

    def __init__(self, raw: Any, address: Address):
        self._raw = raw
        self.address = address
        self.version = str(raw.get_server_info())
        self.is_maria = "mariadb" in self.version.lower()

    def ask(self, query: str) -> list[Row]:
        """Return the rows of one query. Raises LiveProblem."""
        with told(self.address):
            return self._rows(query)

    def _rows(self, query: str) -> list[Row]:
        with closing(self._raw.cursor()) as cursor:
            cursor.execute(query)
            return _dictionaries(cursor)

    def stream(self, query: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of one query in batches, while they come. Raises LiveProblem."""
        with told(self.address), closing(self._raw.cursor(SSCursor)) as cursor:
            cursor.execute(query)
            while batch := cursor.fetchmany(size):
                yield [tuple(map(_text, row)) for row in batch]

    def each(self, queries: list[str]) -> Iterator[Row | str]:
        """Yield the first row of each query, or the server's message where it refuses one; many go at once."""
        for at in range(0, len(queries), _BATCH):
            yield from self._batch(queries[at : at + _BATCH])

    def _batch(self, queries: list[str]) -> Iterable[Row | str]:
        found: list[Row | str] = []
        while len(found) < len(queries):
            with told(self.address):
                found += self._until_refused(queries[len(found) :])
        return found

    def _until_refused(self, queries: list[str]) -> list[Row | str]:
        """Return the rows of the first queries; the last one is a message if the server refused that query."""
        found: list[Row | str] = []
        with closing(self._raw.cursor()) as cursor:
            try:
                cursor.execute(";\n".join(queries))
                found.append(_first(cursor))
                while cursor.nextset():
                    found.append(_first(cursor))
            except pymysql.err.MySQLError as error:
                if not self._raw.open or _number(error) in (2006, 2013):
                    raise
                found.append(_words(error, self.address))
        return found

    def run(self, statement: str) -> None:
        """Carry out a setting of the session. Raises LiveProblem."""
        with told(self.address):
            self._rows(statement)


def _dictionaries(cursor: Cursor) -> list[Row]:
    names = [each[0] for each in cursor.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in cursor.fetchall()]


def _text(value: Any) -> Any:
    """Return bytes as text: the default of a binary column is shown as bytes that need not be UTF-8."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def _first(cursor: Cursor) -> Row | str:
    rows = _dictionaries(cursor)
    return rows[0] if rows else "the server says nothing of it"


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """Open a read-only session. Raises LiveProblem, without the password, where that cannot be."""
    with told(address):
        raw = pymysql.connect(
            **address.parameters,
            charset="utf8mb4",
            use_unicode=False,
            client_flag=CLIENT.MULTI_STATEMENTS,
            autocommit=True,
        )
    try:
        connection = Connection(raw, address)
        _settle(connection)
        yield connection
    finally:
        if raw.open:
            raw.close()


def _settle(connection: Connection) -> None:
    for statement in _SETTINGS:
        connection.run(statement)
    list(connection.each([_LIMITS[connection.is_maria]]))  # an old server has no such limit


@contextmanager
def told(address: Address) -> Iterator[None]:
    """Turn an error of the driver into a LiveProblem of one sentence."""
    try:
        yield
    except (pymysql.err.MySQLError, OSError, RuntimeError, ValueError, LookupError) as error:
        number = 2002 if _number(error) == 2003 and "unix_socket" in address.parameters else _number(error)
        remedy = _REMEDIES.get(number, "try again, or import a dump made by mysqldump")
        if "cryptography" in str(error):
            remedy = "this account needs TLS or a socket to log in (caching_sha2_password); write ssl_mode=required"
            raise LiveProblem(
                f"{address.place} asks for a login that a plain connection cannot give; {remedy}"
            ) from None
        kind = PasswordRefused if number in _REFUSED else LiveProblem
        raise kind(f"{address.place} says: {_words(error, address)}; {remedy}") from None


def _number(error: BaseException) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) else 0


def _words(error: BaseException, address: Address) -> str:
    """Return what an error says, in one line, and never with the password in it."""
    said = str(error.args[1] if len(error.args) > 1 else error) or type(error).__name__
    line = " ".join(said.split()).rstrip(".")
    return line.replace(address.password, "…") if address.password else line
