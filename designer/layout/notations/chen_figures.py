"""Which figure an element is in Chen's notation, also a table: it is drawn as the entity that it stands for.

`chen_figures.js` holds the twin.
"""

from __future__ import annotations

from dataclasses import fields, replace

from designer.layout.metrics import Element, Row
from designer.layout.notations.chen_box import ChenElement
from designer.layout.notations.chen_ovals import ChenRow
from designer.schema import Attribute, Column, Design, ForeignKey, Id, Key, Record, Relationship


def chen_element(element: Element, design: Design, record: Record) -> ChenElement:
    """Return an element with its figure and with plain names: Chen draws what others write into them."""
    if isinstance(element, ChenElement):
        return element
    rows = tuple(_chen_row(row, design.get(row.id)) for row in element.rows)
    given = {field.name: getattr(element, field.name) for field in fields(Element)}
    return ChenElement(**{**given, "rows": rows}, figure=_figure(element, design, record))


def _chen_row(row: Row, record: Record | None) -> Row:
    given = {field.name: getattr(row, field.name) for field in fields(Row)}
    if isinstance(record, Attribute):
        return replace(ChenRow(**given), name=record.name, multivalued=record.multivalued, derived=record.derived)
    if isinstance(record, Column):
        return replace(ChenRow(**given), multivalued=record.type.endswith("[]"), derived=record.generated is not None)
    return row


def _figure(element: Element, design: Design, record: Record) -> str:
    if isinstance(record, Relationship):
        return "identifying" if any(end.identifying for end in record.ends) else "relationship"
    return element.kind if element.kind != "table" else _figure_of_table(design, record.id)


def _figure_of_table(design: Design, table: Id) -> str:
    """A key that only borrows makes an associative entity, one that adds to what it borrows a weak entity."""
    primary = _primary(design, table)
    if len(junction_keys(design, table)) > 1:
        return "associative"
    borrowed = {each for key in _borrowing(design, table, primary) for each in key.columns}
    return "weak" if borrowed and borrowed != primary else "entity"


def junction_keys(design: Design, table: Id) -> list[Id]:
    """Return the foreign keys of a table that together are its primary key, where these are several."""
    primary = _primary(design, table)
    keys = _borrowing(design, table, primary)
    covered = {each for key in keys for each in key.columns}
    return [key.id for key in keys] if len(keys) > 1 and covered == primary else []


def _primary(design: Design, table: Id) -> set[Id]:
    return {each for key in design.of(Key, table) if key.primary for each in key.columns}


def _borrowing(design: Design, table: Id, primary: set[Id]) -> list[ForeignKey]:
    return [key for key in design.of(ForeignKey, table) if key.columns and primary.issuperset(key.columns)]
