"""The page about translation is what the program does today, and what it says applies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from designer.dialects.menus import MENUS
from exporters.ddl.translation.codes import CODES
from exporters.ddl.translation.handbook import page, pairs, translate
from exporters.ddl.translation.probes import column, probes

PAGE = Path(__file__).parents[2] / "docs" / "translation.md"


def test_the_page_is_current() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == page(), "run: python -m exporters.ddl.translation.handbook > docs/translation.md"


def test_every_note_of_the_page_has_a_code_that_is_told() -> None:
    for source, target in pairs():
        for _, found in probes(source):
            for written, records in found:
                for note in translate(records, source, target).notes:
                    assert note.code in CODES, written
                    assert note.about is not None, written


@pytest.mark.parametrize("source", ["postgresql", "mysql", "mariadb"])
def test_every_line_for_sqlite_applies(source: str) -> None:
    for _, found in [("", [column(raw, raw) for raw, _ in MENUS[source]]), *probes(source)]:
        for written, records in found:
            database = sqlite3.connect(":memory:")
            script = translate(records, source, "sqlite").text
            database.executescript(script)
            made = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            assert bool(made) == bool(script.strip()), written
