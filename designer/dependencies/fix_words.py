"""What to do about a finding, and what that costs, in words; `fixes` does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.commands.names import called
from designer.dependencies.sample import Sample
from designer.dependencies.subject import Subject
from designer.dependencies.suggested import totals_of
from designer.normalization.contract import FD, MVD
from designer.schema import Column, Design, ForeignKey, Id, Table


@dataclass(frozen=True, slots=True)
class Repair:
    """What is proposed. `kind`: table (of its own), home (the table that it refers to already), copy (which that table
    has already), computed (a generated column), constant, sets (a table for each of two sets).

    `target` is the table that takes the columns, where there is one; `reads` is how many rows the change saves.
    """

    kind: str
    text: str
    price: str
    target: Id = ""
    copies: tuple[tuple[Id, Id], ...] = ()  # (column here, column there) of what the target holds already


def repair(design: Design, subject: Subject, dependency: FD | MVD, kind: str, sample: Sample) -> Repair:
    """Return what to do about a violation."""
    names = subject.names(dependency.right & ~dependency.left)
    if isinstance(dependency, MVD):
        return _sets(subject, dependency)
    if kind == "constant":
        text = f"Take {names} out: put it into a table of settings with one row, or into the program."
        return Repair("constant", text, "Whoever needs it reads it from there.")
    if _is_total(design, subject, dependency):
        text = f"Let the database compute {names} from {subject.names(dependency.left)}: a generated column."
        return Repair("computed", text, "No table more, and nothing to write; old rows that differ have to be settled.")
    home = next(_homes(design, subject, dependency), None)
    if home is not None:
        return _home(design, subject, dependency, home)
    return _table(subject, dependency, sample)


def _table(subject: Subject, fd: FD, sample: Sample) -> Repair:
    left, right = subject.names(fd.left), subject.names(fd.right & ~fd.left)
    text = f"Make a table ({left}, {right}) with the key {left}; here {left} stays and refers to it."
    saved = _saved(subject, fd, sample)
    return Repair("table", text, f"One more table, and one join for whoever reads {right} here{saved}.")


def _saved(subject: Subject, fd: FD, sample: Sample) -> str:
    if not sample.holds(subject.ids_of(fd.left)):
        return ""
    values, rows = len(sample.groups(subject.ids_of(fd.left))), len(sample.rows)
    return f"; {values:,} rows there say what {rows:,} rows here repeat" if values < rows else ""


def _homes(design: Design, subject: Subject, fd: FD) -> Iterator[ForeignKey]:
    """Yield the foreign keys from exactly the left side: the other table is where such facts are at home."""
    for key in design.of(ForeignKey, subject.owner):
        if set(key.columns) == set(subject.ids_of(fd.left)) and key.ref_table and key.ref_table != subject.owner:
            yield key


def _home(design: Design, subject: Subject, fd: FD, key: ForeignKey) -> Repair:
    target = key.ref_table or ""
    record = design.get(target)
    name = called(design, record) if isinstance(record, Table) else "the other table"
    there = {column.name.lower(): column for column in design.of(Column, target)}
    dependent = subject.ids_of(fd.right & ~fd.left)
    copies = tuple((each, there[named].id) for each in dependent if (named := _name(design, each)) in there)
    names = subject.names(fd.right & ~fd.left)
    if len(copies) == len(dependent):
        text = f"Drop {names}: {name} has it already, and {subject.names(fd.left)} leads there."
        return Repair("copy", text, f"One join for whoever reads {names} here.", target, copies)
    text = f"Move {names} to {name}, to which {subject.names(fd.left)} refers already."
    return Repair("home", text, f"No table more; one join for whoever reads {names} here.", target, copies)


def _name(design: Design, column: Id) -> str:
    record = design.get(column)
    return record.name.lower() if isinstance(record, Column) else ""


def _is_total(design: Design, subject: Subject, fd: FD) -> bool:
    left, right = set(subject.ids_of(fd.left)), set(subject.ids_of(fd.right & ~fd.left))
    found = totals_of(design, subject.owner)
    return any(set(each.determinant) == left and right <= set(each.dependent) for each in found)


def _sets(subject: Subject, mvd: MVD) -> Repair:
    left, right = subject.names(mvd.left), subject.names(mvd.right & ~mvd.left)
    rest = subject.names(subject.relation.every & ~mvd.left & ~mvd.right)
    text = f"Make two tables: ({left}, {right}) and ({left}, {rest}), each with all its columns as the key."
    return Repair("sets", text, "One more table; all combinations are a join of the two.")
