"""Names as people say them, and names that are still free."""

from __future__ import annotations

from collections.abc import Iterable

from designer.schema import (
    BusinessRule,
    Choice,
    Column,
    Derivation,
    Design,
    Deviation,
    ForeignKey,
    Id,
    Index,
    Key,
    Named,
    Record,
    Schema,
    Table,
    kind_of,
)  # fmt: skip

_INSIDE_A_TABLE = (Column, Index, Key, ForeignKey)


def called(design: Design, record: Record) -> str:
    """Return how people call a record: `users.email`, `sales.orders`, `the note`."""
    name = record.name if isinstance(record, Named) else ""
    parent = design.get(record.parent) if record.parent else None
    if isinstance(record, Table) and isinstance(parent, Schema) and parent.name != "public":
        return f"{parent.name}.{name}"
    if isinstance(parent, Table):
        return f"{called(design, parent)}.{name}" if name else f"the {word(record)} of {called(design, parent)}"
    return name or _in_words(design, record, parent) or f"the {word(record)}"


def _in_words(design: Design, record: Record, parent: Record | None) -> str:
    """Return how people call what has no name and says something: `the counter cache of orders.lines`."""
    if isinstance(record, BusinessRule):
        return " ".join(record.comment.split())[:60].rstrip()
    about = design.get(record.element or "") if isinstance(record, Choice) else parent
    kind = record.deviation.replace("_", " ") if isinstance(record, Deviation) else word(record)
    said = isinstance(record, Choice | Derivation | Deviation)
    return f"the {kind} of {called(design, about)}" if said and about is not None else ""


def word(record: Record) -> str:
    """Return the kind of a record as a word: `foreign key`."""
    return kind_of(record).replace("_", " ")


def names_in(design: Design, parent: Id, kinds: tuple[type[Record], ...]) -> set[str]:
    """Return the names that children of those kinds have under a parent."""
    return {
        r.name for child in design.children(parent) if isinstance(r := design[child], Named) and isinstance(r, kinds)
    }


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, or with the first number after it that makes it free: `orders`, `orders_2`."""
    held = set(taken)
    if wanted not in held:
        return wanted
    number = 2
    while f"{wanted}_{number}" in held:
        number += 1
    return f"{wanted}_{number}"


def singular(name: str) -> str:
    """Return a rough English singular, for the name of a foreign key column: `categories` -> `category`."""
    lower = name.lower()
    if lower.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if lower.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")):
        return name[:-1]
    return name
