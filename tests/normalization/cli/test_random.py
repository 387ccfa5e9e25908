"""Random schemas through the command's JSON, every answer and every decomposition held to the oracle."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from tests.normalization.checker import judge
from tests.normalization.cli.test_cases import certificates
from tests.normalization.oracle import Pair, Part, Schema, fixpoint, subsets, within
from tests.normalization.random_schemas import columns, cover, fd_schema, jd_schema, letters, mvd_schema, named


def schemas(seed: int, make: Any, number: int) -> list[tuple[Schema, tuple[int, ...]]]:
    random = Random(seed)
    made = [make(random) for _ in range(number)]
    return [(schema, cover(random, schema.n)) for schema in made]


def agree(of: Any, pairs: list[tuple[Schema, tuple[int, ...]]], proofs: bool = True) -> None:
    given = [{**named(schema), "decomposition": [letters(part) for part in parts]} for schema, parts in pairs]
    ran = of(*given, arguments=("--proofs",) if proofs else ())
    assert ran.code == 0
    for relation, (schema, parts), found in zip(given, pairs, ran.relations, strict=True):
        assert found["decided"], (relation, found["undecided"])
        _answers(schema, found)
        _judgement(schema, parts, found)
        _decompositions(schema, found)
        for certificate in certificates(found):
            judge(relation, certificate)


def _answers(schema: Schema, found: dict[str, Any]) -> None:
    whole = schema.whole
    assert [columns(key) for key in found["candidate_keys"]] == whole.keys
    assert found["keys_count"] == len(whole.keys)
    assert product_of(found["key_factors"]) == sorted(whole.keys)
    assert columns(found["prime"]) == whole.prime
    assert (found["normal_form"], found["eknf"]) == (whole.highest(), whole.eknf), schema
    for each in found["violations"]:
        left, right = (columns(side) for side in each["dependency"][:2])
        if each["kind"] == "functional":
            assert (left, right.bit_length() - 1) in whole.broken(each["form"]), (schema, each)
        elif each["kind"] == "multivalued":
            assert schema.implies_multivalued(left, right) and not whole.superkey(left)
    fds = tuple((columns(left), columns(right)) for left, right in found["minimal_cover"])
    assert Schema(schema.n, fds).closures == schema.closures


def product_of(factors: list[list[list[str]]]) -> list[int]:
    keys = [0]
    for factor in factors:
        keys = [key | columns(each) for key in keys for each in factor]
    return sorted(keys)


def _judgement(schema: Schema, parts: tuple[int, ...], found: dict[str, Any]) -> None:
    if not schema.jds:
        assert found["lossless"] == schema.lossless(parts), (schema, parts)
    lost = {(columns(left), columns(right)) for left, right in found["lost"]}
    assert lost == set(schema.lost(parts)), (schema, parts)
    assert found["dependency_preserving"] == (not lost)


def _decompositions(schema: Schema, found: dict[str, Any]) -> None:
    for name, wanted in (("third_nf", ("3NF", "BCNF")), ("bcnf", ("BCNF",)), ("fourth_nf", ("BCNF",))):
        if name not in found:
            assert name == "fourth_nf" and not schema.mvds
            continue
        parts = [columns(each["attributes"]) for each in found[name]]
        assert schema.lossless(parts), (schema, name)
        said = tuple((columns(left), columns(right)) for left, right in found.get(f"{name}_lost", []))
        assert len(lost_of(schema, said, parts)) == len(said), (schema, name)
        assert not schema.lost(parts) or (said and name != "third_nf"), (schema, name)
        for part, shown in zip((Part(schema, each) for each in parts), found[name], strict=True):
            assert part.form in wanted, (schema, name)
            assert name != "fourth_nf" or part.fourth, (schema, parts)
            assert [columns(key) for key in shown["keys"]] == part.keys, (schema, name)


def lost_of(schema: Schema, fds: tuple[Pair, ...], parts: list[int]) -> tuple[Pair, ...]:
    """Return those of some dependencies that follow from a schema and not from what holds within its parts."""
    assert all(schema.implies(left, right) for left, right in fds)
    held = [(x, schema.closures[x] & part) for part in parts for x in subsets(part)]
    return tuple((left, right) for left, right in fds if not within(right, fixpoint(left, held)))


def test_functional_dependencies(of):
    agree(of, schemas(11, fd_schema, 150))


def test_functional_and_multivalued_dependencies(of):
    agree(of, schemas(12, mvd_schema, 60))


def test_functional_and_join_dependencies(of):
    agree(of, schemas(13, jd_schema, 60))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_five_thousand_schemas_with_functional_dependencies(of, seed):
    agree(of, schemas(seed, fd_schema, 500))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 205))
def test_a_thousand_schemas_with_multivalued_dependencies(of, seed):
    agree(of, schemas(seed, mvd_schema, 200))


def test_the_order_of_columns_and_dependencies_changes_nothing_but_the_order(of):
    random = Random(14)
    for schema, _ in schemas(15, fd_schema, 40):
        given = named(schema)
        shuffled = {**given, "attributes": random.sample(given["attributes"], schema.n), "fds": given["fds"][::-1]}
        one, other = of(given, shuffled).relations
        assert set(map(frozenset, one["candidate_keys"])) == set(map(frozenset, other["candidate_keys"]))
        assert set(one["prime"]) == set(other["prime"])
        assert (one["normal_form"], one["eknf"]) == (other["normal_form"], other["eknf"])
        assert len(one["violations"]) == len(other["violations"])


def test_the_same_input_gives_the_same_bytes(of):
    given = [named(schema) for schema, _ in schemas(16, mvd_schema, 30)]
    assert of(*given).out == of(*given).out
