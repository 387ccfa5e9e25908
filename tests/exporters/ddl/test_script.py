"""The script as a whole: stable, in order, with what is left out in the notes."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from designer.importers.registry import read_any
from designer.schema import (
    Column,
    Design,
    Entity,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    Key,
    Model,
    Statement,
    Table,
    View,
)
from exporters.contract import ExportProblem, Options
from exporters.ddl.names import generated_name
from exporters.ddl.order import Needs, creation_order
from exporters.ddl.text import as_key, commented, dollar_quoted, enclosed, terminated
from exporters.registry import get
from tests.exporters.ddl.builder import Builder

HERE = Path(__file__).parent
DIALECTS = ("postgresql", "mariadb", "mysql", "sqlite")


def export(design: Design, dialect: str | None = None) -> str:
    return get("ddl").export(design, Options(dialect=dialect)).text


@pytest.mark.parametrize("source", ["postgresql", "mariadb", "sqlite"])
@pytest.mark.parametrize("target", DIALECTS)
def test_golden(source: str, target: str) -> None:
    """Each case in each dialect; with WHOLEKEY_REWRITE_GOLDEN=1 the files are written anew, for `git diff`."""
    design = read_any((HERE / "cases" / f"{source}.sql").read_text(), "case.sql", source).design
    result = get("ddl").export(design, Options(dialect=target))
    notes = "".join(f"-- {note.code}: {note.message}\n" for note in result.notes)
    written = result.text + (f"\n-- Notes\n{notes}" if notes else "")
    path = HERE / "golden" / f"{source}-to-{target}.sql"
    if os.environ.get("WHOLEKEY_REWRITE_GOLDEN") == "1":
        path.write_text(written)
    assert written == path.read_text()


def test_the_order_of_records_does_not_matter() -> None:
    design = read_any((HERE / "cases" / "postgresql.sql").read_text(), "case.sql", "postgresql").design
    records = list(design.records())
    random.Random(3).shuffle(records)
    assert export(Design(records)) == export(design)


def test_models_without_tables_are_derived_first() -> None:
    make = Builder()
    logical = make.add(Model, None, name="ideas", level="logical")
    make.add(Entity, logical, name="Person")
    with pytest.raises(ExportProblem, match=r"'ideas' is logical.*derive a physical model first"):
        get("ddl").export(make.design(), Options(model=logical.id))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(dialect="oracle"), "no dialect 'oracle'; choose one of: postgresql"),
        (Options(model="nothing"), "no model 'nothing'"),
    ],
)
def test_what_cannot_be_exported_says_what_to_do(options: Options, message: str) -> None:
    with pytest.raises(ExportProblem, match=message):
        get("ddl").export(Builder().design(), options)


def test_an_empty_design_says_so() -> None:
    with pytest.raises(ExportProblem, match="no model"):
        get("ddl").export(Design(), Options())


@pytest.mark.parametrize("dialect", DIALECTS)
def test_statements_go_to_their_own_dialect_and_are_noted_elsewhere(dialect: str) -> None:
    make = Builder(dialect)
    other = "sqlite" if dialect != "sqlite" else "mysql"
    for phase, said, line in (("after", dialect, 3), ("before", dialect, 2), ("after", dialect, 1), ("never", dialect, 4),
                              ("after", other, 5)):  # fmt: skip
        make.add(
            Statement, make.model, text=Expr(f"SELECT {line}"), dialect=said, phase=phase, line=line, reason="for fun"
        )
    make.table("t", "id int")
    result = get("ddl").export(make.design(), Options())
    starts = [text for text in ("SELECT 2;", "CREATE TABLE t", "SELECT 1;", "SELECT 3;") if text in result.text]
    assert starts == sorted(starts, key=result.text.index) and len(starts) == 4
    assert [note.message for note in result.notes] == [
        "the statement 'SELECT 4' of line 4 is left out: for fun",
        f"the statement 'SELECT 5' of line 5 is left out: it is for {other}",
    ]


@pytest.mark.parametrize("dialect", ["mysql", "sqlite"])
def test_a_table_without_columns_is_a_comment_where_there_can_be_none(dialect: str) -> None:
    make = Builder(dialect)
    make.table("a\nb; DROP TABLE c")
    result = get("ddl").export(make.design(), Options())
    assert all(line.startswith("--") for line in result.text.splitlines() if line)
    assert [note.code for note in result.notes] == ["no-empty-tables"]


def test_views_come_behind_what_they_read() -> None:
    make = Builder()
    first = make.add(View, make.model, name="first", query=Expr("SELECT 1 AS n"))
    second = View(id=make.fresh(), parent=make.model.id, order="0", name="second", query=Expr("SELECT n FROM first"),
                  depends_on=(first.id,))  # fmt: skip
    make.records.append(second)
    written = export(make.design())
    assert written.index("VIEW first") < written.index("VIEW second")


def test_a_partial_unique_index_is_not_made_to_forbid_more() -> None:
    make = Builder()
    table = make.table("t", "id integer", "gone boolean")
    part = IndexPart(column=make.of(table, "id"))
    make.add(Index, table, name="u", unique=True, parts=(part,), where=Expr("NOT gone"))
    make.add(Index, table, name="i", parts=(part,), where=Expr("NOT gone"))
    result = get("ddl").export(make.design(), Options(dialect="mysql"))
    assert "KEY i (id)" in result.text and "KEY u" not in result.text
    assert {note.code for note in result.notes} == {"index", "no-partial-indexes"}


def test_growth_is_linear() -> None:
    def cpu(tables: int) -> float:
        make = Builder()
        keys: list[Column] = []
        for number in range(tables):
            table = make.add(Table, make.model, name=f"t{number}")
            keys += [make.column(table, f"c{each} text") for each in range(10)][:1]
            make.add(Key, table, primary=True, columns=(keys[-1].id,))
            target = keys[number // 2]
            make.add(
                ForeignKey, table, columns=(keys[-1].id,), ref_table=target.parent, ref_columns=(target.id,)
            )  # fmt: skip
        design = make.design()
        start = time.process_time()
        export(design)
        return time.process_time() - start

    small, large = min(cpu(200) for _ in range(3)), min(cpu(1600) for _ in range(2))
    assert large < small * 8 * 3, "eight times the tables must not take much more than eight times as long"


def test_hard_needs_win_over_circles_of_soft_ones() -> None:
    needs = Needs(hard={"a": ["d"], "child": ["parent"]}, soft={"parent": ["child"], "b": ["c"], "c": ["b"]})
    assert creation_order(["a", "child", "parent", "b", "c", "d"], needs) == ["parent", "child", "b", "c", "d", "a"]


def test_what_a_lower_rank_needs_goes_before_it() -> None:
    needs = Needs(hard={"t2": ["f2"], "f2": ["t3"]})
    rank = {"t1": 1, "t2": 1, "t3": 1, "f1": 2, "f2": 2}
    assert creation_order(["t1", "t2", "t3", "f1", "f2"], needs, rank) == ["t3", "f2", "t1", "t2", "f1"]


def test_a_long_chain_needs_no_recursion() -> None:
    names = [str(number) for number in range(20_000)]
    needs = Needs(soft={name: [names[at + 1]] for at, name in enumerate(names[:-1])})
    assert creation_order(names, needs) == names[::-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT 1", "SELECT 1;"),
        ("SELECT 1 ; ;\n", "SELECT 1;"),
        ("SELECT 1 -- all", "SELECT 1 -- all\n;"),
        ("SELECT 1 -- all\nFROM t", "SELECT 1 -- all\nFROM t;"),
    ],
)
def test_terminated(text: str, expected: str) -> None:
    assert terminated(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lower(a)", "lower(a)"),
        ("lower(a) || lower(b)", "(lower(a) || lower(b))"),
        ("lower(')')", "lower(')')"),
        ("a + b", "(a + b)"),
        ("(a) + (b)", "((a) + (b))"),
        ("(a + b)", "(a + b)"),
        ("a", "a"),
        ('"A b"', '"A b"'),
    ],
)
def test_as_key(text: str, expected: str) -> None:
    assert as_key(text) == expected


def test_enclosed_keeps_parentheses_that_are_there() -> None:
    assert (enclosed("a"), enclosed("(a)"), enclosed("(a) or (b)")) == ("(a)", "(a)", "((a) or (b))")


def test_a_dollar_quote_does_not_end_in_its_body() -> None:
    assert dollar_quoted("a $wholekey$ b $wholekey1$") == "$wholekey2$ a $wholekey$ b $wholekey1$ $wholekey2$"


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_no_line_break_ends_a_comment_early(ending: str) -> None:
    assert commented(f"a{ending}b") == "-- a\n-- b"


def test_generated_names_are_cut_as_the_server_cuts_them() -> None:
    assert generated_name("t", "a_b", "key") == "t_a_b_key"
    assert generated_name("t", "", "pkey") == "t_pkey"
    assert generated_name("x" * 63, "y" * 63, "fkey") == "x" * 29 + "_" + "y" * 28 + "_fkey"
