"""Every name of the corpus in every place where SQLite takes a name or a value, through every way, and equal after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fidelity.homes import SQLitePrograms
from tests.fidelity.ways import WAYS, Walked
from tests.live.walking import problem, walked
from tests.nasty import literal, names_for

NAMES = [name for name in names_for(2000, case=False) if "*/" not in name]
"""Without what ends a comment: sqlite3's `.schema` writes the name of each view into one, and breaks its own output."""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def script(names: list[str]) -> str:
    """Return a script of one database: an object of each kind a name."""
    parts = ["CREATE TABLE [wide] (" + ", ".join(f"{quoted(name)} TEXT" for name in names) + ");"]
    for number, name in enumerate(names):
        parts += _objects(name, names[number - 1] if number else name)
    return "\n".join(parts)


def _objects(name: str, before: str) -> list[str]:
    it, words = quoted(name), literal(name)
    return [
        f"CREATE TABLE {it} (id INTEGER CONSTRAINT {it} PRIMARY KEY, {it} TEXT DEFAULT {words} CONSTRAINT {it} UNIQUE,"
        f" {quoted(name + ' ref')} INTEGER CONSTRAINT {it} REFERENCES {quoted(before)} (id),"
        f" {quoted(name + ' size')} INTEGER GENERATED ALWAYS AS (length({it} || {words})) VIRTUAL,"
        f" CONSTRAINT {it} CHECK ({it} <> {words}));",
        f"CREATE INDEX {quoted(name + ' index')} ON {it} ({it} COLLATE NOCASE DESC, ({it} || {words})) WHERE {it} <> {words};",
        f"CREATE VIEW {quoted(name + ' view')} ({it}, words) AS SELECT {it}, {words} FROM {it};",
        f"CREATE TRIGGER {quoted(name + ' trigger')} AFTER UPDATE OF {it} ON {it} WHEN NEW.{it} <> {words}"
        f" BEGIN UPDATE {it} SET {it} = {words} WHERE id = NEW.id; END;",
    ]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    folder: Path = tmp_path_factory.mktemp("nasty")
    return walked(SQLitePrograms(folder), "nasty", script(NAMES))


@pytest.mark.parametrize("way", [*WAYS, "designs"])
def test_comes_back(found: Walked, way: str) -> None:
    assert not problem(found, way), problem(found, way)
