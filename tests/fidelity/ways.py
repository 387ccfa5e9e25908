"""The four ways through Wholekey, each proven on one real schema: as written, by dump, live, pasted."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from designer.compare import compare
from designer.importers.contract import Outcome
from designer.importers.live import read_pasted, read_url
from designer.importers.live.registry import engine
from designer.importers.sql import read as read_text
from designer.schema import Design
from exporters.contract import Options
from exporters.registry import get
from tests.conformance.servers import Reading
from tests.fidelity.homes import Home
from tests.fidelity.normal import comparable
from tests.fidelity.real import Real

LEAD, SHOWN = 60, 140
"""Characters of a definition that are shown before the first difference, and from there on."""
WAYS = ("text", "dump", "live", "pasted")


@dataclass
class Way:
    """What came of one way."""

    differences: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)  # differences that the server's own dump has as well
    seconds: float = 0.0

    @property
    def verdict(self) -> str:
        """The result in a word or two."""
        if self.differences:
            return f"{len(self.differences)} differ"
        return f"equal, but {len(self.own)} as with its own dump" if self.own else "equal"


@dataclass
class Walked:
    """One schema and all that was found about it."""

    real: Real
    version: str = ""
    objects: int = 0
    statements: int = 0
    refused: list[str] = field(default_factory=list)  # by the server, of the script as written
    ways: dict[str, Way] = field(default_factory=dict)
    problem: str = ""

    @property
    def surprises(self) -> list[str]:
        """What is not equal and not known to be so."""
        if self.problem:
            return [self.problem]
        return [
            f"{self.real.name}, {name}: {line}"
            for name, way in self.ways.items()
            if name not in self.real.known
            for line in way.differences
        ]


class Walk:
    """Takes one schema through."""

    def __init__(self, home: Home, real: Real, keep: Path | None = None):
        self.home = home
        self.real = real
        self.keep = keep
        self.walked = Walked(real)
        self.designs: dict[str, Design] = {}
        self.database: Any = None
        self.original: Reading = {}

    def walk(self, ways: tuple[str, ...] = WAYS) -> Walked:
        """Load the schema and walk the ways."""
        script, self.walked.version = self.real.script(self.home)
        self._keep("source", script)
        self.database = self._loaded(script)
        self.original = self.home.read(self.database)
        self.walked.objects = len({key for key in self.original if not key[0].endswith(", too")})
        readers: dict[str, Callable[[], Design]] = {
            "text": lambda: self._text(script, count=True),
            "dump": lambda: self._text(self.home.dump(self.database)),
            "live": lambda: read_url(self.home.url(self.database)).design,
            "pasted": lambda: (
                read_pasted(self.home.ask(self.database, engine(self.real.dialect).query(self.real.dialect))).design
            ),
        }
        for name in [each for each in ways if not self.real.only or each in self.real.only]:
            self.walked.ways[name] = self._way(name, readers[name])
        if "live" in self.designs and len(self.designs) > 1:
            self.walked.ways["designs"] = self._designs_equal()
        return self.walked

    def _loaded(self, script: str) -> Any:
        if self.real.roles:
            self.home.add_roles(self.real.roles)  # type: ignore[attr-defined]
        database = self._empty()
        self.walked.refused = self.home.apply(database, script)
        return database

    def _empty(self) -> Any:
        database = self.home.new()
        if self.real.setting:
            self.home.apply(database, self.real.setting)
        return database

    def _text(self, script: str, count: bool = False) -> Design:
        result = read_text(script, f"{self.real.name}.sql", self.real.dialect)
        if count:
            counts = result.report.counts()
            self.walked.statements = sum(counts.values()) - counts[Outcome.WARNING]
        return result.design

    def _way(self, name: str, read: Callable[[], Design]) -> Way:
        start = time.perf_counter()
        way = Way()
        try:
            self.designs[name] = read()
            exported = get("ddl").export(self.designs[name], Options(dialect=self.real.dialect)).text
        except Exception as error:
            way.differences = [f"{type(error).__name__}: {error}"]
            return way
        way.seconds = time.perf_counter() - start
        self._keep(name, exported)
        found = self._against(name, exported)
        way.own = [each for each in found if each in self._own] if found else []
        way.differences = [each for each in found if each not in way.own]
        return way

    def _against(self, name: str, script: str) -> list[str]:
        """Return what is not equal to A in an empty database where a script was run."""
        other = self._empty()
        errors = self.home.apply(other, script)
        readings = [comparable(self.real.dialect, name, each) for each in (self.original, self.home.read(other))]
        return [
            *errors,
            *_differences(*readings),
        ]

    @cached_property
    def _own(self) -> list[str]:
        """What is not equal where the server's own dump program is used, without Wholekey."""
        return self._against("dump", self.home.dump(self.database))

    def _designs_equal(self) -> Way:
        start = time.perf_counter()
        way = Way()
        for name in ("text", "dump", "pasted"):
            if name in self.designs:
                found = compare(self.designs[name], self.designs["live"], dialect=self.real.dialect)
                way.differences += [each.sentence(name, "live") for each in found if not each.spelled]
        way.seconds = time.perf_counter() - start
        return way

    def _keep(self, way: str, script: str) -> None:
        if self.keep is not None:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{self.real.dialect}.{self.real.name}.{way}.sql").write_text(script)


def _differences(one: Reading, other: Reading) -> list[str]:
    return [
        f"{kind} {name}\n     A: {first}\n     B: {second}"
        for kind, name in sorted(one.keys() | other.keys())
        if one.get((kind, name)) != other.get((kind, name))
        for first, second in [_parting(one.get((kind, name)), other.get((kind, name)))]
    ]


def _parting(one: str | None, other: str | None) -> tuple[str, str]:
    """Return two definitions from a little before the place where they part."""
    if one is None or other is None:
        return tuple("(is not there)" if each is None else each[:SHOWN] for each in (one, other))  # type: ignore[return-value]
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - LEAD)
    return one[start : at + SHOWN], other[start : at + SHOWN]
