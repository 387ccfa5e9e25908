"""How a design names the columns of its foreign keys and the tables that link two others; as doc/commands/habits.js."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from designer.commands.names import singular
from designer.schema import Column, Design, ForeignKey, Record, Table

_ENOUGH = 500
"""So many foreign keys tell the habit; a large design need not be read to its end."""
Style = Callable[[str, str], str]


def _camel(name: str) -> str:
    """Return `order_item` and `OrderItem` as `orderItem`; only the letters a to z have cases here."""
    words = [word for word in name.split("_") if word]
    whole = "".join(_capital(word) if at else word for at, word in enumerate(words))
    if re.fullmatch(r"[A-Z]+", whole):
        return whole.lower()
    return whole[:1].lower() + whole[1:] if re.match(r"[A-Z]", whole) else whole


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:] if re.match(r"[a-z]", name) else name


def _joined(first: str, second: str) -> str:
    """Return two names as one, in the letters of the first: `order_products`, `OrderProducts`, `orderProducts`."""
    titled = re.match(r"[A-Z][a-z]", first) and re.match(r"[A-Z][a-z]", second)
    mixed = re.search(r"[a-z][A-Z]", first + second) or titled
    return first + _capital(second) if mixed and "_" not in first + second else f"{first}_{second}"


_COLUMN_STYLES: tuple[Style, ...] = (
    lambda table, key: f"{singular(table)}_{key}",
    lambda table, key: f"{table}_{key}",
    lambda table, key: _camel(singular(table)) + _capital(_camel(key)),
    lambda table, key: _capital(_camel(singular(table))) + _capital(key),
    lambda table, key: f"{key}_{singular(table)}",
    lambda table, key: _camel(key) + _capital(_camel(singular(table))),
)
_SNAKE, _CAMEL, _PASCAL = _COLUMN_STYLES[0], _COLUMN_STYLES[2], _COLUMN_STYLES[3]
_LINK_STYLES: tuple[Style, ...] = (
    lambda first, second: _joined(singular(first), second),
    _joined,
    lambda first, second: _joined(singular(first), singular(second)),
)


def referring_names(design: Design, child: Table, parent: Table, refs: Sequence[Column], role: str = "") -> list[str]:
    """Return the names for columns of `child` that refer to columns of `parent`, by the habit of the design.

    `role` stands for the name of the parent where the two are one table: `parent_id`.
    """
    style = _column_style(design, child, parent)
    return [_name_with(style, role or parent.name, ref.name, always=bool(role)) for ref in refs]


def _name_with(style: Style, table: str, key: str, *, always: bool) -> str:
    one, whole = _plain(singular(table)), _plain(key)
    said = not always and one and (whole.startswith(one) or whole.endswith(one))
    return key if said else style(table, key)


def plain_name(table: str, key: str) -> str:
    """Return the most common name for a column that refers to column `key` of a table: `customer_id`."""
    return _name_with(_SNAKE, table, key, always=False)


def _plain(text: str) -> str:
    return text.lower().replace("_", "")


def likely_names(parent: Table, ref: Column) -> set[str]:
    """Return all names that any habit would give; an existing column of such a name is meant to refer."""
    return {_name_with(style, parent.name, ref.name, always=False).lower() for style in _COLUMN_STYLES}


def _column_style(design: Design, child: Table, parent: Table) -> Style:
    found = [_style_of(design, key) for key in design.of(ForeignKey)[:_ENOUGH]]
    votes = [found.count(at) for at in range(len(_COLUMN_STYLES))]
    most = max(votes)
    return _COLUMN_STYLES[votes.index(most)] if most else _style_by_case(design, child, parent)


def _style_of(design: Design, key: ForeignKey) -> int:
    table = design.get(key.ref_table or "")
    if len(key.columns) != 1 or table is None or key.ref_table == key.parent:
        return -1
    name, ref = _name_of(design.get(key.columns[0])), _name_of(design.get(next(iter(key.ref_columns), "")))
    styles = enumerate(_COLUMN_STYLES)
    return next((at for at, style in styles if name != ref and style(table.name, ref) == name), -1)


def _name_of(record: Record | None) -> str:
    return record.name if isinstance(record, Column | Table) else ""


def _style_by_case(design: Design, child: Table, parent: Table) -> Style:
    """Where no foreign key tells, the letters of the columns nearby do: `unitPrice`, `UnitPrice` or `unit_price`."""
    names = [column.name for table in (child, parent) for column in design.of(Column, table.id)]
    if any("_" in name for name in names) or not any(re.search(r"[a-z][A-Z]", name) for name in names):
        return _SNAKE
    return _PASCAL if sum(bool(re.match(r"[A-Z]", name)) for name in names) * 2 > len(names) else _CAMEL


def link_name(design: Design, first: Table, second: Table) -> str:
    """Return the name for a table that links two others, by the habit of the design: `order_products`."""
    found = [_link_style_of(design, table) for table in design.of(Table)[:_ENOUGH]]
    votes = [found.count(at) for at in range(len(_LINK_STYLES))]
    return _LINK_STYLES[votes.index(max(votes))](first.name, second.name)


def _link_style_of(design: Design, table: Table) -> int:
    ends = [_name_of(design.get(key.ref_table or "")) for key in design.of(ForeignKey, table.id)]
    if len(ends) != 2 or not all(ends):
        return -1
    one, other = ends
    styles = enumerate(_LINK_STYLES)
    return next((at for at, style in styles if table.name in (style(one, other), style(other, one))), -1)
