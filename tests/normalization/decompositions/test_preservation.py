"""Which dependencies are lost, and which facts are said twice."""

from __future__ import annotations

from designer.normalization.codec_text import parsed
from designer.normalization.contract import FD
from designer.normalization.preservation import lost, repeated
from designer.normalization.splitting import bcnf
from tests.normalization.kernel.shapes import relation, wide


def test_stated_dependencies_are_told_as_they_were_stated():
    given = relation(4, [(0b0001, 0b0011), (0b0010, 0b1101), (0b0010, 0b1101), (0b0011, 0b0001)])
    assert lost(given, [0b0101, 0b1110]) == (FD(0b0001, 0b0011), FD(0b0010, 0b1101), FD(0b0010, 0b1101))
    assert lost(given, [0b1111]) == ()


def test_a_dependency_may_be_kept_by_several_relations_together():
    # A -> B, B -> C, C -> D, D -> A: cut into AB, BC, CD, the last one is kept (Ullman).
    given = relation(4, [(1, 2), (2, 4), (4, 8), (8, 1)])
    assert lost(given, [0b0011, 0b0110, 0b1100]) == ()
    assert lost(given, [0b0011, 0b1100]) == (FD(2, 4), FD(8, 1))


def test_a_fact_that_is_said_twice_is_found():
    (given,) = parsed("property -> county, lot, area, price; county, lot -> property; area -> price; area -> county")
    parts = [each.columns for each in bcnf(given).fragments]
    twice = [(given.names(part), given.names(column)) for part, column in repeated(given, parts)]
    assert (("property", "county", "lot"), ("county",)) in twice


def test_a_foreign_key_is_no_fact_said_twice():
    (given,) = parsed("order, line -> product, qty; order -> customer; customer -> city; product -> price")
    assert repeated(given, [each.columns for each in bcnf(given).fragments]) == ()


def test_many_dependencies_in_a_few_wide_relations():
    given = wide(200, 400, 7)
    parts = [((1 << 40) - 1) << 25 * number & (1 << 200) - 1 for number in range(8)]
    found = lost(given, parts)
    assert 0 < len(found) <= 400
    assert set(found) <= set(given.fds)
