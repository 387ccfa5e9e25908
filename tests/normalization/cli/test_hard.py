"""Inputs whose answers could be of exponential size: answered in a moment, and honestly where not wholly."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import comb
from random import Random
from time import process_time

import pytest

from tests.normalization.checker import all_keys, judge
from tests.normalization.cli.test_cases import certificates

SECONDS = 20  # of CPU; a busy machine takes three for the largest


def pairs(n: int) -> dict[str, object]:
    """n pairs of columns that determine each other: 2^n keys."""
    fds = [side for at in range(n) for side in ([[f"A{at}"], [f"B{at}"]], [[f"B{at}"], [f"A{at}"]])]
    return {"name": "pairs", "attributes": [f"{letter}{at}" for letter in "AB" for at in range(n)], "fds": fds}


def sperner(n: int) -> dict[str, object]:
    """Every half of the columns is a key: as many keys as n columns can have."""
    names = [f"c{at}" for at in range(n)]
    fds = [[list(half), [each for each in names if each not in half]] for half in combinations(names, n // 2)]
    return {"name": "sperner", "attributes": names, "fds": fds}


def blow_up(n: int) -> dict[str, object]:
    """A decomposition on whose first part 2^n dependencies hold."""
    fds = [side for at in range(n) for side in ([[f"A{at}"], [f"C{at}"]], [[f"B{at}"], [f"C{at}"]])]
    left, middle = ([f"{letter}{at}" for letter in letters for at in range(n)] for letters in ("AB", "C"))
    fds.append([middle, ["D"]])
    return {"attributes": [*left, *middle, "D"], "fds": fds, "decomposition": [[*left, "D"], [*left, *middle]]}


def random(columns: int, dependencies: int, seed: int) -> dict[str, object]:
    made = Random(seed)
    names = [f"c{at}" for at in range(columns)]
    sides = [
        [made.sample(names, made.randint(1, 3)), made.sample(names, made.randint(1, 2))] for _ in range(dependencies)
    ]
    return {"name": "random", "attributes": names, "fds": sides}


@pytest.fixture
def answered(of):
    """Return a function that asks about a relation with proofs, and fails where that takes long."""

    def ask(relation):
        started = process_time()
        found = of(relation, arguments=("--proofs",)).only
        assert process_time() - started < SECONDS
        for certificate in certificates(found)[:10]:
            if certificate["kind"] != "armstrong":  # whose rows are compared two by two
                judge(relation, certificate)
        return found

    return ask


def test_two_to_the_sixteenth_keys_are_counted_by_factors(answered):
    found = answered(pairs(16))
    assert (found["keys_count"], len(found["candidate_keys"]), found["decided"]) == (65_536, 1_000, True)
    assert found["key_factors"] == [[[f"A{at}"], [f"B{at}"]] for at in range(16)]
    assert (found["normal_form"], found["eknf"], len(found["prime"])) == ("3NF", False, 32)


def test_the_most_keys_of_fourteen_columns_are_counted(of):
    found = of(sperner(14)).only
    assert (found["keys_count"], len(found["candidate_keys"])) == (comb(14, 7), 1_000)
    assert (found["normal_form"], found["decided"]) == ("BCNF", True)
    small = of(sperner(8)).only
    all_keys(sperner(8), small["candidate_keys"])


def test_a_projection_that_blows_up_is_still_judged(answered):
    found = answered(blow_up(12))
    assert (found["lossless"], found["dependency_preserving"]) == (True, False)
    assert found["lost"] == [[[f"C{at}" for at in range(12)], ["D"]]]


def test_two_hundred_columns_and_four_hundred_dependencies(answered):
    found = answered(random(200, 400, 1))
    assert found["normal_form"] == "1NF"
    assert len(found["third_nf"]) > 100


def test_a_long_chain_that_is_stated_backwards(answered):
    names = [f"c{at}" for at in range(120)]
    found = answered({"attributes": names, "fds": [[[a], [b]] for a, b in pairwise(names)][::-1]})
    assert (found["candidate_keys"], found["normal_form"]) == ([["c0"]], "2NF")
    assert len(found["bcnf"]) == 119


def test_hundreds_of_columns_without_a_dependency(of):
    found = of({"attributes": [f"c{at}" for at in range(500)]}).only
    assert (found["keys_count"], found["normal_form"]) == (1, "BCNF")


@pytest.mark.slow
def test_a_thousand_relations_in_one_file(of):
    relations = [random(3 + at % 12, 2 + at % 13, at) for at in range(1_000)]
    started = process_time()
    assert len(of(*relations).relations) == 1_000
    assert process_time() - started < 20
