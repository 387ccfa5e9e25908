"""What nullability and uniqueness say about the ends of a foreign key."""

from __future__ import annotations

from typing import Any

import pytest

from designer.schema import Column, Expr, ForeignKey, Index, IndexPart, Table
from exporters.cardinality import Cardinality, of_foreign_key
from tests.formats.build import Build


def _reference(b: Build, nullable: bool = False) -> tuple[Table, Column, ForeignKey]:
    parent, child = b.table("parent"), b.table("child")
    target = b.column(parent, "id", nullable=False)
    column = b.column(child, "parent_id", nullable=nullable)
    return child, column, b.refer([column], parent, [target])


@pytest.mark.parametrize("nullable", [True, False])
def test_nullable_columns_make_the_parent_optional(nullable: bool) -> None:
    b = Build()
    _, _, key = _reference(b, nullable)
    assert of_foreign_key(b.design(), key) == Cardinality(nullable, child_single=False, identifying=False)


def test_a_primary_key_of_the_same_columns_is_one_to_one_and_identifying() -> None:
    b = Build()
    child, column, key = _reference(b, nullable=True)
    b.key(child, column)
    assert of_foreign_key(b.design(), key) == Cardinality(False, child_single=True, identifying=True)


def test_part_of_the_primary_key_is_identifying_and_many() -> None:
    b = Build()
    child, column, key = _reference(b)
    b.key(child, column, b.column(child, "line"))
    assert of_foreign_key(b.design(), key) == Cardinality(False, child_single=False, identifying=True)


def test_a_unique_key_inside_the_columns_makes_the_child_single() -> None:
    b = Build()
    parent, child = b.table("parent"), b.table("child")
    targets = [b.column(parent, name) for name in "ab"]
    columns = [b.column(child, name, nullable=False) for name in "ab"]
    key = b.refer(columns, parent, targets)
    b.key(child, columns[0], primary=False)
    assert of_foreign_key(b.design(), key) == Cardinality(False, child_single=True, identifying=False)


@pytest.mark.parametrize(
    ("fields", "single"), [({}, True), ({"where": Expr("x > 0")}, False), ({"unique": False}, False)]
)
def test_only_a_unique_index_over_all_rows_counts(fields: dict[str, Any], single: bool) -> None:
    b = Build()
    child, column, key = _reference(b)
    b.add(Index, child, **{"unique": True, "parts": (IndexPart(column=column.id),), **fields})
    assert of_foreign_key(b.design(), key).child_single == single


def test_an_index_on_an_expression_does_not_count() -> None:
    b = Build()
    child, column, key = _reference(b)
    parts = (IndexPart(column=column.id), IndexPart(expr=Expr("lower(x)")))
    b.add(Index, child, unique=True, parts=parts)
    assert not of_foreign_key(b.design(), key).child_single
