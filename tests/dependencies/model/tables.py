"""Designs from SQL, with their tables and columns by name."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from designer.dependencies.subject import Subject, relation_of_table
from designer.importers.many import Source, read_sources
from designer.schema import Assessment, Column, Dependency, Design, Id, Table


@lru_cache(maxsize=64)
def read(sql: str, dialect: str = "postgresql") -> Design:
    """Return the design of a script."""
    return read_sources([Source("tables.sql", sql)], dialect).design


def table(design: Design, name: str = "t") -> Id:
    """Return the id of a table."""
    return next(each.id for each in design.of(Table) if each.name == name)


def columns(design: Design, name: str = "t") -> dict[str, Id]:
    """Return the ids of a table's columns by their names."""
    return {each.name: each.id for each in design.of(Column, table(design, name))}


def names(design: Design, ids: tuple[Id, ...]) -> str:
    """Return the names of columns with commas between."""
    found = (design[each] for each in ids)
    return ",".join(each.name for each in found if isinstance(each, Column))


def subject(sql: str, name: str = "t", dialect: str = "postgresql") -> Subject:
    """Return the relation behind a table of a script."""
    design = read(sql, dialect)
    return relation_of_table(design, table(design, name))


def implied_by(sql: str, name: str = "t", dialect: str = "postgresql") -> list[str]:
    """Return what the constraints of a table imply, keys as `{a} -> *`."""
    found = subject(sql, name, dialect)
    every = found.relation.every
    told = []
    for fd in found.relation.fds:
        right = "*" if fd.right == every else ",".join(found.relation.names(fd.right))
        told.append(f"{','.join(found.relation.names(fd.left))} -> {right}")
    return told


def stated(design: Design, *texts: str, name: str = "t", **fields: object) -> Design:
    """Return the design with confirmed dependencies `a, b -> c` (or `a ->> b`) of a table."""
    own = columns(design, name)
    put = []
    for number, text in enumerate(texts):
        many = "->>" in text
        left, right = text.split("->>" if many else "->")
        record = Dependency(
            id=f"stated{name}{number:02d}{len(design)}", parent=table(design, name), multivalued=many,
            determinant=tuple(own[each.strip()] for each in left.split(",") if each.strip()),
            dependent=tuple(own[each.strip()] for each in right.split(",")), order=f"a{number:02d}", source="person",
        )  # fmt: skip
        put.append(msgspec.structs.replace(record, **fields))
    return design.changed((), put)


def assessed(design: Design, *seen: str, name: str = "t", by: str = "Ada") -> Design:
    """Return the design with somebody's word that the dependencies of a table are known."""
    own = columns(design, name)
    word = Assessment(id=f"word{name}", parent=table(design, name), columns=tuple(own[each] for each in seen or own),
                      decided_by=by, decided_on="2026-11-21")  # fmt: skip
    return design.changed((), [word])
