"""What SQLite answers to the list of constructs."""

from __future__ import annotations

from tests.conformance.cases import Case, Skip

CASES: dict[str, Case] = {"table": "CREATE TABLE t (a INT);"}
