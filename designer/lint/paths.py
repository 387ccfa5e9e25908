"""Where a finding is, in words that stay the same while the design around it changes."""

from __future__ import annotations

from designer.commands.names import called
from designer.schema import Design, ForeignKey, Id, Key, Named, Record, Table


def path_of(design: Design, record: Id) -> str:
    """Return `orders.total`, or `orders(customer_id)` for a key or foreign key that has no name."""
    found = design.get(record)
    if isinstance(found, Key | ForeignKey) and not found.name:
        names = ",".join(each.name for each in map(design.get, found.columns) if isinstance(each, Named))
        return f"{called(design, design[found.parent or ''])}({names})"
    return called(design, found) if found is not None else record


def table_of(design: Design, record: Id) -> Table | None:
    """Return the table that a record is or belongs to."""
    found: Record | None = design.get(record)
    while found is not None and not isinstance(found, Table):
        found = design.get(found.parent or "")
    return found
