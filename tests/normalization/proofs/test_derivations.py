"""Each dependency is derived where it follows and refuted by rows where it does not, and the checker believes it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from designer.normalization.armstrong import armstrong
from designer.normalization.codec import relation_of
from designer.normalization.contract import FD, MVD, Derivation, Relation, TwoRows, Undecided
from designer.normalization.proofs import lost_rows, prove
from designer.normalization.report.certificates import lost, proof
from tests.normalization.checker import Wrong, judge
from tests.normalization.oracle import Schema
from tests.normalization.random_schemas import cover, fd_schema, mvd_schema, named


def kernel(schema: Schema) -> Relation:
    data = named(schema)
    return relation_of(data["name"], data["attributes"], data["fds"], data["mvds"], data["jds"])


def questions(random: Random, schema: Schema, kind: type, number: int):
    for _ in range(number):
        yield kind(random.randrange(1 << schema.n), random.randrange(1 << schema.n))


def agrees(schema: Schema, relation: Relation, asked: FD | MVD) -> None:
    found = prove(relation, asked)
    implies = schema.implies if isinstance(asked, FD) else schema.implies_multivalued
    assert isinstance(found, Derivation) == implies(asked.left, asked.right), asked
    judge(named(schema), proof(relation, asked, found))


def fds_agree(seed: int, number: int) -> None:
    random = Random(seed)
    for _ in range(number):
        schema = fd_schema(random)
        relation = kernel(schema)
        for asked in questions(random, schema, FD, 3):
            agrees(schema, relation, asked)


def mvds_agree(seed: int, number: int) -> None:
    random = Random(seed)
    for _ in range(number):
        schema = mvd_schema(random)
        relation = kernel(schema)
        for kind in (FD, MVD):
            for asked in questions(random, schema, kind, 2):
                agrees(schema, relation, asked)


def test_functional_dependencies_are_proved_or_refuted():
    fds_agree(1, 300)


def test_dependencies_under_multivalued_ones_are_proved_or_refuted():
    mvds_agree(2, 200)


@pytest.mark.slow
def test_many_more_are_proved_or_refuted():
    fds_agree(3, 5_000)
    mvds_agree(4, 2_000)


def test_no_stated_dependency_of_a_walk_is_idle():
    random = Random(5)
    for _ in range(200):
        schema = fd_schema(random, 7)
        relation = kernel(schema)
        for asked in questions(random, schema, FD, 2):
            found = prove(relation, asked)
            for number in found.walk if isinstance(found, Derivation) else ():
                rest = tuple(schema.fds[each] for each in found.walk if each != number)
                assert not Schema(schema.n, rest).implies(asked.left, asked.right)


def test_a_long_chain_is_derived_link_by_link():
    names = [f"c{number}" for number in range(400)]
    relation = relation_of("chain", names, [[[a], [b]] for a, b in pairwise(names)][::-1])
    found = prove(relation, FD(1, 1 << 399))
    assert isinstance(found, Derivation)
    assert len(found.walk) == 399


def test_rows_that_no_part_objects_to_break_a_lost_dependency():
    random = Random(6)
    seen = 0
    for _ in range(300):
        schema = fd_schema(random)
        relation, schemas = kernel(schema), cover(random, schema.n)
        gone = schema.lost(schemas)
        for left, right in schema.fds:
            found = lost_rows(relation, schemas, FD(left, right))
            assert (found is not None) == ((left, right) in gone)
            if found is not None:
                judge(named(schema), lost(relation, schemas, found))
                seen += 1
    assert seen > 50


def test_example_rows_satisfy_what_follows_and_nothing_more():
    random = Random(7)
    for _ in range(200):
        schema = fd_schema(random)
        rows = armstrong(kernel(schema))
        judge(named(schema), {"kind": "armstrong", "rows": [list(row) for row in rows]})


def test_there_are_no_example_rows_for_multivalued_dependencies():
    found = armstrong(relation_of("r", ["A", "B", "C"], [], [[["A"], ["B"]]]))
    assert isinstance(found, Undecided)


def test_a_relation_with_more_example_rows_than_the_budget_is_not_decided():
    names = [f"{letter}{number}" for letter in "ab" for number in range(14)] + ["d"]
    fds = [[[f"a{number}", f"b{number}"], ["d"]] for number in range(14)]  # 2^14 closed sets miss d by a column each
    found = armstrong(relation_of("blow", names, fds))
    assert isinstance(found, Undecided)
    assert "example rows" in found.why


STATED = {"attributes": ["A", "B", "C"], "fds": [[["A"], ["B"]], [["B"], ["C"]]]}
RELATION = relation_of("r", STATED["attributes"], STATED["fds"])


def spoiled(change) -> dict:
    certificate = proof(RELATION, FD(1, 4), prove(RELATION, FD(1, 4)))
    change(certificate)
    return certificate


@pytest.mark.parametrize(
    "change",
    [
        lambda each: each["steps"].pop(1),
        lambda each: each["steps"].pop(),
        lambda each: each["steps"][-1].update(of=[len(each["steps"]) - 1]),
        lambda each: each["walk"].pop(),
        lambda each: next(s for s in each["steps"] if s["rule"] == "given").update(given=1),
        lambda each: each.update(dependency=[["C"], ["A"]]),
        lambda each: each["steps"].insert(0, {"rule": "faith", "dependency": [["C"], ["A"]], "multivalued": False, "of": []}),
    ],
)  # fmt: skip
def test_the_checker_refuses_a_spoiled_derivation(change):
    with pytest.raises(Wrong):
        judge(STATED, spoiled(change))


def test_the_checker_refuses_rows_that_prove_nothing():
    rows = proof(RELATION, FD(2, 1), prove(RELATION, FD(2, 1)))
    judge(STATED, rows)
    with pytest.raises(Wrong):
        judge(STATED, {**rows, "rows": [[0, 0, 0], [1, 0, 1]], "agree": ["B"]})
    assert isinstance(prove(RELATION, FD(2, 1)), TwoRows)
