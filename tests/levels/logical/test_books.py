"""Textbook diagrams: what comes out are the relations that the books give."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from designer.levels.contract import Settings
from designer.levels.logical import logical
from designer.levels.logical.sides import default_child
from designer.schema import Attribute, Design, End, Entity, Identifier, Model, Relationship
from tests.levels.logical.book import Book
from tests.levels.logical.books import BOOKS

UPPER = Model(id="MODL", name="Book", level="conceptual")
LOWER = Model(id="LOWR", name="Relations", level="logical")
_ATTRIBUTE = re.compile(r"(\w+)([!*?']*)(?:\(([^)]*)\))?")


def _drawn(book: Book) -> Design:
    records: list[object] = [UPPER]
    for number, line in enumerate(filter(None, map(str.strip, book.diagram.splitlines()))):
        records += _relationship(line, number) if "=" in line else _entity(line, number)
    return Design(records)  # type: ignore[arg-type]


def _entity(line: str, number: int) -> Iterator[object]:
    name, attributes = line.split(":")
    natures = {"~": "weak", "&": "associative"}
    entity = Entity(
        id=_id(name.lstrip("~&")), parent="MODL", name=name.lstrip("~&"), nature=natures.get(name[0], "strong"),
        order=f"{number:02d}V",
    )  # fmt: skip
    yield entity
    keys = []
    for each in _attributes(attributes, entity.id):
        yield each
        keys += [each.id] if "!" in each.tags else []
    if keys:
        yield Identifier(id=f"{entity.id}K", parent=entity.id, primary=True, attributes=tuple(keys))


def _relationship(line: str, number: int) -> Iterator[object]:
    name, rest = line.split(" = ")
    ends, _, attributes = rest.partition(" : ")
    made = Relationship(
        id=f"R{_id(name)}", parent="MODL", name=name, order=f"{number:02d}V",
        ends=tuple(_end(each) for each in ends.split(", ")),
    )  # fmt: skip
    yield made
    yield from _attributes(attributes, made.id)


def _end(text: str) -> End:
    name, bounds, *rest = text.split()
    least, _, most = bounds.partition("..")
    return End(
        entity=_id(name), min=int(least), max=None if most == "N" else int(most),
        role=" ".join(each for each in rest if each != "*"), identifying="*" in rest,
    )  # fmt: skip


def _attributes(text: str, owner: str) -> Iterator[Attribute]:
    for number, found in enumerate(_ATTRIBUTE.finditer(text)):
        name, flags, parts = found.groups()
        made = Attribute(
            id=f"{owner}{_id(name)}", parent=owner, name=name, order=f"{number:02d}V", type="string(20)",
            multivalued="*" in flags, optional="?" in flags, derived="'" in flags, tags=tuple(flags),
        )  # fmt: skip
        yield made
        yield from _attributes(parts or "", made.id)


def _id(name: str) -> str:
    return "".join(each for each in name if each.isalnum()).ljust(4, "x")


def _relations(design: Design) -> set[str]:
    references: dict[str, list[str]] = {}
    for each in design.of(Relationship, LOWER.id):
        at = default_child(each.ends)
        parent = each.ends[1 - at]
        said = f"@{parent.role or _name(design, parent.entity)}" + "?" * (parent.min == 0)
        references.setdefault(each.ends[at].entity, []).append(said)
    return {_relation(design, each, references.get(each.id, [])) for each in design.of(Entity, LOWER.id)}


def _relation(design: Design, entity: Entity, references: list[str]) -> str:
    primary = next((each for each in design.of(Identifier, entity.id) if each.primary), None)
    own = primary.attributes if primary else ()
    through = [_owner(design, entity, design[each]) for each in (primary.relationships if primary else ())]
    key = ", ".join([*(_name(design, each) for each in own), *through])
    others = ", ".join(_attribute(design, each) for each in design.of(Attribute, entity.id) if each.id not in own)
    rest = ", ".join(each for each in references if each not in through)
    return f"{entity.name}({'; '.join([key, others, rest]).rstrip('; ')})"


def _owner(design: Design, entity: Entity, record: object) -> str:
    assert isinstance(record, Relationship)
    owner = record.ends[1 - default_child(record.ends)]
    return f"@{owner.role or _name(design, owner.entity)}"


def _name(design: Design, element: str) -> str:
    record = design[element]
    assert isinstance(record, Entity | Attribute)
    return record.name


def _attribute(design: Design, attribute: Attribute) -> str:
    parts = ", ".join(_attribute(design, each) for each in design.of(Attribute, attribute.id))
    flags = "?" * attribute.optional + "*" * attribute.multivalued + "'" * attribute.derived
    return f"{attribute.name}{flags}" + (f"({parts})" if parts else "")


@pytest.mark.parametrize("book", BOOKS, ids=lambda each: each.source.split(" (")[0])
def test_the_relations_are_those_of_the_book(book: Book) -> None:
    design = _drawn(book)
    result = logical(design, UPPER.id, LOWER, Settings())
    found = _relations(Design([LOWER, *result.records]))
    assert found == {each.strip() for each in book.relations.strip().splitlines()}
