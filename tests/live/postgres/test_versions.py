"""One query for every server from 12 to 18: nothing that only some of them know may be named where it must exist."""

from __future__ import annotations

import re

import pytest

from designer.importers.live.postgres import query

COLUMNS_SINCE_12 = (
    "attcompression", "tgparentid", "pubviaroot", "pubgencols", "prattrs", "prqual", "stxstattarget", "prosqlbody",
    "rngmultitypid", "typsubscript", "colliculocale", "colllocale", "collicurules",
)  # fmt: skip
UNKNOWN_TO_SOME = (
    "pg_get_function_sqlbody", "regcollation", "pg_publication_namespace", "conenforced", "conperiod",
    "indnullsnotdistinct", "stxexprs", "datlocale", "pg_get_statisticsobjdef_columns", "subtwophasestate",
)  # fmt: skip


@pytest.mark.parametrize("column", COLUMNS_SINCE_12)
def test_a_later_column_has_no_table_before_it_and_a_substitute(column: str):
    text = query("postgresql")
    assert not re.search(rf"\.{column}\b", text)
    assert re.search(rf"AS {column}\b[^()]*\) AS absent\s+CROSS JOIN LATERAL", text)


@pytest.mark.parametrize("name", UNKNOWN_TO_SOME)
def test_nothing_that_cannot_be_left_out_is_named(name: str):
    assert name not in query("postgresql")


def test_it_is_one_select():
    text = re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*\n", "", query("postgresql")))
    assert text.startswith("SELECT ")
    assert text.count(";") == 1
    assert not re.search(r"\b(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|TRUNCATE)\b", text)
