"""Parquet: values as text, damaged files, and no library."""

from __future__ import annotations

import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from designer.discovery.contract import Budget, DataProblem
from designer.discovery.finder import discover
from designer.discovery.reading import read_file

core = pytest.importorskip("arro3.core")
arro3_io = pytest.importorskip("arro3.io")


def write(path, columns):
    arrays = {name: core.Array(values, type=kind) for name, (values, kind) in columns.items()}
    arro3_io.write_parquet(core.Table.from_pydict(arrays), str(path))
    return path


@pytest.fixture
def orders(tmp_path):
    many = range(3_000)
    return write(
        tmp_path / "o.parquet",
        {
            "id": (list(many), core.DataType.int64()),
            "zip": ([f"z{at % 20}" for at in many], core.DataType.string()),
            "city": ([f"city {at % 10}" if at % 20 else None for at in many], core.DataType.string()),
            "price": ([at / 4 for at in many], core.DataType.float64()),
            "paid": ([at % 2 == 0 for at in many], core.DataType.bool()),
            "raw": ([b"\x00\xff"] * 3_000, core.DataType.binary()),
        },
    )


def test_values_and_kinds(orders):
    table = read_file(orders, "o.parquet")
    assert table.row(1) == ("1", "z1", "city 1", "0.25", "false", "\\x00ff")
    assert table.row(0)[2] is None
    found = discover(table)
    assert [each.kind for each in found.columns] == ["code", "code", "text", "measure", "boolean", "code"]
    assert ((1,), 2) in {(each.left, each.right) for each in found.dependencies}


def test_a_sample(orders):
    table = read_file(orders, "o.parquet", Budget(rows=200))
    assert table.seen == 3_000 and 200 <= len(table) < 400 and "drawn at random" in table.sampled


def test_dates_and_numbers_are_spelled_as_in_sql(tmp_path):
    from designer.discovery.reading.texts import text_of as _text

    assert _text(date(2024, 2, 3)) == "2024-02-03"
    assert _text(datetime(2024, 2, 3, 4, 5)) == "2024-02-03 04:05:00"
    assert _text(Decimal("1.50")) == "1.50"
    assert _text({"b": 1, "a": [Decimal("2")]}) == '{"a":["2"],"b":1}'


@pytest.mark.parametrize("damage", [lambda data: b"PAR1" + b"x" * 50, lambda data: data[:-20]])
def test_damaged_files_are_told_in_one_sentence(orders, damage, capfd):
    orders.write_bytes(damage(orders.read_bytes()))
    with pytest.raises(DataProblem, match="this Parquet file cannot be read"):
        read_file(orders, "o.parquet")
    assert "panicked" not in capfd.readouterr().err


def test_without_the_library_the_extra_is_named(orders, monkeypatch):
    monkeypatch.setitem(sys.modules, "arro3", None)
    with pytest.raises(DataProblem, match=r"pip install 'wholekey\[parquet\]'"):
        read_file(orders, "o.parquet")
