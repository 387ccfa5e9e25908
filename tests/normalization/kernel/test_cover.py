"""A minimal cover says the same, and nothing can be left out of it."""

from __future__ import annotations

from random import Random

from designer.normalization import many_keys
from designer.normalization.contract import FD
from designer.normalization.cover import canonical, minimal_cover, reduced
from tests.normalization.kernel.shapes import columns, halves, of_schema, wide
from tests.normalization.oracle import fixpoint, members, within
from tests.normalization.random_schemas import fd_schema


def check_irreducible(cover) -> None:
    pairs = [(fd.left, fd.right) for fd in cover]
    for number, (left, right) in enumerate(pairs):
        others = pairs[:number] + pairs[number + 1 :]
        assert not within(right, fixpoint(left, others)), "a dependency can be left out"
        for column in members(left):
            assert not within(right, fixpoint(left & ~(1 << column), pairs)), "a column on the left can be left out"


def test_a_cover_is_equivalent_and_irreducible():
    random = Random(1)
    for _ in range(300):
        schema = fd_schema(random)
        cover = minimal_cover(of_schema(schema).fds, schema.n)
        assert all(fd.right.bit_count() == 1 for fd in cover)
        pairs = [(fd.left, fd.right) for fd in cover]
        assert [fixpoint(x, pairs) for x in range(1 << schema.n)] == schema.closures
        check_irreducible(cover)


def test_the_order_and_the_number_of_times_a_dependency_is_said_do_not_matter():
    random = Random(2)
    for _ in range(100):
        schema = fd_schema(random)
        fds = [*of_schema(schema).fds]
        again = [*fds, *random.choices(fds, k=2)] if fds else []
        random.shuffle(again)
        assert minimal_cover(again, schema.n) == minimal_cover(fds, schema.n)


def test_another_order_may_give_another_cover():
    a, b, c = columns(0), columns(1), columns(2)
    fds = [FD(a, b), FD(a, c), FD(b, a), FD(b, c)]
    assert reduced(fds, 3) == [FD(a, b), FD(b, a | c)]
    assert reduced(fds[::-1], 3) == [FD(b, a), FD(a, b | c)]


def test_a_grouped_cover_has_one_dependency_for_each_left_side():
    a, b, c, d = (columns(number) for number in range(4))
    fds = [FD(c, d), FD(a, c | a), FD(a, b), FD(a | b, d), FD(b, 0)]
    assert canonical(fds, 4) == (FD(a, b | c), FD(c, d))


def test_what_says_nothing_is_left_out():
    assert minimal_cover([FD(1, 0), FD(3, 1), FD(0, 0)], 2) == ()


def test_columns_are_in_order_in_a_cover():
    cover = minimal_cover(wide(40, 60, seed=1).fds, 40)
    as_people_read = [(members(fd.left), fd.right) for fd in cover]
    assert as_people_read == sorted(as_people_read)


def test_a_wide_cover_is_equivalent_and_irreducible():
    relation = wide(30, 60, seed=3)
    cover = minimal_cover(relation.fds, 30)
    check_irreducible(cover)
    said = [(fd.left, fd.right) for fd in relation.fds]
    kept = [(fd.left, fd.right) for fd in cover]
    assert all(within(right, fixpoint(left, kept)) for left, right in said)
    assert all(within(right, fixpoint(left, said)) for left, right in kept)


def test_a_cover_of_nothing_but_many_keys_is_equivalent_and_irreducible():
    relation = halves(10)
    assert len(relation.fds) > many_keys.MANY
    cover = minimal_cover(relation.fds, 10)
    check_irreducible(cover)
    kept = [(fd.left, fd.right) for fd in cover]
    assert all(fixpoint(fd.left, kept) == relation.every for fd in relation.fds)


def test_keys_that_share_too_little_to_be_neighbours_are_covered(monkeypatch):
    monkeypatch.setattr(many_keys, "MANY", 0)
    random = Random(5)
    for _ in range(200):
        n = random.randint(1, 6)
        lefts = [random.getrandbits(n) for _ in range(random.randint(1, 8))]
        every = (1 << n) - 1
        cover = minimal_cover([FD(left, every & ~left) for left in lefts], n)
        kept = [(fd.left, fd.right) for fd in cover]
        assert all(fixpoint(left, kept) == every for left in lefts)
        check_irreducible(cover)
