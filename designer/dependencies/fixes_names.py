"""Names for what comes out of a table: by what identifies it, in the habit of the model, free and valid there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from designer.commands.names import singular
from designer.dialects.base import Dialect
from designer.dialects.registry import get as dialect_of
from designer.schema import Attribute, Column, Design, Entity, Id, Record, Relationship, Table, View

_IDS = re.compile(r"(?i)(?:[_ ](?:id|no|nr|num|number|code|key|uuid|guid|pk)|(?<=[a-z])(?:Id|No|Nr|Code|Key|Uuid))$")
_PLACES = ("zip", "zipcode", "postcode", "plz", "postalcode")
"""What several places may share: the thing behind it is an area, and not "a zip"."""
_ENOUGH = 500


def proposed(design: Design, owner: Record, key: Sequence[Id], taken: set[str]) -> str:
    """Return a name for the table or entity that a key identifies; `taken` gets it.

    `customer_id` gives `customers`, `zip` gives `zip_area`, (`order_id`, `product_id`) gives `order_products`.
    """
    habit = _Habit(design, owner)
    whole = habit.spelled([_bare(name) for name in _names(design, key)])
    name = habit.free(whole or "part", taken)
    taken.add(name)
    return name


def free(design: Design, owner: Record, wanted: str, taken: Iterable[str]) -> str:
    """Return a name that is free, cut to what the database of the model can hold."""
    return _Habit(design, owner).free(wanted, taken)


def is_taken(design: Design, owner: Record, name: str, taken: Iterable[str]) -> bool:
    """Whether a name is held already, as the database of the model tells names apart."""
    habit = _Habit(design, owner)
    return habit.folded(name) in {habit.folded(each) for each in taken}


def _names(design: Design, key: Sequence[Id]) -> list[str]:
    found = (design.get(each) for each in key)
    return [each.name for each in found if isinstance(each, Column | Attribute | Relationship) and each.name]


def _bare(name: str) -> str:
    """Return what an identifier stands for: `customer_id` -> `customer`; `id` stays."""
    return _IDS.sub("", name) or name


class _Habit:
    """How the tables or entities of a model are called, and what its database can hold."""

    def __init__(self, design: Design, owner: Record):
        model = design.model_of(owner)
        self.dialect: Dialect | None = None
        if isinstance(owner, Table) and model is not None and model.target:
            self.dialect = dialect_of(model.target)
        kinds = (Entity,) if isinstance(owner, Entity) else (Table, View)
        records = [each for kind in kinds for each in design.of(kind)[:_ENOUGH] if isinstance(each, Entity | Table)]
        self.all = [each.name for each in records if design.model_of(each) is model]
        self.plural = self._is_plural()
        self.spaced = isinstance(owner, Entity) and not any("_" in name for name in self.all)

    def _is_plural(self) -> bool:
        many = sum(singular(name) != name for name in self.all)
        return many * 2 > len(self.all)

    def spelled(self, words: Sequence[str]) -> str:
        if not words:
            return ""
        last = words[-1]
        place = len(words) == 1 and last.lower().replace("_", "").replace(" ", "") in _PLACES
        parts = [*words, "area"] if place else [*words]
        parts[-1] = self._numbered(parts[-1])
        return self._joined(parts)

    def _numbered(self, word: str) -> str:
        one = singular(word)
        return plural(one) if self.plural else one

    def _joined(self, parts: Sequence[str]) -> str:
        titled = sum(bool(re.match(r"[A-Z][a-z]", name)) for name in self.all) * 2 > len(self.all)
        split = [word for part in parts for word in re.split(r"[_ ]+|(?<=[a-z])(?=[A-Z])", part) if word]
        if not all(word.isidentifier() for word in split):
            return ("_" if not self.spaced else " ").join(parts)
        if titled and not any("_" in name for name in self.all):
            return (" " if self.spaced else "").join(word[:1].upper() + word[1:] for word in split)
        if any(re.search(r"[a-z][A-Z]", part) for part in parts):
            return parts[0] + "".join(part[:1].upper() + part[1:] for part in parts[1:])
        return (" " if self.spaced else "_").join(parts)

    def folded(self, name: str) -> str:
        strict = self.dialect is not None and self.dialect.name == "postgresql"
        return name if strict or self.dialect is None else name.casefold()

    def free(self, wanted: str, taken: Iterable[str]) -> str:
        held = {self.folded(each) for each in taken}
        fitting = self._fitting(wanted, "")
        number = 2
        while self.folded(fitting) in held:
            fitting = self._fitting(wanted, f"_{number}")
            number += 1
        return fitting

    def _fitting(self, wanted: str, suffix: str) -> str:
        """Return the longest beginning with the suffix that the database can hold."""
        if self.dialect is None:
            return wanted + suffix
        for end in range(len(wanted), 0, -1):
            if self.dialect.holds(wanted[:end].rstrip() + suffix):
                return wanted[:end].rstrip() + suffix
        return f"part{suffix}"


def plural(name: str) -> str:
    """Return a rough English plural: `category` -> `categories`."""
    lower = name.lower()
    if re.search(r"[^aeiou]y$", lower):
        return name[:-1] + "ies"
    if re.search(r"(?:s|x|z|ch|sh)$", lower):
        return name + "es"
    return name + "s" if re.search(r"[a-z]$", lower) else name
