"""Runs tests/cases/commands/values.json: order keys, types and names are the same in the browser."""

from __future__ import annotations

import json
from pathlib import Path

from designer.dialects.logical import logical_type
from designer.dialects.registry import get
from designer.schema.order import between, sequence

VALUES = json.loads((Path(__file__).parents[1] / "cases" / "commands" / "values.json").read_text(encoding="utf-8"))


def test_order_keys() -> None:
    assert [[low, high, between(low, high)] for low, high, _ in VALUES["between"]] == VALUES["between"]
    assert [[count, sequence(count)] for count, _ in VALUES["sequence"]] == VALUES["sequence"]


def test_meanings_of_types() -> None:
    found = [[target, raw, logical_type(raw, get(target))] for target, raw, _ in VALUES["logical"]]
    assert found == VALUES["logical"]


def test_quoted_names() -> None:
    assert [[target, name, get(target).quote(name)] for target, name, _ in VALUES["quote"]] == VALUES["quote"]
    assert [[target, get(target).unquote(written), written] for target, _, written in VALUES["quote"]] == VALUES[
        "quote"
    ]
