"""Names in and out: JSON-like lists and the typed form."""

from __future__ import annotations

from random import Random

import pytest

from designer.normalization.codec import relation_of, schemas_of, shown, text_of
from designer.normalization.codec_text import MOST_TEXT, parsed, parsed_each
from designer.normalization.contract import FD, JD, MVD, BadRelation, Relation
from tests.nasty import NAMES

TYPED = {
    "A, B -> C; C ->> D": "r(A, B, C, D): A, B -> C; C ->> D",
    "A B -> C": "r(A, B, C): A, B -> C",
    "orders(a, b, c): a -> b; b->c\n c -> a": "orders(a, b, c): a -> b; b -> c; c -> a",
    "orders(a,\n b)\n\na -> b": "orders(a, b): a -> b",
    "orders: a -> b": "orders(a, b): a -> b",
    "A, B, C\nA -> B": "r(A, B, C): A -> B",
    "A -> B -> C": "r(A, B, C): A -> B; B -> C",
    "A <-> B": "r(A, B): A -> B; B -> A",
    "A → B; B ↠ C; C ⇒ A; A ↔ B": "r(A, B, C): A -> B; C -> A; A -> B; B -> A; B ->> C",
    "A –> B": "r(A, B): A -> B",
    "{} -> A; ∅ -> B; {A, B} -> {C}": "r(A, B, C): {} -> A; {} -> B; A, B -> C",
    "A -> {}": "r(A): A -> {}",
    "A ->> B | C D": "r(A, B, C, D): A ->> B; A ->> C, D",
    "*(A, B | B, C | C A)": "r(A, B, C): *(A, B | B, C | A, C)",
    "t(first name, x): first name -> x": 't("first name", x): "first name" -> x',
    '"a,b" -> "say ""hi"""': 'r("a,b", "say ""hi"""): "a,b" -> "say ""hi"""',
    "S#, P# -> QTY": "r(S#, P#, QTY): S#, P# -> QTY",
    "order-id -> x--y": "r(order-id, x--y): order-id -> x--y",
    "A -> B,\n C": "r(A, B, C): A -> B, C",
    "# Dates\n-- and\n// more\nA -> B;;": "r(A, B): A -> B",
    "A -> B # why\nB -> C // and": "r(A, B, C): A -> B; B -> C",
    "a\tb -> c\r\nc -> d": "r(a, b, c, d): a, b -> c; c -> d",
    "\ufeffA -> B": "r(A, B): A -> B",
    "t():": "t(): ",
}


def written(relation: Relation) -> str:
    every = [*relation.fds, *relation.mvds, *relation.jds]
    heading = ", ".join(shown(name) for name in relation.attributes)
    return f"{relation.name}({heading}): {'; '.join(text_of(relation, each) for each in every)}"


@pytest.mark.parametrize(("text", "means"), TYPED.items())
def test_a_typed_relation_is_read(text, means):
    (relation,) = parsed(text)
    assert written(relation) == means


def test_paragraphs_and_headings_are_relations():
    found = parsed("A -> B\nB -> C\n\nC -> D\n# a note\n\n\nitems(x, y)\nx -> y\norders(z): {} -> z")
    assert [each.name for each in found] == ["r1", "r2", "items", "orders"]
    assert [len(each.attributes) for each in found] == [3, 2, 2, 1]


def test_what_is_written_is_read_again():
    random = Random(1)
    names = [name for name in NAMES if name == shown(name) or name.isprintable()]
    for _ in range(200):
        chosen = random.sample(names, random.randint(1, 5))
        sides = [random.sample(chosen, random.randint(0, len(chosen))) for _ in range(4)]
        relation = relation_of("r", chosen, [sides[:2]], [sides[2:]])
        assert parsed(written(relation)) == [relation]


