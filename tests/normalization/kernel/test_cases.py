"""Every answer of the kernel about the case file is the one that another program computed by brute force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.normalization.basis import Basis
from designer.normalization.codec import dependency_of, relation_of
from designer.normalization.forms import verdict
from designer.normalization.keys import expand, keys_of, primes
from tests.normalization.kernel.test_forms import FORMS, broken

FILE = Path(__file__).parents[1] / "cases" / "normalisation_cases.json"
CASES = json.loads(FILE.read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_kernel_agrees_with_the_case(case):
    relation = relation_of(case["id"], case["attributes"], case["fds"], case["mvds"], case["jds"])
    expect, found, keyset = case["expect"], verdict(relation), keys_of(relation)
    keys = {frozenset(relation.names(key)) for key in expand(keyset, 10**6)}
    assert keys == {frozenset(key) for key in expect["candidate_keys"]}
    assert found.decided and keyset.count == len(keys)
    assert list(relation.names(found.prime)) == list(relation.names(primes(relation, keyset)[0])) == expect["prime"]
    assert ("BCNF" if found.form in ("4NF", "5NF") else found.form, found.eknf) == (expect["nf"], expect["eknf"])
    in_boyce_codd = not broken(found, "BCNF")
    assert (in_boyce_codd and not any(each.multivalued for each in found.violations)) == expect["nf4"]
    assert (not found.violations) == expect["nf5"]
    assert expect["nf6"] in (found.sixth, None)
    for form in FORMS:
        said = {(relation.names(left), relation.attributes[right]) for left, right in broken(found, form)}
        assert len(said) == expect["violations_count"][form]
        assert said >= {(tuple(left), right) for left, right in expect["violations"][form]}
    basis = Basis(relation)
    for left, right, follows in expect["implied"]:
        assert basis.implies(dependency_of(relation, left, right)) == follows
