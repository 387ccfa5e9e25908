"""The columns that a step brings, and how PostgreSQL lays them out."""

from __future__ import annotations

from collections.abc import Sequence

from designer.evolution.contract import Step
from designer.evolution.hazards.casts import taken_apart
from designer.evolution.hazards.setting import Setting
from designer.schema import Column, Table


def new_columns(step: Step, setting: Setting) -> list[Column]:
    """Return the columns that a step adds, or gives another type."""
    if isinstance(step.new, Table):
        return sorted(setting.new.of(Column, step.new.id), key=lambda each: each.order)
    if not isinstance(step.new, Column) or (isinstance(step.old, Column) and step.old.type == step.new.type):
        return []
    return [step.new]


_SIZES = {
    "boolean": 1, "smallint": 2, "smallserial": 2, "integer": 4, "serial": 4, "real": 4, "date": 4, "bigint": 8,
    "bigserial": 8, "double precision": 8, "timestamp": 8, "timestamp with time zone": 8, "time": 8,
    "timestamp without time zone": 8, "money": 8,
}  # fmt: skip
"""Type -> its bytes, which are also the multiple at which a value begins."""


def wasted(columns: Sequence[Column]) -> int:
    """Return how many bytes of a row are holes that another order would spare; values of changing length end it."""
    sizes: list[int] = []
    for column in columns:
        size = _SIZES.get(taken_apart(column.type)[0])
        if size is None:
            break
        sizes.append(size)
    return _holes(sizes) - _holes(sorted(sizes, reverse=True))


def _holes(sizes: Sequence[int]) -> int:
    at = holes = 0
    for size in sizes:
        gap = -at % size
        holes += gap
        at += gap + size
    return holes
