"""Random schemas from a seed, for the oracle and the program alike."""

from __future__ import annotations

from random import Random

from tests.normalization.oracle import Pair, Schema


def fd_schema(random: Random, most: int = 6) -> Schema:
    """A schema with functional dependencies; sides may be empty, trivial, or said twice."""
    n = random.randint(1, most)
    return Schema(n, tuple(_pair(random, n) for _ in range(random.randint(0, n + 2))))


def mvd_schema(random: Random, most: int = 5) -> Schema:
    """A schema with functional and multivalued dependencies."""
    n = random.randint(2, most)
    fds = tuple(_pair(random, n) for _ in range(random.randint(0, 3)))
    return Schema(n, fds, tuple(_pair(random, n) for _ in range(random.randint(1, 2))))


def jd_schema(random: Random) -> Schema:
    """A schema with functional and join dependencies."""
    n = random.randint(2, 5)
    fds = tuple(_pair(random, n) for _ in range(random.randint(0, 2)))
    return Schema(n, fds, (), (cover(random, n),))


def cover(random: Random, n: int) -> tuple[int, ...]:
    """Two to four sets that together have all columns."""
    parts = [_some(random, n, 0.5) for _ in range(random.randint(2, 4))]
    for column in range(n):
        if not any(part >> column & 1 for part in parts):
            parts[random.randrange(len(parts))] |= 1 << column
    return tuple(parts)


def _pair(random: Random, n: int) -> Pair:
    return _some(random, n, random.choice((0.2, 0.35, 0.5))), _some(random, n, 0.3) or 1 << random.randrange(n)


def _some(random: Random, n: int, share: float) -> int:
    return sum(1 << column for column in range(n) if random.random() < share)


def named(schema: Schema, name: str = "r") -> dict[str, object]:
    """Return a schema as the JSON that `wholekey normalize` reads; the columns are A, B, C and so on."""
    return {
        "name": name,
        "attributes": [letter(each) for each in range(schema.n)],
        "fds": [[letters(left), letters(right)] for left, right in schema.fds],
        "mvds": [[letters(left), letters(right)] for left, right in schema.mvds],
        "jds": [[letters(part) for part in each] for each in schema.jds],
    }


def letter(column: int) -> str:
    return chr(ord("A") + column)


def letters(columns: int) -> list[str]:
    return [letter(each) for each in range(columns.bit_length()) if columns >> each & 1]


def columns(names: list[str]) -> int:
    """Return the set of columns with these letters."""
    return sum(1 << ord(each) - ord("A") for each in set(names))
