"""The table of the documentation is the table of the code."""

from __future__ import annotations

from pathlib import Path

from designer.compare.normalisations import NORMALISATIONS


def test_every_rule_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "verify.md").read_text("utf-8")
    rows = [f"| {each.databases} | {each.about} | `{each.written}` | `{each.given_back}` |" for each in NORMALISATIONS]
    assert [row for row in rows if row not in page] == []
