"""What a migration of PostgreSQL tells without doing anything."""

from __future__ import annotations

import pytest

from designer.evolution import migrate
from designer.evolution.align import aligned
from designer.importers.sql import read


@pytest.mark.parametrize(
    ("columns", "told"),
    [("a integer, b integer", False), ("b integer, a integer", True), ("n integer, a integer, b integer", True),
     ("a integer, b integer, n integer", False), ("b integer", False)],
)  # fmt: skip
def test_another_order_of_columns_is_told(columns: str, told: bool) -> None:
    texts = ("CREATE TABLE t (a integer, b integer);", f"CREATE TABLE t ({columns});")
    pair = aligned(*(read(text, "", "postgresql").design for text in texts), "postgresql")
    codes = [each.code for each in migrate(pair.old, pair.new, "postgresql").remarks]
    assert ("column-order" in codes) is told
