"""Who says that a dependency holds, and what rows say about it."""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.sample import Sample, spoken
from designer.dependencies.subject import Origin, Subject
from designer.normalization.contract import FD, MVD, Derivation
from designer.normalization.proofs import prove

SHOWN = 3
"""Groups of conflicting rows that are shown."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows that agree on a determinant and differ in what depends on it; rows are numbered from 0."""

    value: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a dependency is believed. `said` are sentences, one a source; `origins` the same as values.

    Of the rows at hand: `rows` were looked at, `values` is how many values the determinant has in them, `conflicts`
    are rows that speak against it.
    """

    said: tuple[str, ...]
    origins: tuple[Origin, ...]
    rows: int = 0
    values: int = 0
    conflicts: tuple[Conflict, ...] = ()
    conflicting: int = 0  # values of the determinant with more than one value of what depends


def used(subject: Subject, dependency: FD | MVD) -> tuple[Origin, ...]:
    """Return where the dependencies come from that a dependency follows from."""
    if isinstance(dependency, MVD):
        pairs = zip(subject.relation.mvds, subject.many_origins, strict=True)
        return tuple(origin for mvd, origin in pairs if mvd.left == dependency.left)
    exact = [
        origin
        for fd, origin in zip(subject.relation.fds, subject.origins, strict=True)
        if fd.left == dependency.left and not dependency.right & ~fd.right
    ]
    if exact:
        return tuple(exact[:1]) if exact[0].kept else tuple(exact)
    proof = prove(subject.relation, dependency)
    walk = proof.walk if isinstance(proof, Derivation) else ()
    origins = (*subject.origins, *subject.many_origins)
    return tuple(origins[number] for number in walk)


def evidence(subject: Subject, dependency: FD | MVD, origins: tuple[Origin, ...], sample: Sample) -> Evidence:
    """Return what is known about a dependency, from people, constraints and rows."""
    said = tuple(dict.fromkeys(_sentence(origin) for origin in origins))
    ids = subject.ids_of(dependency.left | dependency.right)
    if isinstance(dependency, MVD) or not sample.holds(ids):
        return Evidence(said, origins)
    groups = sample.groups(subject.ids_of(dependency.left))
    values = sample.of(subject.ids_of(dependency.right))
    conflicts = [
        Conflict(spoken(value), tuple(rows)) for value, rows in groups.items() if len({values[row] for row in rows}) > 1
    ]
    told = _of_rows(subject, dependency.left, len(sample.rows), len(groups), len(conflicts))
    shown = tuple(conflicts[:SHOWN])
    return Evidence((*said, told), origins, len(sample.rows), len(groups), shown, len(conflicts))


def _sentence(origin: Origin) -> str:
    text = origin.reason[:1].upper() + origin.reason[1:]
    return text if text.endswith(".") else f"{text}."


def _of_rows(subject: Subject, left: int, rows: int, values: int, conflicts: int) -> str:
    names = subject.names(left) or "nothing"
    held = f"{rows:,} rows hold {values:,} {'value' if values == 1 else 'values'} of {names}"
    if not conflicts:
        return f"{held}, and none of them contradicts itself."
    return f"{held}, and {conflicts:,} of them {'has' if conflicts == 1 else 'have'} rows that disagree."
