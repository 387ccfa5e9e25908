"""The dependencies that a table's own constraints make true. Nobody has to state them, and they are never stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from designer.schema import (
    Check,
    Column,
    Design,
    DomainType,
    Exclusion,
    Expr,
    ForeignKey,
    Id,
    Index,
    Key,
    Table,
    Use,
)  # fmt: skip

Ids = tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """`left -> right`, made true by `record`. `kind`: key, generated, equal, constant, reference.

    A key says it of all columns. `reason` is a clause: `order_id is the primary key`.
    """

    left: Ids
    right: Ids
    record: Id
    reason: str
    kind: str = "key"


def implied(design: Design, table: Id) -> Iterator[Fact]:
    """Yield what the constraints of a table say about dependencies, keys first."""
    columns = design.of(Column, table)
    every = tuple(column.id for column in columns)
    for left, record, reason in unique_sets(design, table):
        yield Fact(left, every, record, reason)
    yield from _generated(columns)
    yield from _checked(design, table, columns)
    yield from _referring(design, table)


def unique_sets(design: Design, table: Id) -> Iterator[tuple[Ids, Id, str]]:
    """Yield the sets of columns on which no two rows of a table can agree, NULL being equal to NULL.

    A unique key over a nullable column is none, because any number of rows may hold NULL there; nor is an index over
    some of the rows, or over an expression.
    """
    certain = not_null(design, table)
    for key in sorted(design.of(Key, table), key=lambda key: not key.primary):
        own = tuple(dict.fromkeys(key.columns))
        plain = own and all(part.expr is None for part in key.parts)
        if plain and (key.primary or key.nulls_not_distinct or set(own) <= certain):
            kind = "primary" if key.primary else "unique"
            yield own, key.id, f"{_names(design, own)} {_be(own)} the {kind} key{_one_to_one(design, table, own)}"
    for index in design.of(Index, table):
        own = tuple(dict.fromkeys(part.column for part in index.parts if part.column))
        if index.unique and _plain(index, own) and (index.nulls_not_distinct or set(own) <= certain):
            yield own, index.id, f"{_names(design, own)} {_be(own)} unique by an index over all rows"
    for exclusion in design.of(Exclusion, table):
        own = tuple(dict.fromkeys(part.column for part in exclusion.parts if part.column))
        equal = all(part.column and part.operator == "=" for part in exclusion.parts)
        if own and equal and exclusion.where is None and set(own) <= certain:
            yield own, exclusion.id, f"an exclusion constraint lets no two rows agree on {_names(design, own)}"


def _one_to_one(design: Design, table: Id, own: Ids) -> str:
    """Return a clause where a unique set is a foreign key as well: there is one row at most for each row there."""
    for key in design.of(ForeignKey, table):
        other = design.get(key.ref_table) if key.ref_table else None
        if set(key.columns) == set(own) and isinstance(other, Table):
            return f", one row for one of {other.name}"
    return ""


def _plain(index: Index, own: Ids) -> bool:
    whole = index.where is None and all(part.column for part in index.parts)
    return bool(own) and whole and "refused" not in index.extra


def not_null(design: Design, table: Id) -> frozenset[Id]:
    """Return the columns of a table that are never NULL: by themselves, by their domain or by the primary key."""
    found = {column.id for column in design.of(Column, table) if not column.nullable or _by_domain(design, column)}
    for key in design.of(Key, table):
        found.update(key.columns if key.primary else ())
    return frozenset(found)


def _by_domain(design: Design, column: Column) -> bool:
    domain = design.get(column.type_ref) if column.type_ref else None
    return isinstance(domain, DomainType) and not domain.nullable


def _generated(columns: list[Column]) -> Iterator[Fact]:
    own = {column.id: column.name for column in columns}
    for column in columns:
        used = {use.id for use in column.generated.uses} if column.generated else set()
        inputs = tuple(each for each in own if each in used)
        if inputs and column.id not in inputs:
            names = ", ".join(own[each] for each in inputs)
            yield Fact(inputs, (column.id,), column.id, f"{column.name} is computed from {names}", "generated")


_TEXT = r"(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?|true|false)"
_LITERAL = re.compile(rf"{_TEXT}(?:::[\w ()]+(?:\[\])?)?", re.IGNORECASE)
_AND = re.compile(r"\band\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:or|between|case|not)\b(?!\s+distinct)", re.IGNORECASE)
_STRICT = re.compile(r"=|==", re.IGNORECASE)
_LOOSE = re.compile(r"is\s+not\s+distinct\s+from|<=>", re.IGNORECASE)


def _checked(design: Design, table: Id, columns: list[Column]) -> Iterator[Fact]:
    """Yield what `CHECK (a = b)` and `CHECK (kind = 'x')` say; only conditions that are read without doubt."""
    certain = not_null(design, table)
    own = {column.id: column.name for column in columns}
    for check in design.of(Check, table):
        if check.not_valid or check.not_enforced or _MORE.search(check.expr.text):
            continue
        for start, end in _conjuncts(check.expr.text):
            yield from _equal(check, start, end, own, certain)


def _conjuncts(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _AND.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _equal(check: Check, start: int, end: int, own: dict[Id, str], certain: Set[Id]) -> Iterator[Fact]:
    uses = [use for use in check.expr.uses if start <= use.start and use.end <= end]
    ids = tuple(use.id for use in uses)
    if not ids or not set(ids) <= own.keys():
        return
    said = _between(check.expr, uses, start, end)
    strict = bool(_STRICT.fullmatch(said))
    if len(ids) == 2 and ids[0] != ids[1] and (_LOOSE.fullmatch(said) or (strict and set(ids) <= certain)):
        reason = f"a check says that {own[ids[0]]} equals {own[ids[1]]}"
        yield Fact(ids[:1], ids[1:], check.id, reason, "equal")
        yield Fact(ids[1:], ids[:1], check.id, reason, "equal")
    elif len(ids) == 1 and said[:1] == "=" and _LITERAL.fullmatch(said.lstrip("= ")) and ids[0] in certain:
        yield Fact((), ids, check.id, f"a check gives {own[ids[0]]} one value in all rows", "constant")


def _between(expr: Expr, uses: list[Use], start: int, end: int) -> str:
    """Return a condition without the columns, their quotes and any parentheses round it."""
    rest, at = "", start
    for use in uses:
        rest, at = rest + expr.text[at : use.start], use.end
    return (rest + expr.text[at:end]).strip(' \t\r\n()"`[]')


def _referring(design: Design, table: Id) -> Iterator[Fact]:
    """Yield what a foreign key of several columns says, one of whose parts alone is a key of the other table.

    (order_id, customer_id) referring to orders says order_id -> customer_id, as orders has one row for an order_id.
    """
    certain: frozenset[Id] | None = None
    for key in design.of(ForeignKey, table):
        if len(key.columns) < 2 or not key.ref_table or key.not_valid or key.not_enforced or key.period:
            continue
        certain = not_null(design, table) if certain is None else certain
        if len(key.columns) != len(key.ref_columns) or not (key.match == "full" or set(key.columns) <= certain):
            continue
        yield from _through(design, key)


def _through(design: Design, key: ForeignKey) -> Iterator[Fact]:
    own = dict(zip(key.ref_columns, key.columns, strict=True))
    for unique, _, _ in unique_sets(design, key.ref_table or ""):
        if set(unique) < own.keys():
            left = tuple(own[each] for each in unique)
            right = tuple(each for each in key.columns if each not in left)
            if right:
                other = design[key.ref_table or ""]
                name = other.name if isinstance(other, Table) else "another table"
                reason = f"the foreign key to {name} finds {_names(design, right)} by {_names(design, left)} alone"
                yield Fact(left, right, key.id, reason, "reference")


def _names(design: Design, ids: Ids) -> str:
    found = (design.get(each) for each in ids)
    return ", ".join(column.name for column in found if isinstance(column, Column))


def _be(ids: Ids) -> str:
    return "is" if len(ids) == 1 else "are together"
