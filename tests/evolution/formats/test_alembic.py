"""Revisions under Alembic itself, on real servers, both ways and as SQL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.evolution.formats.bench import Bench, PostgresBench

_ENV = """
import sqlalchemy as sa
from alembic import context

url = context.config.get_main_option("sqlalchemy.url")
if context.is_offline_mode():
    context.configure(url=url, literal_binds=True, dialect_opts={"paramstyle": "named"})
    with context.begin_transaction():
        context.run_migrations()
else:
    with sa.create_engine(url).connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
"""
_RUN = "from alembic.config import main; import sys; main(argv=sys.argv[1:])"


def _prepared(folder: Path, bench: Bench, database: Any) -> None:
    (folder / "versions").mkdir()
    (folder / "env.py").write_text(_ENV)
    url = _url(bench, database).replace("%", "%%")
    (folder / "alembic.ini").write_text(f"[alembic]\nscript_location = {folder}\nsqlalchemy.url = {url}\n")
    bench.write("alembic", folder / "versions")


def _url(bench: Bench, database: Any) -> str:
    if isinstance(bench, PostgresBench):
        return bench.url(database, "postgresql+psycopg")
    if isinstance(database, dict):
        return f"mysql+pymysql://root@/{database['database']}?unix_socket={database['unix_socket']}&charset=utf8mb4"
    return f"sqlite:///{database}"


def _alembic(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, "-c", folder / "alembic.ini", *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.parametrize("name", [
    pytest.param("postgres_bench", marks=pytest.mark.postgres), pytest.param("alone_bench", marks=[pytest.mark.postgres, pytest.mark.slow]),
    pytest.param("mariadb_bench", marks=pytest.mark.mariadb), "sqlite_bench",
])  # fmt: skip
def test_up_and_down(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    bench: Bench = request.getfixturevalue(name)
    database = bench.fresh()
    _prepared(tmp_path, bench, database)
    _alembic(tmp_path, "upgrade", "head")
    bench.is_new(database)
    _alembic(tmp_path, "downgrade", "base")
    bench.is_old(database)


@pytest.mark.postgres
@pytest.mark.slow
def test_as_sql(postgres_bench: PostgresBench, tmp_path: Path) -> None:
    database = postgres_bench.fresh()
    _prepared(tmp_path, postgres_bench, database)
    postgres_bench.client(database, _alembic(tmp_path, "upgrade", "head", "--sql"))
    postgres_bench.is_new(database)


def test_operations_are_used_where_alembic_has_them(postgres_bench: PostgresBench) -> None:
    text = next(iter(postgres_bench.files("alembic").values()))
    assert "op.rename_table('users', 'people')" in text
    assert "op.add_column('people', sa.Column('plain', sa.Numeric(10, 2), nullable=True))" in text
    assert "op.create_index('people_by_mail', 'people', ['email'])" in text
    assert "op.drop_table('leaving')" in text
