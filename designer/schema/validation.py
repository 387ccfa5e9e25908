"""Whether a design is sound.

`validate` looks at the whole design, at a cost that grows with its size. `problems_in` looks at some records only, at
the cost of those and their neighbours, so that every edit can be checked in a design of any size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from designer.schema import soundness
from designer.schema.allowed import NULLS, TARGETS, WORDS
from designer.schema.base import Expr, Id, IndexPart, Record
from designer.schema.design import Design
from designer.schema.ids import ID_PATTERN
from designer.schema.kinds import KINDS, PARENT_KINDS, REFERENCES, kind_of
from designer.schema.order import DIGITS
from designer.schema.problem import Problem, place_of, problem
from designer.schema.references import references

_DIGITS = frozenset(DIGITS)
_Check = Callable[[Design, Record], Iterator[Problem]]


def validate(design: Design) -> list[Problem]:
    """Return all problems of a design, in the order of its records; none where it is sound."""
    return problems_in(design, design)


def problems_in(design: Design, ids: Iterable[Id]) -> list[Problem]:
    """Return the problems of the records `ids`; those that are not in the design are passed over.

    To check an edit, give the ids it added and changed and the referrers of those it removed.
    """
    found: list[Problem] = []
    cycles = soundness.Cycles(design)
    for id_ in ids:
        record = design.get(id_)
        if record is None:
            continue
        for check in _CHECKS:
            found += check(design, record)
        found += cycles.of(record)
    return found


def _id(_: Design, record: Record) -> Iterator[Problem]:
    if not ID_PATTERN.fullmatch(record.id):
        yield problem(record, "id", "an id is 4 to 40 letters and digits; give the record another one")


def _parent(design: Design, record: Record) -> Iterator[Problem]:
    allowed = PARENT_KINDS[kind_of(record)]
    if record.parent is None:
        if allowed:
            yield problem(record, "parent", f"it belongs nowhere; name the {_either(allowed)} that it is part of")
        return
    parent = design.get(record.parent)
    if parent is not None and kind_of(parent) not in allowed:
        remedy = f"name a {_either(allowed)}" if allowed else "leave it out: a model is the root"
        yield problem(record, "parent", f"it cannot be part of the {place_of(parent)}; {remedy}")


def _references(design: Design, record: Record) -> Iterator[Problem]:
    kind = kind_of(record)
    for field, target in references(record):
        found = design.get(target)
        if found is None:
            yield problem(record, field, f"there is no record {target}; put it back, or take it out of this field")
            continue
        allowed = TARGETS.get((kind, field))
        if allowed is not None and kind_of(found) not in allowed:
            yield problem(record, field, f"the {place_of(found)} cannot stand here; name a {_either(allowed)}")


def _words(_: Design, record: Record) -> Iterator[Problem]:
    for field, allowed in _WORDS[type(record)]:
        value = getattr(record, field)
        if value not in allowed:
            listed = ", ".join(repr(word) for word in allowed)
            yield problem(record, field, f"{value!r} means nothing here; use one of {listed}")


def _order(_: Design, record: Record) -> Iterator[Problem]:
    key = record.order
    if key and (key[-1] == DIGITS[0] or not _DIGITS.issuperset(key)):
        yield problem(
            record, "order", f"{key!r} is no order key: letters and digits that do not end in 0; move it anew"
        )


def _expressions(_: Design, record: Record) -> Iterator[Problem]:
    for field in _EXPRESSIONS[type(record)]:
        value = getattr(record, field)
        if isinstance(value, Expr):
            yield from _uses(record, field, value)


def _uses(record: Record, field: str, expr: Expr) -> Iterator[Problem]:
    end = 0
    for use in sorted(expr.uses, key=lambda use: use.start):
        if not end <= use.start < use.end <= len(expr.text):
            where = f"characters {use.start} to {use.end} of a text of {len(expr.text)}"
            yield problem(
                record, field, f"the use of {use.id} at {where} is outside it or overlaps another; correct it"
            )
        end = max(end, use.end)


def _parts(design: Design, record: Record) -> Iterator[Problem]:
    if type(record) not in _WITH_PARTS:
        return
    parts: tuple[IndexPart, ...] = getattr(record, "parts", ())
    for number, part in enumerate(parts, 1):
        field = f"parts[{number}]"
        if (part.column is None) == (part.expr is None):
            yield problem(record, field, "a part is either a column or an expression; give one of the two")
        if part.nulls not in NULLS:
            yield problem(record, field, f"nulls {part.nulls!r} means nothing here; use 'first', 'last' or nothing")
        column = design.get(part.column) if part.column else None
        if column is not None and kind_of(column) != "column":
            yield problem(record, field, f"the {place_of(column)} cannot stand here; name a column")
        if part.expr is not None:
            yield from _uses(record, field, part.expr)


def _either(kinds: Iterable[str]) -> str:
    return " or ".join(kind.replace("_", " ") for kind in sorted(kinds))


_CHECKS: tuple[_Check, ...] = (
    _id, _parent, _references, _words, _order, _expressions, _parts,
    soundness.columns, soundness.foreign_key, soundness.one_primary, soundness.relationship, soundness.column,
)  # fmt: skip
_WORDS: dict[type[Record], tuple[tuple[str, tuple[str, ...]], ...]] = {
    cls: tuple((field, words) for (of, field), words in WORDS.items() if of == kind) for kind, cls in KINDS.items()
}
_EXPRESSIONS: dict[type[Record], tuple[str, ...]] = {
    cls: tuple(field for field, (shape, _) in REFERENCES[kind].items() if shape == "expr")
    for kind, cls in KINDS.items()
}
_WITH_PARTS = frozenset(
    cls for cls in KINDS.values() if any(field.name == "parts" for field in msgspec.structs.fields(cls))
)
