"""Input that means harm, or is no SQL at all: one clear answer, in bounded time."""

import time

import pytest

from designer.importers.contract import ImportProblem, Outcome
from designer.importers.sql import read
from designer.schema import Table
from tests.importers.postgres.reading import Reading

MILLION = 1_000_000


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    with pytest.raises(ImportProblem, match="empty"):
        read(text, "f.sql", "auto")


def test_a_binary_file() -> None:
    with pytest.raises(ImportProblem, match="binary") as caught:
        read("abc\nx\0", "f.sql", "auto")
    assert (caught.value.line, caught.value.column) == (2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50 * MILLION, "'" * (MILLION + 1), "$$ " * MILLION, "/*" * MILLION, "x;" * 50_000, "( ;" * 50_000,
        "$a$ $b$ " * 100_000, "\nCREATE TABLE (" * 20_000, "\nCREATE '" * 20_001, "<p>x;</p>\n" * 20_000,
    ],
    ids=["parens", "quotes", "dollars", "comments", "words", "half", "tags", "tables", "odd", "html"],
)  # fmt: skip
def test_nonsense_is_refused_as_a_whole(text: str) -> None:
    started = time.process_time()
    with pytest.raises(ImportProblem) as caught:
        read(text, "f.sql", "postgresql")
    assert caught.value.line >= 1
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "expression",
    ["1" + "+1" * 200_000, "1" + "||1" * 9_000, "(" * 9_000 + "1" + ")" * 9_000, "NOT " * 3_000 + "true", "f(" * 3_000 + ")" * 3_000,
     "(SELECT " * 900 + "1" + ")" * 900, "1" + "::int" * 50_000],
)  # fmt: skip
def test_deep_nesting_neither_crashes_nor_hangs(expression: str) -> None:
    started = time.process_time()
    reading = Reading(f"CREATE TABLE a (x int);\nCREATE VIEW v AS SELECT {expression};\nCREATE TABLE b (x int);")
    assert [table.name for table in reading.all(Table)] == ["a", "b"]
    assert time.process_time() - started < 2


def test_a_long_but_honest_expression_is_read() -> None:
    reading = Reading("CREATE TABLE t (a text, b text GENERATED ALWAYS AS (a" + " || a" * 400 + ") STORED)")
    generated = reading.column("t", "b").generated
    assert generated is not None
    assert len(generated.uses) == 401


@pytest.mark.parametrize(
    "name",
    ["say \"hi\"", "O'Brien", "'; DROP TABLE t; --", "back\\slash", "$$", "%s", "</script>", "🙂 é", "שלום", "a\nb", "select",
     "é" * 31, "a" * 63, ";", "--", "/*", "\u2028", "\x01", "(", "a.b"],
)  # fmt: skip
def test_names_of_any_kind(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    literal = "'" + name.replace("'", "''") + "'"
    reading = Reading(
        f"""CREATE TABLE {quoted} ({quoted} text DEFAULT {literal}, CONSTRAINT {quoted} CHECK ({quoted} <> {literal}));
            COMMENT ON COLUMN {quoted}.{quoted} IS {literal};
            CREATE VIEW v AS SELECT x.{quoted} FROM {quoted} x;
            CREATE TABLE after_it (a int);"""
    )
    column = reading.column(name, name)
    assert column.comment == name
    assert column.default is not None
    assert column.default.text == literal
    assert reading.columns("after_it") == ["a"]
    assert not reading.told()


def test_many_faults_stay_quick_and_cost_only_themselves() -> None:
    started = time.process_time()
    reading = Reading("".join(f"CREATE TABLE t{i} (a int);\nTHIS IS BAD {i};\n" for i in range(3_000)))
    assert len(reading.all(Table)) == 3_000
    assert len(reading.told(Outcome.FAILED)) == 3_000
    assert time.process_time() - started < 2
