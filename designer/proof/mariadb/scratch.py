"""A throw-away database of MariaDB or MySQL, and the account that has rights in it only."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

import pymysql

from designer.importers.live import LiveProblem, read_url
from designer.importers.live.urls import secrets_of, without_secrets
from designer.proof.contract import Applied, Limits, Piece, ProofProblem, Refusal
from designer.proof.guard import Guard
from designer.proof.mariadb.server import Server
from designer.schema import Design

_NO_RIGHT = frozenset({1044, 1045, 1142, 1227, 1370, 1410, 1419, 1449})
_GONE = frozenset({0, 2006, 2013, 2055})
_UNPROVEN = "it needs rights outside of its database, which the scratch account does not have"
_OF_ACCOUNT = re.compile(r"\s*(?:create|alter|drop|rename)\s+(?:user|role)\b|\s*(?:grant|revoke)\b", re.IGNORECASE)
_OUTSIDE = re.compile(r"\s*(?:use\b|(?:create|drop|alter)\s+(?:or\s+replace\s+)?(?:database|schema)\b)", re.IGNORECASE)


class MariaScratch:
    """A new database on a server of our own."""

    def __init__(self, dialect: str, limits: Limits):
        self.dialect = dialect
        self.limits = limits
        self.server = "MariaDB"
        self.database = f"scratch_{secrets.token_hex(4)}"
        self.account, self.password = "scratch", secrets.token_urlsafe(24)

    def __enter__(self) -> MariaScratch:
        self.own = Server(self.limits)
        try:
            self._make()
            self.guard = Guard(self.limits, self.own.kill, self.own.folder)
            self.guard.__enter__()
        except BaseException:
            self.own.kill()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.guard.__exit__()
        self.own.kill()

    def _make(self) -> None:
        """The account may name others as DEFINER: there is nothing on this server that they could reach."""
        with self.own.connect("root", self.own.password, "") as admin, admin.cursor() as cursor:
            self.server = named(cursor)
            cursor.execute(f"CREATE DATABASE {self.database} CHARACTER SET utf8mb4")
            cursor.execute(f"CREATE USER {self.account}@localhost IDENTIFIED BY %s", (self.password,))
            cursor.execute(f"GRANT ALL ON {self.database}.* TO {self.account}@localhost")
            cursor.execute(f"GRANT SET USER ON *.* TO {self.account}@localhost")
            cursor.execute(
                f"GRANT SELECT ON mysql.proc TO {self.account}@localhost"
            )  # reads routines of other definers

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run a script, statement by statement."""
        try:
            with self.own.connect(self.account, self.password, self.database) as connection:
                return run(connection, pieces, self.limits, self.guard)
        except pymysql.MySQLError as error:
            self.guard.check()
            raise ProofProblem(f"the scratch server is gone: {_message(error)}") from None

    def read(self) -> Design:
        """Return the design that the catalogs amount to."""
        socket = quote(self.own.socket, safe="")
        account = f"{self.account}:{quote(self.password, safe='')}"
        return read(f"{self.dialect}://{account}@localhost/{self.database}?unix_socket={socket}", self.guard)

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query."""
        with self.own.connect(self.account, self.password, self.database) as connection:
            return rows(connection, query, self.guard)


class MariaElsewhere:
    """A new database with a random name on a server that a DSN names, dropped afterwards; nothing else is touched.

    Statements that name another database are not run.
    """

    def __init__(self, dsn: str, dialect: str, limits: Limits):
        self.dsn = dsn
        self.dialect = dialect
        self.limits = limits
        self.server = dialect
        self.database = f"wholekey_verify_{secrets.token_hex(6)}"

    def __enter__(self) -> MariaElsewhere:
        self.admin = self._connect("")
        try:
            with self.admin.cursor() as cursor:
                self.server = named(cursor)
                cursor.execute(f"CREATE DATABASE {self.database} CHARACTER SET utf8mb4")
        except pymysql.MySQLError as error:
            self.admin.close()
            raise ProofProblem(self._clean(f"no scratch database can be made there: {_message(error)}")) from None
        self.guard = Guard(self.limits, self._cut_off)
        self.guard.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.guard.__exit__()
        with self._connect("") as admin, admin.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.database}")

    def _connect(self, database: str) -> pymysql.Connection:
        parts = urlsplit(self.dsn)
        said: dict[str, Any] = {
            "host": parts.hostname or "localhost", "port": parts.port or 3306, "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""), "database": database or None, "charset": "utf8mb4",
            "autocommit": True, "connect_timeout": 10, "local_infile": False,
        }  # fmt: skip
        socket = re.search(r"(?:^|&)(?:unix_)?socket=([^&]+)", parts.query)
        if socket:
            said["unix_socket"] = unquote(socket[1])
        try:
            return pymysql.connect(**said)
        except (pymysql.MySQLError, OSError) as error:
            raise ProofProblem(self._clean(f"no connection to the server: {_message(error)}")) from None

    def _clean(self, text: str) -> str:
        return without_secrets(text, secrets_of(self.dsn))

    def _cut_off(self) -> None:
        with self._connect("") as admin, admin.cursor() as cursor:
            cursor.execute("SELECT id FROM information_schema.processlist WHERE db = %s", (self.database,))
            for (number,) in cursor.fetchall():
                cursor.execute(f"KILL {int(number)}")

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run a script, statement by statement."""
        try:
            with self._connect(self.database) as connection:
                return run(connection, pieces, self.limits, self.guard)
        except pymysql.MySQLError as error:
            self.guard.check()
            raise ProofProblem(self._clean(f"the connection broke off: {_message(error)}")) from None

    def read(self) -> Design:
        """Return the design that the catalogs amount to."""
        parts = urlsplit(self.dsn)
        return read(urlunsplit(parts._replace(scheme=self.dialect, path=f"/{self.database}")), self.guard)

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query."""
        with self._connect(self.database) as connection:
            return rows(connection, query, self.guard)


def named(cursor: Any) -> str:
    """Return what a server is: MariaDB 10.11.6, MySQL 8.4.2."""
    cursor.execute("SELECT version()")
    version = str(cursor.fetchone()[0])
    return f"{'MariaDB' if 'mariadb' in version.lower() else 'MySQL'} {version.partition('-')[0]}"


def run(connection: pymysql.Connection, pieces: Iterable[Piece], limits: Limits, guard: Guard) -> Applied:
    """Run statements one by one. What is refused does not stop the others."""
    found = Applied()
    with connection.cursor() as cursor:
        for words in (f"SET max_statement_time = {limits.statement_seconds:g}", "SET lock_wait_timeout = 10"):
            try:
                cursor.execute(words)
            except pymysql.MySQLError:
                continue  # MySQL has another word for it; the guard watches anyhow
        for piece in pieces:
            found.count += 1
            if _OF_ACCOUNT.match(piece.text) or _OUTSIDE.match(piece.text):
                found.refusals.append(Refusal(piece, "it is about the server, not this database", _UNPROVEN))
                continue
            guard.check()
            guard.statement()
            try:
                cursor.execute(piece.text)
                cursor.fetchall()
            except pymysql.MySQLError as error:
                code = error.args[0] if error.args else 0
                if code in _GONE:
                    raise
                found.refusals.append(Refusal(piece, _message(error), _UNPROVEN if code in _NO_RIGHT else ""))
            except UnicodeEncodeError:
                found.refusals.append(Refusal(piece, "it holds characters that no encoding has"))
            finally:
                guard.idle()
    return found


def read(url: str, guard: Guard) -> Design:
    """Return the design in the catalogs of a database."""
    guard.statement()
    try:
        return read_url(url).design
    except LiveProblem as problem:
        guard.check()
        if "has no tables" in problem.message:
            return Design()
        raise ProofProblem(f"the catalogs cannot be read: {problem.message}") from None
    finally:
        guard.idle()


def rows(connection: pymysql.Connection, query: str, guard: Guard) -> list[str]:
    """Return the rows of a query."""
    guard.statement()
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [repr(each) for each in cursor.fetchall()]
    except pymysql.MySQLError as error:
        guard.check()
        raise ProofProblem(_message(error)) from None
    finally:
        guard.idle()


def _message(error: BaseException) -> str:
    return " ".join(str(error.args[-1] if error.args else error).split())
