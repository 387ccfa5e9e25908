"""What a server makes along with something else, so that a text may leave it out: it is on both sides, or on none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.compare.fields import Reader
from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.evolution.align_judge import Judge
from designer.evolution.align_pairs import Paired
from designer.evolution.mysql.settled import columns_of
from designer.schema import Check, Column, ForeignKey, Id, Index, Key, Record, Statement, Table


def mirrored(found: Paired, judge: Judge) -> tuple[set[Id], set[Id]]:
    """Return the records of the old side that are on the new one as well, and those of the new side that are left out.

    Only what is on one side, and comes along with something that is on both, is looked at.
    """
    pairs_back = {one: two for two, one in found.ids.items()}
    keep = {each.id for each in found.only_old if _comes_along(found.old, found.new, each, pairs_back, judge)}
    drop = {each.id for each in found.only_new if _comes_along(found.new, found.old, each, found.ids, judge)}
    return keep, drop


def _comes_along(side: Side, other: Side, thing: Thing, partners: dict[Id, Id], judge: Judge) -> bool:
    """Say whether an object comes along with one that has a partner; statements that leave nothing behind always do."""
    record = side.design[thing.id]
    if isinstance(record, Statement):
        return thing.implied or record.phase == "never"
    if isinstance(record, ForeignKey):
        return _is_ignored(side, record)
    if not thing.implied or record.parent not in partners:
        return False
    there = [partners[each.id] for each in causes(side, record, judge) if each.id in partners]
    return any(not (isinstance(record, Index) and _has_another_index(other, each)) for each in there)


def _has_another_index(side: Side, key: Id) -> bool:
    """Say whether a foreign key of MySQL finds an index, so that the server makes none for it."""
    record = side.design[key]
    if not isinstance(record, ForeignKey):
        return False
    wanted = tuple((column, None) for column in record.columns)
    keys: list[Key | Index] = [*side.design.of(Key, record.parent), *side.design.of(Index, record.parent)]
    return any(columns_of(each)[: len(wanted)] == wanted for each in keys)


def _is_ignored(side: Side, key: ForeignKey) -> bool:
    """MyISAM and its like read foreign keys and forget them."""
    table = side.design.get(key.parent or "")
    engine = table.extra.get("engine", "") if isinstance(table, Table) else ""
    return engine.lower() in ("myisam", "aria", "memory", "csv", "archive", "merge", "blackhole")


def causes(side: Side, record: Record, judge: Judge) -> Iterator[Record]:
    """Yield the records of a design that make a server have this one as well."""
    design = side.design
    table = design.get(record.parent or "")
    if side.dialect.name in ("mysql", "mariadb"):
        if isinstance(record, Check):
            yield from (design[use.id] for use in record.expr.uses if isinstance(design.get(use.id), Column))
        elif isinstance(record, Index):
            columns = tuple(part.column for part in record.parts)
            yield from (key for key in design.of(ForeignKey, record.parent) if _may_make(key, record, columns, side))
    elif isinstance(table, Table):
        reader = Reader(side, judge.language)
        for parent in filter(None, (table.partition_of, *table.inherits)):
            yield from (each for each in design.of(type(record), parent) if _alike(reader, record, each, judge))


def _may_make(key: ForeignKey, index: Index, columns: Iterable[Id | None], side: Side) -> bool:
    """An index that a server makes for a foreign key is called after the key or its first column."""
    named = index.name.rstrip("0123456789").rstrip("_")
    first = side.name_of(key.columns[0]) if key.columns else ""
    return key.columns == tuple(columns) and (index.name in (key.name, first) or named == first)


def _alike(reader: Reader, record: Record, other: Record, judge: Judge) -> bool:
    mine, theirs = reader.fields(record), reader.fields(other)
    words = {**mine, **theirs}.keys() - {"comment"}
    return all(judge.verdict(word, mine.get(word), theirs.get(word)) < 2 for word in words)
