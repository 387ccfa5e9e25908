"""What a field says, in a form that can be compared."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Protocol

from designer.compare.difference import Verdict
from designer.compare.side import Side
from designer.schema import Id, View


class Language(Protocol):
    """How one database spells types and expressions."""

    def type_form(self, side: Side, text: str, type_ref: Id | None, *, bytewise: bool = False) -> str:
        """Return one spelling for a type; `bytewise` says that the characters of its column are bytes."""
        ...

    def agree(self, left: Sql, right: Sql) -> Verdict:
        """Return how two stretches of SQL relate."""
        ...

    def signature(self, side: Side, text: str, home: str) -> str:
        """Return the types of a routine's arguments in one spelling, from the statement that creates it in `home`."""
        ...

    def identity(self, side: Side, text: str, home: str) -> tuple[str, ...]:
        """Return the kind and the names of what a verbatim statement creates; empty where it has no name."""
        ...

    def outputs(self, side: Side, view: View) -> tuple[str, ...] | None:
        """Return what the columns of a view are called, empty for one without a name; None where nobody knows."""
        ...


class Value(Protocol):
    """What a field says."""

    def agree(self, other: object, language: Language) -> Verdict:
        """Return how this relates to what the other side says."""
        ...

    @property
    def may_be_left_out(self) -> bool:
        """Say whether a side that does not have the field says the same."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A value that is equal or not. `words` is how people read it; the value itself without them."""

    value: Hashable
    words: str = ""

    def agree(self, other: object, language: Language) -> Verdict:
        """Return EQUAL or DIFFERENT."""
        return Verdict.EQUAL if isinstance(other, Plain) and other.value == self.value else Verdict.DIFFERENT

    @property
    def may_be_left_out(self) -> bool:
        """Say whether it says nothing."""
        return not self.value

    def __str__(self) -> str:
        return self.words or _words(self.value)


@dataclass(frozen=True, slots=True)
class Given:
    """A value that one side may leave to the server: where either is empty the two agree."""

    value: str

    def agree(self, other: object, language: Language) -> Verdict:
        """Return EQUAL unless both say something, and not the same."""
        alike = isinstance(other, Given) and (self.value == other.value or not self.value or not other.value)
        return Verdict.EQUAL if alike else Verdict.DIFFERENT

    @property
    def may_be_left_out(self) -> bool:
        """Say whether it says nothing."""
        return True

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL that is compared by what it means. `form` is expression, query, statement or clause.

    `relation` is the table whose columns it names without saying so; `names` those that a view gives to its columns;
    `home` the schema that names without one are looked for in.
    """

    form: str
    text: str
    side: Side = field(compare=False, repr=False)
    relation: Id | None = None
    names: tuple[str, ...] = ()
    home: str = ""

    def agree(self, other: object, language: Language) -> Verdict:
        """Return how the two relate, as the language sees it."""
        if not isinstance(other, Sql) or not self.text or not other.text:
            same = isinstance(other, Sql) and self.text == other.text
            return Verdict.EQUAL if same else Verdict.DIFFERENT
        return language.agree(self, other)

    @property
    def may_be_left_out(self) -> bool:
        """Say whether it says nothing."""
        return False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """Values in their order: the parts of an index."""

    values: tuple[Value, ...]

    def agree(self, other: object, language: Language) -> Verdict:
        """Return the least alike of the pairs; DIFFERENT where there are not as many."""
        if not isinstance(other, Row) or len(other.values) != len(self.values):
            return Verdict.DIFFERENT
        pairs = zip(self.values, other.values, strict=True)
        return max((one.agree(two, language) for one, two in pairs), default=Verdict.EQUAL)

    @property
    def may_be_left_out(self) -> bool:
        """Say whether it says nothing."""
        return not self.values

    def __str__(self) -> str:
        return ", ".join(map(str, self.values))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an index: what is indexed, and how."""

    subject: Value
    manner: tuple[Value, ...]

    def agree(self, other: object, language: Language) -> Verdict:
        """Return the least alike of subject and manner."""
        if not isinstance(other, Part):
            return Verdict.DIFFERENT
        pairs = zip(self.manner, other.manner, strict=True)
        return max(self.subject.agree(other.subject, language), *(one.agree(two, language) for one, two in pairs))

    @property
    def may_be_left_out(self) -> bool:
        """Say whether it says nothing."""
        return False

    def __str__(self) -> str:
        return " ".join(filter(None, map(str, (self.subject, *self.manner))))


def _words(value: Hashable) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, frozenset)):
        return ", ".join(map(_words, sorted(value) if isinstance(value, frozenset) else value))
    return "" if value is None else str(value)
