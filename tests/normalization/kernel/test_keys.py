"""Keys are minimal, complete, and counted without being written out."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from designer.normalization.contract import Budget, KeySet
from designer.normalization.keys import expand, key_around, key_order, keys_of, one_key, primes
from tests.normalization.kernel.shapes import chain, columns, halves, of_schema, pairs, relation, wide
from tests.normalization.oracle import Schema, fixpoint, within
from tests.normalization.random_schemas import fd_schema, mvd_schema

A, B, C, D, E = (columns(number) for number in range(5))
LITTLE = Budget(superkeys=3)


def check(schema: Schema) -> None:
    given = of_schema(schema)
    keyset = keys_of(given)
    whole = schema.whole
    assert keyset.complete
    assert expand(keyset, 10_000) == whole.keys
    assert keyset.count == len(whole.keys)
    assert primes(given, keyset) == (whole.prime, True)
    assert one_key(given) in whole.keys


def test_all_keys_are_found():
    random = Random(1)
    for _ in range(300):
        check(fd_schema(random))


def test_all_keys_are_found_under_multivalued_dependencies_too():
    random = Random(2)
    for _ in range(150):
        check(mvd_schema(random))


@pytest.mark.slow
def test_all_keys_are_found_in_thousands_of_schemas():
    random = Random(3)
    for _ in range(5000):
        check(fd_schema(random))
    for _ in range(1000):
        check(mvd_schema(random))


def few_known(schema: Schema) -> tuple[int, int]:
    """Check what is said where the budget is too small; return how many columns were prime and found to be."""
    given = of_schema(schema)
    keyset = keys_of(given, LITTLE)
    whole = schema.whole
    assert set(expand(keyset, 10_000)) <= set(whole.keys)
    assert keyset.count <= len(whole.keys)
    assert not keyset.complete or keyset.count == len(whole.keys)
    known, decided = primes(given, keyset, LITTLE)
    assert within(known, whole.prime)
    assert not decided or known == whole.prime
    return whole.prime.bit_count(), known.bit_count()


def test_what_little_budget_finds_are_keys_and_is_not_called_complete():
    random = Random(4)
    counts = []
    for _ in range(300):
        schema = fd_schema(random)
        if len(keys_of(of_schema(schema), LITTLE).factors) == 1:
            counts.append(few_known(schema))
    assert sum(known for _, known in counts) > 0.95 * sum(prime for prime, _ in counts)


def test_sixteen_pairs_are_sixteen_factors():
    keyset = keys_of(pairs(16))
    assert keyset == KeySet(0, tuple((1 << at, 2 << at) for at in range(0, 32, 2)))
    assert keyset.count == 65_536


def test_what_all_keys_share_is_the_core():
    keyset = keys_of(relation(5, [(A, B), (B, A), (A | C, D)]))
    assert keyset == KeySet(C | E, ((A, B),))


def test_a_part_that_decides_nothing_else_is_no_factor():
    keyset = keys_of(relation(4, [(A, B), (B, C), (C, B), (B, D)]))
    assert keyset == KeySet(A)


def test_the_empty_set_may_be_the_key():
    for given in (relation(2, [(0, A | B)]), relation(0, [])):
        keyset = keys_of(given)
        assert (expand(keyset, 5), keyset.count, one_key(given)) == ([0], 1, 0)


def test_a_constant_column_is_in_no_key():
    assert keys_of(relation(3, [(0, A), (A | B, C), (C, B)])) == KeySet(0, ((B, C),))


@pytest.mark.parametrize(("n", "count"), [(8, 70), (12, 924), (14, 3432)])
def test_the_most_keys_that_columns_can_have_are_all_found(n, count):
    keyset = keys_of(halves(n))
    assert keyset.complete and keyset.count == count
    assert {key.bit_count() for key in expand(keyset, count)} == {n // 2}


def test_the_most_keys_of_ten_columns_are_found_beside_others():
    given = halves(10)
    fds = [(fd.left, fd.right) for fd in given.fds]
    extra = [(1 << 10, 1 << 11), (1, 1 << 12)]
    keyset = keys_of(relation(13, fds + extra))
    assert keyset.core == 1 << 10
    assert keyset.complete and keyset.count == 252


def test_keys_are_written_out_small_ones_first_and_no_more_than_asked_for():
    keyset = keys_of(pairs(16))
    keys = expand(keyset, 100)
    assert len(set(keys)) == 100
    assert keys == sorted(keys, key=key_order)
    mixed = expand(keys_of(relation(4, [(A | B, C | D), (C, A | B | D), (D, C)])), 10)
    assert mixed == [C, D, A | B]


def test_keys_of_many_columns_end_with_the_budget():
    given = wide(200, 400, 5, 3, 6)
    keyset = keys_of(given)
    assert not keyset.complete
    said = [(fd.left, fd.right) for fd in given.fds]
    for key in expand(keyset, 20):
        assert fixpoint(key, said) == given.every
        assert all(fixpoint(key ^ column, said) != given.every for column in map(columns, range(200)) if key & column)
    again = keys_of(wide(200, 400, 5, 3, 6))
    assert again == keyset


def test_one_key_of_a_chain_is_its_first_column():
    assert one_key(chain(300)) == 1
    assert keys_of(chain(300)) == KeySet(1)


def test_a_key_around_part_of_it_is_found_by_factors():
    keyset = keys_of(relation(5, [(A, B), (B, A), (C, D), (D, C)]))
    assert key_around(keyset, B | E) == B | C | E
    assert key_around(keyset, A | B) is None


def test_renaming_columns_changes_nothing_but_their_names():
    random = Random(6)
    for _ in range(60):
        schema = fd_schema(random)
        to = random.sample(range(schema.n), schema.n)

        def moved(x: int, to: list[int] = to) -> int:
            return sum(1 << there for here, there in enumerate(to) if x >> here & 1)

        other = Schema(schema.n, tuple((moved(x), moved(y)) for x, y in schema.fds))
        before, after = expand(keys_of(of_schema(schema)), 999), expand(keys_of(of_schema(other)), 999)
        assert sorted(map(moved, before)) == sorted(after)


def test_saying_what_follows_changes_no_key():
    random = Random(7)
    for _ in range(60):
        schema = fd_schema(random)
        x = random.getrandbits(schema.n)
        more = Schema(schema.n, (*schema.fds, (x, schema.closures[x])))
        assert keys_of(of_schema(more)) == keys_of(of_schema(schema))


def test_no_key_lies_within_another():
    keys = expand(keys_of(wide(20, 40, 2, 2, 4)), 1000)
    assert len(keys) > 10
    assert not any(within(one, other) or within(other, one) for one, other in pairwise(keys))
