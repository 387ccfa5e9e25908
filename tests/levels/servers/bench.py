"""Deriving a design down to a database and applying it: the DDL in one go, catalogs read back, rows put in."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pymysql
from pymysql.constants import CLIENT

from designer.change import apply
from designer.compare import compared
from designer.importers.live import Wanted, read_snapshot, take
from designer.levels.contract import LOGICAL, PHYSICAL, Settings
from designer.levels.keeping.deriving import derive
from designer.proof.excuses import without_left_out
from designer.proof.rows.generating import rows_for
from designer.schema import Design, Id, Model, models, seeded_ids
from exporters.contract import Export, Options
from exporters.registry import get
from tests.servers import MariaServer, PostgresServer

_WANTED = Wanted((), False, False)
_DELIMITED = re.compile(r"^DELIMITER ;;\n(.*?);;\nDELIMITER ;$", re.DOTALL | re.MULTILINE)
"""What the client program takes instead of a statement with semicolons in it; a server takes the statement."""
REFUSED = (psycopg.Error, pymysql.Error, sqlite3.Error)


@dataclass
class Derived:
    """A physical model with the design that it stands in, and its script."""

    design: Design
    model: Id
    export: Export

    @property
    def script(self) -> str:
        return self.export.text


@dataclass
class Outcome:
    """What a server made of a script."""

    refused: str = ""
    differs: list[str] = field(default_factory=list)
    rows: int = 0
    rows_refused: list[str] = field(default_factory=list)


def derived(design: Design, dialect: str, options: Mapping[str, str], *, through_logical: bool = True) -> Derived:
    """Return a design derived down to a database, by way of a logical model unless that is left out."""
    upper = next(each for each in models(design) if each.level == "conceptual")
    settings = Settings(dict(options))
    ids = seeded_ids(f"{dialect} {sorted(options.items())}")
    source = upper.id
    if through_logical:
        made = derive(design, source, ids, level=LOGICAL, settings=settings, arranged=False)
        design, source = apply(design, made.change), made.made[0]
    made = derive(design, source, ids, level=PHYSICAL, target=dialect, settings=settings, arranged=False)
    design = apply(design, made.change)
    model = design[made.made[0]]
    assert isinstance(model, Model)
    return Derived(design, model.id, get("ddl").export(design, Options(model=model.id, dialect=dialect)))


class Home(Protocol):
    """A place to apply scripts to; each script finds it empty."""

    dialect: str
    begin: str

    def emptied(self) -> None: ...

    def run(self, script: str) -> None: ...

    def read(self) -> Design: ...


def tried(case: Derived, home: Home, *, dialect: str = "", rows: int = 0) -> Outcome:
    """Apply a script to an empty home, read the catalogs back and put rows in."""
    outcome = Outcome()
    home.emptied()
    try:
        home.run(case.script)
    except REFUSED as error:
        outcome.refused = str(error)
        return outcome
    kept = without_left_out(case.design, case.export, home.dialect)
    found = compared(kept, home.read(), dialect=dialect or home.dialect, models=(case.model, None))
    seen = (
        each
        for each in found.differences
        if not each.spelled and not (home.dialect == "sqlite" and each.field == "comment")
    )
    outcome.differs = [f"{each.kind} {each.path} {each.field}: {each.left} | {each.right}" for each in seen]
    if rows:
        _fill(case, home, rows, outcome)
    return outcome


def _fill(case: Derived, home: Home, rows: int, outcome: Outcome) -> None:
    """Put rows into all tables in one transaction: references of a circle are checked at its end."""
    home.run(f"{home.begin};")
    for each in rows_for(case.design, case.model, home.dialect, rows).inserts:
        try:
            home.run(f"SAVEPOINT here; {each.sql};")
            outcome.rows += 1
        except REFUSED as error:
            home.run("ROLLBACK TO here;")
            outcome.rows_refused.append(f"{each.sql}: {error}")
    try:
        home.run("COMMIT;")
    except REFUSED as error:
        outcome.rows_refused.append(f"at the end: {error}")


class PostgresHome:
    """A database of PostgreSQL whose schemas are dropped between scripts."""

    dialect = "postgresql"
    begin = "BEGIN"

    def __init__(self, server: PostgresServer):
        self.dsn = server.new_database()
        self.connection = psycopg.connect(self.dsn, autocommit=True)

    def emptied(self) -> None:
        found = self.connection.execute(
            "SELECT quote_ident(nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
        ).fetchall()
        drops = "".join(f"DROP SCHEMA {name} CASCADE;" for (name,) in found)
        self.connection.execute(f"{drops} CREATE SCHEMA public".encode())

    def run(self, script: str) -> None:
        self.connection.execute(script.encode())

    def read(self) -> Design:
        return read_snapshot(take(self.dsn, _WANTED), _WANTED).design

    def close(self) -> None:
        self.connection.close()


class MariaHome:
    """A database of MariaDB that is made anew for each script."""

    dialect = "mariadb"
    begin = "SET foreign_key_checks = 0; BEGIN"  # it cannot wait with a reference until the end

    def __init__(self, server: MariaServer):
        self.server = server
        self.parameters: dict[str, Any] = {}
        self.connection: pymysql.Connection | None = None

    def emptied(self) -> None:
        self.close()
        self.parameters = self.server.new_database()
        self.connection = pymysql.connect(**self.parameters, autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS)

    def run(self, script: str) -> None:
        assert self.connection is not None
        with self.connection.cursor() as cursor:
            cursor.execute(_DELIMITED.sub(r"\1;", script))
            while cursor.nextset():
                pass

    def read(self) -> Design:
        socket = self.parameters["unix_socket"].replace("/", "%2F")
        url = f"mariadb://root@/{self.parameters['database']}?unix_socket={socket}"
        return read_snapshot(take(url, _WANTED), _WANTED).design

    def close(self) -> None:
        if self.connection is not None:
            name = self.parameters["database"]
            self.run(f"DROP DATABASE {name}")
            self.connection.close()
            self.connection = None


class SQLiteHome:
    """A database file of SQLite that is made anew for each script."""

    dialect = "sqlite"
    begin = "BEGIN"

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="levels-")
        self.path = Path(self.folder.name) / "base.db"
        self.connection: sqlite3.Connection | None = None

    def emptied(self) -> None:
        self._gone()
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")

    def run(self, script: str) -> None:
        assert self.connection is not None
        statement = ""
        for piece in script.split(";"):
            statement += f"{piece};"
            if sqlite3.complete_statement(statement):
                self.connection.execute(statement)
                statement = ""

    def read(self) -> Design:
        url = f"sqlite:///{self.path}"
        return read_snapshot(take(url, _WANTED), _WANTED).design

    def _gone(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        self._gone()
        self.folder.cleanup()


__all__ = ["Derived", "MariaHome", "Outcome", "PostgresHome", "SQLiteHome", "derived", "tried"]
