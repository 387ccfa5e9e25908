"""WK505: a type or an operator class of an extension that the model does not have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.extensions import add_extension
from designer.dialects.extensions import extension_of_index, extension_of_type
from designer.lint.contract import ERROR, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import (
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Exclusion,
    Extension,
    Id,
    IdSource,
    Index,
    Record,
    Statement,
    View,
)


def _check(subject: Subject) -> Iterator[Found]:
    needed: dict[str, list[Record]] = {}
    for name, record in _needs(subject):
        needed.setdefault(name, []).append(record)
    there = {each.name for each in subject.of(Extension)}
    for name in sorted(needed.keys() - there):
        first, *others = needed[name]
        fix = Fix(f"Add the extension {name}", partial(_add, model=subject.model.id, name=name))
        message = f"{subject.called(first)} needs the extension {name}, which the model does not have"
        yield Found(first.id, message, tuple(each.id for each in others), fix)


def _needs(subject: Subject) -> Iterator[tuple[str, Record]]:
    """Yield the extensions that columns, domains, indexes and exclusion constraints need, with who needs them."""
    own = {each.name for kind in (EnumType, DomainType, CompositeType) for each in subject.of(kind)}
    made = " ".join(each.text.text.lower() for each in subject.of(Statement) if "type" in each.text.text.lower())
    typed: list[Column | DomainType] = [*subject.of(Column), *subject.of(DomainType)]
    for record in typed:
        name = extension_of_type(record.type) if record.type_ref is None else ""
        if (
            name
            and name not in own
            and f"create type {name}" not in made
            and not isinstance(_above(subject, record), View)
        ):
            yield name, record
    indexes: list[Index | Exclusion] = [*subject.of(Index), *subject.of(Exclusion)]
    for index in indexes:
        for part in index.parts:
            column = subject.design.get(part.column) if part.column else None
            raw = column.type if isinstance(column, Column) and column.type_ref is None else ""
            name = extension_of_index(index.method, part.opclass, raw)
            if name and "refused" not in index.extra:
                yield name, index


def _above(subject: Subject, record: Record) -> Record | None:
    return subject.design.get(record.parent) if record.parent else None


def _add(design: Design, ids: IdSource, model: Id, name: str) -> Edit:
    return add_extension(design, model, name, ids)


RULE = Rule(
    code="WK505",
    name="missing-extension",
    title="A type or operator class needs an extension",
    severity=ERROR,
    help="Types such as vector, citext or geometry, and operator classes such as gin_trgm_ops, come with an extension. "
    "Without CREATE EXTENSION before it the server refuses the table or the index.",
    firing=Example("CREATE TABLE docs (id int PRIMARY KEY, embedding vector(3));"),
    silent=Example("CREATE EXTENSION vector;\nCREATE TABLE docs (id int PRIMARY KEY, embedding vector(3));"),
    check=_check,
    targets=("postgresql",),
)
