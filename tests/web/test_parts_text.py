"""Index parts as text, and back."""

from __future__ import annotations

import pytest

from designer.commands import Refused
from designer.dialects.registry import get
from designer.schema import Column, Design, Model, Table
from designer.web.parts_text import columns_in, parts_in, parts_text, split_list

NAMES = ("id", "email", "created at", "Größe", 'quo"te', "a,b", "order", "embedding")


@pytest.fixture
def design() -> Design:
    columns = [Column(id=f"col{n}", parent="tab1", name=name, type="text") for n, name in enumerate(NAMES)]
    return Design([Model(id="model", target="postgresql"), Table(id="tab1", parent="model", name="t"), *columns])


@pytest.mark.parametrize(
    "text",
    [
        "id",
        "id, email DESC",
        "lower(email), id DESC NULLS LAST",
        "(id + 1) DESC",
        'email COLLATE "C" text_pattern_ops',
        "embedding vector_l2_ops",
        'id WITH =, "created at" WITH &&',
        'Größe, "quo""te", "a,b", "order"',
        "(coalesce(email, 'a,b'))",
        "lower(email) text_pattern_ops DESC",
    ],
)
def test_what_is_read_is_written_again(design, text):
    dialect = get("postgresql")
    parts = parts_in(design, "tab1", text, dialect)
    again = parts_in(design, "tab1", parts_text(design, parts, dialect), dialect)
    assert again == parts
    assert parts_text(design, again, dialect) == parts_text(design, parts, dialect)


def test_options_are_understood(design):
    (part,) = parts_in(design, "tab1", 'email COLLATE "C" text_pattern_ops DESC NULLS LAST', get("postgresql"))
    assert (part.column, part.collation, part.opclass, part.desc, part.nulls) == (
        "col1", '"C"', "text_pattern_ops", True, "last",
    )  # fmt: skip


def test_mysql_prefixes(design):
    (part,) = parts_in(design, "tab1", "email(20)", get("mysql"))
    assert (part.column, part.length) == ("col1", 20)


def test_columns_by_name(design):
    assert columns_in(design, "tab1", 'email, "a,b" , "created at"', get("postgresql")) == ("col1", "col5", "col2")
    with pytest.raises(Refused):
        columns_in(design, "tab1", "nope", get("postgresql"))


def test_lists_split_outside_quotes_and_parentheses():
    assert split_list("a, f(b, c), 'd, e', [1, 2]") == ["a", "f(b, c)", "'d, e'", "[1, 2]"]
    assert split_list(" , ") == []
