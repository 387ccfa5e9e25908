"""What stands in the way of judging a table by its dependencies: times, and keys without a meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.dependencies.seen import Seen, seen, unique_of
from designer.dependencies.subject import HOLDING, subject_of
from designer.dependencies.words import Words
from designer.normalization.keys import expand, keys_of
from designer.schema import Column, Dependency, Design, Id, Key, Table


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to think about before a table is called clean. `kind`: period, surrogate, identity, undeclared."""

    owner: Id
    kind: str
    columns: tuple[Id, ...]
    text: str


def remarks(design: Design, owner: Id) -> tuple[Remark, ...]:
    """Return what to think about before the dependencies of a table or an entity are called complete."""
    columns = seen(design, owner)
    return (
        *_periods(design, owner, columns),
        *_keys(design, owner, columns),
        *_undeclared(design, owner),
    )


_PAIRS = (("from", "to"), ("from", "until"), ("from", "thru"), ("start", "end"), ("begin", "end"), ("since", "until"),
          ("starts", "ends"), ("started", "ended"), ("effective", "expires"))  # fmt: skip
_MOST_KEYS = 5
_TIMES = ("date", "timestamp", "timestamp_tz")


def _periods(design: Design, owner: Id, columns: list[Seen]) -> Iterator[Remark]:
    """Yield pairs of times between which a row is true."""
    if any(key.without_overlaps for key in design.of(Key, owner)):
        return
    times = {each.words: each for each in columns if each.type.split("(", 1)[0] in _TIMES}
    for words, first in times.items():
        for start, end in _PAIRS:
            other = times.get(_swapped(words, start, end))
            if start in words and other is not None:
                text = (
                    f"Is a row true from {first.name} to {other.name} only? Then ask what depends on what at one "
                    "instant, and let no two periods of one thing overlap: a key WITHOUT OVERLAPS in PostgreSQL 18."
                )
                yield Remark(owner, "period", (first.id, other.id), text)
                break


def _undeclared(design: Design, owner: Id) -> Iterator[Remark]:
    """Yield keys that follow from what people confirmed and that no constraint keeps."""
    if not any(each.state in HOLDING for each in design.of(Dependency, owner)):
        return
    subject = subject_of(design, owner)
    declared = unique_of(design, owner)
    for key in expand(keys_of(subject.relation), _MOST_KEYS):
        ids = subject.ids_of(key)
        if ids and set(ids) < set(subject.columns) and not any(each <= set(ids) for each in declared):
            text = f"{subject.names(key)} can be there only once, as far as is known, and no constraint says so."
            yield Remark(owner, "undeclared", ids, text)


def _swapped(words: Words, start: str, end: str) -> Words:
    return tuple(end if word == start else word for word in words)


def _keys(design: Design, owner: Id, columns: list[Seen]) -> Iterator[Remark]:
    keys = unique_of(design, owner)
    named = {each.id: each for each in columns}
    own = [named[each] for key in keys for each in key if each in named]
    if len(keys) == 1 and len(own) == 1 and own[0].words[-1:] in (("id",), ("uuid",)):
        text = (
            f"Only {own[0].name} is known to tell rows apart, and it says nothing about them. What else is there only "
            "once? A key that nobody stated can hide facts that depend on a part of it."
        )
        yield Remark(owner, "surrogate", (own[0].id,), text)
    members = frozenset().union(*keys)
    for column in design.of(Column, owner) if isinstance(design.get(owner), Table) else ():
        if column.identity and column.id not in members:
            text = f"{column.name} counts by itself and is in no key, so nothing keeps its values different."
            yield Remark(owner, "identity", (column.id,), text)
