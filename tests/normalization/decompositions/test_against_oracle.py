"""Random schemas against the oracle: cuts, chases, projections, and everything that is made of them."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization.chase import lossless
from designer.normalization.contract import Budget, Lossless, Lossy
from designer.normalization.fourth import fourth_nf
from designer.normalization.fragments import fragment
from designer.normalization.preservation import lost
from designer.normalization.projection import narrowed, project
from designer.normalization.splitting import alternatives, bcnf
from designer.normalization.synthesis import third_nf
from tests.normalization.decompositions.judging import at_least, can_be_kept, judge, judge_fragment, judge_rows, loses
from tests.normalization.kernel.shapes import of_schema
from tests.normalization.oracle import Part, Schema, subsets
from tests.normalization.random_schemas import cover, fd_schema, jd_schema, mvd_schema


def cut(random: Random, schema: Schema) -> None:
    """Judge a random decomposition."""
    relation = of_schema(schema)
    parts = cover(random, schema.n)
    found = lossless(relation, parts)
    if not schema.jds:
        assert isinstance(found, Lossless) == schema.lossless(parts)
    if isinstance(found, Lossy):
        judge_rows(schema, parts, found)
    assert tuple((fd.left, fd.right) for fd in lost(relation, parts)) == schema.lost(parts)


def made(schema: Schema) -> None:
    """Judge the decompositions that are made."""
    relation = of_schema(schema)
    third = third_nf(relation)
    judge(schema, third)
    assert third.preserving
    boyce = bcnf(relation)
    judge(schema, boyce)
    assert boyce.preserving == can_be_kept(schema)
    judge(schema, fourth_nf(relation))


def ranked(schema: Schema) -> None:
    """Judge the alternatives, and their order."""
    found = alternatives(of_schema(schema))
    for each in found:
        judge(schema, each)
    ranks = [(len(each.lost), len(each.fragments)) for each in found]
    assert ranks == sorted(ranks)
    assert len({tuple(part.columns for part in each.fragments) for each in found}) == len(found)


def seen_through(random: Random, schema: Schema) -> None:
    """Judge the projection on random columns, functional and multivalued dependencies alike."""
    relation = of_schema(schema)
    onto = random.randrange(1 << schema.n)
    judge_fragment(schema, fragment(relation, onto))
    found = project(relation, onto)
    narrow = narrowed(relation, found)
    small = Schema(onto.bit_count(), *(tuple((x.left, x.right) for x in each) for each in (narrow.fds, narrow.mvds)))
    part = Part(schema, onto)
    assert small.whole.fourth == part.fourth
    assert len(small.whole.keys) == len(part.keys)
    assert sum(small.closures[x] == x for x in range(1 << small.n)) == sum(part.closure(x) == x for x in subsets(onto))


@pytest.mark.parametrize("batch", range(4))
def test_functional_dependencies(batch):
    random = Random(f"functional {batch}")
    for number in range(60):
        schema = fd_schema(random)
        cut(random, schema)
        made(schema)
        seen_through(random, schema)
        if number % 4 == 0:
            ranked(schema)


@pytest.mark.parametrize("batch", range(3))
def test_multivalued_dependencies(batch):
    random = Random(f"multivalued {batch}")
    for number in range(30):
        schema = mvd_schema(random)
        cut(random, schema)
        made(schema)
        seen_through(random, schema)
        if number % 4 == 0:
            ranked(schema)


def test_join_dependencies():
    random = Random("joins")
    for _ in range(100):
        cut(random, jd_schema(random))


def test_where_a_budget_ends_nothing_wrong_is_said():
    random = Random("budgets")
    undecided = 0
    for _ in range(60):
        schema = random.choice((fd_schema, mvd_schema))(random)
        relation = of_schema(schema)
        budget = Budget(keys=1, superkeys=1, projected=random.choice((0, 1, 3)), tableau=10, covers=1)
        for make in (third_nf, bcnf, fourth_nf):
            found = make(relation, budget)
            parts = [each.columns for each in found.fragments]
            undecided += not found.decided
            assert schema.lossless(parts)
            assert found.lost or not loses(schema, parts) or not found.decided
            assert all(at_least(Part(schema, each.columns), each.form) for each in found.fragments)
            assert not found.decided or all(at_least(Part(schema, part), found.form) for part in parts)
    assert undecided > 5


@pytest.mark.slow
def test_five_thousand_schemas_with_functional_dependencies():
    random = Random("five thousand")
    for _ in range(5_000):
        schema = fd_schema(random, 7)
        cut(random, schema)
        made(schema)
        seen_through(random, schema)


@pytest.mark.slow
def test_a_thousand_schemas_with_multivalued_dependencies():
    random = Random("a thousand")
    for _ in range(1_000):
        schema = mvd_schema(random)
        cut(random, schema)
        made(schema)
        ranked(schema)
        seen_through(random, schema)
