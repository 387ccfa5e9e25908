"""What people decided in a derived model: how it differs from what the last derivation made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.change import diff
from designer.levels.keeping import baseline
from designer.levels.keeping.ordering import moved
from designer.levels.keeping.scope import records_of
from designer.levels.keeping.wording import alike
from designer.schema import Derivation, Design, Model, Record


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
    model = design[derivation.parent or ""]
    if isinstance(model, Model):
        old, here, _ = alike(model, old, here, {})
    change, places = diff(old, here), moved(old, here)
    found = [Decision("added", record) for record in change.added.values()]
    found += [Decision("dropped", record) for record in change.removed.values()]
    for each, fields in change.changed.items():
        seen = [name for name in sorted(fields) if name != "order" or each in places]
        found += [Decision("changed", here[each], name, *fields[name]) for name in seen]
    return sorted(found, key=lambda each: (each.record.id, each.kind, each.field))
