"""The proof: create on a server, import (text way and live way), export, create in an empty database, compare.

Catalog queries and new databases cost more than constructs do. So as many constructs as fit side by side are put into
one database and proven together: where a server refuses a script because a name is taken, its construct goes into the
next database. Only where such a group does not come back equal is each of its constructs proven alone, so that a
failure names its construct.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from designer.compare import Difference, compare
from designer.importers.live import Wanted, read_url
from designer.importers.sql import read as read_text
from designer.schema import Design
from exporters.contract import Options
from exporters.registry import get
from tests.conformance.cases import Case, Differs, not_in_dump
from tests.conformance.servers import Reading, Server

SHOWN = 12
"""Differences in one message."""
LONGEST = 4_000
"""Characters of a script in a message: all of one construct, the beginning where many stand together."""
WANTED = Wanted(owners=True)


@dataclass
class Group:
    """Constructs that stand in one database side by side."""

    database: Any
    constructs: list[str] = field(default_factory=list)


class Proof:
    """Proves the constructs of one dialect on one server."""

    def __init__(self, server: Server, cases: dict[str, Case], alone: frozenset[str] = frozenset()):
        self.server = server
        self.cases = {name: case for name, case in cases.items() if isinstance(case, str)}
        self.different = {name: case.sql for name, case in cases.items() if isinstance(case, Differs)}
        self.alone = alone
        self.refused: dict[str, str] = {}
        """Constructs whose own script the server refuses, and what it says."""

    # What tests ask

    def differences_of(self, construct: str) -> str:
        """Return what is not equal about a construct; empty where all is."""
        if construct in self.different:
            return self._alone(construct, self.different[construct])
        home = next((number for number, group in enumerate(self.groups) if construct in group.constructs), None)
        if home is None:
            return f"{construct} cannot be made: {self.refused[construct]}"
        return self._alone(construct, self.cases[construct]) if self.verdicts[home] else ""

    def differences_together(self) -> str:
        """Return what is not equal where constructs stand side by side."""
        return "\n\n".join(filter(None, self.verdicts))

    def designs_apart(self) -> str:
        """Return where the design of the database's own dump and that of its catalogs do not say the same."""
        lost = not_in_dump(self.server.dialect)
        return "\n".join(
            each.sentence("dump", "catalogs")
            for group in self.groups
            for each in self._apart(group)
            if f"{each.about}: {each.field}" not in lost
        )

    def _apart(self, group: Group) -> list[Difference]:
        scripts = [self.cases[name] for name in group.constructs]
        text = self._text(self.server.text_of(group.database, scripts))
        live = read_url(self.server.url(group.database)).design
        return compare(text, live, dialect=self.server.dialect)

    # Groups

    @cached_property
    def groups(self) -> list[Group]:
        """The constructs, as many in a database as go together."""
        found = [self._group([name]) for name in self.cases if name in self.alone]
        waiting = [name for name in self.cases if name not in self.alone]
        while waiting:
            group = self._group(waiting)
            waiting = [name for name in waiting if name not in group.constructs]
            found.append(group)
            if not group.constructs:
                break
        return [group for group in found if group.constructs]

    def _group(self, constructs: list[str]) -> Group:
        group = Group(self.server.new())
        for construct in constructs:
            try:
                self.server.run(group.database, self.cases[construct])
                group.constructs.append(construct)
            except self.server.refusals as error:
                self.refused[construct] = str(error)
        return group

    @cached_property
    def verdicts(self) -> list[str]:
        """For each group what is not equal, empty where all is."""
        return [
            self._verdict(", ".join(group.constructs), group.database, [self.cases[name] for name in group.constructs])
            for group in self.groups
        ]

    # The proof

    def _alone(self, construct: str, script: str) -> str:
        database = self.server.new()
        self.server.run(database, script)
        return self._verdict(construct, database, [script])

    def _verdict(self, what: str, database: Any, scripts: list[str]) -> str:
        original = self.server.read(database)
        texts = self._way(original, lambda: [self._text(script) for script in scripts])
        live = self._way(original, lambda: [read_url(self.server.url(database), WANTED).design])
        return "\n".join(
            f"{what}, {way}:\n{problem}" for way, problem in (("text way", texts), ("live way", live)) if problem
        )

    def _text(self, script: str) -> Design:
        return read_text(script, "case.sql", self.server.dialect).design

    def _way(self, original: Reading, designs: Callable[[], list[Design]]) -> str:
        exported = ""
        try:
            database = self.server.new()
            for design in designs():
                exported = get("ddl").export(design, Options(dialect=self.server.dialect)).text
                self.server.run(database, exported)
        except Exception as error:
            return f"{type(error).__name__}: {error}\n{exported[:LONGEST]}"
        return "\n".join(_differences(original, self.server.read(database))[:SHOWN])


def _differences(one: Reading, other: Reading) -> list[str]:
    return [
        f"{kind} {name}:\n  made:     {one.get((kind, name), 'is not there')}"
        f"\n  returned: {other.get((kind, name), 'is not there')}"
        for kind, name in sorted(one.keys() | other.keys())
        if one.get((kind, name)) != other.get((kind, name))
    ]
