"""Runs tests/cases/commands in Python: the canvas and the panels make the same change of the same wish."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.change import apply, change_encode, dangling
from designer.commands import Edit, Refused
from designer.commands.columns import add_column, move_column
from designer.commands.diagrams import place, set_notation, take_off
from designer.commands.edit import delete, rename, set_fields
from designer.commands.keys import set_primary_key
from designer.commands.tables import add_table
from designer.schema import Design, IdSource
from designer.schema.codec import record_from

CONTENT = json.loads((Path(__file__).parents[1] / "cases" / "commands" / "commands.json").read_text(encoding="utf-8"))
Args = dict[str, Any]


def _counted() -> IdSource:
    numbers = iter(range(1, 1000))
    return lambda: f"new{next(numbers):07d}"


def _positions(args: Args) -> dict[str, tuple[int, int]]:
    return {each["element"]: (each["x"], each["y"]) for each in args["positions"]}


_RUN: dict[str, Callable[[Design, Args, IdSource], Edit]] = {
    "rename": lambda d, a, ids: rename(d, a["id"], a["name"]),
    "setFields": lambda d, a, ids: set_fields(d, a["id"], a["values"]),
    "deleteRecords": lambda d, a, ids: delete(d, a["ids"]),
    "addTable": lambda d, a, ids: add_table(
        d, a["model"], a.get("name"), ids, diagram=a.get("diagram"), at=(a.get("x", 0), a.get("y", 0))
    ),
    "addColumn": lambda d, a, ids: add_column(d, a["table"], a.get("fields", {}), ids, a.get("after")),
    "moveColumn": lambda d, a, ids: move_column(d, a["id"], a["before"]),
    "setPrimaryKey": lambda d, a, ids: set_primary_key(d, a["table"], a["columns"], ids),
    "place": lambda d, a, ids: place(d, a["diagram"], _positions(a), ids),
    "takeOff": lambda d, a, ids: take_off(d, a["diagram"], a["elements"]),
    "setNotation": lambda d, a, ids: set_notation(d, a["diagram"], a["notation"]),
}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['command']}: {case['name']}") for case in CONTENT["cases"]]
)
def test_shared_command(case: Args) -> None:
    design = Design(map(record_from, case.get("design", CONTENT["design"])))
    run = _RUN[case["command"]]
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            run(design, case["args"], _counted())
        return
    edit = run(design, case["args"], _counted())
    assert _plain(json.loads(change_encode(edit.change)), case) == _plain(case["expected"], case)
    assert edit.label == case["label"]
    assert dangling(apply(design, edit.change)) == []


def _plain(change: Args, case: Args) -> Args:
    """Leave out order keys where the two only need to sort alike."""
    if not case.get("ordersFree"):
        return change
    added = {each: {**record, "order": ""} for each, record in change.get("added", {}).items()}
    return {**change, "added": added}
