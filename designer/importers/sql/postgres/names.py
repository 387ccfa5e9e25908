"""The names that the server gives where nobody did, and the names that are taken.

The rules are those of ChooseRelationName and ChooseIndexName in PostgreSQL's indexcmds.c.
"""

from __future__ import annotations

from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.outcomes import Refused
from designer.importers.sql.postgres.world import World
from designer.schema import Check, Column, Exclusion, ForeignKey, Index, Key

LIMIT = 63
CONSTRAINTS = (Key, ForeignKey, Check, Exclusion)


def object_name(first: str, second: str, label: str) -> str:
    """Return `first_second_label`, the longer of the first two cut so that it fits into an identifier."""
    overhead = len(label) + 1 + (1 if second else 0)
    one, two = first.encode(), second.encode()
    while len(one) + len(two) + overhead > LIMIT:
        if len(one) > len(two):
            one = one[:-1]
        else:
            two = two[:-1]
    parts = [one.decode("utf-8", "ignore"), two.decode("utf-8", "ignore"), label]
    return "_".join(part for part in parts if part)


def default_names(draft: Draft, relation: Relation) -> list[str]:
    """Return the names that the server may have given to a constraint or index without one, the likeliest first."""
    first = _default_name(draft, relation)
    return [first, *(f"{first}{number}" for number in range(1, 10))]


def _default_name(draft: Draft, relation: Relation) -> str:
    fields = draft.fields
    if draft.cls is Key:
        if fields.get("primary"):
            return object_name(relation.name, "", "pkey")
        return object_name(relation.name, _joined(fields["columns"]), "key")
    if draft.cls is ForeignKey:
        return object_name(relation.name, _joined(fields["columns"]), "fkey")
    if draft.cls is Check:
        column = fields.get("of_column")
        return object_name(relation.name, column.name if column else "", "check")
    parts = [part.column.name if part.column else "expr" for part in fields.get("parts", ())]
    return object_name(relation.name, "_".join(parts), "excl" if draft.cls is Exclusion else "idx")


def _joined(columns: list[Draft]) -> str:
    return "_".join(column.name for column in columns)


def named_member(relation: Relation, name: str, kinds: tuple[type, ...]) -> Draft | None:
    """Return the constraint or index of a name. One that only has the server's name is given it for good."""
    of_kind = [member for member in relation.members if member.cls in kinds]
    for member in of_kind:
        if member.name == name:
            return member
    for member in of_kind:
        if not member.name and name in default_names(member, relation):
            member.name = name
            return member
    return None


def claim_constraint(world: World, relation: Relation, name: str, index: int) -> None:
    """Raise Refused where the table has a constraint of that name already."""
    if not name:
        return
    for member in relation.members:
        if member.name == name and member.cls in CONSTRAINTS:
            line = world.line(member.place)
            raise Refused(f"{relation.name} already has a constraint {name}, from line {line}", index)


def claim_relation(world: World, schema: str, name: str, index: int = 0) -> None:
    """Raise Refused where a table, view, index or sequence of that name exists already."""
    other = world.catalog.relations.get((schema, name))
    if other is not None:
        raise Refused(f"there already is a {word(other)} {name}, from line {world.line(other.place)}", index)


def word(draft: Draft) -> str:
    """Return what people call a kind of record: `foreign key`."""
    if draft.cls is Column:
        return "column"
    return str(draft.cls.__struct_config__.tag).replace("_", " ")


__all__ = [
    "CONSTRAINTS", "Index", "claim_constraint", "claim_relation", "default_names", "named_member", "object_name", "word",
]  # fmt: skip
