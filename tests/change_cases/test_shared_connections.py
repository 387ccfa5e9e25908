"""Runs tests/cases/commands/connections.json: what lines between tables and entities mean is the same on the canvas."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from designer.change import apply, change_encode, dangling, invert
from designer.commands import Edit, Refused, arcs, junctions, relationships
from designer.commands import foreign_key_shape as shape
from designer.commands.foreign_keys import connect
from designer.schema import Design, IdSource
from designer.schema.codec import record_from

CONTENT = json.loads(
    (Path(__file__).parents[1] / "cases" / "commands" / "connections.json").read_text(encoding="utf-8")
)
Args = dict[str, Any]


def counted() -> IdSource:
    """Return an id source that counts, as the browser's tests have it."""
    numbers = iter(range(1, 1000))
    return lambda: f"new{next(numbers):07d}"


def _ways(args: Args) -> Args:
    names = {"oneToOne": "one_to_one", "optional": "optional", "fresh": "fresh", "retype": "retype"}
    return {names[each]: value for each, value in args.items() if each in names}


def _spot(args: Args) -> Args:
    return {"diagram": args.get("diagram"), "at": (args.get("x", 0), args.get("y", 0))}


RUN: dict[str, Callable[[Design, Args, IdSource], Edit]] = {
    "connect": lambda d, a, ids: connect(d, a["source"], a["target"], ids, **_ways(a)),
    "connectNewTable": lambda d, a, ids: junctions.connect_new_table(
        d, a["source"], a.get("schema") or a["model"], ids, referring=a["referring"], **_ways(a), **_spot(a)
    ),
    "linkTables": lambda d, a, ids: junctions.link_tables(d, a["first"], a["second"], ids, **_spot(a)),
    "splitIntoLink": lambda d, a, ids: junctions.split_into_link(d, a["id"], ids, **_spot(a)),
    "foldLink": lambda d, a, ids: junctions.fold_link(d, a["table"], a["child"], ids),
    "setOneToOne": lambda d, a, ids: shape.set_one_to_one(d, a["id"], a["one"], ids),
    "setOptional": lambda d, a, ids: shape.set_optional(d, a["id"], a["optional"]),
    "setIdentifying": lambda d, a, ids: shape.set_identifying(d, a["id"], a["identifying"], ids),
    "deleteForeignKey": lambda d, a, ids: shape.delete_foreign_key(d, a["id"], columns=a.get("columns", False)),
    "reverseForeignKey": lambda d, a, ids: shape.reverse_foreign_key(d, a["id"], ids),
    "reattach": lambda d, a, ids: shape.reattach(d, a["id"], a["end"], a["target"], ids),
    "relate": lambda d, a, ids: relationships.relate(
        d, a["source"], a["target"], ids, cardinality=a.get("cardinality", "1:N"), optional=a.get("optional", False)
    ),
    "addEnd": lambda d, a, ids: relationships.add_end(d, a["id"], a["entity"], ids, **_spot(a)),
    "setEnd": lambda d, a, ids: relationships.set_end(d, a["id"], a["at"], a["values"], ids),
    "writeRelationship": lambda d, a, ids: relationships.write_relationship(
        d, a["id"], ids, name=a.get("name", ""), ends=a.get("ends", ()), comment=a.get("comment")
    ),
    "removeEnd": lambda d, a, ids: relationships.remove_end(d, a["id"], a["at"]),
    "makeSubtypes": lambda d, a, ids: relationships.make_subtypes(
        d, a["subtypes"], a["supertype"], ids, apart=a.get("apart", False)
    ),
    "addArc": lambda d, a, ids: arcs.add_arc(
        d, a["entity"], a["relationships"], ids, mandatory=a.get("mandatory", True)
    ),
}


def design_of(case: Args) -> Design:
    """Return the design that a case is about: the shared one, without some records, with others in their place."""
    gone = set(case.get("without", ())) | {each["id"] for each in case.get("with", ())}
    kept = [each for each in CONTENT["design"] if each["id"] not in gone]
    return Design(map(record_from, [*kept, *case.get("with", ())]))


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case['command']}: {case['name']}") for case in CONTENT["cases"]]
)
def test_shared_connection(case: Args) -> None:
    design = design_of(case)
    run = RUN[case["command"]]
    if "refused" in case:
        with pytest.raises(Refused, match=case["refused"]):
            run(design, case["args"], counted())
        return
    edit = run(design, case["args"], counted())
    after = apply(design, edit.change)
    assert json.loads(change_encode(edit.change)) == case["expected"]
    assert edit.label == case["label"]
    assert dangling(after) == []
    assert apply(after, invert(edit.change)) == design


@pytest.mark.parametrize(("text", "bounds"), CONTENT["bounds"])
def test_bounds_are_read(text: str, bounds: list[int | None] | None) -> None:
    if bounds is None:
        with pytest.raises(Refused):
            relationships.bounds_from(text)
    else:
        assert relationships.bounds_from(text) == tuple(bounds)
