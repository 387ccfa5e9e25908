"""What goes wrong with rows while a table is left as it is: on update, insert and delete (Codd 1971)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.dependencies.sample import Sample, spoken
from designer.dependencies.subject import Subject
from designer.normalization.analysis import Analysis
from designer.normalization.contract import FD, MVD


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One way to spoil the data. `event`: update, insert, delete; `rows` are the rows spoken of, from 0."""

    event: str
    text: str
    rows: tuple[int, ...] = ()


def anomalies(
    subject: Subject, analysis: Analysis, dependency: FD | MVD, sample: Sample, held_by: str = ""
) -> tuple[Anomaly, ...]:
    """Return what goes wrong in a table's own columns, with rows of it where some are at hand.

    `held_by` is another table that holds the same facts, so that they cannot get lost here.
    """
    if isinstance(dependency, MVD):
        return tuple(_of_sets(subject, dependency))
    if not dependency.left:
        return (_of_constant(subject, dependency),)
    if held_by:
        return tuple(_of_copies(subject, dependency, sample, held_by))
    return tuple(_of_facts(subject, analysis, dependency, sample))


def _of_facts(subject: Subject, analysis: Analysis, fd: FD, sample: Sample) -> Iterator[Anomaly]:
    left, right = subject.names(fd.left), subject.names(fd.right)
    often, once = _example(subject, fd, sample)
    verb = "stands" if fd.right.bit_count() == 1 else "stand"
    if often:
        value, rows = often
        text = f"{left} {value} is in {len(rows):,} rows: change {right} in one of them, and the others contradict it."
        yield Anomaly("update", text, rows)
    else:
        yield Anomaly("update", f"Change {right} in one row, and other rows with the same {left} contradict it.")
    missing = _missing(subject, analysis, fd)
    if missing:
        text = f"{right} of a new {left} cannot be noted before there is a row with {missing}."
        yield Anomaly("insert", text)
    if once:
        value, rows = once
        told = spoken(sample.of(subject.ids_of(fd.right))[rows[0]])
        text = f"Only row {rows[0] + 1} has {left} {value}: delete it, and nobody knows its {right} any more ({told})."
        yield Anomaly("delete", text, rows)
    else:
        yield Anomaly("delete", f"{right} {verb} nowhere else: delete the last row of one {left}, and it is forgotten.")


def _of_copies(subject: Subject, fd: FD, sample: Sample, held_by: str) -> Iterator[Anomaly]:
    left, right = subject.names(fd.left), subject.names(fd.right)
    often, _ = _example(subject, fd, sample)
    rows = f"{len(often[1]):,} rows with {left} {often[0]}" if often else f"all rows with that {left}"
    text = f"Change {right} in {held_by}, and {rows} here say what was true before."
    yield Anomaly("update", text, often[1] if often else ())
    yield Anomaly("insert", f"A new row can say another {right} than {held_by} has for its {left}.")


_Group = tuple[str, tuple[int, ...]] | None


def _example(subject: Subject, fd: FD, sample: Sample) -> tuple[_Group, _Group]:
    """Return a value of the left side that is in most rows, and one that is in a single row, where there are such."""
    if not sample.holds(subject.ids_of(fd.left | fd.right)):
        return None, None
    told = sample.of(subject.ids_of(fd.right))
    groups = {
        value: rows
        for value, rows in sample.groups(subject.ids_of(fd.left)).items()
        if any(one is not None for one in value) and any(one is not None for row in rows for one in told[row])
    }
    most = max(groups.items(), key=lambda each: len(each[1]), default=None)
    often = (spoken(most[0]), tuple(most[1])) if most and len(most[1]) > 1 else None
    single = next((each for each in groups.items() if len(each[1]) == 1), None)
    return often, (spoken(single[0]), tuple(single[1])) if single else None


def _missing(subject: Subject, analysis: Analysis, fd: FD) -> str:
    """Return what of the key a fact would have to wait for."""
    keys = analysis.listed_keys
    key = next((each for each in keys if fd.left & each), keys[0] if keys else 0)
    return subject.names(key & ~fd.left)


def _of_constant(subject: Subject, fd: FD) -> Anomaly:
    names = subject.names(fd.right)
    text = f"Another {names} has to be written to every row at once; a row that is missed contradicts the rest."
    return Anomaly("update", text)


def _of_sets(subject: Subject, mvd: MVD) -> Iterator[Anomaly]:
    left, right = subject.names(mvd.left), subject.names(mvd.right & ~mvd.left)
    rest = subject.names(subject.relation.every & ~mvd.left & ~mvd.right)
    yield Anomaly("insert", f"One more {right} of one {left} takes a row for each of its {rest}; one too few is a lie.")
    yield Anomaly("update", f"Change one {right} of one {left} in one row, and its other rows contradict it.")
    yield Anomaly("delete", f"Take away the last {rest} of one {left}, and every {right} of it is gone as well.")
