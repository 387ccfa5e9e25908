"""Two designs with what they leave to the server spelled out: names, the sequences of serials, what children inherit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from designer.evolution.postgres.naming import Naming
from designer.schema import Design, DomainType, Id, Record, Table, View


@dataclass(slots=True)
class Spelled:
    """Both designs, and which of their records nobody wrote."""

    old: Design
    new: Design
    implied_old: frozenset[Id] = frozenset()
    implied_new: frozenset[Id] = frozenset()
    attached_old: dict[Id, Id] = field(default_factory=dict)
    attached_new: dict[Id, Id] = field(default_factory=dict)
    following: frozenset[Id] = frozenset()
    """What is renamed along with something else."""

    def shared(self) -> Iterable[Id]:
        """Return the ids that both sides have."""
        return [each for each in self.old if each in self.new]


def spelled_out(old: Design, new: Design) -> Spelled:
    """Return both designs with what they leave to the server."""
    return Spelled(named(old), named(new))


def named(design: Design) -> Design:
    """Return a design whose constraints and indexes have the names that the server gives them."""
    naming = Naming(design)
    put: list[Record] = []
    for kind in (Table, View, DomainType):
        for owner in design.of(kind):
            put += naming.named(owner)
    return design.changed((), put) if put else design
