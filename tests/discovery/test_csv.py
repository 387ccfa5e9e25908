"""CSV as it really comes: no row is lost, and what was put right is told by name."""

from __future__ import annotations

import io
import random

import pytest

from designer.discovery.contract import Budget, DataProblem
from designer.discovery.reading import read_file, read_stream, read_text
from tests.discovery.data import csv_of, noise


def read(data, budget=None):
    return read_stream(io.BytesIO(data if isinstance(data, bytes) else data.encode()), "data.csv", budget or Budget())


def cells(table):
    return [list(table.row(at)) for at in range(len(table))]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_are_seen(delimiter, end):
    table = read(delimiter.join(["id", "name", "city"]) + end + delimiter.join(["1", "Ann", "Ulm"]) + end)
    assert table.headers == ("id", "name", "city")
    assert cells(table) == [["1", "Ann", "Ulm"]]


def test_decimal_commas_do_not_hide_semicolons():
    table = read("name;price;x\n" + "".join(f"n{at};{at},50;a\n" for at in range(30)))
    assert table.headers == ("name", "price", "x")
    assert cells(table)[3] == ["n3", "3,50", "a"]
    assert "Cells are separated by semicolons." in table.notes


def test_quoted_delimiters_quotes_and_newlines_stay_in_their_cell():
    table = read('id,text,n\n1,"a, b",x\n2,"say ""hi""",y\n3,"two\nlines",z\n4,plain,w\n')
    assert [row[1] for row in cells(table)] == ["a, b", 'say "hi"', "two\nlines", "plain"]
    assert table.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_with_and_without_marks(encoding):
    table = read("id,städte\n1,Köln\n2,Łódź 東京\n".encode(encoding))
    assert table.headers == ("id", "städte")
    assert cells(table) == [["1", "Köln"], ["2", "Łódź 東京"]]


def test_latin_1_is_read_and_named():
    table = read("id,städte\n1,Köln\n2,“€”\n".encode("cp1252"))
    assert cells(table) == [["1", "Köln"], ["2", "“€”"]]
    assert table.notes[0] == "5 bytes are not UTF-8 and read as Windows-1252 (Latin-1)."


def test_every_byte_is_read():
    table = read(b"id,x\n1," + bytes(range(0x80, 0x100)) + b"\n")
    assert len(cells(table)[0][1]) >= 120


def test_short_and_long_rows_are_kept_and_told_by_number():
    table = read("a,b,c,d\n1,2,3,4\n1,2,3\n1,2,3,4,5\n1,2,3,4,,\n9,9,9,9\n")
    assert cells(table) == [
        ["1", "2", "3", "4"], ["1", "2", "3", None], ["1", "2", "3", "4"], ["1", "2", "3", "4"], ["9", "9", "9", "9"],
    ]  # fmt: skip
    assert table.notes == (
        "Row 2 (line 3) has 3 fields instead of 4: the missing one is NULL.",
        "Row 3 (line 4) has 5 fields instead of 4: the extra one ('5') is left out of the comparison.",
    )


def test_many_ragged_rows_are_counted():
    table = read("a,b,c\n" + "1,2,3\n" * 100 + "1\n" * 50 + "1,2,3,4\n" * 30)
    assert len(table) == 180
    assert "In all 50 rows have too few fields and 30 too many; all of them were compared." in table.notes
    assert sum("instead of" in note for note in table.notes) == 8


def test_blank_lines_are_counted_and_rows_keep_their_numbers():
    table = read("a,b\n1,2\n\n\n3\n")
    assert list(table.numbers) == [1, 2]
    assert "2 blank lines were left out." in table.notes
    assert "Row 2 (line 5) has 1 field instead of 2: the missing one is NULL." in table.notes


def test_in_one_column_a_blank_line_is_a_null():
    assert cells(read("a\nx\n\ny\n")) == [["x"], [None], ["y"]]


@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,11,12\n',
        'a,b,c\n1,2,3\n4,5,"6\n7,8,9\n10,11,12\n',
        'a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,"11",12\n',
    ],
)
def test_a_quote_without_an_end_swallows_no_rows(text):
    table = read(text)
    assert len(table) == 4
    assert [row[0] for row in cells(table)] == ["1", "4", "7", "10"]
    assert any("Row 2 (line 3) opens a quote that is not closed where it should be" in note for note in table.notes)


def test_a_stray_quote_in_a_long_file_costs_no_row():
    lines = [f"{at},x{at},y" for at in range(9_000)]
    lines[4_000] = '4000,"x4000,y'
    table = read("a,b,c\n" + "\n".join(lines) + "\n")
    assert table.seen == 9_000


def test_text_after_a_closing_quote_stays():
    assert cells(read('a,b\n"x" y,2\n3,4\n'))[0][1] == "2"


def test_quotes_within_a_cell_are_letters():
    assert cells(read('a,b\n5" pipe,2\n3,4\n'))[0] == ['5" pipe', "2"]


def test_backslashes_that_protect_quotes():
    table = read("id,text\n" + "".join(f'{at},"say \\"hi, {at}\\" now"\n' for at in range(9)))
    assert cells(table)[3] == ["3", 'say "hi, 3" now']


def test_cells_in_apostrophes():
    table = read("id,text\n" + "".join(f"'{at}','a, b'\n" for at in range(9)))
    assert cells(table)[3] == ["3", "a, b"]


