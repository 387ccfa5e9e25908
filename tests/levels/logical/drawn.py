"""Small conceptual models from a few words, and the logical ones they give in words."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from designer.levels.contract import Result, Settings
from designer.levels.logical import logical
from designer.schema import (
    Attribute,
    Design,
    End,
    Entity,
    Id,
    Identifier,
    Model,
    Record,
    Relationship,
)

LOWER = Model(id="LOWR", name="Logical", level="logical")


class Drawn:
    """A conceptual model.

    The id of an entity is its name without spaces, of a relationship with an R before it, of an attribute with its owner.
    """

    def __init__(self) -> None:
        self.records: dict[Id, Record] = {"MODL": Model(id="MODL", name="Drawn", level="conceptual")}

    def put(self, record: Record) -> Id:
        """Add a record; its order is that of being added."""
        number = len(self.records)
        self.records[record.id] = _ordered(record, f"{number:03d}V")
        return record.id

    def entity(self, name: str, *keys: str, nature: str = "strong", has: str = "") -> Id:
        """Add an entity with an identifier of `keys`; `has` are more attributes, each with flags behind its name."""
        made = self.put(Entity(id=_id(name), parent="MODL", name=name, nature=nature))
        for each in keys:
            self.attribute(made, each)
        for each in filter(None, has.split(", ")):
            self.attribute(made, *each.split())
        if keys:
            attributes = tuple(made + _id(each) for each in keys)
            self.put(Identifier(id=f"{made}KEY", parent=made, primary=True, attributes=attributes))
        return made

    def attribute(self, owner: Id, name: str, *flags: str) -> Id:
        """Add an attribute; its flags are those of the record."""
        return self.put(
            Attribute(
                id=owner + _id(name), parent=owner, name=name, type="string(20)",
                **dict.fromkeys(flags, True),  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def verb(self, name: str, *ends: str, has: str = "") -> Id:
        """Add a relationship; an end reads `Entity min..max [role] [*]`, where the star marks the owner."""
        made = self.put(
            Relationship(
                id=f"R{_id(name)}".ljust(4, "x"), parent="MODL", name=name, ends=tuple(_end(each) for each in ends)
            )
        )
        for each in filter(None, has.split(", ")):
            self.attribute(made, *each.split())
        return made

    def design(self) -> Design:
        """Return the design."""
        return Design(self.records)

    def derived(
        self, options: Mapping[str, str] | None = None, choices: Mapping[tuple[Id, str], str] | None = None
    ) -> Result:
        """Return the logical form."""
        return logical(self.design(), "MODL", LOWER, Settings(options or {}, choices or {}))

    def said(
        self, options: Mapping[str, str] | None = None, choices: Mapping[tuple[Id, str], str] | None = None
    ) -> dict[str, str]:
        """Return the logical form as words; see `said`."""
        return said(self.derived(options, choices))


def _ordered(record: Record, order: str) -> Record:
    return msgspec.structs.replace(record, order=order)


def _id(name: str) -> Id:
    return "".join(each for each in name.title() if each.isalnum() and each.isascii()).ljust(4, "x") if name else ""


def _end(text: str) -> End:
    name, bounds, *rest = text.split()
    least, _, most = bounds.partition("..")
    return End(
        entity=_id(name.replace("_", " ")), min=int(least), max=None if most == "N" else int(most),
        role=" ".join(each for each in rest if each != "*"), identifying="*" in rest,
    )  # fmt: skip


def said(result: Result) -> dict[str, str]:
    """Return entity -> its attributes and identifiers; verb -> its ends, for each relationship.

    Attributes of the primary identifier are in front of a bar, relationships of it as the names of the owners with
    `@`; other identifiers follow behind slashes. An optional attribute ends in `?`, a composite has its parts in brackets.
    """
    design = Design([LOWER, *result.records])
    found = {each.name: _entity(design, each) for each in design.of(Entity)}
    for each in design.of(Relationship):
        text = " - ".join(_said_end(design, end) for end in each.ends)
        found[each.name] = f"{found[each.name]}; {text}" if each.name in found else text
    return found


def _entity(design: Design, entity: Entity) -> str:
    keys = sorted(design.of(Identifier, entity.id), key=lambda each: (not each.primary, each.id))
    said_keys = [_key(design, entity, each) for each in keys]
    inside = {one for each in keys if each.primary for one in each.attributes}
    others = [_attribute(design, each) for each in design.of(Attribute, entity.id) if each.id not in inside]
    primary = said_keys[0] if keys and keys[0].primary else ""
    rest = said_keys[1:] if primary else said_keys
    return " / ".join([f"{primary} | {', '.join(others)}".strip(), *sorted(rest)])


def _key(design: Design, entity: Entity, key: Identifier) -> str:
    names = [design[each].name for each in key.attributes]  # type: ignore[attr-defined]
    for each in key.relationships:
        ends = design[each].ends  # type: ignore[attr-defined]
        other = next((end for end in ends if end.entity != entity.id), ends[0])
        names.append(f"@{other.role or design[other.entity].name}")  # type: ignore[attr-defined]
    return ", ".join(names)


def _attribute(design: Design, attribute: Attribute) -> str:
    parts = ", ".join(_attribute(design, each) for each in design.of(Attribute, attribute.id))
    flags = "?" * attribute.optional + "*" * attribute.multivalued + "'" * attribute.derived
    return f"{attribute.name}{flags}" + (f"({parts})" if parts else "")


def _said_end(design: Design, end: End) -> str:
    most = "N" if end.max is None else str(end.max)
    name = design[end.entity].name  # type: ignore[attr-defined]
    return f"{name} {end.min}..{most}" + (f" {end.role}" if end.role else "") + (" *" if end.identifying else "")
