"""The oracle agrees with the cases, which were computed by another program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.normalization.oracle import Part, Schema, chase, joined, satisfies

CASES = json.loads((Path(__file__).parent / "cases" / "normalisation_cases.json").read_text("utf-8"))["cases"]
SMALL = [case for case in CASES if len(case["attributes"]) <= 6 or (len(case["attributes"]) <= 8 and not case["mvds"])]


def schema_of(case) -> Schema:
    number = {name: at for at, name in enumerate(case["attributes"])}

    def sides(pairs):
        return tuple((_set(left), _set(right)) for left, right in pairs)

    def _set(names):
        return sum(1 << number[name] for name in set(names))

    jds = tuple(tuple(_set(part) for part in each) for each in case["jds"])
    return Schema(len(number), sides(case["fds"]), sides(case["mvds"]), jds)


def names(case, columns):
    return [name for at, name in enumerate(case["attributes"]) if columns >> at & 1]


def schemas_of(case, decomposition):
    return tuple(sum(1 << case["attributes"].index(name) for name in part) for part in decomposition["schemas"])


@pytest.mark.parametrize("case", SMALL, ids=[case["id"] for case in SMALL])
def test_the_oracle_agrees_with_the_case(case):
    part, expect = schema_of(case).whole, case["expect"]
    assert sorted(names(case, key) for key in part.keys) == sorted(expect["candidate_keys"])
    assert names(case, part.prime) == expect["prime"]
    assert (part.form, part.eknf, part.fourth) == (expect["nf"], expect["eknf"], expect["nf4"])
    assert part.fifth == expect["nf5"]
    for form, listed in expect["violations"].items():
        found = sorted([names(case, x), case["attributes"][a]] for x, a in part.broken(form))
        assert found == sorted(listed), form
    for decomposition in case["decompositions"]:
        _agrees(case, decomposition)


def _agrees(case, decomposition):
    schema, schemas = schema_of(case), schemas_of(case, decomposition)
    assert schema.lossless(schemas) == decomposition["lossless"] or case["jds"]
    lost = {frozenset(map(frozenset, fd)) for fd in decomposition["lost_fds"]}
    assert {frozenset(map(frozenset, (names(case, x), names(case, y)))) for x, y in schema.lost(schemas)} == lost
    assert [Part(schema, part).form for part in schemas] == decomposition["fragment_nf"]
    if not decomposition["lossless"] and not case["jds"]:
        rows, _ = chase(schema, schemas)
        assert satisfies(schema, rows)
        assert joined(rows, schemas, schema.n) > rows
