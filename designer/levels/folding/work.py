"""The ER model while subtypes are taken out of it: things and links change, and everything that names them follows."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Ident, Link, Literal, Need, Ref, Rule, Thing
from designer.schema import Id
from designer.schema.order import DIGITS

Parts = tuple[str | Ref | Literal, ...]
FIRST, MIDDLE, LAST = "0", "V", "z"
"""Digits of order keys."""


class Work:
    """An `Er` whose parts can be put and taken. What belongs to a thing is found by it, whatever else there is."""

    def __init__(self, er: Er, settings: Settings, dialect: Dialect):
        self.settings, self.dialect, self.domains = settings, dialect, er.domains
        self.things: dict[str, Thing] = dict(er.things)
        self.links: dict[str, Link] = {}
        self.notes: list[Note] = list(er.notes)
        self.rules: dict[str, list[Rule]] = defaultdict(list)
        self.needs: dict[str, list[Need]] = defaultdict(list)
        self._children: dict[str, set[str]] = defaultdict(set)
        self._parents: dict[str, set[str]] = defaultdict(set)
        self._where = dict(er.where)
        self._told: dict[str, dict[Id, None]] = defaultdict(dict)
        for link in er.links.values():
            self.link(link)
        self.rule(*er.rules)
        for need in er.needs:
            self.needs[need.thing].append(need)
        for attribute, places in self._where.items():
            for thing, _ in places:
                self._told[thing][attribute] = None

    def er(self) -> Er:
        """Return the model as it is now, with no generalization left."""
        rules = tuple(each for those in self.rules.values() for each in those)
        needs = tuple(each for those in self.needs.values() for each in those)
        return Er(self.things, self.links, rules, needs, (), tuple(self.notes), self.domains, self._where)

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

    def rule(self, *rules: Rule) -> None:
        """Add rules."""
        for each in rules:
            self.rules[each.thing].append(each)

    def link(self, link: Link) -> None:
        """Add a link, or replace the one with its mark."""
        if link.mark in self.links:
            self.unlink(link.mark)
        self.links[link.mark] = link
        self._children[link.child].add(link.mark)
        self._parents[link.parent].add(link.mark)

    def unlink(self, mark: str) -> None:
        """Take a link out."""
        link = self.links.pop(mark)
        self._children[link.child].discard(mark)
        self._parents[link.parent].discard(mark)

    def from_thing(self, thing: str) -> list[Link]:
        """Return the links whose child is a thing, in order."""
        return sorted((self.links[each] for each in self._children[thing]), key=_place)

    def to_thing(self, thing: str) -> list[Link]:
        """Return the links whose parent is a thing, in order."""
        return sorted((self.links[each] for each in self._parents[thing]), key=_place)

    def relocate(self, thing: str, now: Callable[[str], Iterable[tuple[str, str]]]) -> None:
        """Say by its mark where each field that a thing has, or had, is now."""
        for attribute in list(self._told[thing]):
            known: list[tuple[str, str]] = []
            for place in self._where[attribute]:
                known += now(place[1]) if place[0] == thing else [place]
            self._where[attribute] = tuple(dict.fromkeys(known))
            for other, _ in known:
                self._told[other][attribute] = None

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
