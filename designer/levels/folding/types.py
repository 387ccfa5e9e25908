"""How a row says of which subtype it is: a discriminator where subtypes are disjoint, a flag each where they overlap.

A discriminator holds the names of the subtypes, `full_time_student`, or the values of the domain of its attribute that
mean them. A subtype that gets another name gets another value, and its rows have to be changed: somebody who wants a
value to stay chooses it (topic `value` on the subtype).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from designer.levels.er import PRIMARY, Field, Ident, Literal, Ref, Rule
from designer.levels.folding.plan import Kind
from designer.levels.folding.work import (
    FIRST,
    LAST,
    MIDDLE,
    Parts,
    Work,
    behind,
    field_of,
    free_words,
    joined,
    listed,
    place,
    same,
)

_LENGTH, _LONGEST = 40, 100
"""Characters of a type column, and of a value that is made of a name; keys of MySQL are limited."""
_TEXT = re.compile(r"(string|char|text|enum)?(?:\((\d+)\))?\Z")


@dataclass(frozen=True, slots=True)
class Types:
    """What the rows of a supertype's table say. `values` are those of the subtypes and, where it has one, its own.

    `field` is the discriminator, empty where each subtype has a flag in `flags`.
    """

    kind: Kind
    field: Field | None
    values: Mapping[str, str]
    flags: Mapping[str, Field]

    def column(self, child: str) -> Field:
        """Return the field that says whether a row is of a subtype."""
        return self.field or self.flags[child]

    def value(self, child: str) -> str:
        """Return what that field holds in the rows of a subtype."""
        return self.values[child] if self.field else "true"

    def is_one(self, child: str) -> Parts:
        """Return the condition that a row is of a subtype; never NULL."""
        column = self.column(child)
        said = _equal(column, self.value(child))
        return ("(", Ref(column.mark), " IS NOT NULL AND ", *said, ")") if column.optional else said

    def is_none(self, child: str) -> Parts:
        """Return the condition that a row is not of a subtype; never NULL."""
        column = self.column(child)
        if not self.field:
            return (Ref(column.mark), " = FALSE")
        said: Parts = (Ref(column.mark), " <> ", Literal(self.value(child)))
        return ("(", Ref(column.mark), " IS NULL OR ", *said, ")") if column.optional else said

    def ident(self, child: str) -> Ident:
        """Return the key of the supertype to which what is about a subtype only can refer."""
        column = self.column(child)
        return Ident(f"{column.mark}:typed", self.kind.id, (PRIMARY, column.mark))

    def fixed(self, child: str, mark: str, words: str) -> Field:
        """Return the field by which something else refers to that key."""
        column = self.column(child)
        return replace(
            column, mark=mark, words=words, origin=self.kind.id, optional=False, fixed=self.value(child), default=None,
            band="reference", order=LAST, source=None,
        )  # fmt: skip


def _equal(column: Field, value: str) -> Parts:
    return (Ref(column.mark), " = TRUE") if column.type == "boolean" else (Ref(column.mark), " = ", Literal(value))


def typed(work: Work, kind: Kind) -> Types:
    """Give the supertype its discriminator or its flags, with the rules that they keep, and return them."""
    if not kind.disjoint:
        flags = {child: _flag(work, kind, child) for child in kind.children}
        work.add_fields(kind.parent, *flags.values())
        found = Types(kind, None, {}, flags)
        _one_at_least(work, found)
        return found
    known = _usable(work, kind)
    values = _values(work, kind, known)
    column = _discriminator(work, kind, values, given=known is not None)
    parent = work.things[kind.parent]
    work.put(replace(parent, fields=(*(each for each in parent.fields if each.mark != column.mark), column)))
    found = Types(kind, column, values, {})
    _only_these(work, found)
    return found


def values_of(work: Work, kind: Kind) -> dict[str, str]:
    """Return what the discriminator attribute of a supertype says for its subtypes; empty where it can say none."""
    known = field_of(work.things[kind.parent], kind.discriminator)
    if known is None or not kind.disjoint or not _is_text(work, known):
        return {}
    domain = work.domains.get(known.domain or "")
    if domain is not None and domain.values:
        return _of_domain(work, domain.values, kind.children)
    names = _named(work, kind.children)
    return names if _holds(work, known, names.values()) else {}


def _flag(work: Work, kind: Kind, child: str) -> Field:
    words = f"is {work.things[child].words}"
    return Field(
        f"{kind.id}:{child}:is",
        words,
        kind.id,
        "boolean",
        default="false",
        order=behind(FIRST, place(kind.children.index(child)) + MIDDLE),
    )


def _usable(work: Work, kind: Kind) -> Field | None:
    """Return the discriminator attribute, if it can hold names."""
    parent = work.things[kind.parent]
    known = field_of(parent, kind.discriminator)
    if known is None:
        return None
    if any(each.primary and known.mark in each.fields for each in parent.idents):
        text = f"{known.words} is part of the key of {parent.words}, which gets a column that only tells its subtypes"
        work.note("discriminator-in-key", kind.id, text)
        return None
    if _is_text(work, known):
        return known
    text = f"{known.words} cannot hold the names of subtypes; {parent.words} gets a column that can"
    work.note("discriminator-not-text", kind.id, text)
    return None


def _is_text(work: Work, known: Field) -> bool:
    special = known.parts or known.derived or known.generated or known.fixed is not None
    return not special and _TEXT.match(_type(work, known)) is not None


def _type(work: Work, known: Field) -> str:
    domain = work.domains.get(known.domain or "")
    return (domain.type if domain else "") or known.type


def _discriminator(work: Work, kind: Kind, values: Mapping[str, str], *, given: bool) -> Field:
    parent = work.things[kind.parent]
    type_ = f"string({max(_LENGTH, *map(len, values.values()))})"
    known = field_of(parent, kind.discriminator) if given else None
    if known is None:
        words = free_words(parent, "kind", f"{parent.words} kind", f"{kind.name or 'other'} kind")
        return Field(kind.id, words, kind.id, type_, default=values.get(kind.parent), order=FIRST + MIDDLE)
    column = replace(known, optional=known.optional and not kind.total, default=values.get(kind.parent))
    if _holds(work, column, values.values()):
        return column
    return replace(column, type=type_, domain=None)


def _holds(work: Work, column: Field, values: Iterable[str]) -> bool:
    domain = work.domains.get(column.domain or "")
    if domain and domain.values:
        return True
    size = _TEXT.match(_type(work, column))
    return bool(size and (size[1] == "text" or (size[2] and int(size[2]) >= max(map(len, values)))))


def _values(work: Work, kind: Kind, known: Field | None) -> dict[str, str]:
    """Return what the discriminator says for each subtype, and for a row of none where it has a value for that."""
    own = not kind.total and not (known and known.optional)
    things = [*kind.children, *([kind.parent] if own else [])]
    domain = work.domains.get(known.domain or "") if known else None
    if domain is not None and domain.values:
        found = _of_domain(work, domain.values, kind.children)
        rest = [each for each in domain.values if each not in found.values()]
        if len(found) == len(kind.children) and (rest or not own):
            plain = _of_domain(work, rest, (kind.parent,)).get(kind.parent) or (rest[0] if rest else "")
            return {**found, **({kind.parent: plain} if own else {})}
        words = work.things[kind.parent].words
        named = _named(work, [each for each in things if each not in found])
        missing = listed(f"{work.things[each].words} ({value})" for each, value in named.items())
        text = f"{domain.name} has no value for {missing}, so the column of {words} is kept to the values of subtypes"
        work.note("discriminator-values", kind.id, f"{text}; add what is missing to {domain.name} to keep that")
        _without_domain(work, kind)
        if not {_collated(each) for each in named.values()} & {_collated(each) for each in found.values()}:
            return {each: found.get(each) or named[each] for each in things}  # rows that are there keep their values
    return _named(work, things)


def _named(work: Work, things: Iterable[str]) -> dict[str, str]:
    """Return the values that were chosen for things, else their names, each another one."""
    names = {
        each: work.settings.choice(work.things[each].origin, "value") or _value(work.things[each].words)
        for each in things
    }
    taken = [_collated(each) for each in names.values()]
    return {
        each: name if taken.count(_collated(name)) == 1 else f"{name} {number}"
        for number, (each, name) in enumerate(names.items(), 1)
    }


def _of_domain(work: Work, values: Iterable[str], things: Iterable[str]) -> dict[str, str]:
    """Return the values that mean things: alike names first, then beginnings of them that mean only one."""
    found: dict[str, str] = {}
    left = list(values)
    for alike in (_is_name, _begins):
        for each in things:
            fitting = [value for value in left if alike(same(value), same(work.things[each].words))]
            if each not in found and len(fitting) == 1:
                found[each] = fitting[0]
                left.remove(fitting[0])
    return found


def _is_name(value: str, name: str) -> bool:
    return value == name


def _begins(value: str, name: str) -> bool:
    return bool(value and name) and (name.startswith(value) or value.startswith(name))


def _collated(value: str) -> str:
    """Return what MySQL compares of a value: accents and case say nothing there."""
    return same("".join(each for each in unicodedata.normalize("NFKD", value) if not unicodedata.combining(each)))


def _value(words: str) -> str:
    """Return the name of a subtype as a value: `Full-time Student` -> `full_time_student`."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", words.replace("\0", ""))
    value = re.sub(r"[\W_]+", "_", parts).strip("_").lower() or words.replace("\0", "") or "other"
    return value[:_LONGEST]


def _without_domain(work: Work, kind: Kind) -> None:
    parent = work.things[kind.parent]
    freed = [replace(each, domain=None, type="") if each.mark == kind.discriminator else each for each in parent.fields]
    work.put(replace(parent, fields=tuple(freed)))


def _only_these(work: Work, types: Types) -> None:
    """Let it hold nothing else, unless its domain says so: it has no other values, or they are for no subtype."""
    column = types.column("")
    domain = work.domains.get(column.domain or "")
    if domain and domain.values and (not types.kind.total or set(domain.values) <= set(types.values.values())):
        return
    values: list[str | Ref | Literal] = []
    for value in types.values.values():
        values += [", ", Literal(value)] if values else [Literal(value)]
    parts = (Ref(column.mark), " IN (", *values, ")")
    work.rule(Rule(f"{types.kind.id}:values", types.kind.parent, column.words, parts, types.kind.id))


def _one_at_least(work: Work, types: Types) -> None:
    if types.kind.total:
        parts = joined((types.is_one(child) for child in types.kind.children), " OR ")
        work.rule(Rule(f"{types.kind.id}:total", types.kind.parent, "kinds", parts, types.kind.id))
