"""All cases of the file: what it says of each decomposition, and of those that can be made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from designer.normalization.chase import lossless
from designer.normalization.codec import relation_of, schemas_of
from designer.normalization.contract import Lossless, Lossy, Relation
from designer.normalization.fourth import fourth_nf
from designer.normalization.fragments import fragment
from designer.normalization.keys import expand
from designer.normalization.preservation import lost
from designer.normalization.splitting import alternatives, bcnf
from designer.normalization.synthesis import third_nf
from tests.normalization.decompositions.judging import judge, judge_rows
from tests.normalization.oracle import Schema

FILE = json.loads((Path(__file__).parents[1] / "cases" / "normalisation_cases.json").read_text("utf-8"))
CASES = FILE["cases"]
CUT = [(case, each) for case in CASES for each in case["decompositions"]]


def of_case(case: dict[str, Any]) -> Relation:
    return relation_of(case["id"], case["attributes"], case["fds"], case["mvds"], case["jds"])


def schema_of(relation: Relation) -> Schema:
    fds = tuple((fd.left, fd.right) for fd in relation.fds)
    mvds = tuple((mvd.left, mvd.right) for mvd in relation.mvds)
    return Schema(len(relation.attributes), fds, mvds, tuple(jd.components for jd in relation.jds))


def as_sets(lists: list[list[str]]) -> list[frozenset[str]]:
    return [frozenset(each) for each in lists]


def test_the_file_has_what_these_tests_need():
    assert len(CUT) > 100
    assert sum(not cut["lossless"] for _, cut in CUT) > 20
    assert sum(bool(case["expect"].get("bcnf_preserving_decomposition_exists")) for case in CASES) == 41


@pytest.mark.parametrize("case, cut", CUT, ids=[f"{case['id']}-{len(cut['schemas'])}" for case, cut in CUT])
def test_a_stated_decomposition_is_judged_as_in_the_file(case, cut):
    relation = of_case(case)
    parts = schemas_of(relation, cut["schemas"])
    found = lossless(relation, parts)
    assert isinstance(found, Lossless if cut["lossless"] else Lossy)
    if isinstance(found, Lossy):
        judge_rows(schema_of(relation), parts, found)
    gone = lost(relation, parts)
    assert [[list(relation.names(fd.left)), list(relation.names(fd.right))] for fd in gone] == [
        [sorted(side, key=relation.attributes.index) for side in fd] for fd in cut["lost_fds"]
    ]
    assert (not gone) == cut["preserving"]
    for part, form, keys in zip(parts, cut["fragment_nf"], cut["fragment_keys"], strict=True):
        seen = fragment(relation, part)
        assert seen.form == form or (seen.form, form) == ("4NF", "BCNF")
        names = [frozenset(relation.names(key)) for key in expand(seen.keys, 100)]
        assert (set(names), len(names)) == (set(as_sets(keys)), len(keys))
    for part, fourth in zip(parts, cut.get("fragment_nf4", ()), strict="fragment_nf4" in cut):
        assert (fragment(relation, part).form == "4NF") == fourth


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_decompositions_are_lossless_and_in_their_form(case):
    relation = of_case(case)
    schema = schema_of(relation)
    third, boyce, fourth = third_nf(relation), bcnf(relation), fourth_nf(relation)
    assert third.preserving
    exists = case["expect"].get("bcnf_preserving_decomposition_exists")
    assert exists is None or boyce.preserving == exists
    for each in (third, boyce, fourth, *alternatives(relation)):
        assert isinstance(lossless(relation, [part.columns for part in each.fragments]), Lossless)
        if schema.n <= 8:
            judge(schema, each)
    if case["expect"]["nf"] in ("3NF", "BCNF"):
        assert third.how == "as it is"
    if case["expect"]["nf"] == "BCNF":
        assert boyce.how == "as it is"
