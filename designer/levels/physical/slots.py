"""The columns of each thing before they are written: which there are, what they stand for, and in which order.

Their marks do not name the table, so a column keeps its id when a field moves to another table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import msgspec

from designer.levels.contract import Note, Settings
from designer.levels.er import PRIMARY, Er, Field, Ident, Link, Thing
from designer.levels.physical.settling import primary
from designer.levels.reading.counting import spoken
from designer.schema import Id
from designer.schema.order import DIGITS

_BANDS = {"key": "4", "reference": "F", "own": "V", "subtype": "k", "audit": "u"}
"""Where the bands of a table begin among order keys; there is room between them."""
_MIDDLE = "V"


class Slot(msgspec.Struct, frozen=True):
    """A column to be: of a field, of a link (`refers` is the column of the parent that it holds), or of neither.

    `mark` makes its id. `called` and `words` make its name: of whom, and what (`manager`, `id`). Nobody needs to be
    called where the words say it: what an order line takes from its order is `order id` in the lines of invoices, too.
    """

    mark: str
    thing: str
    words: str
    origin: Id | None
    order: str
    nullable: bool = False
    field: Field | None = None
    link: Link | None = None
    refers: Slot | None = None
    called: str = ""

    @property
    def said(self) -> str:
        """Return its name in words, for columns that refer to it."""
        if not self.called or spoken(self.words).startswith(spoken(self.called)):
            return self.words
        return f"{self.called} {self.words}"

    @property
    def root(self) -> Slot:
        """Return the column whose values it holds in the end."""
        slot = self
        while slot.refers is not None:
            slot = slot.refers
        return slot


class Slots:
    """The columns of all things of a model; each is worked out once."""

    def __init__(self, er: Er, settings: Settings):
        self.er = er
        self.settings = settings
        self.notes: list[Note] = []
        self._keys: dict[str, tuple[Slot, ...]] = {}
        self._of_links: dict[str, tuple[Slot, ...]] = {}
        self._of_fields: dict[tuple[str, str], tuple[Slot, ...]] = {}
        self._all: dict[str, tuple[Slot, ...]] = {}
        self._flat: dict[str, frozenset[str]] = {}
        self.links: dict[str, list[Link]] = defaultdict(list)
        for link in sorted(er.links.values(), key=lambda each: (each.order, each.mark)):
            self.links[link.child].append(link)

    def key(self, thing: Thing) -> tuple[Slot, ...]:
        """Return the columns of the primary key, in key order."""
        if thing.mark not in self._keys:
            first = primary(thing)
            slots = self.of_ident(thing, first) if first else (_own_key(thing),)
            self._keys[thing.mark] = tuple(
                msgspec.structs.replace(slot, order=f"{_BANDS['key']}{_place(at)}", nullable=False)
                for at, slot in enumerate(slots)
            )
        return self._keys[thing.mark]

    def of_ident(self, thing: Thing, ident: Ident) -> tuple[Slot, ...]:
        """Return the columns of an identifier: those of the things it depends on first."""
        slots = [slot for mark in ident.through for slot in self.of_link(self.er.links[mark])]
        for mark in ident.fields:
            slots += self.key(thing) if mark == PRIMARY else self.of_mark(thing, mark)
        return tuple(slots)

    def of_mark(self, thing: Thing, mark: str) -> tuple[Slot, ...]:
        """Return the columns of a field, or of a part of one, by its mark; none where there is no such column."""
        for field in thing.fields:
            if field.mark == mark:
                return self.of_field(thing, field)
        inside = [field for field in thing.fields if field.parts and holds(field, mark)]
        return tuple(slot for field in inside for slot in self.of_field(thing, field) if slot.mark == mark)

    def of_field(self, thing: Thing, field: Field) -> tuple[Slot, ...]:
        """Return the columns of a field: more than one where it is composite and flattened."""
        place = (thing.mark, field.mark)
        if place not in self._of_fields:
            self._of_fields[place] = tuple(_of_leaf(thing, leaf) for leaf in self._leaves(thing, field))
        return self._of_fields[place]

    def of_link(self, link: Link) -> tuple[Slot, ...]:
        """Return the columns that a link adds to its child: one for each of the parent that no other stands for."""
        if link.mark not in self._of_links:
            targets = self.targets(link)
            added = () if link.by_key else targets[: len(targets) - len(link.with_fields)]
            self._of_links[link.mark] = tuple(self._of_target(link, *each) for each in enumerate(added))
        return self._of_links[link.mark]

    def _of_target(self, link: Link, at: int, target: Slot) -> Slot:
        parent = self.er.things[link.parent]
        words = target.said if target.refers or target.field else own_words(self.settings)
        called = link.role or (parent.words if target.refers is None else "")
        if target.refers is not None and _shares_key(parent):
            words, called = target.words, link.role or parent.words
        words = _without(parent.words, words, link.role)
        return Slot(
            mark=f"{link.mark} {self._lent(target).mark}", thing=link.child, words=words,
            origin=link.origin, order=f"{_BANDS['reference']}{link.order}0{_place(at)}", nullable=link.optional,
            link=link, refers=target, called=called,
        )  # fmt: skip

    def _lent(self, slot: Slot) -> Slot:
        """Return the column that a shared key is from: what refers to it stays when the subtype goes elsewhere."""
        while slot.refers is not None and _shares_key(self.er.things[slot.thing]):
            slot = slot.refers
        return slot

    def reference(self, link: Link) -> tuple[Slot, ...]:
        """Return the columns of the child that refer, one for each of `targets`."""
        child = self.er.things[link.child]
        own = (
            {slot.mark: slot for field in child.fields for slot in self.of_field(child, field)}
            if link.with_fields
            else {}
        )
        standing = [own[mark] for mark in link.with_fields if mark in own]
        return (*(self.key(child) if link.by_key else self.of_link(link)), *standing)

    def targets(self, link: Link) -> tuple[Slot, ...]:
        """Return the columns of the parent that a link refers to."""
        parent = self.er.things[link.parent]
        ident = next((each for each in parent.idents if link.to and each.mark == link.to), None)
        return self.of_ident(parent, ident) if ident else self.key(parent)

    def all(self, thing: Thing) -> tuple[Slot, ...]:
        """Return the columns of a thing, those of the primary key as it has them."""
        if thing.mark not in self._all:
            self._all[thing.mark] = self._gathered(thing)
        return self._all[thing.mark]

    def _gathered(self, thing: Thing) -> tuple[Slot, ...]:
        found = {slot.mark: slot for slot in self.key(thing)}
        for link in self.links[thing.mark]:
            for slot in self.of_link(link):
                found.setdefault(slot.mark, slot)
        for field in thing.fields:
            for slot in self.of_field(thing, field):
                found.setdefault(slot.mark, slot)
        return tuple(found.values())

    def _leaves(self, thing: Thing, field: Field) -> Iterator[Field]:
        if field.derived and self.settings.choice(field.origin, "derived") != "stored":
            self.notes.append(
                Note("derived-left-out", field.origin, f"{field.words} of {thing.words} is derived; it has no column")
            )
        elif field.parts and self._is_flat(thing, field):
            yield from _flattened(field)
        else:
            yield field

    def _is_flat(self, thing: Thing, field: Field) -> bool:
        if thing.mark not in self._flat:
            used = {mark for ident in thing.idents for mark in ident.fields}
            self._flat[thing.mark] = frozenset(used)
        if any(holds(field, mark) for mark in self._flat[thing.mark]):
            return True
        return self.settings.choice(field.origin, "composite", "composites") == "flatten"


def holds(field: Field, mark: str) -> bool:
    """Say whether a mark is that of a field or of a part of it."""
    return field.mark == mark or any(holds(part, mark) for part in field.parts)


def own_words(settings: Settings) -> str:
    """Return what a key of its own is called behind the name of its table."""
    return settings.option("surrogate_name").replace("{table}", " ").strip(" _") or "id"


def _shares_key(thing: Thing) -> bool:
    """Say whether the key of a thing is that of another one, as the key of a subtype is."""
    first = primary(thing)
    return first is not None and len(first.through) == 1 and not first.fields


def _without(whole: str, words: str, role: str) -> str:
    """Return the words of a key without the name of the parent, where a role stands for it: `no` of `employee no`."""
    own, said = spoken(whole).split(), words.split()
    starts = spoken(words).split()[: len(own)] == own
    return " ".join(said[len(own) :]) if role and starts and len(said) > len(own) else words


def _own_key(thing: Thing) -> Slot:
    return Slot(mark=f"key {thing.mark}", thing=thing.mark, words="", origin=thing.origin, order="")


def _of_leaf(thing: Thing, leaf: Field) -> Slot:
    return Slot(
        mark=leaf.mark, thing=thing.mark, words=leaf.words, origin=leaf.origin,
        order=_within(leaf.band, leaf.order), nullable=leaf.optional, field=leaf,
    )  # fmt: skip


def _within(band: str, order: str) -> str:
    """Return an order key in a band; one that ended in the smallest digit would leave no room before it."""
    key = f"{_BANDS[band]}{order}"
    return f"{key}{_MIDDLE}" if key.endswith(DIGITS[0]) else key


def _flattened(field: Field, optional: bool = False, order: str = "") -> Iterator[Field]:
    """Yield the leaves of a composite field, named after it where their own names do not say it."""
    optional = optional or field.optional
    order = f"{order}0{field.order or _MIDDLE}" if order else field.order or _MIDDLE
    if not field.parts:
        yield replace(field, optional=optional, order=order)
    for part in field.parts:
        named = replace(part, words=_said(field.words, part.words), band=field.band)
        yield from _flattened(named, optional, order)


def _said(whole: str, part: str) -> str:
    """Return the name of a part: `first name` of a name, but `address city`."""
    last = whole.lower().split()[-1:] or [""]
    return part if last[0] in part.lower().split() else f"{whole} {part}"


def _place(at: int) -> str:
    """Return a part of an order key that sorts by a place and does not end in the smallest digit."""
    high, low = divmod(at, len(DIGITS) - 1)
    return f"{DIGITS[min(high, len(DIGITS) - 1)]}{DIGITS[low + 1]}"
