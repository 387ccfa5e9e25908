"""WM303: there may be duplicates where none are allowed any more."""

from __future__ import annotations

from collections.abc import Iterator

from designer.evolution.contract import Step
from designer.evolution.hazards.contract import WARNING, Found, Pair, Rule
from designer.evolution.hazards.queries import duplicates
from designer.evolution.hazards.setting import Setting
from designer.schema import Id, Index, Key


def _columns(step: Step) -> tuple[Id, ...] | None:
    """The columns of a new unique key or index, empty where it is over "
    "expressions or some rows; None for others."""
    if isinstance(step.new, Key):
        return step.new.columns
    if not isinstance(step.new, Index) or not step.new.unique:
        return None
    columns = tuple(part.column for part in step.new.parts if part.column is not None)
    return columns if len(columns) == len(step.new.parts) and step.new.where is None else ()


def _follows_another(columns: tuple[Id, ...], step: Step, setting: Setting) -> bool:
    """Say whether the old side forbade the same duplicates already."""
    keys = [set(key.columns) for key in setting.old.of(Key, step.table)] if step.table in setting.old else []
    return bool(columns) and any(key and key <= set(columns) for key in keys)


def _check(step: Step, setting: Setting) -> Iterator[Found]:
    columns = _columns(step)
    if columns is None or not setting.has_rows(step) or _follows_another(columns, step, setting):
        return
    query = duplicates(setting.table_path(step), setting.columns(columns)) if columns else ""
    yield Found(f"two rows with the same values stop {step.label}", query)


RULE = Rule(
    code="WM303",
    name="duplicates-there",
    title="There may be duplicates where none are allowed any more",
    severity=WARNING,
    help=("Two rows with the same values stop the step. Decide which of them stays."),
    firing=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE UNIQUE INDEX one_b ON t (b);",
    ),
    silent=Pair(
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int);",
        "CREATE TABLE t (id int PRIMARY KEY, a text, b int); CREATE INDEX some_b ON t (b);",
    ),
    check=_check,
    operations=("add unique", "create index"),
    peers=("Atlas MF101", "Atlas MF102"),
    may_fail=True,
)
