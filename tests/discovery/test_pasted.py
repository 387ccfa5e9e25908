"""Rows as people paste them."""

from __future__ import annotations

import pytest

from designer.discovery.contract import DataProblem
from designer.discovery.reading import read_text

ROWS = [["1", "Ann", "Ulm"], ["2", "Bob", None]]
FORMS = {
    "markdown": "| id | name | city |\n|---|:--|--:|\n| 1 | Ann | Ulm |\n| 2 | Bob | |\n",
    "markdown without ends": "id | name | city\n--- | --- | ---\n1 | Ann | Ulm\n2 | Bob | NULL\n",
    "psql": " id | name | city \n----+------+------\n  1 | Ann  | Ulm\n  2 | Bob  | \n(2 rows)\n\n",
    "psql border 2": "+----+------+------+\n| id | name | city |\n+----+------+------+\n|  1 | Ann  | Ulm  |\n|  2 | Bob  |      |\n+----+------+------+\n(2 rows)\n",
    "mysql": "mysql> \n+----+------+------+\n| id | name | city |\n+----+------+------+\n|  1 | Ann  | Ulm  |\n|  2 | Bob  | NULL |\n+----+------+------+\n2 rows in set (0.00 sec)\n".removeprefix(
        "mysql> \n"
    ),
    "box": "┌────┬──────┬──────┐\n│ id │ name │ city │\n├────┼──────┼──────┤\n│ 1  │ Ann  │ Ulm  │\n│ 2  │ Bob  │      │\n└────┴──────┴──────┘\n",
    "columns": "id  name  city\n--  ----  ----\n1   Ann   Ulm \n2   Bob       \n",
    "insert": "INSERT INTO people (id, name, city) VALUES (1, 'Ann', 'Ulm'), (2, 'Bob', NULL);",
    "inserts": "insert into `people`(`id`,`name`,`city`) values (1,'Ann','Ulm');\ninsert into `people`(`id`,`name`,`city`) values (2,'Bob',NULL);\n",
    "copy": "COPY public.people (id, name, city) FROM stdin;\n1\tAnn\tUlm\n2\tBob\t\\N\n\\.\n",
    "csv": "id,name,city\n1,Ann,Ulm\n2,Bob,\n",
}


def cells(table):
    return [list(table.row(at)) for at in range(len(table))]


@pytest.mark.parametrize("form", FORMS)
def test_forms(form):
    table = read_text(FORMS[form])
    assert table.headers == ("id", "name", "city")
    assert cells(table) == ROWS
    assert table.notes == ()


def test_texts_in_inserts():
    text = """-- a dump
    INSERT INTO "t" ("a", "b") VALUES ('it''s, (so)', E'two\\nlines'), ('x'::text, now()), (N'é', -1.5), ('', concat('a', 'b'));
    """
    table = read_text(text)
    assert cells(table) == [
        ["it's, (so)", "two\nlines"], ["x", "now()"], ["é", "-1.5"], ["", "concat(a, b)"],
    ]  # fmt: skip


def test_backslashes_in_inserts_of_mysql():
    assert cells(read_text(r"INSERT INTO `t` VALUES ('O\'Neil','a\\b');")) == [["O'Neil", "a\\b"]]


def test_inserts_without_columns_get_numbers():
    assert read_text("INSERT INTO t VALUES (1, 'x'), (2, 'y')").headers == ("column_1", "column_2")


def test_of_several_tables_the_one_with_most_statements_is_taken_and_told():
    table = read_text("INSERT INTO a (x) VALUES (1); INSERT INTO b (y) VALUES (2); INSERT INTO b (y) VALUES (3);")
    assert cells(table) == [["2"], ["3"]]
    assert table.notes == ("These are the rows of b; those of 1 other table were left out.",)


def test_an_insert_that_ends_in_the_middle_is_told():
    with pytest.raises(DataProblem, match="is not closed"):
        read_text("INSERT INTO t (a, b) VALUES (1, 'x'), (2, ")


def test_line_breaks_that_psql_draws():
    text = " id | note \n----+------\n  1 | two +\n    | more\n  2 | x\n(2 rows)\n"
    assert cells(read_text(text)) == [["1", "two\nmore"], ["2", "x"]]


def test_bars_in_markdown_cells():
    assert cells(read_text("| a | b |\n|---|---|\n| x \\| y | z |\n")) == [["x | y", "z"]]


def test_uneven_rows_of_a_grid_are_told():
    table = read_text("| a | b |\n|---|---|\n| 1 |\n| 2 | 3 | 4 |\n")
    assert len(table) == 2
    assert "the first of them is row 1" in table.notes[0]


def test_a_csv_with_bars_is_no_grid():
    assert read_text("a|b\n1|2\n3|4\n").headers == ("a", "b")


def test_statements_in_the_cells_of_a_csv_are_cells():
    table = read_text("id;sql\n1;INSERT INTO t VALUES (1)\n2;x\n")
    assert table.headers == ("id", "sql")