def test_duplicate_and_empty_headers_get_names_and_a_note():
    table = read("id,name,id,,id_2\n1,2,3,4,5\n")
    assert table.headers == ("id", "name", "id_3", "column_4", "id_2")
    assert "The header names id again in column 3; that one is called id_3." in table.notes
    assert "Column 4 has no name; it is called column_4." in table.notes


def test_a_header_that_is_shorter_than_the_rows_gets_more_names():
    table = read("a,b\n" + "1,2,3\n" * 20)
    assert table.headers == ("a", "b", "column_3")
    assert cells(table)[0] == ["1", "2", "3"]


def test_rows_without_a_header():
    table = read("1,Ann\n2,Bob\n")
    assert table.headers == ("column_1", "column_2")
    assert cells(table) == [["1", "Ann"], ["2", "Bob"]]
    assert "The first row has values in it and no names" in table.notes[0]


def test_null_words_and_empty_cells_are_null():
    assert cells(read('a,b,c,d\n,NULL,\\N,""\nx,y,z,w\n'))[0] == [None] * 4


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"  \r\n", b"\xff\xfe"])
def test_an_empty_file_is_told(data):
    with pytest.raises(DataProblem, match="there are no rows in it"):
        read(data)


def test_a_header_alone_is_a_table_without_rows():
    table = read("a,b\n")
    assert (table.headers, len(table)) == (("a", "b"), 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "zip archive or a workbook"),
        (b"\x1f\x8brest", "gunzip"),
        (b"a\0\0\0\0b,\0\1\2\0\0\0\0\0xyz\0\0\0,\n", "binary file"),
        (b"SQLite format 3\0xxxx", "binary file"),
    ],
)
def test_what_is_no_text_is_told_with_a_remedy(data, words):
    with pytest.raises(DataProblem, match=words):
        read(data)


def test_a_line_without_an_end_is_refused():
    with pytest.raises(DataProblem, match="more than 1,000,000 characters"):
        read(b"a,b\n1," + b"x" * 1_500_000)


def test_too_many_columns_are_refused():
    with pytest.raises(DataProblem, match="2000 columns"):
        read(",".join(f"c{at}" for at in range(2_000)) + "\n")


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(DataProblem, match="there is no such file"):
        read_file(tmp_path / "x.csv", "x.csv")
    with pytest.raises(DataProblem, match="directory"):
        read_file(tmp_path, "x")


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_written_is_read(seed):
    draw = random.Random(seed)
    letters = ["a", "b", "7", " ", '"', ",", ";", "\n", "é", "'", "\t", "|", "x y"]
    width = draw.randrange(2, 6)
    rows = [["".join(draw.choices(letters, k=draw.randrange(6))) or "-" for _ in range(width)] for _ in range(30)]
    header = [f"col{at}" for at in range(width)]
    table = read(csv_of(header, rows, lineterminator=draw.choice(["\n", "\r\n"])))
    assert table.headers == tuple(header)
    assert cells(table) == rows


def test_of_many_rows_an_even_sample_is_taken_and_told():
    header, rows = noise(5_000, 3, 50, 1)
    numbered = [[str(at), *row] for at, row in enumerate(rows, start=1)]
    table = read(csv_of(["n", *header], numbered), Budget(rows=400))
    assert table.seen == 5_000
    assert 400 <= len(table) < 800
    assert [row[0] for row in cells(table)] == [str(number) for number in table.numbers]
    assert cells(table) == [numbered[number - 1] for number in table.numbers]
    assert table.sampled == f"{len(table)} of 5,000 rows were compared: one, drawn at random, of every 8 in a row."
    blocks = [(number - 1) // 8 for number in table.numbers]
    assert blocks == list(range(len(blocks)))


def test_the_same_rows_give_the_same_sample():
    header, rows = noise(3_000, 3, 50, 1)
    text = csv_of(header, rows)
    assert read(text, Budget(rows=100)).numbers == read(text, Budget(rows=100)).numbers


def test_reading_without_time_says_where_it_stopped():
    header, rows = noise(9_000, 3, 50, 1)
    table = read(csv_of(header, rows), Budget(reading=-1))
    assert "Reading was stopped after" in table.sampled
    assert "what comes after them was not looked at" in table.sampled


def test_long_values_are_kept_as_a_digest_that_tells_them_apart():
    long = "x" * 5_000
    table = read(f"a,b\n{long}1,1\n{long}2,2\n{long}1,3\n")
    assert table.codes[0][0] == table.codes[0][2] != table.codes[0][1]
    assert len(table.values[0][1]) < 400


def test_pasted_cells_of_a_spreadsheet():
    table = read_text("id\tname\n1\tAnn Lee\n2\tBob, Jr.\n")
    assert cells(table) == [["1", "Ann Lee"], ["2", "Bob, Jr."]]


def test_titles_above_the_header_are_left_out_and_told():
    table = read("Report of June\n\nid,name,city\n1,Ann,Ulm\n2,Bob,Bonn\n")
    assert table.headers == ("id", "name", "city")
    assert len(table) == 2
    assert "Line 1, 'Report of June', stands above the names of the columns; it was left out." in table.notes
    assert read("sep=;\nid;name\n1;Ann\n").headers == ("id", "name")


def test_years_are_names():
    assert read("state,2019,2020\nOhio,1.5,2.5\n").headers == ("state", "2019", "2020")


def test_an_index_without_a_name_is_no_title():
    assert read(",count\n0,5\n1,7\n").headers == ("column_1", "count")
    assert read("a,b\n1,2\n").headers == ("a", "b")
    assert read("a\nx\ny\n").headers == ("a",)
