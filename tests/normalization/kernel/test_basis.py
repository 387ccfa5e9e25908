"""Functional and multivalued dependencies together imply what the definitions say, and no more."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization.basis import Basis
from designer.normalization.contract import FD, MVD, Budget
from designer.normalization.cover import grouped
from designer.normalization.effective import effective
from tests.normalization.kernel.shapes import columns, of_schema, relation
from tests.normalization.oracle import Pair, Schema, fixpoint
from tests.normalization.random_schemas import mvd_schema

A, B, C, D, E = (columns(number) for number in range(5))


def many_schema(random: Random) -> Schema:
    """More multivalued dependencies than anyone states, for them to act on one another."""
    n = random.randint(1, 6)

    def dependencies(most: int) -> tuple[Pair, ...]:
        some = range(random.randint(1, most))
        return tuple((random.getrandbits(n) & random.getrandbits(n), random.getrandbits(n)) for _ in some)

    return Schema(n, dependencies(4), dependencies(5))


def check_basis(schema: Schema) -> None:
    basis = Basis(of_schema(schema))
    for x in range(1 << schema.n):
        blocks = basis.of(x)
        assert x + sum(blocks) == schema.every
        assert basis.closure(x) == schema.closures[x]
        for y in range(1 << schema.n):
            assert basis.implies(MVD(x, y)) == schema.implies_multivalued(x, y)
            assert basis.implies(FD(x, y)) == schema.implies(x, y)


def check_effective(schema: Schema) -> bool:
    found, decided = effective(of_schema(schema))
    assert decided
    pairs = [(fd.left, fd.right) for fd in found]
    assert [fixpoint(x, pairs) for x in range(1 << schema.n)] == schema.closures
    return any(fixpoint(x, schema.fds) != schema.closures[x] for x in range(1 << schema.n))


def test_the_dependency_basis_is_what_the_definition_says():
    random = Random(1)
    for _ in range(60):
        check_basis(mvd_schema(random))


def test_all_functional_dependencies_that_follow_are_found():
    random = Random(2)
    new = sum(check_effective(many_schema(random)) for _ in range(250))
    assert new > 30, "too few of the schemas put the rule to the test"


@pytest.mark.slow
def test_all_functional_dependencies_that_follow_are_found_in_thousands_of_schemas():
    random = Random(3)
    for _ in range(4000):
        check_effective(many_schema(random))
    for _ in range(1000):
        check_basis(mvd_schema(random))


def test_two_rows_with_the_same_determinant_have_one_value_by_coalescence():
    found, decided = effective(relation(4, [(D, B)], [(A, B)]))
    assert decided and FD(A, B) in found


def test_without_multivalued_dependencies_the_given_ones_are_all():
    given = relation(3, [(A, B), (A, B), (B, 0)])
    assert effective(given) == (given.fds, True)


def test_multivalued_dependencies_alone_determine_nothing():
    assert effective(relation(4, [], [(A, B), (0, C)])) == ((), True)


def test_where_the_budget_ends_what_was_found_holds_and_is_not_said_to_be_all():
    schema = Schema(5, ((E, B), (B | E, C)), ((A, B | C), (D, C)))
    found, decided = effective(of_schema(schema), Budget(projected=2))
    assert not decided
    assert all(schema.implies(fd.left, fd.right) for fd in found)
    everything, decided = effective(of_schema(schema))
    assert decided and len(everything) > len(found)
    assert all(schema.implies(fd.left, fd.right) for fd in everything)


def test_blocks_come_in_the_order_of_their_first_columns():
    assert Basis(relation(5, [(A, D)], [(A, B | E)])).of(A) == (B | E, C, D)


def test_fifty_of_each_are_decided():
    random = Random(4)

    def some(low: int, high: int) -> int:
        return columns(*random.sample(range(50), random.randint(low, high)))

    fds = [(some(1, 3), some(1, 2)) for _ in range(50)]
    mvds = [(some(1, 4), some(5, 20)) for _ in range(50)]
    found, _ = effective(relation(50, fds, mvds))
    basis = Basis(relation(50, fds, mvds))
    assert len(found) >= len(grouped(relation(50, fds).fds))
    assert all(basis.implies(fd) for fd in found)
