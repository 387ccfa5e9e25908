"""Two designs with what they leave to the server spelled out: names, sequences of serials, what children inherit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from designer.dialects.base import Dialect
from designer.evolution.postgres.heirs import Heirs
from designer.evolution.postgres.lineage import Lineage, remade
from designer.evolution.postgres.naming import Naming
from designer.evolution.postgres.serials import identity_sequences, with_sequences
from designer.schema import Check, Column, Design, DomainType, Id, Record, Sequence, Table, View


@dataclass(slots=True)
class Spelling:
    """One side with what it leaves to the server."""

    design: Design
    lineage: Lineage
    identities: dict[Id, Sequence] = field(default_factory=dict)
    """The sequences of identity columns; they are no records of the design."""


@dataclass(slots=True)
class Spelled:
    """Both sides."""

    old: Spelling
    new: Spelling
    remade: frozenset[Id]
    """Tables that are partitioned in another way than before."""

    def shared(self) -> Iterable[Id]:
        """Return the ids that both sides have."""
        return [each for each in self.old.design if each in self.new.design]

    def following(self) -> frozenset[Id]:
        """Return what is renamed along with something else: columns and checks of children."""
        was, now = self.old.lineage, self.new.lineage
        return frozenset(
            record.id
            for kind in (Column, Check)
            for record in self.old.design.of(kind)
            if was.source_of(record) and now.design.get(record.id) is not None
        )


def spelled_out(old: Design, new: Design, dialect: Dialect) -> Spelled:
    """Return both designs with what they leave to the server."""
    namings = [Naming(old), Naming(new)]
    sides = [named(side, naming) for side, naming in zip((old, new), namings, strict=True)]
    sides = [
        with_sequences(sides[0], sides[1], namings[0], dialect), with_sequences(sides[1], sides[0], namings[1], dialect)
    ]  # fmt: skip
    heirs = [Heirs(sides[0], sides[1], dialect), Heirs(sides[1], sides[0], dialect)]
    sides = [each.spelled_out() for each in heirs]
    anew = remade(*sides)
    loose = frozenset(
        each.id for side in sides for each in side.of(Table)
        if (each.partition_of in anew or each.id in anew) and all(each.id in other for other in sides)
    )  # fmt: skip
    before, after = (_spelling(each, loose, naming, dialect) for each, naming in zip(heirs, namings, strict=True))
    return Spelled(before, after, anew)


def _spelling(heirs: Heirs, loose: frozenset[Id], naming: Naming, dialect: Dialect) -> Spelling:
    design = heirs.design
    own = {each for each in heirs.implied if isinstance(design[each], (Column, Check)) and design[each].parent in loose}
    lineage = Lineage(design, frozenset(heirs.implied - own), heirs.attached, frozenset(heirs.said), loose)
    return Spelling(design, lineage, identity_sequences(design, naming, dialect))


def named(design: Design, naming: Naming) -> Design:
    """Return a design whose constraints and indexes have the names that the server gives them."""
    put: list[Record] = []
    owners: list[Table | View | DomainType] = [*design.of(Table), *design.of(View), *design.of(DomainType)]
    for owner in owners:
        put += naming.named(owner)
    return design.changed((), put) if put else design
