"""A throw-away database of PostgreSQL on a server that a DSN names."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from designer.importers.live.urls import secrets_of, without_secrets
from designer.proof.contract import Applied, Limits, Piece, ProofProblem
from designer.proof.guard import Guard
from designer.proof.postgres import needs
from designer.proof.postgres.scratch import _message, _said, _try, comment, create_role, limit, prepare, read, rows, run
from designer.schema import Design


class PostgresElsewhere:
    """A new database with a random name, dropped afterwards; nothing else on the server is touched.

    Where the DSN's user may create roles, the script runs as a new one; a superuser who may not is refused.
    """

    def __init__(self, dsn: str, limits: Limits):
        self.dsn = dsn
        self.limits = limits
        self.server = "PostgreSQL"
        self.database = f"wholekey_verify_{secrets.token_hex(6)}"
        self.role = ""
        self.made_roles: list[str] = []

    def __enter__(self) -> PostgresElsewhere:
        self._parts: dict[str, Any] = conninfo_to_dict(self.dsn)
        self._parts.setdefault("dbname", "postgres")
        self.admin = self._connect(self._parts)
        try:
            self._make()
        except BaseException as error:
            self._drop()
            if isinstance(error, psycopg.Error):
                raise ProofProblem(self._clean(f"no scratch database can be made there: {_message(error)}")) from None
            raise
        self.guard = Guard(self.limits, self._cut_off)
        self.guard.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.guard.__exit__()
        self._drop()

    def _connect(self, parts: dict[str, Any]) -> psycopg.Connection:
        try:
            return psycopg.connect(**{**parts, "autocommit": True, "connect_timeout": 10, "prepare_threshold": None})
        except psycopg.Error as error:
            raise ProofProblem(self._clean(f"no connection to the server: {_message(error)}")) from None

    def _clean(self, text: str) -> str:
        return without_secrets(text, secrets_of(self.dsn))

    def _make(self) -> None:
        row = self.admin.execute(
            "SELECT pg_catalog.current_setting('server_version'), rolsuper, rolcreaterole, rolname"
            " FROM pg_catalog.pg_roles WHERE rolname = current_user"
        ).fetchone()
        version, is_superuser, may_create_roles, user = row or ("", False, False, "")
        self.server = f"PostgreSQL {str(version).split()[0]}"
        self._as = dict(self._parts)
        if is_superuser or may_create_roles:
            self._as |= self._new_role(str(user))
        else:
            self.role = str(user)
        self.admin.execute(_said("CREATE DATABASE {} OWNER {} TEMPLATE template0", self.database, self.role))
        self._as["dbname"] = self.database

    def _new_role(self, user: str) -> dict[str, str]:
        self.role, password = f"wholekey_verify_{secrets.token_hex(6)}", secrets.token_urlsafe(24)
        create_role(self.admin, self.role, password)
        self.made_roles.append(self.role)
        _try(self.admin, _said("GRANT {} TO {}", self.role, user))
        return {"user": self.role, "password": password}

    def apply(self, pieces: Iterable[Piece], design: Design) -> Applied:
        """Run a script as the role of the proof."""
        wanted = list(pieces)
        before = {str(row[0]) for row in self.admin.execute("SELECT rolname FROM pg_catalog.pg_roles")}
        if self.role in self.made_roles:
            self.made_roles += sorted(needs.roles(wanted, design) - before)
        with self._connect({**self._parts, "dbname": self.database}) as admin:
            made = prepare(admin, self.role, wanted, design, grant=needs.roles(wanted, design) - before)
            comment(admin, wanted, made)
        missing = [name for name in needs.extensions(design) if ("extension", name) not in made]
        try:
            with self._connect(self._as) as connection:
                limit(connection, self.limits)
                return run(connection, wanted, made, missing, self.guard)
        except psycopg.OperationalError as error:
            self.guard.check()
            raise ProofProblem(self._clean(f"the connection broke off: {_message(error)}")) from None

    def read(self) -> Design:
        """Return the design that the catalogs amount to."""
        return read(self._url(), self.guard)

    def rows(self, query: str) -> list[str]:
        """Return the rows of a query, those that the role of the proof sees."""
        with self._connect(self._as) as connection:
            return rows(connection, query, self.limits, self.guard)

    def _url(self) -> str:
        said = {name: str(value) for name, value in self._as.items() if value}
        user, database = quote(said.pop("user", ""), safe=""), quote(said.pop("dbname"), safe="")
        password = said.pop("password", "")
        user += f":{quote(password, safe='')}" if password else ""
        options = "&".join(f"{name}={quote(value, safe='')}" for name, value in said.items())
        return f"postgresql://{user}@/{database}?{options}"

    def _cut_off(self) -> None:
        _try(
            self.admin,
            f"SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"  # noqa: S608 - our own random name
            f" WHERE datname = '{self.database}'",
        )

    def _drop(self) -> None:
        self._cut_off()
        _try(self.admin, _said("DROP DATABASE IF EXISTS {}", self.database))
        for name in reversed(self.made_roles):
            _try(self.admin, _said("DROP ROLE IF EXISTS {}", name))
        self.admin.close()
