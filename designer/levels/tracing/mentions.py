"""Texts that name an element although nothing in them is marked as its name: bodies that nobody read for certain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.schema import (
    Column,
    Design,
    Id,
    Named,
    Policy,
    Record,
    Routine,
    Statement,
    Table,
    Trigger,
    View,
)  # fmt: skip
from designer.schema.references import referred_ids

_BODIES: dict[type[Record], str] = {Routine: "text", Trigger: "text", Statement: "text", View: "query", Policy: "using"}
_SHORTEST = 3
"""A shorter name is found in every text and says nothing."""


def mentions(design: Design, element: Id) -> Iterator[Id]:
    """Yield the routines, triggers, views, policies and statements of its model whose text has the name of a table,
    view or column as a word, but does not refer to it. A column counts only where its table is named too.

    It may be another thing of the same name; so this is a question and never a finding.
    """
    record = design.get(element)
    if not isinstance(record, Table | View | Column) or len(record.name) < _SHORTEST:
        return
    owner = design.get(record.parent or "") if isinstance(record, Column) else None
    model = design.model_of(record)
    own = _word(record.name)
    around = _word(owner.name) if isinstance(owner, Named) else None
    for kind, body in _BODIES.items():
        for each in design.of(kind):
            text = _text(each, body)
            if not own.search(text) or element in referred_ids(each) or design.model_of(each) != model:
                continue
            inside = owner is not None and each.parent == owner.id
            if each.id != element and (around is None or inside or around.search(text)):
                yield each.id


def _text(record: Record, body: str) -> str:
    found = getattr(record, body)
    return found.text if found is not None else ""


def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
