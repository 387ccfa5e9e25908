"""What the patterns of this program must not use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
POSSESSIVE_GROUP = re.compile(r"\)[*+?]\+")
"""CPython before 3.11.5 matches too little with a possessive group that holds alternatives; `(?>(?:…)*)` it matches right."""


@pytest.mark.parametrize("room", ["designer", "exporters"])
def test_no_pattern_has_a_possessive_group(room: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]
    assert found == []
