"""Random choices that a seed repeats, and the names that things get."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from designer.dialects.registry import get
from tests.nasty import names_for

T = TypeVar("T")
HOSTILE = [each for each in names_for(40) if "\0" not in each and "\n" not in each]


class Chance(random.Random):
    """A source of choices; `quote` writes names in the words of a database."""

    def __init__(self, seed: int, dialect: str):
        super().__init__(seed)
        self.quote = get(dialect).quote
        self.hostile = [each for each in HOSTILE if dialect != "mariadb" or _fits_mariadb(each)]
        self.taken: set[str] = set()

    def one_in(self, number: int) -> bool:
        """Say yes once in so many times."""
        return self.randrange(number) == 0

    def some(self, items: Sequence[T], most: int, least: int = 0) -> list[T]:
        """Return a few of some items, each at most once."""
        return self.sample(items, min(len(items), self.randint(least, most)))

    def fresh(self, stem: str) -> str:
        """Return a new name, not quoted: mostly plain, now and then one that breaks things."""
        for number in range(1000):
            hostile = self.one_in(9)
            name = f"{self.choice(self.hostile)}{number or ''}" if hostile else f"{stem}_{len(self.taken)}"
            if name.lower() not in self.taken:
                self.taken.add(name.lower())
                return name
        raise RuntimeError("no name is left")

    def named(self, stem: str) -> str:
        """Return a new name, quoted."""
        return self.quote(self.fresh(stem))


def _fits_mariadb(name: str) -> bool:
    """Say whether MariaDB keeps a name: no space at its end, and nothing beyond the basic plane."""
    return name == name.strip() and max(name) <= "\uffff"
