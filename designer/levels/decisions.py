"""What people decided in a derived model: how it differs from what the last derivation made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.change import diff
from designer.levels import baseline
from designer.levels.stepping import records_of
from designer.schema import Derivation, Design, Record


@dataclass(frozen=True, slots=True)
class Decision:
    """One local decision. `kind`: added (it was made here), dropped, or changed (one field of it).

    `record` is the one that is here, or for a dropped one what was derived; `derived` and `here` are values of `field`.
    """

    kind: str
    record: Record
    field: str = ""
    derived: Any = None
    here: Any = None


def decisions(design: Design, derivation: Derivation) -> list[Decision]:
    """Return all local decisions of a model, by record."""
    old = baseline.base_of(design, derivation.id)
    here = records_of(design, derivation.parent or "", set(old))
    change = diff(old, here)
    found = [Decision("added", record) for record in change.added.values()]
    found += [Decision("dropped", record) for record in change.removed.values()]
    for each, fields in change.changed.items():
        found += [Decision("changed", here[each], name, old, new) for name, (old, new) in sorted(fields.items())]
    return sorted(found, key=lambda each: (each.record.id, each.kind, each.field))
