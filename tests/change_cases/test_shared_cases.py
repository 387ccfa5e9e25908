"""Runs tests/cases/change: the same cases that `node --test tests/js/doc` runs, so that the two algebras stay one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from designer.change import (
    ChangeConflict,
    apply,
    change_encode,
    change_from,
    complete,
    compose,
    diff,
    invert,
    merge,
    rebase,
    resolve,
)
from designer.schema import Design
from designer.schema.codec import encode_record, record_from

FOLDER = Path(__file__).parents[1] / "cases" / "change"
Case = dict[str, Any]


def _cases() -> list[Any]:
    found = []
    for file in sorted(FOLDER.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        found += [
            pytest.param(content["op"], case, id=f"{case['rule']} {content['op']}: {case['name']}")
            for case in content["cases"]
        ]
    return found


@pytest.mark.parametrize(("op", "case"), _cases())
def test_shared_case(op: str, case: Case) -> None:
    _RUN[op](case)


def _design(records: list[Case]) -> Design:
    return Design(map(record_from, records))


def _same(change: Any, expected: Case) -> None:
    assert change == change_from(expected)
    assert json.loads(change_encode(change)) == expected


def _told(notes: Any) -> list[tuple[str, str, str]]:
    return sorted((note.code, note.about, note.field) for note in notes)


def _wanted(notes: list[Case]) -> list[tuple[str, str, str]]:
    return sorted((note["code"], note["about"], note.get("field", "")) for note in notes)


def _canonical(case: Case) -> None:
    assert json.loads(encode_record(record_from(case["record"]))) == case["expected"]


def _diff(case: Case) -> None:
    before, after = _design(case["design"]), _design(case["other"])
    _same(diff(before, after), case["expected"])
    assert apply(before, diff(before, after)) == after


def _apply(case: Case) -> None:
    design, change = _design(case["design"]), change_from(case["change"])
    if "expected" in case:
        assert apply(design, change) == _design(case["expected"])
        return
    with pytest.raises(ChangeConflict) as caught:
        apply(design, change)
    assert {"record": caught.value.record, "field": caught.value.field} == case["conflict"]


def _invert(case: Case) -> None:
    _same(invert(change_from(case["change"])), case["expected"])
    _same(invert(invert(change_from(case["change"]))), case["change"])


def _compose(case: Case) -> None:
    _same(compose(change_from(case["first"]), change_from(case["second"])), case["expected"])


def _rebase(case: Case) -> None:
    over = change_from(case["over"])
    onto = apply(_design(case["design"]), over)
    rebased = rebase(change_from(case["change"]), over, onto)
    _same(rebased.change, case["expected"])
    assert _told(rebased.notes) == _wanted(case["notes"])
    apply(onto, rebased.change)


def _complete(case: Case) -> None:
    _same(complete(_design(case["design"]), change_from(case["change"])).change, case["expected"])


def _merge(case: Case) -> None:
    base = _design(case["design"])
    ours, theirs = (apply(base, change_from(case[side])) for side in ("ours", "theirs"))
    merged = merge(base, ours, theirs)
    _same(resolve(merged, case["choices"]) if "choices" in case else merged.change, case["expected"])
    assert merge(base, theirs, ours).change == merged.change
    found, wanted = _told(merged.conflicts), _wanted(case["conflicts"])
    assert set(wanted) <= set(found) if case.get("conflictsInclude") else found == wanted


_RUN = {
    "canonical": _canonical,
    "diff": _diff,
    "apply": _apply,
    "invert": _invert,
    "compose": _compose,
    "rebase": _rebase,
    "complete": _complete,
    "merge": _merge,
}
