"""Runs tests/cases/commands/typing.json in Python: entities, attributes typed as text, and rows that move or are copied."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.change import apply, change_encode, dangling
from designer.commands import Edit, Refused
from designer.commands.attributes import add_attributes_text, set_attribute_text, set_attribute_type
from designer.commands.entities import add_entity
from designer.commands.rows import duplicate_rows, move_rows
from designer.schema import Design, IdSource
from designer.schema.codec import record_from

CONTENT = json.loads((Path(__file__).parents[1] / "cases" / "commands" / "typing.json").read_text(encoding="utf-8"))
Args = dict[str, Any]


def _counted() -> IdSource:
    numbers = iter(range(1, 1000))
    return lambda: f"new{next(numbers):07d}"


def _entity(design: Design, args: Args, ids: IdSource) -> Edit:
    at = (args.get("x", 0), args.get("y", 0))
    nature = args.get("nature", "strong")
    return add_entity(design, args["model"], args.get("name"), ids, nature=nature, diagram=args.get("diagram"), at=at)


_RUN: dict[str, Callable[[Design, Args, IdSource], Edit]] = {
    "addEntity": _entity,
    "addAttributesText": lambda d, a, ids: add_attributes_text(d, a["owner"], a["text"], ids),
    "setAttributeText": lambda d, a, ids: set_attribute_text(d, a["id"], a["text"], ids),
    "setAttributeType": lambda d, a, ids: set_attribute_type(d, a["id"], a["text"]),
    "moveColumns": lambda d, a, ids: move_rows(d, a["ids"], a["before"]),
    "duplicateColumns": lambda d, a, ids: duplicate_rows(d, a["ids"], a["before"], ids),
}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['command']}: {case['name']}") for case in CONTENT["cases"]]
)
def test_shared_typing(case: Args) -> None:
    design = Design(map(record_from, CONTENT["design"]))
    run = _RUN[case["command"]]
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            run(design, case["args"], _counted())
        return
    edit = run(design, case["args"], _counted())
    assert json.loads(change_encode(edit.change)) == case["expected"]
    assert edit.label == case["label"]
    assert dangling(apply(design, edit.change)) == []
