"""A throw-away database of PostgreSQL, and the role that may do nothing outside of it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from designer.importers.live import LiveProblem, read_url
from designer.importers.live.contract import Wanted
from designer.proof.contract import Applied, Limits, Piece, ProofProblem, Refusal
from designer.proof.guard import Guard
from designer.proof.postgres import needs
from designer.proof.postgres.cluster import Cluster
from designer.schema import Design

_NO_RIGHT = ("42501", "0LP01")
_NOT_THERE = ("42704", "42883", "42P01", "3F000", "42703", "42P17", "42809", "22023", "0A000")
"""SQLSTATEs of what follows from a type, function or table that is not there."""
_OF_SERVER = re.compile(r"\s*(?:create|alter|drop)\s+(?:database|tablespace)\b|\s*alter\s+system\b", re.IGNORECASE)
_OUTSIDE = "a proof stays in its own database; for the rest of a server it needs a superuser"
_SUPERUSER = "it needs a superuser, which the scratch server's role is not"


class PostgresScratch:
    """A new database on a server of our own."""

    def __init__(self, limits: Limits = Limits()):  # noqa: B008 - frozen
        self.limits = limits
        self.server = "PostgreSQL"
        self.role = f"scratch_{secrets.token_hex(4)}"
        self.database = f"scratch_{secrets.token_hex(4)}"
        self.missing: list[str] = []
        self._reader: psycopg.Connection | None = None

    def __enter__(self) -> PostgresScratch:
        self.cluster = Cluster(self.limits)
        try:
            self.guard = Guard(self.limits, self.cluster.kill, self.cluster.folder)
            self._make()
        except BaseException:
            self.cluster.stop()
            raise
        self.guard.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.guard.__exit__()
        if self._reader is not None:
            self._reader.close()
        self.cluster.stop()

    def _make(self) -> None:
        with self.cluster.connect(self.cluster.admin, "postgres") as admin:
            row = admin.execute("SHOW server_version").fetchone()
            self.server = f"PostgreSQL {str(row[0]).split()[0]}" if row else "PostgreSQL"
            create_role(admin, self.role)
            admin.execute(_said("CREATE DATABASE {} OWNER {}", self.database, self.role))
            for other in ("postgres", "template1"):
                admin.execute(_said("REVOKE ALL ON DATABASE {} FROM PUBLIC", other))

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run a script, statement by statement, as the role of the scratch server."""
        wanted = list(pieces)
        with self.cluster.connect(self.cluster.admin, self.database) as admin:
            made = prepare(admin, self.role, wanted, design)
            comment(admin, wanted, made)
        self.missing = [name for name in needs.extensions(design) if ("extension", name) not in made]
        try:
            with self.cluster.connect(self.role, self.database) as connection:
                limit(connection, self.limits)
                return run(connection, wanted, made, self.missing, self.guard)
        except psycopg.OperationalError as error:
            self.guard.check()
            raise ProofProblem(f"the scratch server is gone: {_message(error)}") from None

    def read(self) -> Design:
        """Return the design that the catalogs amount to."""
        return read(self.cluster.url(self.role, self.database), self.guard)

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query; as the superuser, from whom row security hides none, on one connection."""
        if self._reader is None or self._reader.closed:
            self._reader = self.cluster.connect(self.cluster.admin, self.database)
        return rows(self._reader, query, self.limits, self.guard)


def create_role(admin: psycopg.Connection, name: str, password: str = "") -> None:
    """Create a role that may log in and nothing else."""
    text = "CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 4"
    admin.execute(_said(text, name) + (sql.SQL(" PASSWORD {}").format(password) if password else sql.SQL("")))


def prepare(
    admin: psycopg.Connection, role: str, pieces: list[Piece], design: Design, grant: set[str] | None = None
) -> set[tuple[str, str]]:
    """Make what a script needs and its role may not make, before anything of the script runs; return what was made.

    The role may act for the roles in `grant`, all that the script names without it. The superuser must not run a script
    of an extension in a schema where a user has put functions already.
    """
    made: set[tuple[str, str]] = set()
    for name in sorted(needs.roles(pieces, design)):
        if _try(admin, _said("CREATE ROLE {} NOLOGIN", name)):
            made.add(("role", name))
        if grant is None or name in grant:
            _try(admin, _said("GRANT {} TO {}", name, role))
    available = {str(row[0]) for row in admin.execute("SELECT name FROM pg_catalog.pg_available_extensions")}
    wanted = {name: home for name, home in needs.extensions(design).items() if name in available & needs.EXTENSIONS}
    homes = {home for home in wanted.values() if home and home not in ("public", "pg_catalog")}
    for home in sorted(homes):
        if _try(admin, _said("CREATE SCHEMA {}", home)):
            made.add(("schema", home))
    for name, home in wanted.items():
        text = (
            "CREATE EXTENSION IF NOT EXISTS {} SCHEMA {} CASCADE"
            if home
            else "CREATE EXTENSION IF NOT EXISTS {} CASCADE"
        )
        if name == "plpgsql" or _try(admin, _said(text, *filter(None, (name, home)))):
            made.add(("extension", name))
    for home in sorted(homes):
        _try(admin, _said("ALTER SCHEMA {} OWNER TO {}", home, role))
    return made


def comment(admin: psycopg.Connection, pieces: list[Piece], made: set[tuple[str, str]]) -> None:
    """Give the extensions that the superuser made their comments: they are his."""
    for piece in pieces:
        said = needs.comment_on_extension(piece.text)
        if said is not None and ("extension", said[0]) in made:
            text = _said("COMMENT ON EXTENSION {} IS ", said[0]) + sql.Literal(said[1])
            if _try(admin, text):
                made.add(("comment", piece.text))


def limit(connection: psycopg.Connection, limits: Limits) -> None:
    """Set what the server itself watches; whoever sets it aside meets the guard."""
    milliseconds = int(limits.statement_seconds * 1000)
    connection.execute(f"SET statement_timeout = {milliseconds}")
    connection.execute("SET lock_timeout = '5s'")
    connection.execute("SET idle_in_transaction_session_timeout = '30s'")
    connection.execute("SET client_min_messages = warning")


def run(
    connection: psycopg.Connection, pieces: list[Piece], made: set[tuple[str, str]], missing: list[str], guard: Guard
) -> Applied:
    """Run statements one by one. What is refused does not stop the others."""
    found = Applied()
    short = bool(missing)
    for piece in pieces:
        found.count += 1
        if ("comment", piece.text) in made or needs.is_not_run(piece.text, made):
            continue
        if _OF_SERVER.match(piece.text):
            found.refusals.append(Refusal(piece, "it is about the server, not this database", _OUTSIDE))
            continue
        guard.check()
        guard.statement()
        try:
            connection.execute(piece.text.encode(), prepare=False)
        except psycopg.Error as error:
            if connection.closed:
                raise
            why = _unproven(error, piece, missing, short)
            short |= bool(why)
            found.refusals.append(Refusal(piece, _message(error), why))
            _leave_transaction(connection)
        except UnicodeEncodeError:
            found.refusals.append(Refusal(piece, "it holds characters that no encoding has"))
        finally:
            guard.idle()
    return found


def _leave_transaction(connection: psycopg.Connection) -> None:
    if connection.info.transaction_status == psycopg.pq.TransactionStatus.INERROR:
        connection.execute("ROLLBACK")


def _unproven(error: psycopg.Error, piece: Piece, missing: list[str], short: bool) -> str:
    """Return why a refusal is no fault of the design; empty where it is one. `short`: something was left out."""
    if error.sqlstate in _NO_RIGHT:
        return _SUPERUSER
    if piece.text.lstrip().lower().startswith("create extension"):
        return "the scratch server does not have this extension"
    if error.sqlstate in _NOT_THERE and short:
        return f"it may need what is not there: {', '.join(missing)}" if missing else "it needs what was not made"
    return ""


def read(url: str, guard: Guard) -> Design:
    """Return the design in the catalogs of a database."""
    guard.statement()
    try:
        return read_url(url, Wanted(owners=False, privileges=True)).design
    except LiveProblem as problem:
        guard.check()
        if "has no tables" in problem.message:
            return Design()
        raise ProofProblem(f"the catalogs cannot be read: {problem.message}") from None
    finally:
        guard.idle()


def rows(connection: psycopg.Connection, query: str, limits: Limits, guard: Guard) -> list[str]:
    """Return the rows of a query as COPY writes them: through no cast and no function of a user."""
    guard.statement()
    try:
        limit(connection, limits)
        with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT".encode()) as copied:
            return b"".join(map(bytes, copied)).decode("utf-8", "replace").splitlines()
    except psycopg.Error as error:
        guard.check()
        raise ProofProblem(_message(error)) from None
    finally:
        guard.idle()


def _said(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def _try(connection: psycopg.Connection, query: Any) -> bool:
    try:
        connection.execute(query)
    except psycopg.Error:
        return False
    return True


def _message(error: psycopg.Error) -> str:
    parts = [error.diag.message_primary or str(error), error.diag.message_detail or "", error.diag.message_hint or ""]
    return " ".join("; ".join(filter(None, parts)).split())
