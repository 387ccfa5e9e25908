"""Migrations under Django itself: from nothing to the old schema, on to the new one, and back; the state loads."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from designer.evolution import migrate
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.registry import get
from designer.schema import Design, Model
from tests.evolution.formats.bench import Bench, PostgresBench

_SETTINGS = """
SECRET_KEY = "x"
INSTALLED_APPS = ["shop"]
USE_TZ = True
DATABASES = {{"default": {database}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
_FIRST = Meta("first", datetime(2024, 1, 1, tzinfo=UTC), app="shop")
_SECOND = Meta("second", datetime(2024, 1, 2, tzinfo=UTC), app="shop", parent="20240101000000_first")
_STATE = """
import django, json, sys
django.setup()
from django.db import connection
from django.db.migrations.loader import MigrationLoader
names = {}
for node in ("20240101000000_first", "20240102000000_second"):
    state = MigrationLoader(connection).project_state(("shop", node))
    names[node] = {name: sorted(model.fields) for (_, name), model in state.models.items()}
    for model in state.apps.get_models():
        list(model._meta.get_fields())
print(json.dumps(names))
"""


def _project(folder: Path, bench: Bench, database: Any) -> None:
    """Write a project with two migrations: all of the old schema, and what changes."""
    for part in ("shop/migrations", "shop"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / "__init__.py").touch()
    (folder / "settings.py").write_text(_SETTINGS.format(database=_database(bench, database)))
    old = bench.up.old
    model = old[bench.up.old_model]
    assert isinstance(model, Model)
    nothing = Design([model])
    make, drop = (migrate(*each, bench.up.dialect) for each in ((nothing, old), (old, nothing)))
    for meta, up, down in ((_FIRST, make, drop), (_SECOND, bench.up, bench.down)):
        for name, text in get("django").files(up, down, meta).items():
            assert isinstance(text, str)
            (folder / "shop/migrations" / name).write_text(text)


def _database(bench: Bench, database: Any) -> dict[str, Any]:
    if isinstance(bench, PostgresBench):
        parts = conninfo_to_dict(database)
        return {
            "ENGINE": "django.db.backends.postgresql", "NAME": parts["dbname"], "USER": parts["user"],
            "HOST": parts["host"],
        }  # fmt: skip
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}


def _python(folder: Path, program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=folder, capture_output=True, text=True,
        env={"DJANGO_SETTINGS_MODULE": "settings", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def _migrate(folder: Path, target: str) -> None:
    program = (
        "import sys; from django.core.management import execute_from_command_line as run; run(['x', *sys.argv[1:]])"
    )
    _python(folder, program, "migrate", "--skip-checks", "-v0", "shop", target)


@pytest.mark.parametrize("name", [
    pytest.param("postgres_bench", marks=pytest.mark.postgres), pytest.param("alone_bench", marks=pytest.mark.postgres),
    "sqlite_bench",
])  # fmt: skip
def test_from_nothing_to_new_and_back(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    bench: Bench = request.getfixturevalue(name)
    database = bench.made("")
    _project(tmp_path, bench, database)
    _migrate(tmp_path, _SECOND.parent)
    bench.fill(database)
    bench.is_old(database)
    _migrate(tmp_path, "20240102000000_second")
    bench.is_new(database)
    _migrate(tmp_path, _SECOND.parent)
    bench.is_old(database)
    names = json.loads(_python(tmp_path, _STATE))
    if name == "alone_bench":
        assert names["20240102000000_second"] == {"a": ["c", "id", "n"], "b": ["a_id", "id"]}
        return
    assert "leaving" in names["20240101000000_first"] and "leaving" not in names["20240102000000_second"]
    people = names["20240102000000_second"]["people" if name == "postgres_bench" else "users"]
    assert {"email", "added"} <= set(people) and not {"mail", "gone"} & set(people)
    _migrate(tmp_path, "zero")
