"""Adopting models that were made by hand, and single elements that go up or are given back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from designer.change import Change
from designer.commands import Edit
from designer.levels.keeping import adopting, baseline
from designer.models import Branch
from designer.schema import (
    Attribute,
    Column,
    Derived,
    Design,
    Entity,
    ForeignKey,
    Id,
    Record,
    Relationship,
    Table,
    new_id,
)
from designer.services.branches import Accepted, display_name
from designer.services.leveling import looked_at, made
from designer.services.permissions import AnyUser


@dataclass(frozen=True, slots=True)
class Adoption:
    """What somebody wants adopted; `by_names` takes alike names for the same where nothing else says so."""

    model: Id
    source: Id
    by_names: bool = True


def adoption(user: AnyUser, branch: Branch, wish: Adoption) -> Edit:
    """Return the edit that adopts a model, to be looked at."""
    return looked_at(user, branch, wish, lambda design: _adopt(user, design, wish))


def adopt(user: AnyUser, branch: Branch, wish: Adoption, client: str) -> Accepted:
    """Make a model derived as it is."""
    return made(user, branch, wish, lambda design: _adopt(user, design, wish), client)[0]


def _adopt(user: AnyUser, design: Design, wish: Adoption) -> Edit:
    who, today = display_name(user), date.today().isoformat()
    return adopting.adopt(design, wish.model, wish.source, new_id, by_names=wish.by_names, by=who, on=today)


def matched(design: Design, change: Change) -> list[tuple[str, str]]:
    """Return what an adoption matches: `("12 of 14", "tables are matched")`."""
    base = {
        each: text
        for record in change.added.values()
        if isinstance(record, Derived)
        for each, text in record.base.items()
    }
    lines = []
    for kind, word in _MATCHED:
        records = [record for text in base.values() if isinstance(record := baseline.decoded(text), kind)]
        if records:
            lines.append((f"{sum(each.id in design for each in records)} of {len(records)}", f"{word} are matched"))
    return lines


_MATCHED: tuple[tuple[type[Record], str], ...] = (
    (Table, "tables"), (Entity, "entities"), (Column, "columns"), (Attribute, "attributes"),
    (ForeignKey, "foreign keys"), (Relationship, "relationships"),
)  # fmt: skip
