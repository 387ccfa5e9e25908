"""Deriving again by the difference gives what deriving as a whole gives."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from designer.commands.contract import replace
from designer.levels.contract import Note, Result
from designer.levels.keeping import again
from designer.levels.keeping.deriving import result_of
from designer.levels.keeping.propagating import propagate
from designer.schema import Entity
from tests.levels.keeping.edits import Above
from tests.levels.keeping.worlds import derivations, world

EXAMPLES = min(200, int(os.environ.get("WHOLEKEY_EXAMPLES", "6")))


@pytest.fixture(autouse=True)
def _all_models_are_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(again, "LARGE", 0)
    again.forget()
    yield
    again.forget()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The answers that were found by the difference; None for each that was not."""
    found: list[object] = []
    by_difference = again._by_difference

    def watched(*arguments):
        found.append(by_difference(*arguments))
        return found[-1]

    monkeypatch.setattr(again, "_by_difference", watched)
    return found


def _about_elements(result: Result) -> set[Note]:
    """Return the notes on elements; one on a target as a whole may be kept until all is derived again."""
    return {each for each in result.notes if each.about is not None}


def test_both_ways_give_one_answer(taken: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(EXAMPLES):
        it, dice = world(seed, targets=2), random.Random(seed)
        above = Above(it.design, it.logical, dice, it.ids)
        ways = (
            above.rename,
            above.retype,
            above.make_optional,
            above.comment,
            above.add_attribute,
            above.drop_attribute,
        )
        for _ in range(6):
            dice.choice(ways)()
            for derivation in derivations(above.design):
                quick = result_of(above.design, derivation)
                with monkeypatch.context() as patch:
                    patch.setattr(again, "LARGE", 10**9)
                    whole = result_of(above.design, derivation)
                assert {each.id: each for each in quick.records} == {each.id: each for each in whole.records}
                assert _about_elements(quick) == _about_elements(whole)
    assert sum(each is not None for each in taken) > 4 * EXAMPLES  # else nothing was tried


def test_a_change_that_reaches_far_is_derived_as_a_whole(taken: list[object]) -> None:
    it = world(3)
    taken.clear()
    above = Above(it.design, it.logical, random.Random(3), it.ids)
    above.add_relationship()
    propagate(above.design, None, it.ids)
    assert taken[-1] is None


def test_the_same_is_not_derived_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who asks what a change reaches goes there and back: what is known of both sides is kept."""
    it = world(3, targets=1)
    derivation = derivations(it.design)[-1]
    entity = it.design.of(Entity, derivation.source)[0]
    changed = it.design.changed((), [replace(entity, name="Something else")])
    before, after = result_of(it.design, derivation), result_of(changed, derivation)

    def refused(*_: object) -> None:
        raise AssertionError("it was derived again")

    monkeypatch.setattr("designer.levels.physical.physical", refused)
    monkeypatch.setattr("designer.levels.logical.logical", refused)
    assert result_of(it.design, derivation).records == before.records
    assert result_of(changed, derivation).records == after.records != before.records
