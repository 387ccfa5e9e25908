"""Large relations, and such as make a method that is not careful run for ever."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest

from designer.normalization.chase import lossless
from designer.normalization.contract import Budget, Decomposition, Lossless, Relation
from designer.normalization.fourth import fourth_nf
from designer.normalization.keys import expand
from designer.normalization.preservation import lost
from designer.normalization.splitting import alternatives, bcnf
from designer.normalization.synthesis import third_nf
from tests.normalization.decompositions.test_projection import blow_up
from tests.normalization.kernel.shapes import chain, halves, pairs, relation, wide
from tests.normalization.oracle import fixpoint, members


def timed(make, given: Relation, most: float) -> Decomposition:
    before = process_time()
    found = make(given)
    assert process_time() - before < most
    return found


def sound(given: Relation, found: Decomposition) -> None:
    """Assert what can be checked without enumeration."""
    parts = [each.columns for each in found.fragments]
    assert isinstance(lossless(given, parts), Lossless)
    assert bool(lost(given, parts)) == bool(found.lost)
    stated = [(fd.left, fd.right) for fd in given.fds]
    for each in found.fragments[:: 1 + len(found.fragments) // 15]:
        for key in expand(each.keys, 3):
            assert not each.columns & ~fixpoint(key, stated)
            assert all(each.columns & ~fixpoint(key & ~(1 << column), stated) for column in members(key))
        if found.form == "BCNF" and each.decided:
            assert all(not each.columns & ~fixpoint(fd.left, stated) for fd in each.fds)
            assert all(
                not each.columns & ~fixpoint(left, stated) or not right & each.columns & ~left
                for left, right in stated
                if not left & ~each.columns
            )


@pytest.mark.parametrize("seed", [1, *(pytest.param(each, marks=pytest.mark.slow) for each in (2, 3, 4))])
def test_two_hundred_columns_and_four_hundred_dependencies(seed):
    given = wide(200, 400, seed)
    third = timed(third_nf, given, 3)
    boyce = timed(bcnf, given, 4)
    assert third.preserving
    for each in (third, boyce):
        sound(given, each)
        assert each.decided


@pytest.mark.parametrize(
    "given, third, boyce",
    [
        (pairs(16), 1, 17),
        (chain(200), 199, 199),
        (blow_up(16), 34, 34),
        (halves(12), 1, 1),
    ],
    ids=["pairs", "chain", "blow-up", "halves"],
)
def test_hard_shapes(given, third, boyce):
    made = [timed(third_nf, given, 2), timed(bcnf, given, 2), timed(fourth_nf, given, 2)]
    assert [len(each.fragments) for each in made] == [third, boyce, boyce]
    for each in made:
        sound(given, each)
        assert each.preserving
    assert timed(alternatives, given, 3)[0].preserving


def test_a_table_of_twenty_columns_takes_milliseconds():
    given = [wide(20, 12, seed) for seed in range(10)]
    before = process_time()
    for each in given:
        third_nf(each)
        bcnf(each)
    assert process_time() - before < 10 * 0.02


def test_where_nothing_can_be_projected_pairs_are_split_and_the_answer_is_still_right():
    given = relation(13, [(1 << at, 1 << at % 4 + 8) for at in range(8)] + [(0xF00, 1 << 12), (1 << 12, 1)])
    found = bcnf(given, Budget(projected=1))
    sound(given, found)
    assert found.decided


def test_fourth_normal_form_of_many_columns_is_decided_by_pairs():
    given = relation(40, [(1, 2)], [(1 << at, 7 << at + 1) for at in range(0, 30, 3)])
    found = timed(fourth_nf, given, 2)
    assert isinstance(lossless(given, [each.columns for each in found.fragments]), Lossless)
    assert {each.form for each in found.fragments} == {"4NF"}
    assert found.decided
    assert all(each.decided for each in found.fragments)
    one = relation(120, (), [(1, 6)])
    found = timed(fourth_nf, one, 2)
    assert [each.columns.bit_count() for each in found.fragments] == [3, 118]
    assert found.decided


def test_more_pairs_than_can_be_looked_at_are_not_decided():
    given = relation(400, (), [(1, 6), (1, 24)])
    found = timed(fourth_nf, given, 2)
    assert [each.columns.bit_count() for each in found.fragments] == [3, 3, 396]
    assert [(each.form, each.decided) for each in found.fragments] == [("4NF", True), ("4NF", True), ("BCNF", False)]
    assert not found.decided


def test_hundreds_of_multivalued_dependencies_end_in_an_answer_that_holds():
    random = Random(1)

    def some(most: int) -> int:
        return sum(1 << column for column in random.sample(range(60), random.randint(1, most)))

    given = relation(60, [(some(3), some(2)) for _ in range(60)], [(some(3), some(3)) for _ in range(80)])
    for make in (third_nf, bcnf, fourth_nf):
        found = timed(make, given, 4)
        parts = [each.columns for each in found.fragments]
        assert isinstance(lossless(given, parts), Lossless)
        assert found.decided or make is fourth_nf or not all(each.decided for each in found.fragments)


def test_many_multivalued_dependencies_of_one_column():
    given = relation(21, (), [(1, 3 << at) for at in range(1, 20, 2)])
    found = timed(fourth_nf, given, 5)
    assert [each.columns for each in found.fragments] == [1 | 3 << at for at in range(1, 20, 2)]
    assert found.decided
    assert isinstance(lossless(given, [each.columns for each in found.fragments]), Lossless)


def test_answers_repeat():
    given = wide(30, 40, 5)
    first = [bcnf(given), third_nf(given), alternatives(given)]
    again = Relation("again", given.attributes, given.fds)
    assert [bcnf(again), third_nf(again), alternatives(again)] == first
