"""Closures agree with the definition, whichever way they are computed."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization import closure as room
from designer.normalization.closure import Closure
from designer.normalization.contract import FD
from tests.normalization.kernel.shapes import chain, columns
from tests.normalization.oracle import fixpoint, within

WAYS = {"reading in turn": (10**6, 10**6), "counting": (0, 10**6), "all at once": (0, 0)}


@pytest.fixture(params=WAYS)
def way(request, monkeypatch):
    few, crowded = WAYS[request.param]
    monkeypatch.setattr(room, "FEW", few)
    monkeypatch.setattr(room, "CROWDED", crowded)


def some_fds(random: Random, n: int) -> list[FD]:
    def few() -> int:
        return random.getrandbits(n) & random.getrandbits(n)

    return [FD(few(), few()) for _ in range(random.randint(0, 12))]


def test_a_closure_is_what_the_definition_says(way):
    random = Random(1)
    for _ in range(300):
        n = random.randint(1, 9)
        fds = some_fds(random, n)
        pairs = [(fd.left, fd.right) for fd in fds]
        closure = Closure(fds, n)
        x, goal = random.getrandbits(n), random.getrandbits(n)
        assert closure.of(x) == fixpoint(x, pairs)
        assert closure.implies(x, goal) == within(goal, fixpoint(x, pairs))
        for skip in range(len(fds)):
            others = pairs[:skip] + pairs[skip + 1 :]
            assert closure.of(x, skip=skip) == fixpoint(x, others)
            assert closure.reaches(x, goal, skip=skip) == within(goal, fixpoint(x, others))


def test_a_narrowed_dependency_gives_what_is_left_of_it(way):
    random = Random(2)
    for _ in range(200):
        n = random.randint(1, 8)
        fds = [*some_fds(random, n), FD(0, random.getrandbits(n))]
        closure = Closure(fds, n)
        number = random.randrange(len(fds))
        right = fds[number].right & random.getrandbits(n)
        closure.narrow(number, right)
        pairs = [(fd.left, right if at == number else fd.right) for at, fd in enumerate(fds)]
        x = random.getrandbits(n)
        assert closure.of(x) == fixpoint(x, pairs)


def test_a_closure_is_monotone_idempotent_and_extensive(way):
    random = Random(3)
    for _ in range(200):
        n = random.randint(1, 9)
        closure = Closure(some_fds(random, n), n)
        x = random.getrandbits(n)
        larger = x | random.getrandbits(n)
        assert within(x, closure.of(x))
        assert closure.of(closure.of(x)) == closure.of(x)
        assert within(closure.of(x), closure.of(larger))


def test_the_dependencies_used_add_columns_one_after_the_other():
    random = Random(4)
    for _ in range(200):
        n = random.randint(1, 8)
        fds = some_fds(random, n)
        closure = Closure(fds, n)
        x = start = random.getrandbits(n)
        for number in closure.used(start):
            assert within(fds[number].left, x) and not within(fds[number].right, x)
            x |= fds[number].right
        assert x == closure.of(start)


def test_the_dependencies_used_come_in_the_order_in_which_they_fire():
    closure = Closure([FD(columns(1), columns(2)), FD(columns(0), columns(1))], 3)
    assert closure.used(columns(0)) == (1, 0)


def test_nothing_is_determined_without_dependencies():
    assert Closure([], 0).of(0) == 0
    assert Closure([], 5).of(0b101) == 0b101


def test_a_constant_column_is_determined_by_nothing():
    assert Closure([FD(0, 1)], 1).of(0) == 1


def test_a_long_chain_told_backwards_is_followed_to_its_end():
    assert Closure(chain(1000).fds, 1000).of(1) == (1 << 1000) - 1
