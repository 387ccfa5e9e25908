"""A picture of what changes: both sides in one drawing, new green, gone red, changed amber, all else faded."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from designer.evolution.contract import Migration
from designer.evolution.overview import CHANGED, Item, Overview, overview
from designer.layout.elements import boxed_records
from designer.schema import Area, Column, Design, Diagram, Id, Model, Note, Placement, Record, Table
from exporters.contract import Options
from exporters.registry import get

MOST_WHOLE = 40
"""Up to so many tables all of the model is drawn; of a larger one what differs and what stands next to it."""
_SHEETS: tuple[type[Record], ...] = (Diagram, Placement, Area, Note)


def svg(
    migration: Migration, title: str = "", *, theme: str = "light", bare: bool = False, known: Overview | None = None
) -> str:
    """Return the picture as SVG, `bare` without heading and ground; empty where no table or view differs.

    `known` is the overview of the migration, where there is one already.
    """
    found = known or overview(migration)
    if not found.tables:
        return ""
    design, chosen = drawn_design(found, title)
    options = Options(
        model=found.model, elements=chosen, marks=found.marks, title=not bare, theme=theme,
        background="transparent" if bare else "theme",
    )  # fmt: skip
    return get("svg").export(design, options).text


def drawn_design(found: Overview, title: str) -> tuple[Design, tuple[str, ...]]:
    """Return the design of both sides, changed columns with both values, and the tables to be drawn."""
    model = found.both[found.model]
    if not isinstance(model, Model):
        raise TypeError(f"{found.model} is no model")
    boxed = {record.id for record in boxed_records(found.both, model)}
    whole = len(boxed) <= MOST_WHOLE
    chosen = boxed if whole else (found.tables | found.neighbours) & boxed
    heading = f"{title or model.name}:  + new   \N{MINUS SIGN} goes   ~ changes"
    put = [msgspec.structs.replace(model, name=heading), *_with_both_values(found)]
    drawn = found.both.changed((), put)
    return drawn if whole else _without(drawn, boxed - chosen), tuple(sorted(chosen))


def _without(design: Design, left_out: set[Id]) -> Design:
    """Return a design without some tables and views, and without the sheets that say where things stand.

    What refers to them stays: an exporter draws no line whose end is not there.
    """
    return Design(
        each
        for each in design.values()
        if each.id not in left_out and each.parent not in left_out and not isinstance(each, _SHEETS)
    )


def _with_both_values(found: Overview) -> Iterator[Record]:
    """Yield tables and columns that changed, with what they were and what they are in their words."""
    for item in found.items:
        record = found.both.get(item.id)
        if item.mark != CHANGED:
            continue
        if isinstance(record, Column):
            yield msgspec.structs.replace(record, name=_both(item, "name", record.name), type=_type(item, record))
        elif isinstance(record, Table):
            yield msgspec.structs.replace(record, name=_both(item, "name", record.name))


def _both(item: Item, field: str, now: str) -> str:
    before = next((each.old for each in item.details if each.field == field), None)
    return f"{before} \N{RIGHTWARDS ARROW} {now}" if before is not None else now


def _type(item: Item, column: Column) -> str:
    """Return the type with what else changed behind it: `text (NOT NULL)`."""
    kind = _both(item, "type", column.type)
    nullable = next((each for each in item.details if each.field == "nullable"), None)
    if nullable is None or kind != column.type:
        return kind  # a long type leaves no room; the list beside the picture says the rest
    return f"{kind}, {'NULL' if column.nullable else 'NOT NULL'}"
