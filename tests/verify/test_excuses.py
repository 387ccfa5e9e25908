"""What a proof cannot ask a server for is not held against the design."""

from __future__ import annotations

import pytest

from designer.proof.excuses import without_left_out
from designer.schema import ForeignKey
from exporters.contract import Options
from exporters.registry import get
from tests.compare.designs import design

SCRIPT = "CREATE TABLE t (a int PRIMARY KEY, b int, FOREIGN KEY (b) REFERENCES {} (a))".format


@pytest.mark.parametrize(("dialect", "kept"), [("postgresql", 0), ("mariadb", 0), ("sqlite", 1)])
def test_a_foreign_key_to_a_table_that_is_elsewhere(dialect, kept):
    before = design(SCRIPT("elsewhere"), dialect)
    export = get("ddl").export(before, Options(dialect=dialect))
    assert len(without_left_out(before, export, dialect).of(ForeignKey)) == kept
    here = design(SCRIPT("t"), dialect)
    export = get("ddl").export(here, Options(dialect=dialect))
    assert len(without_left_out(here, export, dialect).of(ForeignKey)) == 1
