"""Dependencies that are worth asking about, from what names, references and keys of a table make likely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from designer.dependencies.seen import Seen, owner_words, seen, unique_of
from designer.dependencies.subject import Subject
from designer.dependencies.suggested import hinted, suggested
from designer.dependencies.words import HANDLES, KEEPS_THE_PAST, MEASURES, OF_ANY_KIND, Words, one_of, words_of
from designer.normalization.keys import expand, keys_of
from designer.schema import Column, Dependency, Design, ForeignKey, Id, Relationship, Table

MOST_KEYS = 4
"""Candidate keys that are looked into."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column that may depend on others. `worth` orders: how likely it is, and how much the answer tells.

    `kind`: dependency, key (whether what is no key is one), sets (whether two columns have nothing to do with each
    other). `record` is the stored proposal that is asked about, if there is one.
    """

    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    worth: float
    reason: str
    kind: str = "dependency"
    record: Id = ""
    strength: str = "question"  # or suggestion, where enough rows say so and it would save much


def candidates(design: Design, subject: Subject) -> Iterator[Candidate]:
    """Yield what could be asked about a table or an entity, in no particular order."""
    yield from _stored(design, subject)
    for each in suggested(design, subject.owner):
        worth = 60.0 if each.weak else 90.0
        yield from (Candidate(each.determinant, (one,), worth, each.reason) for one in each.dependent)
    table = about(design, subject)
    yield from table.told_of_handles()
    yield from table.copies()
    yield from table.of_key_parts()
    yield from table.natural_keys()
    yield from table.sets()


def about(design: Design, subject: Subject) -> _Table:
    """Return a table or entity as the rules over its references and keys look at it."""
    return _Table(design, subject)


def _stored(design: Design, subject: Subject) -> Iterator[Candidate]:
    """Yield the proposals that wait for an answer; what data found is worth more the more it would save."""
    named = {(each.determinant, one) for each in hinted(design, subject.owner) for one in each.dependent}
    for each in design.of(Dependency, subject.owner):
        if each.state != "proposed" or not {*each.determinant, *each.dependent} <= subject.numbers.keys():
            continue
        repeated = 1 - each.groups / each.checked_rows if each.checked_rows else 0.0
        left_open = 60.0 if each.reason else 5.0
        worth = {"data": 95 + 20 * repeated, "names": 90.0}.get(each.source, left_open)
        reason = each.reason or _of_data(each)
        if each.source == "data" and any((each.determinant, one) in named for one in each.dependent):
            worth, reason = worth + _BOTH, f"{reason}, and the names say the same"
        kind = "sets" if each.multivalued else "dependency"
        sure = each.source == "data" and each.checked_rows >= _ENOUGH and repeated >= _MUCH
        strength = "suggestion" if sure else "question"
        yield Candidate(each.determinant, each.dependent, worth, reason, kind, each.id, strength)


def _of_data(dependency: Dependency) -> str:
    if not dependency.checked_rows:
        return "it was left open before"
    rows, off = f"{dependency.checked_rows:,} rows", dependency.exceptions
    return f"it holds in {rows}" if not off else f"{off:,} of {rows} would have to change for it to hold"


_GENERIC = frozenset(
    {"id", "name", "title", "description", "type", "status", "state", "kind", "position", "order", "sort", "notes",
     "note", "comment", "comments", "active", "enabled", "value", "url", "data", "version", "uuid", "key", "label",
     "text", "body", "content", "settings", "options", "metadata", "meta", "image", "color", "slug", "code", "deleted"}
)  # fmt: skip
"""Names that every table has for itself."""
_OF_ANYBODY = frozenset(
    {"name", "email", "phone", "fax", "address", "city", "country", "zip", "code", "title", "region", "state", "id",
     "description", "type", "status", "url"}
)  # fmt: skip
"""Last words of what many things have each for itself: the first name of a customer is not that of an employee."""
_ENOUGH, _MUCH = 1_000, 0.5  # rows, and the part of them that would be saved, for data to suggest and not only to ask
_BOTH = 20.0  # worth more, where data and names say the same
_COMMON = 4  # tables with a column of that name make it one that every table has for itself
_OWN_TIMES = ("created", "updated", "modified", "changed", "deleted", "inserted", "added", "archived")
_SEQUENCE = frozenset({"no", "nr", "line", "position", "seq", "sequence", "ordinal", "index", "idx", "rank", "item",
                       "version", "revision", "step", "order", "number", "n"})  # fmt: skip
_SEVERAL = 3  # times in one row tell its own story
_FEW_FACTS = 4  # besides its references; with more, a table is about a thing and no link
_TIMES = ("date", "timestamp", "timestamp_tz")
_TEXTS = ("string", "text", "char", "")


class _Table:
    """A table or entity with what its foreign keys and keys say."""

    def __init__(self, design: Design, subject: Subject):
        self.design = design
        self.subject = subject
        self.columns = {each.id: each for each in seen(design, subject.owner)}
        self.keys = [frozenset(subject.ids_of(key)) for key in expand(keys_of(subject.relation), MOST_KEYS)]
        self.members = frozenset().union(*self.keys)
        self.references = [key for key in design.of(ForeignKey, subject.owner) if key.ref_table]
        relationships = [each for each in subject.columns if isinstance(design[each], Relationship)]
        self.links = [*(key.columns for key in self.references), *((each,) for each in relationships)]
        self.referring = {column for link in self.links for column in link}
        self.own = owner_words(design, subject.owner)
        self.declared = unique_of(design, subject.owner)
        self.facts = [each for each in self.columns.values() if each.id not in self.members and not _of_row(each)]

    def told_of_handles(self) -> Iterator[Candidate]:
        """Yield what is named after a thing that another column stands for: `customer_city` beside `customer_id`."""
        if KEEPS_THE_PAST & set(self.own):
            return
        for handle in self.columns.values():
            stem = handle.words[:-1]
            if not stem or handle.words[-1] not in HANDLES or frozenset({handle.id}) in self.keys:
                continue
            for column in self.facts:
                if column.words[: len(stem)] == stem and column.id not in self.referring and column.id != handle.id:
                    worth = 42.0 if column.words[-1] in MEASURES else 70.0
                    part = 15 if any(handle.id in key and len(key) > 1 for key in self.keys) else 0
                    of_any_kind = column.words[-1] in OF_ANY_KIND or (column.optional < handle.optional)
                    reason = f"{column.name} is named after what {handle.name} stands for"
                    if not of_any_kind and column.words[-1] not in HANDLES:
                        yield Candidate((handle.id,), (column.id,), worth + part, reason)

    @cached_property
    def common(self) -> Counter[Words]:
        """How many columns of the design have each name."""
        return Counter(words_of(each.name) for each in self.design.records() if isinstance(each, Column))

    def copies(self) -> Iterator[Candidate]:
        """Yield columns that the table which a foreign key leads to has as well, as questions."""
        if KEEPS_THE_PAST & set(self.own):
            return
        for key, column, other in self.twins():
            name = f"{_name(self.design, key.ref_table or '')}.{other.name}"
            worth = 40.0 if column.words[-1] in MEASURES else 80.0
            part = 15 if any(set(key.columns) < each for each in self.keys) else 0
            reason = f"{name} looks like the same: a copy, or what was true at the time?"
            yield Candidate(key.columns, (column.id,), worth + part, reason)

    def twins(self) -> Iterator[tuple[ForeignKey, Seen, Column]]:
        """Yield the columns that a table has as well to which a foreign key leads: the key, the column, the other."""
        for key in self.references:
            if key.ref_table == self.subject.owner or set(key.columns) in self.keys:
                continue
            there = {words_of(column.name): column for column in self.design.of(Column, key.ref_table)}
            other = words_of(_name(self.design, key.ref_table or ""))
            for column in self.facts:
                found = _same(column, there, other) if column.id not in self.referring else None
                if found is not None and self.common[words_of(found.name)] < _COMMON:
                    yield key, column, found

    def of_key_parts(self) -> Iterator[Candidate]:
        """Yield columns that may depend on a part of a key, which second normal form is about."""
        for key in self.keys:
            dated = any(self._is_time(self.columns[each]) for each in key if each in self.columns)
            facts = [each for each in self.facts if not (dated and self._is_time(each))]
            for part in self._parts(key):
                for column in facts:
                    worth = self._worth_of_part(part, column, key)
                    if worth:
                        names = ", ".join(self.columns[each].name for each in part)
                        reason = f"{names} is only a part of the key"
                        yield Candidate(part, (column.id,), worth, reason)

    def _parts(self, key: frozenset[Id]) -> list[tuple[Id, ...]]:
        if len(key) < 2 or not key <= self.columns.keys():
            return []
        whole = [each for each in self.links if set(each) < key]
        single = [(each,) for each in self.columns if each in key and each not in self.referring]
        return [*dict.fromkeys(whole), *(each for each in single if not self._numbers(self.columns[each[0]]))]

    def _numbers(self, column: Seen) -> bool:
        """Say whether a column numbers the rows of its table, or those of one parent."""
        return (bool(column.words) and column.words[-1] in _SEQUENCE) or _is_surrogate(column, self.own)

    @staticmethod
    def _is_time(column: Seen) -> bool:
        return column.type.split("(", 1)[0] in _TIMES

    def _worth_of_part(self, part: tuple[Id, ...], column: Seen, whole: frozenset[Id]) -> float:
        key = next((each for each in self.references if each.columns == part), None)
        if column.id in self.referring:
            return 90.0 if key and self._diamond(key, column) else 0.0
        if key and self._about_parent(key, column):
            return 90.0
        if all(each in self.referring for each in whole):  # a link: what it says is mostly about the pair
            return 0.0
        base = column.type.split("(", 1)[0]
        if base in _TIMES:
            return 85.0 if sum(self._is_time(each) for each in self.facts) < _SEVERAL else 45.0
        if column.words[-1] in ("status", "state", "currency") or base == "boolean":
            return 55.0
        plain = set(part).isdisjoint(self.referring)
        if plain and len(column.words) > 1 and column.words[-1] == "id":
            return 50.0
        return (45.0 if plain else 32.0) if base in _TEXTS else 0.0

    def _diamond(self, key: ForeignKey, column: Seen) -> bool:
        """Say whether the table that a key leads to has a column like this one that leads to the same table."""
        ends = {each.ref_table for each in self.references if column.id in each.columns}
        return any(
            each.ref_table in ends and words_of(_name(self.design, each.columns[0])) == column.words
            for each in self.design.of(ForeignKey, key.ref_table)
            if len(each.columns) == 1
        )

    def _about_parent(self, key: ForeignKey, column: Seen) -> bool:
        """Say whether a column is about something that the other table refers to: `customer_name` of an order."""
        stems = {
            words_of(_name(self.design, each.columns[0]))[:-1] for each in self.design.of(ForeignKey, key.ref_table)
        }
        return column.words[:-1] in stems - {()}

    def natural_keys(self) -> Iterator[Candidate]:
        """Yield what may tell rows apart where only a number without meaning does; it would hide broken forms."""
        if len(self.keys) != 1 or len(self.keys[0]) != 1:
            return
        (own,) = self.keys[0]
        if own in self.referring or own not in self.columns or not _is_surrogate(self.columns[own], self.own):
            return
        reason = f"{self.columns[own].name} is a number without meaning; what tells rows apart without it?"
        links = tuple(
            each for each in self.columns if each in self.referring and not self.columns[each].optional and each != own
        )
        if 2 <= len(links) <= 3:
            worth = 88.0 if len(self.columns) - len(self.referring) <= 1 + _FEW_FACTS else 35.0
            yield Candidate(links, (own,), worth, reason, "key")
        for column in self.columns.values():
            if column.id != own and not column.optional and column.id not in self.referring and _identifies(column):
                yield Candidate((column.id,), (own,), 50.0, reason, "key")

    def sets(self) -> Iterator[Candidate]:
        """Yield independent facts in one table: only where all of three or more columns are the key (Fagin 1977)."""
        every = set(self.columns)
        if self.declared and len(self.keys) == 1 and self.keys[0] == every and 3 <= len(every) <= 5:
            for one in self.columns:
                rest = [each for each in self.columns if each != one]
                reason = "all columns are the key, so facts that have nothing to do with each other may share it"
                yield Candidate((one,), (rest[0],), 48.0, reason, "sets")


def _of_row(column: Seen) -> bool:
    """Say whether a column is about its own row for certain: when it was made."""
    return not column.words or any(word.startswith(_OWN_TIMES) for word in column.words)


def _same(column: Seen, there: dict[Words, Column], other: Words) -> Column | None:
    """Return the column of another table that a column here may be a copy of."""
    words = column.words
    thing = (*other[:-1], one_of(other[-1])) if other else ()
    own = (len(words) == 1 and words[0] in _GENERIC) or (words[-1] in _OF_ANYBODY and words[:-1] != thing)
    if words in there and not own:
        return there[words]
    if thing and words[: len(thing)] == thing and words[len(thing) :] in there:
        return there[words[len(thing) :]]
    if words[-1] in MEASURES and words[-1:] in there and words[-1] == "price":
        return there[words[-1:]]
    return None


def _is_surrogate(column: Seen, own: Words) -> bool:
    """Say whether a key is a number or a uuid that says nothing."""
    numbers = ("smallint", "integer", "bigint", "uuid", "")
    thing = (*own[:-1], one_of(own[-1]), "id") if own else ()
    named = column.words[-1:] in (("id",), ("uuid",)) and (len(column.words) == 1 or column.words[-2:] == thing[-2:])
    named = named or "".join(column.words) == "".join(thing)
    return named and column.type.split("(", 1)[0] in numbers


_TELLING = frozenset({"code", "slug", "sku", "email", "number", "username", "login", "isbn", "iban", "ean", "serial"})


def _identifies(column: Seen) -> bool:
    last = column.words[-1] if column.words else ""
    return last in _TELLING or (last in HANDLES[1:] and column.type.split("(", 1)[0] in _TEXTS)


def _name(design: Design, named: Id) -> str:
    record = design.get(named)
    return record.name if isinstance(record, Column | Table) else ""
