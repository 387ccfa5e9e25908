"""Lists of values that attributes share, and the tables that hold them where they have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.dialects.base import Dialect
from designer.levels.er import Field, Ident, Link, Literal, Thing
from designer.levels.values.types import USUAL, family_of
from designer.schema import Column, Domain, Expr, Id, Record, Table, Use

_LAST = "zz"
"""Tables that list values come behind the others, and leave them the plain names."""
_BEGIN = {"mysql": "INSERT IGNORE INTO ", "sqlite": "INSERT OR IGNORE INTO "}
_END = {"postgresql": " ON CONFLICT DO NOTHING"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of values that attributes share: a domain, or the inline enum of one attribute."""

    id: Id
    words: str
    values: tuple[str, ...]
    type: str
    order: str = ""
    source: Record | None = None


def lookup_mark(listed: Listed) -> str:
    """Return the mark of the table of a list."""
    return f"{listed.id}:lookup"


def to_lookup(thing: Thing, each: Field, listed: Listed) -> Link:
    """Return the reference of a column to the table of its list. No value goes while a row has it."""
    return Link(
        f"{each.mark}:lookup", thing.mark, lookup_mark(listed), listed.id, role=each.words, optional=each.optional,
        with_fields=(each.mark,), on_delete="no action", order=f"{_LAST}{each.order or 'V'}",
    )  # fmt: skip


def lookup(listed: Listed) -> Thing:
    """Return what becomes the table of a list: a code for each value, and room to describe it."""
    mark = lookup_mark(listed)
    code = Field(f"{mark}:code", "code", listed.id, band="key", order="V")
    label = Field(f"{mark}:description", "description", listed.id, type=USUAL, optional=True, order="V")
    ident = Ident(f"{mark}:key", listed.id, (code.mark,), primary=True)
    return Thing(
        mark, listed.words, listed.id, "lookup", (code, label), (ident,), order=f"{_LAST}{listed.order or 'V'}",
        source=listed.source if isinstance(listed.source, Domain) else None,
    )  # fmt: skip


def insertion(table: Table, code: Column, values: Sequence[str], home: str, dialect: Dialect) -> Expr:
    """Return the statement that adds the values, as they are written, that are not there yet; `home` ends in a dot."""
    begin = _BEGIN.get(family_of(dialect), "INSERT INTO ") + home
    name, column = dialect.quote(table.name), dialect.quote(code.name)
    at = len(begin) + len(name) + 2
    rows = ", ".join(f"({value})" for value in values)
    text = f"{begin}{name} ({column}) VALUES {rows}{_END.get(dialect.name, '')}"
    return Expr(text, (Use(len(begin), len(begin) + len(name), table.id), Use(at, at + len(column), code.id)))


def separated(values: Sequence[str | Literal]) -> Iterator[str | Literal]:
    """Yield values with commas between them."""
    for at, value in enumerate(values):
        if at:
            yield ", "
        yield value


def kept(value: str) -> str:
    """Return a value without what no database holds: NUL, and halves of letters."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


def is_number(value: str) -> bool:
    """Return whether a value is a number that SQL can say as it is."""
    whole, _, rest = value.removeprefix("-").partition(".")
    return whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit()))
