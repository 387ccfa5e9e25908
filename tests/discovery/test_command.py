"""wholekey discover as people run it."""

from __future__ import annotations

import io
import json
import sqlite3
import sys
from types import SimpleNamespace

import pytest

from designer.cli.main import main
from tests.discovery.data import csv_of, orders


@pytest.fixture
def discover(tmp_path, monkeypatch, capfd):
    """Return a function that runs `wholekey discover ARGUMENTS` in an empty directory, in this process."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main(["discover", *arguments])
        except SystemExit as left:
            code = left.code
        out, err = capfd.readouterr()
        return SimpleNamespace(code=code, text=out, err=err)

    return run


def written(tmp_path, name="orders.csv", **options):
    header, rows = orders(900, **options)
    (tmp_path / name).write_text(csv_of(header, rows))
    return header, rows


def test_text_for_people(discover, tmp_path):
    written(tmp_path, dirty=0.003)
    ran = discover("orders.csv", "--ask", "zip -> dept")
    assert ran.code == 0, ran.err
    assert "orders.csv: 900 rows, 15 columns; all of them were compared." in ran.text
    assert "Keys\n  order_id, line_no\n" in ran.text
    assert "  employee -> dept   (860 of 900 rows repeat 40 values)" in ran.text
    assert "zip -> city   (" in ran.text.partition("Nearly dependencies")[2]
    assert "zip -> dept   (does not hold: " in ran.text.partition("Asked")[2]


def test_json_for_programs(discover, tmp_path):
    header, _ = written(tmp_path)
    ran = discover("orders.csv", "--to", "json", "--left", "1", "--errors", "0", "-o", "out.json")
    assert (ran.code, ran.text) == (0, "")
    found = json.loads((tmp_path / "out.json").read_text())["tables"][0]
    assert [each["name"] for each in found["columns"]] == header
    assert (found["rows"], found["left"], found["errors"], found["null"]) == (900, 1, 0, "equal")
    assert {
        "left": ["employee"],
        "right": "dept",
        "groups": 40,
        "exceptions": 0,
        "redundancy": 860,
        "share": 0.955556,
    } in found["dependencies"]
    assert all(len(each["left"]) == 1 for each in found["dependencies"])


def test_standard_input_and_several_files(discover, tmp_path):
    assert "<stdin>: 2 rows, 2 columns" in discover("-", stdin=b"a\tb\n1\tx\n2\tx\n").text
    (tmp_path / "customers.csv").write_text("id,name\n" + "".join(f"{at},n{at}\n" for at in range(20)))
    (tmp_path / "orders.csv").write_text("id,customer_id\n" + "".join(f"{at},{at % 15}\n" for at in range(40)))
    ran = discover("customers.csv", "orders.csv")
    assert "Perhaps foreign keys\n  orders.csv (customer_id) -> customers.csv (id)   (15 values)" in ran.text


def test_live_tables(discover, tmp_path):
    with sqlite3.connect(tmp_path / "shop.db") as base:
        base.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, x, y)")
        base.executemany("INSERT INTO a VALUES (?, ?, ?)", [(at, at % 5, f"y{at % 5}") for at in range(50)])
        base.execute("CREATE TABLE b (a_id)")
        base.executemany("INSERT INTO b VALUES (?)", [(at % 9,) for at in range(50)])
    base.close()
    assert "a: 50 rows" in discover("shop.db", "--table", "a").text
    assert "b (a_id) -> a (id)" in discover("sqlite:///shop.db", "--table", "*").text
    ran = discover("shop.db")
    assert (ran.code, ran.err) == (2, "shop.db: name the table; there are: a, b\n")


def test_what_was_put_right_is_told(discover, tmp_path):
    (tmp_path / "bad.csv").write_bytes("id,id,stadt\n1,2\n1,2,Köln,4\n".encode("latin-1"))
    text = discover("bad.csv").text
    assert "The header names id again in column 2; that one is called id_2." in text
    assert "Row 1 (line 2) has 2 fields instead of 3: the missing one is NULL." in text
    assert "Row 2 (line 3) has 4 fields instead of 3: the extra one ('4') is left out of the comparison." in text
    assert "1 byte is not UTF-8 and read as Windows-1252 (Latin-1)." in text


def test_hostile_text_does_not_move_the_cursor(discover, tmp_path):
    (tmp_path / "x.csv").write_text("a\x1b[2J,b\n1\x1b[1m,x\n1\x1b[1m,x\n")
    assert "\x1b" not in discover("x.csv", "--ask", "b -> a\x1b[2J").text


def test_bad_input_is_one_line_and_two(discover, tmp_path):
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3,4\n")
    cases = {
        ("no.csv",): "no.csv: there is no such file; check the path",
        ("empty.csv",): "empty.csv:1:1: there are no rows in it",
        ("x.csv", "--ask", "a -> z"): "x.csv: --ask: there is no column z; there are: a, b",
        ("x.csv", "--ask", "a"): "is no dependency",
        ("oracle://x/y",): "cannot be read",
        ("x.csv", "--errors", "90%"): "choose a share from 0 to 20%",
        ("x.csv", "--sample", "0"): "is no number from 2 on",
        ("postgresql://ann:s3cretword@127.0.0.1:1/x", "--table", "t"): "127.0.0.1",
    }
    for arguments, words in cases.items():
        ran = discover(*arguments)
        assert ran.code == 2, arguments
        assert words in ran.err
        assert "s3cretword" not in ran.err


def test_the_command_is_there(wholekey, tmp_path):
    written(tmp_path)
    assert "order_id, line_no" in wholekey("discover", "orders.csv").text
