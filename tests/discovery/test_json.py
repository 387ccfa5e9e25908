"""Rows as JSON."""

from __future__ import annotations

import pytest

from designer.discovery.contract import DataProblem
from designer.discovery.reading import read_text

FORMS = [
    '[{"id": 1, "city": "Ulm"}, {"id": 2, "city": null}]',
    '{"id": 1, "city": "Ulm"}\n{"id": 2}\n',
    '\ufeff{"rows": [{"id": 1, "city": "Ulm"}, {"id": 2, "city": null}]}',
]


@pytest.mark.parametrize("text", FORMS)
def test_forms(text):
    table = read_text(text)
    assert table.headers == ("id", "city")
    assert [table.row(at) for at in range(len(table))] == [("1", "Ulm"), ("2", None)]


def test_missing_keys_are_told():
    table = read_text('[{"a": 1}, {"b": [1, {"x": true}]}]')
    assert table.headers == ("a", "b")
    assert table.row(1) == (None, '[1,{"x":true}]')
    assert table.notes == ("2 of 2 objects lack some of the keys; what is missing is NULL.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[{"a": 1}, 2]', "not every element is an object"),
        ('[{"a": 1}', "not valid JSON"),
        ('{"a": 1}\n{"a": \n', "this line is not valid JSON"),
        ("[]", "there are no rows"),
        ("[{}]", "there are no rows"),
    ],
)
def test_what_is_no_list_of_objects_is_told(text, words):
    with pytest.raises(DataProblem, match=words):
        read_text(text)


def test_a_csv_whose_first_name_has_a_bracket_is_a_csv():
    assert read_text("[id],{name}\n1,x\n").headers == ("[id]", "{name}")
