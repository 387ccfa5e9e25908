"""Deliberate deviations from the normalised model: what they are, and how people state, change and take back one.

A table that repeats something on purpose is no mistake as long as somebody can say why, and what keeps the copy true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.levels.called import called
from designer.schema import (
    Attribute,
    Column,
    Design,
    Deviation,
    Entity,
    Id,
    IdSource,
    Record,
    Routine,
    Table,
    Trigger,
    View,
)  # fmt: skip
from designer.schema.allowed import DEVIATIONS
from designer.schema.references import referred_ids

TITLES = {
    "counter_cache": "Counter cache",
    "derived_column": "Derived column",
    "repeated_column": "Repeated column",
    "snapshot_copy": "Snapshot copy",
    "materialized_view": "Materialised view",
    "json_document": "JSON document",
    "merged_tables": "Merged tables",
    "split_table": "Split table",
    "repeating_group": "Repeating group",
    "other": "Other",
}
HELP = {
    "counter_cache": "A number that could be counted: kept, so that nobody has to count on each read.",
    "derived_column": "A value that follows from others of its row or of other rows.",
    "repeated_column": "A column of another table, repeated to save a join; it must follow when the other changes.",
    "snapshot_copy": "A value as it was at a moment: the price when the order was placed. It must not follow.",
    "materialized_view": "The rows of a query, kept; as true as its last refresh.",
    "json_document": "Several facts in one document, because their shape is not known or changes too often.",
    "merged_tables": "Two entities in one table, because they are always read together.",
    "split_table": "One entity in two tables, because some of it is read seldom, or guarded.",
    "repeating_group": "A fixed, small number of columns for one thing.",
    "other": "Anything else that is deliberate; say it in the reason.",
}
COPIES = frozenset({"counter_cache", "derived_column", "repeated_column", "materialized_view"})
"""Kinds of which the copy goes wrong when what it repeats changes, unless something keeps it true."""
REPEATS = COPIES | {"snapshot_copy"}
"""Kinds that repeat something, which should be named."""
CAN_DEVIATE = (Table, Column, View, Entity, Attribute)
CAN_KEEP = (Trigger, View, Routine)
_SETTABLE = frozenset({"deviation", "reason", "kept_true_by", "kept_by", "sources"})


def mark(
    design: Design,
    element: Id,
    kind: str,
    ids: IdSource,
    *,
    reason: str = "",
    kept_true_by: str = "",
    kept_by: Iterable[Id] = (),
    sources: Iterable[Id] = (),
    by: str = "",
    on: str = "",
) -> Edit:
    """Mark an element as a deliberate deviation; `by` whom and `on` which date.

    Raises Refused for what cannot deviate, an unknown kind, a missing reason, or the same kind a second time.
    """
    record = get(design, element, Record)
    if not isinstance(record, CAN_DEVIATE):
        raise Refused("only tables, views, columns, entities and attributes can deviate from a normalised model")
    if any(each.deviation == kind for each in deviations(design, element)):
        raise Refused(f"{called(design, record)} is marked as a {_title(kind)} already; change that one", "deviation")
    new = Deviation(
        id=ids(), parent=element, deviation=kind, reason=reason.strip(), kept_true_by=kept_true_by.strip(),
        kept_by=tuple(kept_by), sources=tuple(sources), decided_by=by, decided_on=on,
    )  # fmt: skip
    _check(design, new)
    return edit(design, f"Mark {called(design, record)} as a deliberate {_title(kind)}", [new])


def change(design: Design, deviation: Id, values: Mapping[str, Any]) -> Edit:
    """Set fields of a deviation: `deviation`, `reason`, `kept_true_by`, `kept_by`, `sources`.

    Raises Refused where it is not there, or a value does not fit.
    """
    old = get(design, deviation, Deviation)
    unknown = [name for name in values if name not in _SETTABLE]
    if unknown:
        raise Refused(f"a deviation has no field {unknown[0]!r} to set", unknown[0])
    texts = {name: value.strip() for name, value in values.items() if isinstance(value, str)}
    new = replace(old, **{**values, **texts})
    _check(design, new)
    return edit(design, f"Change why {_subject(design, new)} deviates", [new])


def take_back(design: Design, deviation: Id) -> Edit:
    """Take back the word that an element deviates on purpose; the element itself stays as it is."""
    old = get(design, deviation, Deviation)
    return edit(design, f"Take back that {_subject(design, old)} deviates on purpose", [], (deviation,))


def deviations(design: Design, element: Id) -> list[Deviation]:
    """Return what is said of an element itself."""
    return design.of(Deviation, element)


def explained(design: Design, elements: Iterable[Id], kinds: Iterable[str] = ()) -> Deviation | None:
    """Return a deviation that says of one of the elements, or of the table of one, that it is meant to be so.

    With `kinds` only those count: a counter cache explains a counter, and not a list in a column.
    """
    wanted = {*kinds, "other"} if kinds else None
    for element in elements:
        record = design.get(element)
        for owner in (element, record.parent if record is not None else None):
            for each in deviations(design, owner) if owner is not None else ():
                if wanted is None or each.deviation in wanted:
                    return each
    return None


def _subject(design: Design, deviation: Deviation) -> str:
    owner = design.get(deviation.parent or "")
    return called(design, owner) if owner is not None else "something"


def _title(kind: str) -> str:
    return TITLES.get(kind, kind).replace("JSON", "\0").lower().replace("\0", "JSON")


def _check(design: Design, new: Deviation) -> None:
    if new.deviation not in DEVIATIONS:
        raise Refused(f"a deviation is one of {', '.join(DEVIATIONS)}, not {new.deviation!r}", "deviation")
    if not new.reason:
        raise Refused("say why it deviates; without a reason the next person will repair it", "reason")
    for each in new.kept_by:
        if not isinstance(design.get(each), CAN_KEEP):
            raise Refused("only triggers, views and routines keep a deviation true", "kept_by")
    for each in new.sources:
        if each not in design or each == new.parent:
            raise Refused("name what it repeats: another column, table or attribute of the design", "sources")


def keepers(design: Design, element: Id) -> list[Record]:
    """Return the triggers, views and routines of the element's model that can keep a deviation true, nearest first."""
    record = design.get(element)
    model = design.model_of(record) if record is not None else None
    if record is None or model is None:
        return []
    near = {element, record.parent}
    found = [each for kind in CAN_KEEP for each in design.of(kind) if each is not record]
    inside = [each for each in found if design.model_of(each) == model]
    far = {each.id: each.parent not in near and not near & referred_ids(each) for each in inside}
    return sorted(inside, key=lambda each: (far[each.id], called(design, each)))
