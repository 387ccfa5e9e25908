"""The relation behind a table or an entity: its columns by number, and which dependencies are taken to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from designer.dependencies.entities import column_ids, identified
from designer.dependencies.implied import Fact, implied
from designer.normalization.contract import FD, MVD, Relation, bits
from designer.schema import Column, Dependency, Design, Entity, Id, Named, Table

HOLDING = ("confirmed", "waived")
"""States of a dependency that holds; a waived one holds and is left as it is."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Why a dependency of a relation is taken to hold.

    `source`: model, person, names, data. `record` is the key, check or Dependency that says so. `kept` says that the
    database itself keeps it true, so that no two rows can ever disagree.
    """

    source: str
    record: Id
    reason: str
    state: str = "confirmed"
    kept: bool = False
    waiver: str = ""  # why it is left as it is


@dataclass(frozen=True)
class Subject:
    """A table or an entity as the kernel looks at it. `columns[i]` is the id of the column with the number i.

    `origins[i]` says where `relation.fds[i]` comes from, and `many_origins[i]` the same of `relation.mvds[i]`.
    """

    owner: Id
    relation: Relation
    columns: tuple[Id, ...]
    origins: tuple[Origin, ...] = ()
    many_origins: tuple[Origin, ...] = ()

    @cached_property
    def numbers(self) -> dict[Id, int]:
        """The number of each column."""
        return {each: number for number, each in enumerate(self.columns)}

    def set_of(self, ids: Iterable[Id]) -> int:
        """Return the set of the columns with those ids. Raises KeyError for one that is not of this relation."""
        found = 0
        for each in ids:
            found |= 1 << self.numbers[each]
        return found

    def ids_of(self, columns: int) -> tuple[Id, ...]:
        """Return the ids of a set of columns, in order."""
        return tuple(self.columns[each] for each in bits(columns))

    def names(self, columns: int) -> str:
        """Return the names of a set of columns with commas between."""
        return ", ".join(self.relation.names(columns))

    def origin_of(self, fd: FD) -> Origin | None:
        """Return where a stated dependency comes from: the first that says the same or more."""
        for stated, origin in zip(self.relation.fds, self.origins, strict=True):
            if stated.left == fd.left and not fd.right & ~stated.right:
                return origin
        return None


def subject_of(design: Design, owner: Id, *, with_proposed: bool = False) -> Subject:
    """Return the relation behind a table or an entity.

    Dependencies hold that the model implies or that somebody confirmed; with `with_proposed` also those that wait
    for an answer. Raises KeyError where the record is neither.
    """
    record = design.get(owner)
    if isinstance(record, Table):
        return relation_of_table(design, owner, with_proposed=with_proposed)
    if isinstance(record, Entity):
        return relation_of_entity(design, owner, with_proposed=with_proposed)
    raise KeyError(owner)


def relation_of_table(design: Design, table: Id, *, with_proposed: bool = False) -> Subject:
    """Return the relation behind a table."""
    columns = design.of(Column, table)
    named = {column.id: column.name for column in columns}
    return _subject(design, table, named, implied(design, table), with_proposed)


def relation_of_entity(design: Design, entity: Id, *, with_proposed: bool = False) -> Subject:
    """Return the relation behind an entity: its single-valued attributes, and what it has at most one of."""
    return _subject(design, entity, column_ids(design, entity), identified(design, entity), with_proposed)


def stated(design: Design, owner: Id, states: Sequence[str]) -> Iterator[Dependency]:
    """Yield the dependencies of a table or an entity that are in one of those states, in order."""
    return (each for each in design.of(Dependency, owner) if each.state in states)


def _subject(design: Design, owner: Id, named: dict[Id, str], facts: Iterable[Fact], with_proposed: bool) -> Subject:
    columns = tuple(named)
    bare = Subject(owner, Relation("", tuple(named.values())), columns)
    fds: list[FD] = []
    origins: list[Origin] = []
    mvds: list[MVD] = []
    many_origins: list[Origin] = []
    for fact in facts:
        fds.append(FD(bare.set_of(fact.left), bare.set_of(fact.right)))
        origins.append(Origin("model", fact.record, fact.reason, kept=True))
    for each in stated(design, owner, (*HOLDING, "proposed") if with_proposed else HOLDING):
        if not {*each.determinant, *each.dependent} <= named.keys():
            continue
        left, right = bare.set_of(each.determinant), bare.set_of(each.dependent)
        waiver = each.reason if each.state == "waived" else ""
        origin = Origin(each.source or "person", each.id, said(each), each.state, waiver=waiver)
        if each.multivalued:
            mvds.append(MVD(left, right))
            many_origins.append(origin)
        else:
            fds.append(FD(left, right))
            origins.append(origin)
    record = design[owner]
    name = record.name if isinstance(record, Named) else ""
    relation = Relation(name, tuple(named.values()), tuple(fds), tuple(mvds))
    return Subject(owner, relation, columns, tuple(origins), tuple(many_origins))


_FOUND = {"data": "found in data", "names": "suggested by names", "person": "stated", "": "stated"}


def said(dependency: Dependency) -> str:
    """Return who says that a dependency holds: `stated by Ada`, `found in 100,000 rows, not confirmed`."""
    rows = f"found in {dependency.checked_rows:,} rows" if dependency.checked_rows else ""
    how = rows or _FOUND.get(dependency.source, "stated")
    by = f" by {dependency.decided_by}" if dependency.decided_by else ""
    on = f" on {dependency.decided_on}" if dependency.decided_on else ""
    if dependency.state == "proposed":
        return f"{how}, not confirmed"
    return f"{how}{by}{on}" if how == "stated" else f"{how}, confirmed{by}{on}"
