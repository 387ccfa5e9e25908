"""Everything in one script: imported and exported, a server makes the same of it."""

import re
import subprocess
from pathlib import Path

import pytest

from designer.importers.sql import read
from designer.schema import Expr, IndexPart, Named
from exporters.contract import Options
from exporters.registry import get
from tests.servers import PostgresServer, postgres_server

__all__ = ["postgres_server"]

EVERYTHING = (Path(__file__).parent / "everything.sql").read_text(encoding="utf-8")


def schema_of(server: PostgresServer, dsn: str) -> list[str]:
    """Return the schema as pg_dump writes it, without what differs from run to run and names of NOT NULL."""
    dump = subprocess.run([server.bin / "pg_dump", "-s", dsn], check=True, capture_output=True, text=True).stdout
    unnamed = re.sub(r"CONSTRAINT \w+_not_null\d* NOT NULL", "NOT NULL", dump)
    return [line for line in unnamed.splitlines() if line and not re.match(r"--|\\(un)?restrict", line)]


def fill(dsn: str, script: str) -> None:
    import psycopg

    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(script.encode())


@pytest.mark.postgres
@pytest.mark.parametrize("dumped", [False, True], ids=["as written", "as dumped"])
def test_import_and_export_change_nothing(postgres_server: PostgresServer, dumped: bool) -> None:
    source = postgres_server.new_database()
    fill(source, EVERYTHING)
    script = EVERYTHING
    if dumped:
        command = [postgres_server.bin / "pg_dump", "-s", source]
        script = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result = read(script, "everything.sql", "postgresql")
    assert result.report.counts()["failed"] == result.report.counts()["warning"] == 0
    target = postgres_server.new_database()
    fill(target, get("ddl").export(result.design, Options(dialect="postgresql")).text)
    assert schema_of(postgres_server, target) == schema_of(postgres_server, source)


def test_every_mention_is_the_name_of_its_record() -> None:
    design = read(EVERYTHING, "everything.sql", "postgresql").design
    seen = 0
    for record in design.records():
        values = [getattr(record, field) for field in record.__struct_fields__]
        parts = [
            part.expr for value in values if isinstance(value, tuple) for part in value if isinstance(part, IndexPart)
        ]
        for expr in (*values, *parts):
            for use in expr.uses if isinstance(expr, Expr) else ():
                written, target = expr.text[use.start : use.end], design[use.id]
                assert isinstance(target, Named)
                renamed = target.name in ("new_name", "renamed")
                assert written.strip('"').replace('""', '"') == target.name or renamed, (expr, target)
                seen += 1
    assert seen > 60
