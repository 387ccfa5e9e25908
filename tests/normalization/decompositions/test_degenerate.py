"""Relations with next to nothing in them, and dependencies that say nothing."""

from __future__ import annotations

import pytest

from designer.normalization.codec_text import parsed
from designer.normalization.contract import Relation
from designer.normalization.fourth import fourth_nf
from designer.normalization.keys import expand
from designer.normalization.splitting import alternatives, bcnf
from designer.normalization.synthesis import third_nf
from tests.normalization.kernel.shapes import relation

MAKERS = (third_nf, bcnf, fourth_nf)


def shown(found) -> list[tuple[int, list[int]]]:
    return [(each.columns, expand(each.keys, 10)) for each in found.fragments]


def of(n: int, *fds: tuple[int, int]) -> Relation:
    return relation(n, fds)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    "given, expected",
    [
        (of(0), [(0, [0])]),
        (of(0, (0, 0)), [(0, [0])]),
        (of(1), [(1, [1])]),
        (of(1, (1, 1)), [(1, [1])]),
        (of(1, (0, 1)), [(1, [0])]),
        (of(2), [(3, [3])]),
        (of(2, (1, 0), (2, 0)), [(3, [3])]),
        (of(2, (0, 3)), [(3, [0])]),
        (of(3, (0, 1), (0, 2), (0, 4)), [(7, [0])]),
        (of(2, (0, 1)), [(1, [0]), (2, [2])]),
        (of(3, (0, 1), (1, 2)), [(3, [0]), (4, [4])]),
        (of(2, (1, 2), (2, 1)), [(3, [1, 2])]),
        (of(3, (1, 2), (1, 2), (1, 3), (3, 1)), [(3, [1]), (5, [5])]),
        (of(5, (1, 2)), [(3, [1]), (29, [29])]),
    ],
)
def test_what_there_is_to_say_is_said(make, given, expected):
    found = make(given)
    assert shown(found) == expected
    assert found.preserving
    assert found.decided


def test_a_relation_in_its_form_is_left_alone():
    pair = of(3, (1, 2), (2, 1), (1, 4))
    for make in MAKERS:
        found = make(pair)
        assert (found.how, len(found.fragments), found.cuts) == ("as it is", 1, ())
    assert [each.how for each in alternatives(pair)] == ["as it is"]


def test_third_normal_form_is_enough_for_third_normal_form():
    street_city_zip = of(3, (0b011, 0b100), (0b100, 0b010))
    assert third_nf(street_city_zip).how == "as it is"
    assert third_nf(street_city_zip).fragments[0].form == "3NF"
    found = bcnf(street_city_zip)
    assert [each.columns for each in found.fragments] == [0b101, 0b110]
    assert [(fd.left, fd.right) for fd in found.lost] == [(0b011, 0b100)]
    assert [(cut.left, cut.right) for cut in found.cuts] == [(0b100, 0b010)]
    assert not found.preserving


def test_a_key_of_all_columns_is_split_by_what_its_columns_do_not_share():
    course = relation(3, (), [(0b001, 0b010)])
    assert [each.columns for each in bcnf(course).fragments] == [0b111]
    found = fourth_nf(course)
    assert [each.columns for each in found.fragments] == [0b011, 0b101]
    assert [each.form for each in found.fragments] == ["4NF", "4NF"]
    assert [(cut.left, cut.right, cut.multivalued) for cut in found.cuts] == [(0b001, 0b010, True)]


def test_equivalent_left_sides_are_merged_without_what_one_has_through_the_other():
    # Bernstein's example: X1 X2 -> A D, C D -> X1 X2, A X1 -> B, B X2 -> C, C -> A
    x1, x2, a, b, c, d = (1 << at for at in range(6))
    given = of(6, (x1 | x2, a | d), (c | d, x1 | x2), (a | x1, b), (b | x2, c), (c, a))
    found = third_nf(given)
    assert sorted(each.columns for each in found.fragments) == sorted((x1 | x2 | c | d, a | x1 | b, b | x2 | c, c | a))
    assert {each.form for each in found.fragments} <= {"3NF", "BCNF"}


@pytest.mark.parametrize(
    "text, tables",
    [
        ("order, line -> product, qty; order -> customer; customer -> city; product -> price", 4),
        ("id -> email, name; email -> id", 1),
        ("property -> county, lot, area, price; county, lot -> property; area -> price; area -> county", 3),
    ],
)
def test_relations_as_people_type_them(text, tables):
    (given,) = parsed(text)
    found = bcnf(given)
    assert found.preserving
    assert len(found.fragments) == tables
