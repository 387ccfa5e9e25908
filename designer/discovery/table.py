"""The rows of a table as numbers: each distinct value of a column has a code, NULL has 0."""

from __future__ import annotations

import hashlib
import random
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from designer.discovery.contract import Budget

LONGEST = 256
"""Characters of a value that are kept; a longer one is kept as its beginning and a digest, so that equality holds."""
_BEGINNING, _DIGEST = 200, 12
"""What is kept of a longer value: characters of its beginning, bytes of its digest."""
_SEED = 1


@dataclass(slots=True)
class Table:
    """Rows that were read, or a sample of them, by columns."""

    name: str
    headers: tuple[str, ...]
    codes: list[list[int]]
    values: list[list[str | None]]  # of each column: code -> text
    numbers: Sequence[int]  # of each row: its number in the data, from 1
    seen: int  # rows that were read, whether they are kept or not
    sampled: str = ""
    notes: tuple[str, ...] = ()
    types: tuple[str, ...] = ()  # as a database declares them; empty where nothing does

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, at: int) -> tuple[str | None, ...]:
        """Return the values of a kept row."""
        return tuple(texts[codes[at]] for texts, codes in zip(self.values, self.codes, strict=True))

    def rows(self, most: int) -> list[tuple[int, tuple[str | None, ...]]]:
        """Return the number and the values of some rows, spread evenly over all of them."""
        step = max(1, -(-len(self) // most)) if most else 1
        return [(self.numbers[at], self.row(at)) for at in range(0, len(self), step)][:most]


class Coder:
    """Takes rows as they come and keeps them as codes; of more rows than the budget has, a sample.

    The sample is one row, drawn at random, of each block of 1, 2, 4, … rows: it is spread evenly, memory stays flat,
    and the same data give the same sample.
    """

    def __init__(self, headers: Sequence[str], budget: Budget, null_words: Iterable[str] = ()):
        self.headers = tuple(headers)
        self.seen = 0
        self.block = 1
        self._limit = max(2, min(budget.rows, budget.cells // (2 * max(1, len(headers)))))
        self._words: dict[str | None, int] = {None: 0}
        self._words.update(dict.fromkeys(null_words, 0))
        self._codes: list[list[int]] = [[] for _ in headers]
        self._of = [_Codes(self._words) for _ in headers]
        self._numbers = array("Q")
        self._next = 0  # the row that stands for the current block
        self._random = random.Random(_SEED)  # noqa: S311 - a sample, no secret

    def add(self, batch: Sequence[Sequence[str | None]]) -> None:
        """Take rows, all as wide as the header."""
        start, stop = self.seen, self.seen + len(batch)
        while self._next < stop:
            room = 2 * self._limit - len(self._numbers)
            picked = self._picked(stop, room)
            self._keep([batch[at - start] for at in picked], picked)
            if len(self._numbers) == 2 * self._limit:
                self._halve()
        self.seen = stop

    def _picked(self, stop: int, room: int) -> Sequence[int]:
        """Return the numbers of the rows before `stop` that are kept next, `room` at most."""
        if self.block == 1:
            picked: Sequence[int] = range(self._next, min(stop, self._next + room))
            self._next = picked[-1] + 1
            return picked
        chosen: list[int] = []
        while self._next < stop and len(chosen) < room:
            chosen.append(self._next)
            self._step(len(self._numbers) + len(chosen))
        return chosen

    def _step(self, blocks: int) -> None:
        self._next = blocks * self.block + self._random.randrange(self.block)

    def _keep(self, rows: Sequence[Sequence[str | None]], numbers: Iterable[int]) -> None:
        self._numbers.extend(number + 1 for number in numbers)
        for codes, of, column in zip(self._codes, self._of, zip(*rows, strict=True), strict=True):
            codes.extend(map(of.__getitem__, column))

    def _halve(self) -> None:
        """Keep one row of every two, and forget the values that are no longer there."""
        draw = self._random.random
        pick = itemgetter(*[at + (draw() < 0.5) for at in range(0, len(self._numbers), 2)])
        self._numbers = array("Q", pick(self._numbers))
        for at, of in enumerate(self._of):
            texts = of.texts()
            again = _Codes(self._words)
            self._codes[at] = [again[texts[code]] for code in pick(self._codes[at])]
            self._of[at] = again
        self.block *= 2
        self._step(len(self._numbers))

    def table(self, name: str, sampled: str = "", notes: Iterable[str] = (), types: Sequence[str] = ()) -> Table:
        """Return what was kept."""
        texts = [of.texts() for of in self._of]
        said = [each for each in (self._said(), sampled) if each]
        return Table(
            name, self.headers, self._codes, texts, self._numbers, self.seen, " ".join(said), tuple(notes), tuple(types)
        )

    def _said(self) -> str:
        if self.block == 1:
            return ""
        kept = len(self._numbers)
        return f"{kept:,} of {self.seen:,} rows were compared: one, drawn at random, of every {self.block} in a row."


class _Codes(dict[str | None, int]):
    """Value -> code. A value that is new gets the next code; `words` stand for NULL, whose code is 0."""

    def __init__(self, words: Mapping[str | None, int]):
        super().__init__(words)
        self._words = len(words)

    def __missing__(self, text: str) -> int:
        if len(text) > LONGEST:
            return self[_digested(text)]
        code = len(self) - self._words + 1
        self[text] = code
        return code

    def texts(self) -> list[str | None]:
        """Return the text of each code: a dictionary keeps its keys in the order in which they came."""
        return [None, *islice(self, self._words, None)]


def _digested(text: str) -> str:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()
    return f"{text[:_BEGINNING]}… ({digest})"
