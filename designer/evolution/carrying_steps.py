"""A migration in which rows move between tables: the way to a state between, the rows, and the way from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from designer.dependencies.guards import stopping
from designer.evolution.carrying import Bringing, Carried, Spreading, carried
from designer.evolution.carrying_copies import said_of
from designer.evolution.carrying_middle import Middle, middle
from designer.evolution.carrying_sql import Words
from designer.evolution.contract import Effect, Migration, Remark, Step, Work
from designer.evolution.handlers import Side, side_of
from designer.schema import Column, Design, Id, Table

Halves = Callable[[Design, Design], Migration]
"""Returns the judged migration between two designs."""
_DROPS = ("WM101", "WM102")
"""Hazards that say that rows are lost with a table or column."""


def with_rows(whole: Migration, half: Halves, pen: type[Any]) -> Migration:
    """Return the migration that carries rows where columns are in another table on the new side.

    `whole` has no steps yet; `half` makes those between two designs. Where nothing moves that is all there is to do.
    """
    found = carried(whole.old, whole.new)
    before = side_of(whole.old, whole.old_model, whole.dialect, pen)
    if not found.carries:
        made = half(whole.old, whole.new)
        made.remarks += [*_stranded(found, whole.new), *said_of(found.repeated, before, whole.new)]
        return made
    between = middle(whole.old, whole.new, found.carries)
    first, last = half(whole.old, between.reached), half(between.left, whole.new)
    sides = (
        before,
        side_of(between.reached, whole.old_model, whole.dialect, pen),
    )
    words = Words(*sides, between.stand_ins)
    steps = [
        *_guards(words, found), *_known(first.steps, between), *_carrying(words, found),
        *_kept(_known(last.steps, between), found, between),
    ]  # fmt: skip
    whole.steps = one_session(steps) if whole.dialect == "sqlite" else steps
    remarks = {each.message: each for each in (*first.remarks, *last.remarks)}
    left = [*_stranded(found, whole.new), *said_of(found.repeated, before, whole.new)]
    whole.remarks = [*remarks.values(), *left, *_by_hand(whole.dialect)]
    return whole


def _guards(words: Words, found: Carried) -> Iterator[Step]:
    """Yield what stops where rows are in the way. It comes first: MySQL takes no change of a schema back."""
    for carry in found.carries:
        for guard in words.guards(carry):
            for number, sql in enumerate(stopping(words.dialect, guard.sentence, guard.query)):
                why = "it stops where rows contradict each other, before anything is changed" if not number else ""
                yield _step(words.before, guard.about, sql, "guard", why, Effect(work=Work.SCAN, may_fail=True))


def _carrying(words: Words, found: Carried) -> Iterator[Step]:
    for carry in found.carries:
        back = isinstance(carry, Spreading) and carry.back
        start, goal = (carry.target, carry.source) if back else (carry.source, carry.target)
        label = words.before.label(words.before.design[start])
        why = f"columns of {label} are in another table from now on"
        if isinstance(carry, Bringing) and carry.copied:
            why = f"no row may leave it empty, and {label} has a column of its name"
        for sql in words.written(carry):
            yield _step(words.then, goal, sql, "carry rows", why, Effect(work=Work.REWRITE))


def _step(side: Side[Any], about: Id, sql: str, operation: str, reason: str, effect: Effect) -> Step:
    record = side.design[about]
    return Step(sql, operation, about, side.label(record), "table", record, record, (), about, reason, effect=effect)


def _known(steps: Iterable[Step], between: Middle) -> Iterator[Step]:
    """Yield steps with the ids that both designs know."""
    known = {two: one for one, two in between.stand_ins.items()}
    for step in steps:
        parts = tuple(_known(step.parts, between))
        yield replace(step, about=known.get(step.about, step.about), parts=parts)


def _kept(steps: Iterable[Step], found: Carried, between: Middle) -> Iterator[Step]:
    """Yield steps of the second half without the fear for rows that are safe by then."""
    safe = {column for carry in found.carries for column in carry.moved}
    safe |= {column for carry in found.carries if isinstance(carry, Spreading) for column in carry.every}
    safe |= {carry.place for carry in found.carries if isinstance(carry, Spreading)}
    safe |= {column for carry in found.carries if isinstance(carry, Spreading) for column, _ in carry.link}
    for step in steps:
        parts = tuple(_kept(step.parts, found, between))
        now = replace(step, parts=parts)
        yield _without_loss(now) if _is_safe(now, safe, between) else now


def _is_safe(step: Step, safe: set[Id], between: Middle) -> bool:
    if step.parts:
        return not any(part.effect.loses_data for part in step.parts)
    if step.operation == "drop column":
        return step.about in safe
    return step.operation == "drop table" and _is_emptied(step, safe, between)


def _is_emptied(step: Step, safe: set[Id], between: Middle) -> bool:
    """Whether all that a dropped table said is said elsewhere: its columns moved, or hold what refers to it."""
    known = {two: one for one, two in between.stand_ins.items()}
    if not isinstance(step.old, Table):
        return False
    columns = between.left.of(Column, step.old.id)
    keys = {
        each
        for record in between.left.referrers(step.old.id)
        for each in getattr(between.left[record], "ref_columns", ())
    }
    return all(known.get(each.id, each.id) in safe or each.id in keys for each in columns)


def _without_loss(step: Step) -> Step:
    hazards = tuple(each for each in step.hazards if each.code not in _DROPS)
    return replace(step, hazards=hazards, effect=replace(step.effect, loses_data=False, reversible=True))


def one_session(steps: list[Step]) -> list[Step]:
    """Return the steps of SQLite as one transaction: what must stand outside stands in front and behind, once."""
    outside = [step for step in steps if not step.in_transaction]
    first = {step.sql: step for step in outside if step.sql.endswith("= OFF;")}
    last = {step.sql: step for step in outside if not step.sql.endswith("= OFF;")}
    return [*first.values(), *(step for step in steps if step.in_transaction), *last.values()]


def _by_hand(dialect: str) -> Iterator[Remark]:
    """Yield what is to be known of a client that goes on behind a guard which stopped."""
    if dialect == "sqlite":
        yield Remark(
            "run it with sqlite3 -bail, which stops where a guard does; without it rows could be lost", None, "bail"
        )


def _stranded(found: Carried, new: Design) -> Iterator[Remark]:
    """Yield a remark for each column that is in another table and whose values cannot follow."""
    for each in found.stranded:
        column = new.get(each)
        if isinstance(column, Column):
            table = new.get(column.parent or "")
            name = f"{table.name}.{column.name}" if isinstance(table, Table) else column.name
            yield Remark(
                f"{name} was in another table, and no foreign key says which rows belong together: "
                "its values are not carried over",
                each,
                "rows",
            )
