"""The laws of keeping levels in step, on seeded random worlds."""

from __future__ import annotations

import os
import random

import pytest

from designer.change import apply, dangling, diff, invert, merge, resolve
from designer.levels.keeping.baseline import base_of
from designer.levels.keeping.decisions import decisions
from designer.levels.keeping.deriving import derive
from designer.levels.keeping.propagating import in_step, pending, propagate
from designer.schema import Design, Id, Placement, Record, codec, seeded_ids
from designer.schema.validation import validate
from tests.levels.keeping.edits import Above, Below, removed
from tests.levels.keeping.worlds import World, as_derived, carried, content, derivations, world

EXAMPLES = min(400, int(os.environ.get("WHOLEKEY_EXAMPLES", "16")))
"""Worlds for each law, other ones for each: two hundred in each run, thousands at night."""


def seeds(law: int, share: int = 1) -> range:
    """Return the seeds of a law."""
    return range(law * 1000, law * 1000 + max(4, EXAMPLES // share))


def edited_above(it: World, seed: int, count: int = 3, model: Id = "") -> Design:
    above = Above(
        it.design, model or random.Random(seed).choice((it.concepts, it.logical)), random.Random(seed), it.ids
    )
    above.some(count)
    return above.design


def decided_below(it: World, design: Design, seed: int, count: int = 4) -> Design:
    for model in it.physical:
        below = Below(design, model, random.Random(seed), it.ids)
        below.some(count)
        design = below.design
    return design


@pytest.mark.parametrize("seed", seeds(1, 4))
def test_deriving_twice_is_deriving_once(seed: int) -> None:
    it = world(seed, arranged=True)
    again = codec.decode(codec.encode(it.design))
    for derivation in derivations(it.design):
        assert as_derived(it.design, derivation) == as_derived(again, derivation)
        assert as_derived(it.design, derivation) == base_of(it.design, derivation.id)


@pytest.mark.parametrize("seed", seeds(2))
def test_no_change_above_is_no_change_below(seed: int) -> None:
    it = world(seed)
    assert not propagate(it.design, None, it.ids).change
    decided = decided_below(it, it.design, seed)
    assert not propagate(decided, None, it.ids).change
    assert not pending(decided)
    assert all(in_step(decided, each.id) for each in derivations(decided))


@pytest.mark.parametrize("seed", seeds(3))
def test_without_decisions_the_model_below_is_as_if_derived_anew(seed: int) -> None:
    it = world(seed)
    design = edited_above(it, seed)
    assert not any(proposal.conflicts for proposal in pending(design) if proposal.model != it.logical)
    after = carried(design, it.ids)
    for derivation in derivations(after):
        if derivation.source == it.concepts and design is not it.design:
            continue  # the logical model may have been edited itself
        assert content(after, derivation.parent or "") == as_derived(after, derivation)
    assert not dangling(after)
    assert not propagate(after, None, it.ids).change


@pytest.mark.parametrize("seed", seeds(4))
def test_no_decision_is_lost(seed: int) -> None:
    it = world(seed)
    design = decided_below(it, edited_above(it, seed), seed + 1)
    before = {each.id: decisions(design, each) for each in derivations(design)}
    change = propagate(design, None, it.ids).change
    after = apply(design, change)
    for derivation in derivations(after):
        if derivation.parent in it.physical:
            for decision in before[derivation.id]:
                assert _holds(design, after, decision), decision
    assert not dangling(after)
    assert _sound(design, after)
    assert not propagate(after, None, it.ids).change
    assert apply(after, invert(change)) == design


def _holds(before: Design, after: Design, decision) -> bool:
    here = after.get(decision.record.id)
    if decision.kind == "dropped":
        return here is None
    if decision.kind == "added":
        return here is not None and _same(here, decision.record)
    if decision.field == "order":  # a place among siblings is no reason to stay where what stands there is gone above
        return True
    return here is not None and getattr(here, decision.field) == decision.here


def _same(here: Record, there: Record) -> bool:
    return set(diff({here.id: here}, {here.id: there}).changed.get(here.id, {})) <= {"order", "origin"}


def _sound(before: Design, after: Design) -> bool:
    """No name is there twice, nor is anything else wrong that was right before."""
    known = {(each.record_id, each.field) for each in validate(before)}
    return not [each for each in validate(after) if (each.record_id, each.field) not in known]


@pytest.mark.parametrize("seed", seeds(5))
def test_what_nobody_decided_arrives(seed: int) -> None:
    it = world(seed)
    design = decided_below(it, edited_above(it, seed, model=it.logical), seed + 1)
    asked = {(each.about, each.field) for proposal in pending(design) for each in proposal.conflicts}
    decided = {each.record.id for derivation in derivations(design) for each in decisions(design, derivation)}
    after = carried(design, it.ids)
    for model in it.physical:
        wanted, here = as_derived(after, derivations_of(after, model)), content(after, model)
        for each, record in wanted.items():
            if each in decided or any(about == each for about, _ in asked) or each not in here:
                continue
            assert set(diff({each: here[each]}, {each: record}).changed.get(each, {})) <= {
                "order",
                "name",
                "parent",
                "type_ref",
            }


def derivations_of(design: Design, model: Id):
    return next(each for each in derivations(design) if each.parent == model)


@pytest.mark.parametrize("seed", seeds(6))
def test_taking_all_that_comes_from_above_leaves_no_question(seed: int) -> None:
    it = world(seed)
    design = decided_below(it, edited_above(it, seed), seed + 1)
    for _ in range(3):
        asked = pending(design)
        if not asked:
            break
        first = asked[0]
        theirs = {first.derivation: dict.fromkeys((each.key for each in first.conflicts), "theirs")}
        change = propagate(design, theirs, it.ids, only={first.derivation}).change
        after = apply(design, change)
        for conflict in first.conflicts:
            if (
                conflict.code == "field"
                and conflict.field not in ("name", "order", "columns", "parts")
                and conflict.about in after
            ):
                assert getattr(after[conflict.about], conflict.field) == conflict.theirs
            if conflict.code == "removed":
                assert conflict.about not in after
        assert not dangling(after)
        assert apply(after, invert(change)) == design
        design = after
    assert not pending(design)


@pytest.mark.parametrize("seed", seeds(7))
def test_what_is_put_off_is_asked_again_and_what_is_decided_is_not(seed: int) -> None:
    it = world(seed)
    design = decided_below(it, edited_above(it, seed, 5), seed + 1, 8)
    asked = {
        each.derivation: dict.fromkeys((c.key for c in each.conflicts if c.code in ("field", "removed")), "later")
        for each in pending(design)
    }
    later = {key for keys in asked.values() for key in keys}
    after = apply(design, propagate(design, asked, it.ids).change)
    assert later <= {conflict.key for each in pending(after) for conflict in each.conflicts}
    assert not pending(carried(design, it.ids))


@pytest.mark.parametrize("seed", seeds(8, 2))
def test_branches_that_both_propagated_are_one_propagation_of_both(seed: int) -> None:
    it = world(seed)
    sides = [edited_above(it, seed + at, 2, it.logical) for at in (1000, 2000)]
    upper = merge(it.design, *sides)
    both = merge(it.design, *(carried(each, it.ids) for each in sides))
    if upper.conflicts or both.conflicts:
        return
    first = carried(apply(it.design, upper.change), it.ids)
    second = carried(apply(it.design, both.change), it.ids)
    for model in it.physical:
        assert content(first, model) == content(second, model)
        assert base_of(first, derivations_of(first, model).id) == base_of(second, derivations_of(second, model).id)


@pytest.mark.parametrize("seed", seeds(9, 2))
def test_a_merge_of_branches_never_asks_about_the_memory(seed: int) -> None:
    it = world(seed)
    sides = [carried(edited_above(it, seed + at, 3), it.ids) for at in (1000, 2000)]
    merged = merge(it.design, *sides)
    books = {
        each.id
        for side in sides
        for each in side.records()
        if codec.encode_record(each).startswith(b'{"kind":"derived"')
    }
    assert not [each for each in merged.conflicts if each.about in books]
    after = apply(it.design, resolve(merged, dict.fromkeys((each.key for each in merged.conflicts), "ours")))
    assert not dangling(carried(after, it.ids))


@pytest.mark.parametrize("seed", seeds(10, 4))
def test_nothing_that_stands_on_a_diagram_moves(seed: int) -> None:
    it = world(seed, arranged=True)
    design = edited_above(it, seed)
    after = carried(design, it.ids)
    for place in design.of(Placement):
        if place.id in after:
            assert after[place.id] == place
    shown = {each.element for each in after.of(Placement)}
    made = propagate(design, None, seeded_ids("other")).change.added
    tables = {
        each
        for each, record in made.items()
        if codec.encode_record(record).startswith((b'{"kind":"table"', b'{"kind":"entity"'))
    }
    assert tables <= shown


@pytest.mark.parametrize("seed", seeds(11, 4))
def test_a_model_lives_on_when_the_one_above_goes(seed: int) -> None:
    it = world(seed)
    lower = content(it.design, it.physical[0])
    after = removed(it.design, it.logical)
    assert lower.keys() <= after.keys()
    assert not propagate(after, None, it.ids).change
    assert not dangling(after)


@pytest.mark.parametrize("seed", seeds(12, 4))
def test_three_databases_follow_in_one_edit(seed: int) -> None:
    it = world(seed, targets=3)
    design = edited_above(it, seed, 1, it.logical)
    made = propagate(design, None, it.ids)
    after = apply(design, made.change)
    for derivation in derivations(after):
        assert (
            content(after, derivation.parent or "") == as_derived(after, derivation) or derivation.source == it.concepts
        )


def test_a_second_model_of_one_database_is_derived_beside_the_first() -> None:
    it = world(1)
    made = derive(it.design, it.logical, it.ids, level="physical", target="postgresql", arranged=False)
    assert not set(made.change.added) & set(it.design)
