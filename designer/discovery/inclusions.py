"""Columns whose values all are among those of a key of another table: proposals for foreign keys.

Inclusion alone is weak evidence, since small numbers are everywhere. That the target is a key leaves twice as many as
there are foreign keys; that the names match as well leaves nearly the foreign keys alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from designer.dependencies.words import HANDLES, one_of, words_of
from designer.discovery.contract import Discovered, Inclusion
from designer.discovery.table import Table
from designer.importers.contract import Progress, no_progress

REFERRING = frozenset({"code", "text"})
"""Kinds of columns that may refer to a key."""
_TRIED = 50
"""Values that are tried before all of them."""
_MISSING = 0.01
"""Share of the values that may be missing in the target of a reference whose names match."""
_SEVERAL = 20
"""Values from which on one of them may be missing."""
_IN_SAMPLE = 0.2
"""Share of the values that have to be in the target where that is a sample."""
_KEY_WORDS = frozenset({*HANDLES, "key", "pk"})
_MOST_COLUMNS = 2
_SHORTEST = 3
"""Letters of a name that says something by being the same elsewhere."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A table, and what was found in it."""

    table: Table
    found: Discovered


def inclusions(tables: Sequence[Examined], progress: Progress = no_progress) -> tuple[Inclusion, ...]:
    """Return proposals for foreign keys, those whose names match first, then those with more values."""
    found: list[Inclusion] = []
    for at, target in enumerate(tables):
        progress(at / len(tables), f"looking for references to {target.table.name}")
        for key in target.found.keys:
            if not key.nullable and len(key.columns) <= _MOST_COLUMNS:
                found += [each for source in tables for each in _to(source, target, key.columns)]
    return tuple(sorted(found, key=lambda each: (not each.names_match, -each.values, each.table, each.columns)))


def _to(source: Examined, target: Examined, key: tuple[int, ...]) -> Iterator[Inclusion]:
    held = _values(target.table, key)
    for columns in _candidates(source, target, key):
        asked = _values(source.table, columns)
        names = source.found.names(columns)
        named = names_match(names, target.table.name, target.found.names(key))
        missing = _missing(asked, held)
        if asked and missing <= most_missing(len(asked), is_sample=_is_sample(target.table), named=named):
            yield Inclusion(
                source.table.name, names, target.table.name, target.found.names(key), len(asked), missing, named,
                why_missing(missing, is_sample=_is_sample(target.table)),
            )  # fmt: skip


def _candidates(source: Examined, target: Examined, key: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the columns that may refer to a key; to one of several columns only columns that are called alike."""
    facts = source.found.columns
    usable = [at for at, each in enumerate(facts) if each.kind in (*REFERRING, "date") and each.distinct]
    if len(key) == 1:
        usable = [at for at in usable if facts[at].kind in REFERRING]
        yield from ((at,) for at in usable if source is not target or (at,) != key)
        return
    if source is target:
        return
    wanted = [target.found.columns[each].name.casefold() for each in key]
    yield from product(*([at for at in usable if facts[at].name.casefold() == name] for name in wanted))


def _values(table: Table, columns: tuple[int, ...]) -> set[tuple[str, ...]]:
    """Return the different values of columns, without those that have a NULL."""
    if len(columns) == 1:
        return {(each,) for each in table.values[columns[0]] if each is not None}
    texts = [table.values[each] for each in columns]
    coded = set(zip(*(table.codes[each] for each in columns), strict=True))
    spelled = (tuple(of[code] for of, code in zip(texts, codes, strict=True)) for codes in coded if all(codes))
    return {tuple(each for each in values if each is not None) for values in spelled}


def _missing(asked: set[tuple[str, ...]], held: set[tuple[str, ...]]) -> int:
    first = [each for each, _ in zip(asked, range(_TRIED), strict=False)]
    if first and not any(each in held for each in first):
        return len(asked)
    return len(asked - held)


def _is_sample(table: Table) -> bool:
    return table.seen > len(table) or bool(table.sampled)


def most_missing(values: int, *, is_sample: bool, named: bool) -> float:
    """Return how many values may be missing in a target, which is a sample or not, for a reference to be proposed."""
    if not named:
        return 0
    if is_sample:
        return values * (1 - _IN_SAMPLE)
    return max(values * _MISSING, 1 if values >= _SEVERAL else 0)


def why_missing(missing: int, *, is_sample: bool) -> str:
    """Return what is to be said of missing values, as a clause."""
    if not missing:
        return ""
    values = "1 value is" if missing == 1 else f"{missing:,} values are"
    return f"{values} missing" + (", and the target is a sample" if is_sample else "")


def names_match(names: tuple[str, ...], table: str, key: tuple[str, ...]) -> bool:
    """Say whether columns are called like a key of a table, each like its partner."""
    return all(_name_matches(name, table, part) for name, part in zip(names, key, strict=True))


def _name_matches(name: str, table: str, key: str) -> bool:
    """Say whether a column is called like a key, or like a table with or without the word for its key."""
    own, keyed = [*words_of(name)], [*words_of(key)]
    target = [one_of(each) for each in words_of(re.sub(r"\.\w+$", "", table).rpartition(".")[2])]
    if own == keyed and len(key) >= _SHORTEST and not set(keyed) <= _KEY_WORDS:
        return True
    stem = own[:-1] if own and own[-1] in _KEY_WORDS and len(own) > 1 else own
    stem = [*stem[:-1], one_of(stem[-1])] if stem else stem
    ends = bool(stem) and (stem == target[-len(stem) :] or stem[-len(target) :] == target)
    return ends and (set(keyed) <= _KEY_WORDS or own[-1:] == keyed[-1:] or own == keyed)
