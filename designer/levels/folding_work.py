"""The ER model while subtypes are taken out of it: things and links change, and everything that names them follows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Ident, Link, Literal, Need, Ref, Rule, Thing
from designer.schema import Domain, Id
from designer.schema.order import DIGITS

Parts = tuple[str | Ref | Literal, ...]
FIRST, MIDDLE, LAST = "0", "V", "z"
"""Digits of order keys."""


@dataclass(slots=True)
class Work:
    """An `Er` whose parts can be put and taken."""

    settings: Settings
    dialect: Dialect
    things: dict[str, Thing]
    links: dict[str, Link]
    rules: list[Rule]
    needs: list[Need]
    notes: list[Note]
    domains: dict[Id, Domain]
    where: dict[Id, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, er: Er, settings: Settings, dialect: Dialect) -> Work:
        """Begin with a model."""
        return cls(
            settings, dialect, dict(er.things), dict(er.links), list(er.rules), list(er.needs), list(er.notes),
            dict(er.domains), dict(er.where),
        )  # fmt: skip

    def er(self) -> Er:
        """Return the model as it is now, with no generalization left."""
        return Er(
            self.things,
            self.links,
            tuple(self.rules),
            tuple(self.needs),
            (),
            tuple(self.notes),
            self.domains,
            self.where,
        )

    def note(self, code: str, about: Id | None, text: str) -> None:
        """Say something to people."""
        self.notes.append(Note(code, about, text))

    def put(self, thing: Thing) -> None:
        """Add a thing, or replace the one with its mark."""
        self.things[thing.mark] = thing

    def add_fields(self, thing: str, *fields: Field) -> None:
        """Give a thing more fields."""
        known = self.things[thing]
        self.put(replace(known, fields=(*known.fields, *fields)))

    def add_ident(self, thing: str, ident: Ident) -> None:
        """Give a thing a candidate key, unless it has it already."""
        known = self.things[thing]
        if all(each.mark != ident.mark for each in known.idents):
            self.put(replace(known, idents=(*known.idents, ident)))

    def link(self, link: Link) -> None:
        """Add a link, or replace the one with its mark."""
        self.links[link.mark] = link

    def from_thing(self, thing: str) -> list[Link]:
        """Return the links whose child is a thing."""
        return sorted((each for each in self.links.values() if each.child == thing), key=_place)

    def to_thing(self, thing: str) -> list[Link]:
        """Return the links whose parent is a thing."""
        return sorted((each for each in self.links.values() if each.parent == thing), key=_place)

    def relocate(self, places: Callable[[tuple[str, str]], Iterable[tuple[str, str]]]) -> None:
        """Say for each place where an attribute has a column what its places are now."""
        self.where = {
            attribute: tuple(dict.fromkeys(now for place in known for now in places(place)))
            for attribute, known in self.where.items()
        }

    def on_delete(self, link: Link) -> str:
        """Return what happens to the rows of a link when their parent goes."""
        if link.on_delete:
            return link.on_delete
        return self.settings.option("identifying_delete" if link.identifying else "reference_delete")


def _place(link: Link) -> tuple[str, str]:
    return link.order, link.mark


def place(number: int) -> str:
    """Return a part of an order key that sorts by a number, for all that come from one of several things."""
    high, low = divmod(number, len(DIGITS))
    return f"{DIGITS[min(high, len(DIGITS) - 1)]}{DIGITS[low]}"


def behind(start: str, order: str) -> str:
    """Return an order key within those that begin with `start`, by another key."""
    return f"{start}{order or MIDDLE}"


def same(words: str) -> str:
    """Return what two names have in common that would make the same column."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def field_of(thing: Thing, mark: str) -> Field | None:
    """Return a field of a thing by its mark."""
    return next((each for each in thing.fields if each.mark == mark), None)


def free_words(thing: Thing, *candidates: str) -> str:
    """Return the first of some names that no field of a thing has, else the last."""
    taken = {same(each.words) for each in thing.fields}
    return next((each for each in candidates if same(each) not in taken), candidates[-1])


def renamed(parts: Parts, fields: Callable[[str], str], links: Callable[[str], str]) -> Parts:
    """Return a condition with other marks in its references."""
    return tuple(
        Ref(fields(each.field) if each.field else "", links(each.link) if each.link else "")
        if isinstance(each, Ref)
        else each
        for each in parts
    )


def joined(conditions: Iterable[Parts], word: str) -> Parts:
    """Return conditions with a word between them: ` AND `."""
    found: list[str | Ref | Literal] = []
    for condition in conditions:
        found += [word, *condition] if found else condition
    return tuple(found)


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them: `A, B and C`."""
    known = list(names)
    return " and ".join([", ".join(known[:-1]), known[-1]] if len(known) > 1 else known)
