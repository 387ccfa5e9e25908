"""Rows follow a subtype that is called otherwise: the value by which they say what they are is another one.

The checks that were derived for a generalization name that value. Where one of them says the same on both sides but for
a value, the rows that say the old one are to say the new one: behind what forbids either, and before what asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from designer.evolution.carrying import references_of
from designer.evolution.carrying_steps import Halves, one_session, with_rows
from designer.evolution.contract import Effect, Migration, Step, Work
from designer.evolution.handlers import side_of
from designer.schema import Check, Column, Design, Expr, ForeignKey, Generalization, Id, Table

Values = dict[Id, dict[str, str]]
"""Column -> literal before -> literal from now on."""
_TOKEN = re.compile(r"\x00|'(?:[^']|'')*'")


def with_values(whole: Migration, half: Halves, pen: type[Any]) -> Migration:
    """Return the migration in which rows say the values that subtypes have from now on, and move where they have to."""
    found = renamed_values(whole.old, whole.new)
    if not found:
        return with_rows(whole, half, pen)
    free = whole.old.changed(_in_the_way(whole, found), ())
    first, last = half(whole.old, free), with_rows(replace(whole, old=free), half, pen)
    updates = _updates(whole, free, found, pen)
    remarks = {each.message: each for each in (*first.remarks, *last.remarks)}
    steps = [*first.steps, *updates, *last.steps]
    whole.steps = one_session(steps) if whole.dialect == "sqlite" else steps
    whole.remarks = list(remarks.values())
    return whole


def renamed_values(old: Design, new: Design) -> Values:
    """Return which values of discriminators are other ones, for columns that stay where they are."""
    found: Values = {}
    for check in new.of(Check):
        was = old.get(check.id)
        if isinstance(was, Check) and was.expr != check.expr and _is_of_the_same(old, new, was, check):
            for column, before, after in _exchanged(was.expr, check.expr):
                found.setdefault(column, {}).setdefault(before, after)
    found = {column: values for column, values in found.items() if _stays(old, new, column)}
    return _spread(old, new, found)


def _is_of_the_same(old: Design, new: Design, was: Check, now: Check) -> bool:
    """Whether two checks speak of the same subtypes; one that lists values, of all of them."""
    kinds = [design.get(check.origin or "") for design, check in ((old, was), (new, now))]
    subtypes = [each.subtypes for each in kinds if isinstance(each, Generalization)]
    lists = " IN (" in now.expr.text
    return was.origin == now.origin and len(subtypes) == 2 and (not lists or subtypes[0] == subtypes[1])


def _exchanged(was: Expr, now: Expr) -> Iterator[tuple[Id, str, str]]:
    """Yield column, old and new value where two conditions differ in nothing but values."""
    before, after = _parts(was), _parts(now)
    if before[0] != after[0] or [use.id for use in was.uses] != [use.id for use in now.uses]:
        return
    for (column, one), (_, two) in zip(before[1], after[1], strict=True):
        if column and one != two:
            yield column, one, two


def _parts(expr: Expr) -> tuple[str, list[tuple[Id, str]]]:
    """Return a condition without its names and values, and each value with the column in front of it."""
    text = expr.text
    for use in sorted(expr.uses, key=lambda each: -each.start):
        text = f"{text[: use.start]}\x00{text[use.end :]}"
    columns = [use.id for use in sorted(expr.uses, key=lambda each: each.start)]
    values: list[tuple[Id, str]] = []
    seen = 0
    for part in _TOKEN.findall(text):
        if part == "\x00":
            seen += 1
        else:
            values.append((columns[seen - 1] if seen else "", part))
    return _TOKEN.sub(lambda found: "\x00" if found[0] == "\x00" else "''", text), values


def _stays(old: Design, new: Design, column: Id) -> bool:
    """Whether a column is in the same table on both sides, and rows say its values themselves."""
    sides = [design.get(column) for design in (old, new)]
    there = [each for each in sides if isinstance(each, Column) and each.generated is None]
    return len(there) == 2 and there[0].parent == there[1].parent


def _spread(old: Design, new: Design, found: Values) -> Values:
    """Return the values also for the columns that refer to the others, or are referred to."""
    waiting = list(found)
    while waiting:
        column = waiting.pop()
        for other in _partners(old, column):
            if other not in found and _stays(old, new, other):
                found[other] = {}
                waiting.append(other)
            if other in found and not found[column].keys() <= found[other].keys():
                found[other] = {**found[column], **found[other]}
                waiting.append(other)
    return found


def _partners(design: Design, column: Id) -> Iterator[Id]:
    for each in sorted(design.referrers(column)):
        key = design[each]
        if isinstance(key, ForeignKey):
            for one, two in zip(key.columns, references_of(design, key), strict=False):
                yield from (two,) if one == column else (one,) if two == column else ()


def _in_the_way(whole: Migration, found: Values) -> set[Id]:
    """Return the checks that forbid the new values, and the foreign keys that cannot do without the old ones."""
    gone: set[Id] = set()
    for column in found:
        for each in whole.old.referrers(column):
            record = whole.old[each]
            changed = isinstance(record, Check) and whole.new.get(each) != record
            if changed or (isinstance(record, ForeignKey) and column in _ends(whole.old, record)):
                gone.add(each)
    return gone


def _ends(design: Design, key: ForeignKey) -> tuple[Id, ...]:
    return (*key.columns, *references_of(design, key))


def _updates(whole: Migration, free: Design, found: Values, pen: type[Any]) -> Iterable[Step]:
    side = side_of(free, whole.old_model, whole.dialect, pen)
    for column in sorted(found):
        record = free[column]
        table = free.get(record.parent or "")
        if isinstance(table, Table) and found[column]:
            sql = _update(side.pen.path_of(table.id), side.pen.column(column), found[column])
            why = "rows say by it of which subtype they are, and that is called otherwise from now on"
            yield Step(
                sql, "rename values", table.id, side.label(table), "table", table, table, (), column, why,
                effect=Effect(work=Work.REWRITE),
            )  # fmt: skip


def _update(table: str, column: str, values: Mapping[str, str]) -> str:
    cases = " ".join(f"WHEN {one} THEN {two}" for one, two in values.items())
    there = f"{column} IN ({', '.join(values)})"
    return f"UPDATE {table} SET {column} = CASE {column} {cases} ELSE {column} END WHERE {there};"  # noqa: S608
