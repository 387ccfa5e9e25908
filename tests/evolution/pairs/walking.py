"""One pair taken all the way: load both versions, write the ways, run them, and read what came of it."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from designer.evolution import Migration, migrate
from designer.evolution.align import Aligned, aligned
from designer.evolution.formats.scripts import script
from designer.importers.live import EmptyDatabase, read_url
from designer.importers.sql import read as read_text
from designer.schema import Design, Model
from tests.conformance.servers import Reading
from tests.evolution.pairs.rows import fill, lost
from tests.evolution.pairs.versions import Pair
from tests.fidelity.homes import Home, PostgresPrograms, SQLitePrograms
from tests.fidelity.normal import comparable

WAYS = ("live", "text", "mixed")
_BY_ROWS = re.compile(
    r"NOT NULL constraint failed|CHECK constraint failed|UNIQUE constraint failed|FOREIGN KEY|contains null values"
    r"|is violated by some row|could not create unique index|violates|invalid input|Duplicate entry|truncated|Data too long",
    re.IGNORECASE,
)
"""What servers say of rows that do not fit."""


@dataclass
class Way:
    """What came of one way: refused statements and different objects, up and down."""

    up: list[str] = field(default_factory=list)
    down: list[str] = field(default_factory=list)
    steps: tuple[int, int] = (0, 0)
    needless: list[str] = field(default_factory=list)  # tables dropped and made again
    questions: int = 0
    rows: int = 0  # that were in the tables
    stopped: str = ""  # what the server said where rows that are there do not fit
    lost: list[str] = field(default_factory=list)  # tables on both sides that have fewer rows afterwards
    seconds: float = 0.0
    problem: str = ""

    @property
    def holds(self) -> bool:
        """Whether both directions end where they should."""
        return not (self.up or self.down or self.lost or self.problem)


@dataclass
class Walked:
    """A pair and what was found."""

    pair: Pair
    before: int = 0  # objects that differ at first
    ways: dict[str, Way] = field(default_factory=dict)
    problem: str = ""


class Walk:
    """Takes one pair."""

    def __init__(self, home: Home, pair: Pair, keep: Path | None = None, *, rows: bool = False):
        self.home = home
        self.pair = pair
        self.keep = keep
        self.rows = rows
        self.scripts = [pair.old.script(home)[0], pair.new.script(home)[0]]
        self.databases = [self._loaded(text) for text in self.scripts]
        self.readings = [home.read(each) for each in self.databases]

    def walk(self, ways: tuple[str, ...] = WAYS) -> Walked:
        """Walk the ways asked for."""
        found = Walked(self.pair, len(differences(self.pair.dialect, *self.readings)))
        for name in ways:
            if not self.pair.only or name in self.pair.only:
                found.ways[name] = self._way(name)
        return found

    def _loaded(self, text: str) -> Any:
        for real in (self.pair.old, self.pair.new):
            if real.roles:
                self.home.add_roles(real.roles)  # type: ignore[attr-defined]
        database = self.home.new()
        self.home.apply(database, f"{self.pair.new.setting};\n{text}" if self.pair.new.setting else text)
        return database

    def _way(self, name: str) -> Way:
        way = Way()
        start = time.perf_counter()
        try:
            there = self._aligned(name)
            up, down = self._both(there)
        except Exception as error:
            way.problem = f"{type(error).__name__}: {error}"
            return way
        way.seconds = time.perf_counter() - start
        way.steps, way.questions = (len(up.steps), len(down.steps)), len(there.candidates)
        way.needless = list(made_again(up))
        database = self._copy()
        if self.rows:
            filled = fill(self.home, database, there.old, there.models[0])
            way.rows = sum(filled.values())
        way.up = self._run(name, "up", database, up, self.readings[1])
        if self.rows and self._is_stopped(way, up, database):
            return way
        if self.rows:
            way.lost = lost(self.home, database, there.new, filled)
        way.down = self._run(name, "down", database, down, self.readings[0])
        return way

    def _is_stopped(self, way: Way, up: Migration, database: Any) -> bool:
        """Say whether rows stopped a migration that tells that they may; what can be taken back has been."""
        refused = way.up[0].splitlines()[0] if way.up else ""
        told = any(step.effect.may_fail for step in up.steps)
        if not told or not _BY_ROWS.search(refused):
            return False
        undone = self.pair.dialect == "mariadb" or not differences(
            self.pair.dialect, self.readings[0], self.home.read(database)
        )
        way.stopped = refused
        way.up = [] if undone else way.up
        return True

    def _aligned(self, name: str) -> Aligned:
        printed = {"live": (True, True), "text": (False, False), "mixed": (True, False)}[name]
        old, new = (self._design("live" if live else "text", at) for at, live in enumerate(printed))
        return aligned(old, new, self.pair.dialect, printed=printed)

    def _both(self, there: Aligned) -> tuple[Migration, Migration]:
        models = there.models
        up = migrate(there.old, there.new, self.pair.dialect, models=models)
        return up, migrate(there.new, there.old, self.pair.dialect, models=models[::-1])

    def _design(self, name: str, at: int) -> Design:
        nothing = Design([Model(id="nothing", target=self.pair.dialect)])
        if name == "live":
            try:
                return read_url(self.home.url(self.databases[at])).design
            except EmptyDatabase:
                return nothing
        if not self.scripts[at].strip():
            return nothing
        return read_text(self.scripts[at], f"{at}.sql", self.pair.dialect).design

    def _copy(self) -> Any:
        """Return a database like the old one."""
        if isinstance(self.home, SQLitePrograms):
            database = self.home.new()
            shutil.copy(self.databases[0], database)
            return database
        if isinstance(self.home, PostgresPrograms):
            return copied(self.home, self.databases[0])
        return self._loaded(self.scripts[0])

    def _run(self, name: str, direction: str, database: Any, way: Migration, wanted: Reading) -> list[str]:
        text = script(way)
        if self.keep is not None:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{self.pair.dialect}.{self.pair.name}.{name}.{direction}.sql").write_text(text)
        errors = self.home.apply(database, text) if text else []
        return errors + differences(self.pair.dialect, wanted, self.home.read(database))


def copied(home: PostgresPrograms, database: str) -> str:
    """Return a copy of a database of PostgreSQL."""
    import psycopg

    fresh = home.new()
    names = [psycopg.conninfo.conninfo_to_dict(each)["dbname"] for each in (fresh, database)]
    with psycopg.connect(home.server.url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{names[0]}"'.encode())
        connection.execute(f'CREATE DATABASE "{names[0]}" TEMPLATE "{names[1]}"'.encode())
    return fresh


def differences(dialect: str, wanted: Reading, found: Reading) -> list[str]:
    """Return what two readings do not have in common."""
    one, two = (_without_places(comparable(dialect, "text", each)) for each in (wanted, found))
    return [
        f"{kind} {name}\n     wanted: {_cut(one, (kind, name), two)}\n     found:  {_cut(two, (kind, name), one)}"
        for kind, name in sorted(one.keys() | two.keys())
        if one.get((kind, name)) != two.get((kind, name))
    ]


def _without_places(reading: Reading) -> Reading:
    """Return a reading without the places of columns, which PostgreSQL never changes."""
    return {
        key: re.sub(r"\A\d+ ", "", text) if key[0] == "column, too" else text
        for key, text in reading.items()
        if key[0] != "column_order"
    }


def _cut(reading: Reading, key: tuple[str, str], other: Reading) -> str:
    text, beside = reading.get(key), other.get(key)
    if text is None:
        return "(is not there)"
    at = next((at for at, (a, b) in enumerate(zip(text, beside or "", strict=False)) if a != b), 0)
    return text[max(0, at - 60) : at + 140]


def made_again(migration: Migration) -> list[str]:
    """Return the tables and columns that a migration drops and makes again under the same name."""
    dropped = {step.label for step in migration.steps if step.operation in ("drop table", "drop column")}
    made = {step.label for step in migration.steps if step.operation in ("create table", "add column")}
    return sorted(dropped & made)