WRONG = {
    "": "no relation is written here",
    "A -> ": "line 1: the right side of the arrow is missing",
    "A -> B\n-> C": "line 2: the left side of the arrow is missing",
    "A B > C": 'line 1: ">" is no name and no arrow',
    "A -> B | C": 'line 1: "|" is no name',
    "t(A, B):\nA -> B\nA -> Z": "line 3: unknown attribute Z in the dependency A -> Z",
    "t(order_id, B): ordr_id -> B": "unknown attribute ordr_id in the dependency ordr_id -> B; did you mean order_id?",
    "t(A, A): A -> A": "line 1: duplicate attribute A",
    "t(A, B: A -> B\n\nC -> D": "line 1: the list of columns is not closed",
    't(A, B): "A -> B': "line 1: this quotation mark is not closed",
    "o[rders(A, B): A -> B": 'line 1: "o[rders" is no name',
    "t(A, B): A B": "line 1: an arrow is missing",
    "*(A, B | B": "line 1: the join dependency is not closed",
    "t(A, B, C): *(A | B)": "line 1: join dependency does not cover C",
    "A" * (MOST_TEXT + 1): "characters",
}


@pytest.mark.parametrize(("text", "why"), WRONG.items(), ids=range(len(WRONG)))
def test_a_mistake_is_told_with_its_line(text, why):
    with pytest.raises(BadRelation, match=r"^[^\n]+$") as told:
        parsed(text)
    assert why in str(told.value)


def test_one_bad_relation_leaves_the_others():
    good, bad, other = parsed_each("A -> B\n\nC > D\n\nE -> F")
    assert isinstance(bad, BadRelation)
    assert isinstance(good, Relation) and isinstance(other, Relation)


BAD = [
    ({"attributes": ["A", "A"]}, "duplicate attribute A"),
    ({"attributes": ["A"], "fds": [[["A"], ["Z"]]]}, "unknown attribute Z in the dependency A -> Z"),
    ({"attributes": ["A"], "fds": ["A -> A"]}, "a dependency is a pair of lists"),
    ({"attributes": ["A"], "fds": [["A", "A"]]}, "a list of names"),
    ({"attributes": ["A"], "fds": [[["A"]]]}, "a dependency is a pair of lists"),
    ({"attributes": ["A"], "fds": [[[1], ["A"]]]}, "an attribute is a text, not 1"),
    ({"attributes": [None]}, "an attribute is a text, not None"),
    ({"attributes": ["A", "B"], "jds": [[["A"], ["A"]]]}, "join dependency does not cover B"),
    ({"attributes": ["A"], "jds": ["A"]}, "a join dependency is a list of lists"),
    ({"attributes": [f"c{number}" for number in range(2_001)]}, "2,001 attributes are too many"),
    ({"attributes": ["A"], "fds": [[["A"], ["A"]]] * 200_001}, "200,001 dependencies are too many"),
]


@pytest.mark.parametrize(("given", "why"), BAD, ids=range(len(BAD)))
def test_a_relation_that_makes_no_sense_is_refused_in_a_sentence(given, why):
    with pytest.raises(BadRelation) as told:
        relation_of("r", **given)
    assert why in str(told.value)


def test_a_name_in_a_message_cannot_break_the_line():
    with pytest.raises(BadRelation) as told:
        relation_of("r", ["A"], [[["A"], ["two\nlines\x1b[31m"]]])
    assert str(told.value).isprintable()


def test_a_decomposition_covers_all_columns():
    relation = relation_of("r", ["A", "B", "C"])
    assert schemas_of(relation, [["A", "B"], ["C", "B"]]) == (0b011, 0b110)
    with pytest.raises(BadRelation, match="decomposition does not cover C"):
        schemas_of(relation, [["A", "B"]])


def test_sets_are_in_the_order_of_the_columns():
    relation = relation_of("r", ["A", "B"], [[["B", "A", "B"], []]], [[[], ["B"]]], [[["B"], ["A", "B"]]])
    assert relation.fds == (FD(3, 0),)
    assert relation.mvds == (MVD(0, 2),)
    assert relation.jds == (JD((2, 3)),)
