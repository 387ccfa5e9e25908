"""ALTER TYPE of a row type is applied to its attributes."""

from __future__ import annotations

import pytest

from designer.importers.contract import Outcome
from designer.importers.sql import read
from designer.schema import CompositeType

TYPE = 'CREATE TYPE s.a AS (x int, y text COLLATE "C");'


def _fields(script: str) -> list[tuple[str, str, str]]:
    design = read(f"CREATE SCHEMA s; {TYPE} {script}", "types.sql", "postgresql").design
    return [(each.name, each.type, each.collation) for each in design.of(CompositeType)[0].fields]


CASES = [
    ("ALTER TYPE s.a ALTER ATTRIBUTE x TYPE smallint CASCADE", [("x", "smallint", ""), ("y", "text", '"C"')]),
    ("ALTER TYPE s.a ADD ATTRIBUTE z numeric(3,1), DROP ATTRIBUTE y", [("x", "int", ""), ("z", "numeric(3,1)", "")]),
    ("ALTER TYPE s.a DROP ATTRIBUTE IF EXISTS q", [("x", "int", ""), ("y", "text", '"C"')]),
    ('ALTER TYPE s.a RENAME ATTRIBUTE x TO "X 1"', [("X 1", "int", ""), ("y", "text", '"C"')]),
]  # fmt: skip


@pytest.mark.parametrize(("script", "wanted"), CASES)
def test_attributes_are_changed(script: str, wanted: list[tuple[str, str, str]]) -> None:
    assert _fields(script) == wanted


@pytest.mark.parametrize("script", ["ALTER TYPE s.a DROP ATTRIBUTE q", "ALTER TYPE s.b ADD ATTRIBUTE q int"])
def test_what_a_server_would_refuse_is_told(script: str) -> None:
    result = read(f"CREATE SCHEMA s; {TYPE} {script}", "types.sql", "postgresql")
    assert [each.outcome for each in result.report.findings if "ALTER" in each.what.upper()] != [Outcome.IMPORTED]
    assert len(result.design.of(CompositeType)[0].fields) == 2
