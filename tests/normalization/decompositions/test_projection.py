"""What holds in a projection, also where it is too much to say."""

from __future__ import annotations

from time import process_time

from designer.normalization.codec import relation_of
from designer.normalization.contract import FD, Budget, KeySet, Relation
from designer.normalization.fragments import fragment
from designer.normalization.keys import expand
from designer.normalization.projection import narrowed, project
from tests.normalization.kernel.shapes import chain, pairs, relation, wide
from tests.normalization.oracle import fixpoint


def blow_up(n: int) -> Relation:
    """A_i -> C_i, B_i -> C_i and C_1..C_n -> D: without the C, 2^n left sides determine D (Gottlob 1987)."""
    to_c = [(1 << at, 1 << 2 * n + at % n) for at in range(2 * n)]
    return relation(3 * n + 1, [*to_c, ((1 << n) - 1 << 2 * n, 1 << 3 * n)])


def without_c(n: int) -> int:
    return (1 << 2 * n) - 1 | 1 << 3 * n


def test_what_says_something_about_other_columns_is_resolved():
    at = relation_of("r", "ABCDE", [(["A"], ["B"]), (["B", "C"], ["D"])])
    found = project(at, 0b11101)
    assert found.fds == (FD(0b00101, 0b01000),)
    assert fragment(at, 0b11101).form == "1NF"


def test_a_long_chain_is_two_columns_away():
    found = project(chain(400), 1 | 1 << 399)
    assert found.fds == (FD(1, 1 << 399),)


def test_columns_of_which_none_follows_from_others_have_no_dependencies():
    found = fragment(blow_up(16), (1 << 32) - 1)
    assert (found.keys, found.form, found.fds, found.decided) == (KeySet((1 << 32) - 1), "BCNF", (), True)


def test_all_the_left_sides_are_found_where_there_are_not_too_many():
    found = project(blow_up(8), without_c(8))
    assert found.decided
    assert len(found.fds) == 256
    assert {fd.right for fd in found.fds} == {1 << 24}
    assert all(fd.left.bit_count() == 8 and fd.left & fd.left >> 8 == 0 for fd in found.fds)


def test_too_many_left_sides_are_not_decided_and_what_is_said_holds():
    for n in (12, 16):
        at = blow_up(n)
        before = process_time()
        found = project(at, without_c(n))
        part = fragment(at, without_c(n))
        assert process_time() - before < 3
        assert not found.decided
        stated = [(fd.left, fd.right) for fd in at.fds]
        assert all(not fd.right & ~fixpoint(fd.left, stated) for fd in found.fds)
        assert not part.decided
        assert not part.keys.complete
        (key,) = expand(part.keys, 1)
        assert fixpoint(key, stated) & without_c(n) == without_c(n)
        assert not any(
            without_c(n) & ~fixpoint(key & ~(1 << column), stated) == 0 for column in range(2 * n) if key >> column & 1
        )


def test_a_larger_budget_decides():
    at = blow_up(5)
    assert not project(at, without_c(5), Budget(projected=20)).decided or without_c(5).bit_count() <= 12
    assert project(at, without_c(5), Budget(projected=100)).decided


def test_pairs_seen_through_one_side():
    at = pairs(16)
    left = sum(1 << 2 * number for number in range(16))
    assert project(at, left).fds == ()
    assert len(project(at, left | 0b1010).fds) == 4


def test_half_of_many_columns_is_projected_in_time():
    at = wide(50, 80, seed=3)
    before = process_time()
    found = project(at, sum(1 << number for number in range(25)))
    assert process_time() - before < 2
    stated = [(fd.left, fd.right) for fd in at.fds]
    held = [(fd.left, fd.right) for fd in found.fds]
    for left, _ in stated:
        seen = left & found.onto
        assert fixpoint(seen, held) == fixpoint(seen, stated) & found.onto


def test_a_projection_as_a_relation_of_its_own():
    at = relation_of("r", ["a", "b", "c", "d"], [(["a"], ["b"]), (["b"], ["d"])], [(["a"], ["c"])])
    found = narrowed(at, project(at, 0b1001))
    assert found.attributes == ("a", "d")
    assert found.fds == (FD(0b01, 0b10),)


def test_multivalued_dependencies_are_seen_through_the_columns():
    at = relation_of("r", "ABCDE", [], [(["A"], ["B", "C"])])
    found = project(at, 0b01011)
    assert [(at.names(mvd.left), at.names(mvd.right)) for mvd in found.mvds] == [(("A",), ("B",))]
    assert fragment(at, 0b01011).form == "BCNF"
    assert fragment(at, 0b00111).form == "4NF"
