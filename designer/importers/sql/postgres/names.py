"""The names that the server gives where nobody did, and the names that are taken.

The rules are those of ChooseRelationName and ChooseIndexName in PostgreSQL's indexcmds.c.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from designer.importers.sql.postgres.catalog import object_name
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.outcomes import Refused
from designer.importers.sql.postgres.world import World
from designer.schema import Check, Column, Exclusion, ForeignKey, Index, Key

CONSTRAINTS = (Key, ForeignKey, Check, Exclusion)
INDEXED = (Key, Index, Exclusion)


def default_names(draft: Draft, relation: Relation) -> Iterator[str]:
    """Yield the names that the server may have given to a constraint or index without one, the likeliest first."""
    first = _default_name(draft, relation)
    yield first
    for number in count(1):
        yield f"{first}{number}"


def is_default_name(draft: Draft, relation: Relation, name: str) -> bool:
    """Say whether the server may have given this name to a constraint or index without one."""
    first = _default_name(draft, relation)
    return name == first or (name.startswith(first) and name[len(first) :].isdecimal())


def _default_name(draft: Draft, relation: Relation) -> str:
    fields = draft.fields
    if draft.cls is Key:
        if fields.get("primary"):
            return object_name(relation.name, "", "pkey")
        return object_name(relation.name, _joined([*fields["columns"], *fields.get("include", ())]), "key")
    if draft.cls is ForeignKey:
        return object_name(relation.name, _joined(fields["columns"]), "fkey")
    if draft.cls is Check:
        column = fields.get("of_column")
        return object_name(relation.name, column.name if column else "", "check")
    label = "excl" if draft.cls is Exclusion else "idx"
    return object_name(relation.name, "_".join(_part_names(draft)), label)


def _joined(columns: list[Draft]) -> str:
    return "_".join(column.name for column in columns)


def _part_names(draft: Draft) -> list[str]:
    names: list[str] = []
    for part in draft.fields.get("parts", ()):
        name = part.column.name if part.column else expression_name(part.written.node) or "expr"
        unique, number = name, 0
        while unique in names:
            number += 1
            unique = f"{name}{number}"
        names.append(unique)
    return [*names, *(column.name for column in draft.fields.get("include", ()))]


_NAMED_NODES = {"CoalesceExpr": "coalesce", "A_ArrayExpr": "array", "CaseExpr": "case", "NullIfExpr": "nullif"}


def expression_name(node: Node | list[Node] | None) -> str:
    """Return the name that the server makes of an expression (FigureColname); empty where it makes none."""
    if not isinstance(node, dict) or not node:
        return ""
    kind, value = next(iter(node.items()))
    if kind == "FuncCall":
        return str(value["funcname"][-1]["String"]["sval"])
    if kind == "ColumnRef":
        return str(value["fields"][-1].get("String", {}).get("sval", ""))
    if kind == "TypeCast":
        return expression_name(value["arg"]) or str(value["typeName"]["names"][-1]["String"]["sval"])
    if kind == "CollateClause":
        return expression_name(value["arg"])
    if kind == "MinMaxExpr":
        return "least" if value.get("op") == "IS_LEAST" else "greatest"
    return _NAMED_NODES.get(kind, "")


def named_member(relation: Relation, name: str, kinds: tuple[type, ...]) -> Draft | None:
    """Return the constraint or index of a name. One that only has the server's name is given it for good."""
    of_kind = [member for member in relation.members if member.cls in kinds]
    for member in of_kind:
        if member.name == name:
            return member
    for member in of_kind:
        if not member.name and is_default_name(member, relation, name):
            member.name = name
            return member
    return None


def fix_names(relation: Relation) -> None:
    """Give the constraints and indexes without a name the one that the server gave them, before a rename hides it."""
    taken = {member.name for member in relation.members}
    for member in relation.members:
        if not member.name and member.cls in (*CONSTRAINTS, Index):
            member.name = next(name for name in default_names(member, relation) if name not in taken)
            taken.add(member.name)


def find_index(world: World, schema: str, name: str) -> Draft | None:
    """Return the index, or the key with an index, of a name, be it one that the server chose."""
    found = world.catalog.find(schema, name)
    if found is not None:
        return found if found.cls in INDEXED else None
    for draft in world.catalog.drafts.values():
        if isinstance(draft, Relation) and name.startswith(draft.name[:20]):
            member = named_member(draft, name, INDEXED)
            if member is not None:
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
