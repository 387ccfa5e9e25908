"""Renames in words: `users.mail=email`, `public.users=app.people`, `"Order"=orders`, `mood.happy=glad`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.compare.languages import language_of
from designer.compare.side import Path, Side
from designer.compare.things import Things
from designer.dialects.registry import get
from designer.evolution.contract import MigrationProblem, Rename
from designer.evolution.renames import ENUM_VALUE
from designer.schema import Design, EnumType, Id, Index, Named, Record, Table, View
from designer.schema.kinds import RELATIONAL

_NAME = re.compile(r"""\s*("(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[^".`=\[\]]+?)\s*(?=[.=]|\Z)""")
FORM = 'write OLD=NEW with names as in SQL: users.mail=email, public.users=app.people, "Order"=orders'


def asked(
    texts: Sequence[str], old: Design, new: Design, dialect: str, models: tuple[Id | None, Id | None] = (None, None)
) -> list[Rename]:
    """Return the renames that are meant. Raises MigrationProblem for what is no rename, or names nothing."""
    facts = get(dialect)
    sides = Side(old, facts, models[0]), Side(new, facts, models[1])
    found: list[Rename] = []
    pairs = [_parsed(text, sides[0]) for text in texts]
    for text, (before, after) in sorted(zip(texts, pairs, strict=True), key=lambda each: len(each[1][0])):
        found.append(_Search(sides, found).rename(text, before, after))
    return found


def _parsed(text: str, side: Side) -> tuple[Path, Path]:
    paths: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        name = _NAME.match(text, at)
        if name is None:
            raise MigrationProblem(f"{text} is no rename; {FORM}")
        paths[-1].append(side.dialect.unquote(name[1]))
        if name.end() == len(text):
            break
        if text[name.end()] == "=":
            paths.append([])
        at = name.end() + 1
    if len(paths) != 2:
        raise MigrationProblem(f"{text} is no rename; {FORM}")
    return tuple(paths[0]), tuple(paths[1])


@dataclass
class _Search:
    """Looks for both ends of a rename. `known` are the renames of what they belong to."""

    sides: tuple[Side, Side]
    known: list[Rename]

    def rename(self, text: str, before: Path, after: Path) -> Rename:
        """Return the rename that a text means."""
        ours = list(_ending(self.sides[0], before))
        if not ours and len(before) > 1:
            return self._value(text, before, after)
        if not ours:
            raise MigrationProblem(f"--rename {text}: the old side has no {'.'.join(before)}")
        for one in ours:
            for two in _ending(self.sides[1], after):
                if type(one) is type(two) and self._belong(one, two, len(after)):
                    return self._made(one, two)
        raise MigrationProblem(
            f"--rename {text}: the new side has no {'.'.join(after)} that could be {'.'.join(before)}"
        )

    def _belong(self, one: Record, two: Record, said: int) -> bool:
        """Say whether the new name is in the same place, or in the place that it says."""
        paths = [side.path(each)[:-1] for side, each in zip(self.sides, (one, two), strict=True)]
        if paths[0] == paths[1] or any((one.parent, two.parent) == (each.old, each.new) for each in self.known):
            return True
        return said > 1 and not isinstance(self.sides[0].design.get(one.parent or ""), (Table, View))

    def _made(self, one: Record, two: Record) -> Rename:
        labels = [".".join(side.path(each)) for side, each in zip(self.sides, (one, two), strict=True)]
        kind = Things(self.sides[0], language_of(self.sides[0].dialect.name)).kind(one)
        return Rename(kind, one.id, two.id, labels[0], labels[1], 1.0, "asked for")

    def _value(self, text: str, before: Path, after: Path) -> Rename:
        """Return the rename of a value of an enum."""
        for one in _ending(self.sides[0], before[:-1]):
            path = ".".join(self.sides[0].path(one))
            if not isinstance(one, EnumType) or before[-1] not in one.values:
                continue
            for two in self.sides[1].design.of(EnumType):
                if self._belong(one, two, 1) and two.name == one.name and after[-1] in two.values:
                    return Rename(
                        ENUM_VALUE, one.id, two.id, f"{path}.{before[-1]}", f"{path}.{after[-1]}", 1.0, "asked for"
                    )
        raise MigrationProblem(
            f"--rename {text}: the old side has no {'.'.join(before)}, or the new one no {after[-1]}"
        )


def _ending(side: Side, path: Path) -> Iterator[Record]:
    """Yield the records whose path ends with a path, tables before what is on them.

    An index is also called by its schema and name, without its table.
    """
    found = [
        each
        for each in side.records()
        if isinstance(each, Named) and type(each) in RELATIONAL and any(_ends(one, path) for one in _paths(side, each))
    ]
    yield from sorted(found, key=lambda each: len(side.path(each)))


def _paths(side: Side, record: Record) -> Iterator[Path]:
    full = side.path(record)
    yield full
    if isinstance(record, Index) and len(full) > 1:
        yield (*full[:-2], full[-1])


def _ends(whole: Path, path: Path) -> bool:
    return whole[-len(path) :] == path
