"""All cases of the file, through the command's JSON, with every certificate checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.normalization.checker import all_keys, judge
from tests.normalization.oracle import Part, Schema

FILE = json.loads((Path(__file__).parents[1] / "cases" / "normalisation_cases.json").read_text("utf-8"))
CASES = FILE["cases"]


def given(case: dict[str, Any], decomposition: list[list[str]] | None = None) -> dict[str, Any]:
    relation = {key: case[key] for key in ("attributes", "fds", "mvds", "jds")}
    return {"name": case["id"], **relation} | ({"decomposition": decomposition} if decomposition else {})


def sets(lists: list[list[str]]) -> set[frozenset[str]]:
    return {frozenset(each) for each in lists}


def test_every_answer_of_every_case_agrees(of):
    ran = of(*(given(case) for case in CASES))
    assert ran.code == 0
    for case, found in zip(CASES, ran.relations, strict=True):
        expect = case["expect"]
        assert sets(found["candidate_keys"]) == sets(expect["candidate_keys"]), case["id"]
        assert found["candidate_keys"] == [sorted(key, key=case["attributes"].index) for key in found["candidate_keys"]]
        assert found["keys_count"] == len(expect["candidate_keys"])
        assert found["prime"] == expect["prime"], case["id"]
        assert (found["normal_form"], found["eknf"]) == (form_of(case), expect["eknf"]), case["id"]
        assert found["decided"] is True, case["id"]
        assert bool(found["violations"]) == (form_of(case) in ("1NF", "2NF", "3NF") or broken_above(case)), case["id"]


def form_of(case: dict[str, Any]) -> str:
    """What may be said: 4NF only where multivalued dependencies are given, 5NF where join dependencies are."""
    expect = case["expect"]
    if expect["nf"] != "BCNF":
        return expect["nf"]
    if case["jds"] and expect["nf5"]:
        return "5NF"
    return "4NF" if case["mvds"] and expect["nf4"] else "BCNF"


def broken_above(case: dict[str, Any]) -> bool:
    expect = case["expect"]
    return bool(case["mvds"] and not expect["nf4"]) or bool(case["jds"] and not expect["nf5"])


def test_violations_are_the_elementary_ones_of_the_case(of):
    for case, found in zip(CASES, of(*(given(case) for case in CASES)).relations, strict=True):
        listed = {form: set() for form in ("2NF", "3NF", "EKNF", "BCNF")}
        for form, pairs in case["expect"]["violations"].items():
            listed[form] = {(frozenset(left), right) for left, right in pairs}
        for each in found["violations"]:
            if each["kind"] == "functional":
                left, right = each["dependency"]
                assert len(right) == 1
                assert (frozenset(left), right[0]) in listed[each["form"]], (case["id"], each)


def test_minimal_covers_say_the_same_and_nothing_twice(of):
    for case, found in zip(CASES, of(*(given(case) for case in CASES)).relations, strict=True):
        if len(case["attributes"]) <= 8:
            stated, cover = schema(case), schema({**case, "fds": found["minimal_cover"], "mvds": []})
            assert cover.closures == stated.closures, case["id"]
            for number in range(len(cover.fds)):
                assert Schema(cover.n, cover.fds[:number] + cover.fds[number + 1 :]).closures != stated.closures


def schema(case: dict[str, Any]) -> Schema:
    def columns(names: list[str]) -> int:
        return sum(1 << case["attributes"].index(name) for name in set(names))

    fds, mvds = (tuple((columns(x), columns(y)) for x, y in case[kind]) for kind in ("fds", "mvds"))
    return Schema(len(case["attributes"]), fds, mvds)


def test_decompositions_are_lossless_in_their_form_and_keyed(of):
    small = [
        case for case in CASES if len(case["attributes"]) <= 9 and (not case["mvds"] or len(case["attributes"]) <= 6)
    ]
    for case, found in zip(small, of(*(given(case) for case in small)).relations, strict=True):
        stated = schema(case)
        for name, forms in (("third_nf", ("3NF", "BCNF")), ("bcnf", ("BCNF",)), ("fourth_nf", ("BCNF",))):
            parts = [
                sum(1 << case["attributes"].index(each) for each in part["attributes"]) for part in found.get(name, [])
            ]
            assert stated.lossless(parts) or not parts
            assert name != "third_nf" or not stated.lost(parts), case["id"]
            for part, shown in zip(parts, found.get(name, []), strict=True):
                assert Part(stated, part).form in forms, (case["id"], name)
                assert name != "fourth_nf" or Part(stated, part).fourth, case["id"]
                keys = [
                    [case["attributes"][at] for at in range(stated.n) if key >> at & 1]
                    for key in Part(stated, part).keys
                ]
                assert sets(shown["keys"]) == sets(keys), (case["id"], name)
        assert "fourth_nf" in found or not case["mvds"]


def test_a_preserving_decomposition_into_bcnf_is_found_wherever_there_is_one(of):
    known = [case for case in CASES if "bcnf_preserving_decomposition_exists" in case["expect"]]
    for case, found in zip(known, of(*(given(case) for case in known)).relations, strict=True):
        assert ("bcnf_lost" not in found) == case["expect"]["bcnf_preserving_decomposition_exists"], case["id"]


def test_every_proposed_decomposition_is_judged_alike(of):
    pairs = [(case, each) for case in CASES for each in case["decompositions"]]
    ran = of(*(given(case, each["schemas"]) for case, each in pairs))
    for (case, each), found in zip(pairs, ran.relations, strict=True):
        assert found["lossless"] is each["lossless"], case["id"]
        assert found["dependency_preserving"] is each["preserving"], case["id"]
        assert {(frozenset(x), frozenset(y)) for x, y in found["lost"]} == {
            (frozenset(x), frozenset(y)) for x, y in each["lost_fds"]
        }, case["id"]


def test_every_certificate_of_every_case_is_believed(of):
    pairs = [(case, each["schemas"]) for case in CASES for each in case["decompositions"] or [{"schemas": None}]]
    ran = of(*(given(case, each) for case, each in pairs), arguments=("--proofs",))
    kinds = set()
    for (case, _), found in zip(pairs, ran.relations, strict=True):
        for certificate in certificates(found):
            judge(given(case), certificate)
            kinds.add(certificate["kind"])
        if not case["mvds"]:
            all_keys(given(case), found["candidate_keys"])
    assert kinds >= {"key", "violation", "armstrong", "lossless", "lossy", "lost"}


def certificates(found: dict[str, Any]) -> list[dict[str, Any]]:
    proofs = found["certificates"]
    listed = [*proofs["keys"], *proofs["violations"], proofs["example"], *proofs.get("decomposition", [])]
    for name in ("third_nf", "bcnf", "fourth_nf"):
        listed += found.get(f"{name}_certificates", [])
    return listed


def test_the_invalid_cases_are_refused_in_their_words(of):
    cases = [{"name": case["id"], **{k: v for k, v in case.items() if k != "expect_error"}} for case in FILE["invalid"]]
    ran = of(*cases, {"name": "good", "attributes": ["A"]})
    assert ran.code == 2
    for case, found in zip(FILE["invalid"], ran.relations, strict=False):
        assert case["expect_error"] in found["error"]
        assert case["id"] in ran.err
    assert ran.relations[-1]["normal_form"] == "BCNF"
