"""Statements with which an extension makes more of a table: what reads the table may need that."""

from __future__ import annotations

from designer.importers.sql import read
from exporters.contract import Options
from exporters.registry import get

SCRIPT = """
CREATE EXTENSION timescaledb;
CREATE TABLE m (at timestamptz NOT NULL, v float);
CREATE TABLE "x y" (at int);
CREATE FUNCTION own(t text) RETURNS void LANGUAGE sql AS 'SELECT 1';
SELECT create_hypertable('m', 'at');
SELECT public.create_distributed_table('public."x y"', 'at');
ALTER TABLE m SET (timescaledb.compress);
SELECT own('m');
CREATE VIEW daily AS SELECT avg(v) FROM m;
SELECT add_refresh_policy('daily');
"""


def test_what_an_extension_makes_of_a_table_comes_before_the_views() -> None:
    for text in (SCRIPT, exported(SCRIPT)):
        script = exported(text)
        signs = (
            "CREATE TABLE m", "create_hypertable(", "ALTER TABLE m SET (", "CREATE VIEW daily", "SELECT own(",
            "add_refresh_policy(",
        )  # fmt: skip
        places = [script.index(sign) for sign in signs]
        assert places == sorted(places)
        assert script.index("create_distributed_table(") < script.index("CREATE VIEW daily")


def exported(text: str) -> str:
    (script,) = get("ddl").export(read(text, "x.sql").design, Options()).files.values()
    return script
