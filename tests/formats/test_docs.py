"""The page about formats names them all, with the lists that the programs give."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from designer.importers import registry as importers
from exporters.contract import Exporter
from exporters.registry import all_formats

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats.md"
_START, _END = "<!-- exporters: start -->\n", "<!-- exporters: end -->\n"


def _section(exporter: Exporter) -> Iterator[str]:
    yield from (f"### `{exporter.name}`: {exporter.title}", "", "| can | cannot |", "|---|---|")
    for can, cannot in zip_longest(exporter.can, exporter.cannot, fillvalue=""):
        yield f"| {can} | {cannot} |"
    yield ""


def _lists() -> str:
    return "\n".join(line for exporter in all_formats() for line in _section(exporter))


@pytest.mark.parametrize("name", list(importers.FORMATS))
def test_every_importer_has_a_section(name: str) -> None:
    before_exporters = PAGE.read_text(encoding="utf-8").split("## Exporters")[0]
    assert f"### `{name}`:" in before_exporters


def test_the_lists_of_exporters_are_current() -> None:
    """Run with WHOLEKEY_REWRITE_GOLDEN=1 to write them anew."""
    before, rest = PAGE.read_text(encoding="utf-8").split(_START)
    written, after = rest.split(_END)
    if os.environ.get("WHOLEKEY_REWRITE_GOLDEN") == "1":
        written = "\n" + _lists() + "\n"
        PAGE.write_text(before + _START + written + _END + after, encoding="utf-8")
    assert written.strip() == _lists().strip()
