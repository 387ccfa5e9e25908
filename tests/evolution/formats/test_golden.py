"""Each format beside files that a person has read: one rich pair of PostgreSQL, up and down, by both strategies."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from designer.evolution import Migration, Options, migrate
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.registry import FORMATS, get
from designer.evolution.hazards import judged
from tests.evolution.formats.pairs import POSTGRES

GOLDEN = Path(__file__).parent / "golden"
_META = Meta(
    "Let people have preferences", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), app="people", parent="0001_start"
)
_TEXTS = sorted(FORMATS.keys() - {"png"})
"""PNG is the picture of SVG, and the letters of its bytes are those of a library."""


@cache
def _ways(strategy: str) -> tuple[Migration, Migration]:
    up, down = POSTGRES.ways()
    options = Options(strategy)
    both = (migrate(each.old, each.new, POSTGRES.dialect, options=options) for each in (up, down))
    one, two = (judged(each) for each in both)
    return one, two


def _files(name: str, strategy: str) -> dict[str, str]:
    found = get(name).files(*_ways(strategy), _META)
    return {path: text if isinstance(text, str) else text.decode() for path, text in found.items()}


def _check(folder: Path, files: dict[str, str]) -> None:
    """With WHOLEKEY_REWRITE_GOLDEN=1 the files are written anew: read the difference before you commit it."""
    if os.environ.get("WHOLEKEY_REWRITE_GOLDEN") == "1":
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="")
    kept = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert files.keys() == kept.keys()
    for path, text in files.items():
        assert text == kept[path].read_bytes().decode(), path


@pytest.mark.parametrize("name", _TEXTS)
def test_a_format_is_as_it_was_read(name: str) -> None:
    _check(GOLDEN / name, _files(name, "simple"))


def test_the_online_strategy_is_as_it_was_read() -> None:
    _check(GOLDEN / "online", _files("sql", "online"))
