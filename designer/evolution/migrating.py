"""One call for a whole migration."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from designer.dialects.registry import get
from designer.evolution.contract import Migration, MigrationProblem, Options
from designer.evolution.hazards import judged
from designer.evolution.mover import Mover
from designer.evolution.online import online, patient
from designer.evolution.planning import steps_between
from designer.evolution.renamed_values import with_values
from designer.schema import Design, Id, Model, first_physical

MOVERS = {
    "postgresql": "designer.evolution.postgres:PostgresMover",
    "mysql": "designer.evolution.mysql:MySQLMover",
    "mariadb": "designer.evolution.mysql:MariaMover",
    "sqlite": "designer.evolution.sqlite:SQLiteMover",
}
"""Dialect -> its mover, imported when it is first asked for."""


def migrate(
    old: Design,
    new: Design,
    dialect: str = "",
    *,
    models: tuple[Id | None, Id | None] = (None, None),
    options: Options | None = None,
) -> Migration:
    """Return the migration from `old` to `new`, which share their ids.

    The models are the first physical ones where none are named. Raises MigrationProblem where there is none, or where
    the two sides speak different dialects.
    """
    before, after = (_model(design, model) for design, model in zip((old, new), models, strict=True))
    target = get(dialect or after.target or before.target or "postgresql").name
    chosen = options or Options()

    def half(start: Design, goal: Design) -> Migration:
        last = after.id if after.id in goal else before.id
        return _between(Migration(target, start, goal, before.id, last, options=chosen))

    return with_values(Migration(target, old, new, before.id, after.id, options=chosen), half, pen_of(target))


def pen_of(dialect: str) -> type[Any]:
    """Return what writes records in the words of a dialect."""
    return _mover(dialect).pen


def _between(migration: Migration) -> Migration:
    mover = _mover(migration.dialect)
    mover.options = migration.options
    models = migration.old_model, migration.new_model
    migration.steps = steps_between(migration.old, migration.new, models, mover)
    migration.remarks = mover.remarks
    if migration.options.strategy != "online":
        return judged(migration)
    return patient(judged(online(migration)))


def _model(design: Design, model: Id | None) -> Model:
    chosen = design.get(model) if model else first_physical(design)
    if not isinstance(chosen, Model) or chosen.level != "physical":
        raise MigrationProblem("there is no physical model to compare; derive one, or import a schema")
    return chosen


def _mover(dialect: str) -> Mover:
    module, _, name = MOVERS[dialect].partition(":")
    mover: Mover = getattr(import_module(module), name)()
    return mover
