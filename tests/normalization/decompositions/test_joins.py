"""Joins that the keys of a relation imply, against the chase."""

from __future__ import annotations

from random import Random

from designer.normalization.contract import JD
from designer.normalization.joins import implied_by_keys, join_follows, joins_out_of_keys, mvd_follows
from tests.normalization.kernel.shapes import of_schema, relation
from tests.normalization.oracle import Schema, within
from tests.normalization.random_schemas import cover, fd_schema, jd_schema, mvd_schema


def by_keys(schema: Schema) -> Schema:
    """The same columns with nothing but the keys stated."""
    return Schema(schema.n, tuple((key, schema.every) for key in schema.whole.keys))


def superkey(schema: Schema):
    return lambda x: schema.closures[x] == schema.every


def test_a_join_follows_from_the_keys_iff_the_chase_says_so():
    random = Random("joins by keys")
    follows = 0
    for _ in range(200):
        schema = random.choice((fd_schema, jd_schema))(random)
        parts = cover(random, schema.n)
        found = join_follows(of_schema(schema), JD(parts), superkey(schema))
        assert found == by_keys(schema).lossless(parts)
        follows += found
    assert 20 < follows < 180


def test_a_multivalued_dependency_follows_from_the_keys_iff_the_chase_says_so():
    random = Random("multivalued by keys")
    for _ in range(100):
        schema = mvd_schema(random)
        at = of_schema(schema)
        for mvd in at.mvds:
            parts = mvd.left | mvd.right, mvd.left | schema.rest(mvd.left, mvd.right)
            assert mvd_follows(at, mvd, superkey(schema)) == by_keys(schema).lossless(parts)


def test_what_is_left_is_what_keeps_a_relation_out_of_fifth_normal_form():
    parts = (0b011, 0b110, 0b101)
    assert joins_out_of_keys(relation(3, (), (), [parts, parts]), lambda x: x == 0b111) == (JD(parts),)
    assert joins_out_of_keys(relation(4, (), (), [(0b0011, 0b0101, 0b1001)]), lambda x: within(1, x)) == ()


def test_two_parts_are_merged_only_over_a_key():
    assert implied_by_keys([0b0011, 0b0110, 0b1100], lambda x: within(0b0010, x)) == 0b0111
    assert implied_by_keys([], lambda x: True) == 0
