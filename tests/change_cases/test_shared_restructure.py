"""Runs tests/cases/commands/restructure.json in Python: splitting, merging, lookups, enums and the like."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.change import apply, change_encode, dangling, diff, invert
from designer.commands import Edit, Refused
from designer.commands.enums import column_to_enum, enum_to_text
from designer.commands.lookups import extract_lookup
from designer.commands.merging import merge_tables
from designer.commands.moving import add_audit_columns, move_to_table
from designer.commands.splitting import split_table
from designer.schema import Design, IdSource
from designer.schema.codec import record_from
from designer.schema.validation import validate

CONTENT = json.loads(
    (Path(__file__).parents[1] / "cases" / "commands" / "restructure.json").read_text(encoding="utf-8")
)
Args = dict[str, Any]


def _counted() -> IdSource:
    numbers = iter(range(1, 1000))
    return lambda: f"new{next(numbers):07d}"


def _spot(args: Args) -> Args:
    return {"diagram": args.get("diagram"), "at": (args.get("x", 0), args.get("y", 0))}


_RUN: dict[str, Callable[[Design, Args, IdSource], Edit]] = {
    "splitTable": lambda d, a, ids: split_table(d, a["columns"], a["name"], ids, kind=a.get("kind", "one"), **_spot(a)),
    "mergeTables": lambda d, a, ids: merge_tables(d, a["into"], a["other"]),
    "moveToTable": lambda d, a, ids: move_to_table(d, a["columns"], a["table"]),
    "addAuditColumns": lambda d, a, ids: add_audit_columns(d, a["tables"], a["names"], ids),
    "extractLookup": lambda d, a, ids: extract_lookup(
        d, a["column"], a["name"], ids, strategy=a.get("strategy", "natural"), values=a.get("values", ()), **_spot(a)
    ),
    "columnToEnum": lambda d, a, ids: column_to_enum(d, a["column"], a["values"], a.get("name", ""), ids),
    "enumToText": lambda d, a, ids: enum_to_text(d, a["column"], ids),
}


def _before(case: Args) -> Design:
    return Design(map(record_from, CONTENT["designs"][case["design"]]))


def _run(case: Args) -> Edit:
    return _RUN[case["command"]](_before(case), case["args"], _counted())


def _id(case: Args) -> str:
    return f"{case['command']}: {case['name']}"


@pytest.mark.parametrize("case", [c for c in CONTENT["cases"] if "refused" not in c], ids=_id)
def test_shared_edit(case: Args) -> None:
    before, edit = _before(case), _run(case)
    assert json.loads(change_encode(edit.change)) == case["expected"]
    assert edit.label == case["label"]
    assert [[note.about, note.message] for note in edit.notes] == case["notes"]
    after = apply(before, edit.change)
    assert dangling(after) == []
    assert validate(after) == []
    assert not diff(before, apply(after, invert(edit.change)))


@pytest.mark.parametrize("case", [c for c in CONTENT["cases"] if "refused" in c], ids=_id)
def test_shared_refusal(case: Args) -> None:
    with pytest.raises(Refused) as refused:
        _run(case)
    assert refused.value.message == case["refused"]
    assert refused.value.field == case.get("field", "")
