"""What people do wrong: each is answered by a sentence with its place, and nothing else is lost by it."""

from __future__ import annotations

import json

import pytest

SHAPES = [
    ('{"relations": [', ":1:16: this is not JSON"),
    ('{"relations": {}}', '"relations" is not a list'),
    ("[]", 'there are no "relations"'),
    ("{}", 'there are no "relations"'),
    ('{"relation": []}', 'there are no "relations"'),
    ("[" * 100_000, "nested too deeply"),
    ('{"relations": [], "relations": []}', '"relations" twice'),
    ('{"relations": [{"attributes": ["A"], "fds": [], "fds": [[["A"], ["A"]]]}]}', '"fds" twice'),
    ('{"relations": [{"attributes": ["A"], "name": 1' + "0" * 5000 + "}]}", "this cannot be read"),
    (b"\x00\x01\xfe", "not"),
    (b"", "the file is empty"),
    (b"\xff\xff{}", "not valid UTF-8"),
]


@pytest.mark.parametrize(("text", "why"), SHAPES, ids=range(len(SHAPES)))
def test_a_file_of_another_shape_is_one_sentence(normalize, text, why):
    ran = normalize(text)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert why in ran.err and "relations.json" in ran.err


WRONG = [
    (1, "a relation is an object with attributes, not 1"),
    (None, "a relation is an object with attributes, not null"),
    ({}, "attributes are missing"),
    ({"attributes": "AB"}, 'attributes is a list, not "AB"'),
    ({"attributes": [1, 2]}, "an attribute is a text, not 1"),
    ({"name": 5, "attributes": ["A"]}, "the name of a relation is a text, not 5"),
    ({"attributes": ["A"], "fds": ["A -> A"]}, "a dependency is a pair of lists"),
    ({"attributes": ["A"], "fds": {"A": "A"}}, "fds is a list"),
    ({"attributes": ["A"], "fds": [["A", "A"]]}, "a list of names"),
    ({"attributes": ["A"], "fds": [[["A"], ["Z"]]]}, "unknown attribute Z in the dependency A -> Z"),
    ({"attributes": ["A", "A"]}, "duplicate attribute A"),
    ({"attributes": ["A", "B"], "jds": [[["A"]]]}, "join dependency does not cover B"),
    ({"attributes": ["A", "B"], "decomposition": [["A"]]}, "decomposition does not cover B"),
    ({"attributes": ["A", "B"], "decomposition": "AB"}, "decomposition is a list"),
    ({"attributes": ["A", "B"], "decomposition": [["A", "Z"]]}, "unknown attribute Z in the decomposition"),
]


def test_a_bad_relation_has_its_error_in_its_place_and_the_others_are_answered(of):
    good = {"name": "good", "attributes": ["A", "B"], "fds": [[["A"], ["B"]]]}
    ran = of(*(each for wrong, _ in WRONG for each in (wrong, good)))
    assert ran.code == 2
    assert len(ran.relations) == 2 * len(WRONG)
    for (_, why), bad in zip(WRONG, ran.relations[::2], strict=True):
        assert why in bad["error"]
        assert set(bad) == {"name", "error"}
    assert all(each["candidate_keys"] == [["A"]] for each in ran.relations[1::2])
    assert len(ran.err.splitlines()) == len(WRONG)


def test_a_field_that_is_not_read_is_told(of):
    ran = of({"name": "t", "attributes": ["A", "B"], "FDs": [[["A"], ["B"]]]})
    assert ran.code == 0
    assert 'relation 1 (t): "FDs" is not read; did you mean "fds"?' in ran.err


def test_harmless_oddities_are_answered(of):
    ran = of(
        {"name": "none", "attributes": []},
        {"name": "none stated", "attributes": [], "fds": [[[], []]]},
        {"name": "constant", "attributes": ["A", "B"], "fds": [[[], ["A"]]], "mvds": None},
        {"name": "empty right", "attributes": ["A"], "fds": [[["A"], []]]},
        {"attributes": ["A", "B"], "fds": [[["A", "A"], ["B", "B"]], [["A"], ["A", "B"]]]},
    )
    assert ran.code == 0
    assert [each["candidate_keys"] for each in ran.relations] == [[[]], [[]], [["B"]], [["A"]], [["A"]]]
    assert [each["normal_form"] for each in ran.relations] == ["BCNF", "BCNF", "1NF", "BCNF", "BCNF"]
    assert ran.relations[-1]["name"] == "relation 5"


def test_any_unicode_is_a_name(of):
    names = ["\ud800", "\x00", "a\nb", " ", "", "é", "e\u0301", "😀", "x|y`z", "<script>", "\u202e"]
    ran = of({"name": "\udfff", "attributes": names, "fds": [[[names[0]], names[1:]]]}, arguments=("--proofs",))
    assert ran.only["candidate_keys"] == [["\ud800"]]
    assert ran.only["name"] == "\udfff"


def test_typed_relations_are_told_apart_from_sql_and_designs(normalize):
    assert normalize("A, B -> C; C ->> D", name="typed.txt").only["normal_form"] == "1NF"
    assert normalize("orders(a, b): a -> b", name="typed").only["name"] == "orders"
    assert normalize("{} -> A\nB -> C", name="typed.txt").only["minimal_cover"] == [[[], ["A"]], [["B"], ["C"]]]
    assert normalize("{A} -> {B, C}", name="typed.txt").only["candidate_keys"] == [["A"]]
    ran = normalize("A -> B\n\nC > D\n\nt(A): A -> Q", name="typed.txt")
    assert ran.code == 2
    assert "typed.txt:3:3: relation 2:" in ran.err and "typed.txt:5:1: relation 3 (t):" in ran.err
    assert [bool("error" in each) for each in ran.relations] == [False, True, True]


def test_no_such_file_and_nothing_to_look_at(normalize, tmp_path):
    ran = normalize("CREATE TYPE mood AS ENUM ('happy');", name="types.sql")
    assert ran.code == 2
    assert "there is no table and no entity in it" in ran.err
    ran = normalize("hello", name="hello.txt")
    assert ran.code == 2
    assert len(ran.err.splitlines()) == 1


def test_fail_on_a_form_is_an_exit_code(of):
    relations = [{"name": "r", "attributes": ["A", "B", "C"], "fds": [[["A", "B"], ["C"]], [["C"], ["B"]]]}]
    codes = {form: of(*relations, arguments=("--fail-on", form)).code for form in ("2NF", "3NF", "EKNF", "BCNF", "5NF")}
    assert codes == {"2NF": 0, "3NF": 0, "EKNF": 0, "BCNF": 1, "5NF": 1}
    assert of(*relations, arguments=("--fail-on", "never")).code == 0


def test_the_answer_is_written_to_a_file(normalize, tmp_path):
    target = tmp_path / "answer.json"
    ran = normalize('{"relations": [{"name": "r", "attributes": ["A"]}]}', "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert json.loads(target.read_text())["relations"][0]["name"] == "r"
