"""Whether a cut is lossless, with what shows it: merges, the steps of a chase, or rows that come back as more."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization.chase import lossless
from designer.normalization.codec import relation_of
from designer.normalization.contract import FD, JD, MVD, BadRelation, Budget, Lossless, Lossy, Relation, Undecided
from tests.normalization.decompositions.judging import judge_rows
from tests.normalization.kernel.shapes import chain, of_schema, relation
from tests.normalization.oracle import Schema
from tests.normalization.random_schemas import cover, fd_schema, jd_schema, mvd_schema


def sets(at: Relation, *parts: str) -> list[int]:
    return [sum(1 << at.attributes.index(name) for name in part) for part in parts]


def replayed(schema: Schema, parts: list[int], proof: Lossless) -> None:
    """Assert that the proof, believed line by line, ends with all columns or with a row of zeros."""
    if proof.chased:
        assert (0,) * schema.n in chased(schema, parts, proof)
        return
    there = set(parts)
    for each in proof.merges:
        assert {each.first, each.second} <= there
        assert each.common == each.first & each.second
        assert each.determined in (each.first & ~each.second, each.second & ~each.first)
        if each.multivalued:
            rest = schema.every & ~each.first & ~each.second
            assert embedded(schema, each.common, each.determined, rest)
        else:
            assert schema.implies(each.common, each.determined)
        there.add(each.first | each.second)
    assert schema.every in there or not schema.n


def embedded(schema: Schema, left: int, right: int, rest: int) -> bool:
    """Whether left ->> right holds once the columns `rest` are left out."""
    options = (extra for extra in range(rest + 1) if not extra & ~rest)
    return any(schema.implies_multivalued(left, right | extra) for extra in options)


def chased(schema: Schema, parts: list[int], proof: Lossless) -> set[tuple[int, ...]]:
    rows = [[0 if part >> at & 1 else number + 1 for at in range(schema.n)] for number, part in enumerate(parts)]
    for step in proof.chased:
        picked = [rows[number] for number in step.rows]
        if isinstance(step.by, FD):
            equate(schema, rows, picked, step.by)
        else:
            rows.append(joined(schema, picked, step.by))
    return set(map(tuple, rows))


def equate(schema: Schema, rows: list[list[int]], picked: list[list[int]], fd: FD) -> None:
    one, other = picked
    assert (fd.left, fd.right) in schema.fds
    assert all(one[at] == other[at] for at in range(schema.n) if fd.left >> at & 1)
    for at in range(schema.n):
        if fd.right >> at & 1:
            low, high = sorted((one[at], other[at]))
            for row in rows:
                row[at] = low if row[at] == high else row[at]


def joined(schema: Schema, picked: list[list[int]], by: MVD | JD) -> list[int]:
    parts = by.components if isinstance(by, JD) else (by.left | by.right, by.left | schema.every & ~by.right)
    assert by.components in schema.jds if isinstance(by, JD) else (by.left, by.right) in schema.mvds
    row = []
    for at in range(schema.n):
        values = {of[at] for part, of in zip(parts, picked, strict=True) if part >> at & 1}
        assert len(values) == 1
        row += values
    return row


@pytest.mark.parametrize("kind", [fd_schema, mvd_schema, jd_schema])
def test_every_answer_shows_why(kind):
    random = Random(f"why {kind.__name__}")
    proofs = rows = 0
    for _ in range(120):
        schema = kind(random)
        parts = list(cover(random, schema.n))
        found = lossless(of_schema(schema), parts)
        if isinstance(found, Lossless):
            proofs += 1
            replayed(schema, parts, found)
        else:
            rows += 1
            judge_rows(schema, parts, found)
    assert min(proofs, rows) > 10


def test_merges_are_told_in_an_order_that_works():
    at = relation_of("r", "ABCD", [(["A"], ["B"]), (["B"], ["C"]), (["C"], ["D"])])
    parts = sets(at, "CD", "AB", "BC")
    found = lossless(at, parts)
    assert isinstance(found, Lossless)
    assert [(at.names(each.common), at.names(each.determined)) for each in found.merges] == [
        (("B",), ("C",)),
        (("C",), ("D",)),
    ]


def test_what_no_merges_show_is_chased():
    fds = [("A", "C"), ("B", "C"), ("C", "D"), ("DE", "C"), ("CE", "A")]
    at = relation_of("r", "ABCDE", [(list(left), list(right)) for left, right in fds])
    parts = sets(at, "AD", "AB", "BE", "CDE", "AE")
    found = lossless(at, parts)
    assert isinstance(found, Lossless)
    assert found.chased
    replayed(Schema(5, tuple((fd.left, fd.right) for fd in at.fds)), parts, found)
    fewer = lossless(at, parts[:4])
    assert isinstance(fewer, Lossy)


def test_two_rows_are_shown_where_two_are_enough():
    at = relation_of("r", ["street", "city", "zip"], [(["street", "city"], ["zip"]), (["zip"], ["city"])])
    found = lossless(at, [0b011, 0b110])
    assert found == Lossy(((0, 0, 1), (1, 0, 0)), (0, 0, 0))


def test_a_circle_needs_three_rows():
    at = relation_of("r", "ABC")
    found = lossless(at, [0b011, 0b110, 0b101])
    assert isinstance(found, Lossy)
    assert len(found.rows) == 3


def test_a_stated_join_makes_its_own_cut_lossless():
    parts = (0b011, 0b110, 0b101)
    at = relation(3, (), (), [parts])
    found = lossless(at, parts)
    assert isinstance(found, Lossless)
    assert [step.by for step in found.chased] == [JD(parts)]


def test_a_whole_or_an_empty_relation_comes_back():
    assert lossless(relation(3, ()), [0b001, 0b111]) == Lossless()
    assert lossless(relation(0, ()), []) == Lossless()
    assert lossless(relation(0, ()), [0, 0]) == Lossless()
    assert isinstance(lossless(relation(2, [(0, 0b11)]), [0b01, 0b10]), Lossless)


def test_columns_that_are_left_out_are_named():
    with pytest.raises(BadRelation, match="decomposition does not cover B, D"):
        lossless(relation_of("r", "ABCD"), [0b0001, 0b0100])


def test_hundreds_of_relations_are_merged_at_once():
    at = chain(200)
    parts = [3 << number for number in reversed(range(199))]
    found = lossless(at, parts)
    assert isinstance(found, Lossless)
    assert len(found.merges) == 198
    fewer = [*parts[:50], *parts[51:], 1 << 149]
    found = lossless(at, fewer)
    assert isinstance(found, Lossy)
    assert len(found.rows) == 2


def test_hundreds_of_relations_that_no_two_rows_tell_apart_are_chased():
    circle = [1 << number | 1 << (number + 1) % 150 for number in range(150)]
    at = relation(150, [(1, 2)])
    found = lossless(at, circle)
    assert isinstance(found, Lossy)
    assert len({row[1] for row in found.rows if row[0] == 0}) == 1


def test_a_chase_that_grows_too_large_says_so():
    mvds = [(0, 1 << number) for number in range(14)]
    at = relation(17, (), mvds)
    triangle = [(1 << 16) - 1, 0b11 << 15, 0b101 << 14]
    found = lossless(at, triangle, Budget(tableau=300))
    assert isinstance(found, Undecided)
    assert found.why == "the chase grew beyond 300 cells"
