"""What rows show: cells that repeat others, and copies told apart from snapshots."""

from __future__ import annotations

from designer.dependencies.finding import findings
from designer.dependencies.plaque import plaque, repeats_of
from designer.dependencies.sample import Sample
from designer.dependencies.snapshots import COPY, SNAPSHOT, UNDECIDED, told, twins
from designer.schema import Dependency
from tests.dependencies.model.tables import columns, names, read, stated, table

WIDE = "CREATE TABLE t (order_id int PRIMARY KEY, zip text, city text);"


def test_cells_that_other_rows_fix_are_redundant() -> None:
    design = stated(read(WIDE), "zip -> city")
    own = columns(design)
    rows = (("1", "A", "X"), ("2", "A", "X"), ("3", "B", "Y"), ("4", "C", "Z"), ("5", "C", "W"))
    found = plaque(findings(design, table(design)), Sample(tuple(own.values()), rows))
    assert found.redundant == {(0, own["city"]), (1, own["city"])}
    assert found.contradicting == {(3, own["city"]), (4, own["city"])}
    assert found.repeats[0].text == "2 of 5 cells repeat 3 facts"
    assert found.repeats[0].conflicts == 2


def test_the_count_of_a_large_table_is_told_in_one_sentence() -> None:
    data = Dependency(id="d", determinant=("a",), dependent=("b",), checked_rows=500_000, groups=200)
    found = repeats_of(data)
    assert found is not None
    assert found.text == "499,800 of 500,000 cells repeat 200 facts"
    assert repeats_of(Dependency(id="d", determinant=("a",), dependent=("b",))) is None


def test_a_table_without_repeats_has_no_plaque() -> None:
    design = stated(read(WIDE), "zip -> city")
    rows = (("1", "A", "X"), ("2", "B", "X"))
    found = plaque(findings(design, table(design)), Sample(tuple(columns(design).values()), rows))
    assert not found.redundant
    assert found.repeats[0].text == "none of 2 cells repeats another"


LINES = (
    "CREATE TABLE products (id int PRIMARY KEY, sku text, price numeric, name text);"
    "CREATE TABLE t (id int PRIMARY KEY, product_id int REFERENCES products, sku text, unit_price numeric, name text,"
    " product_name text);"
)


def test_a_copy_equals_and_a_snapshot_differs() -> None:
    design = read(LINES)
    here, there = columns(design), columns(design, "products")
    found = {names(design, (each.column,)): each for each in twins(design, table(design))}
    assert set(found) == {"sku", "unit_price", "product_name"}, "everybody has a name of their own"
    products = Sample(tuple(there.values()), (("1", "A-1", "10", "Nut"), ("2", "B-2", "20", "Bolt")))
    lines = Sample(
        tuple(here.values()),
        (("1", "1", "A-1", "9", "x", "Nut"), ("2", "2", "B-2", "20", "y", "Bolt"), ("3", None, "C", "1", "z", "Q"),
         ("4", "9", "D", "2", "w", "R")),
    )  # fmt: skip
    copy, snapshot = told(design, found["sku"], lines, products), told(design, found["unit_price"], lines, products)
    assert (copy.kind, copy.checked, copy.missing) == (COPY, 2, 1)
    assert copy.text == "In 2 rows sku equals products.sku: a copy, which can be dropped, for products has it."
    assert (snapshot.kind, snapshot.differ, snapshot.example) == (SNAPSHOT, 1, ("1", "9", "10"))
    assert "a snapshot of what was true at the time" in snapshot.text


def test_without_rows_nothing_is_said() -> None:
    design = read(LINES)
    first = twins(design, table(design))[0]
    assert told(design, first, Sample(), Sample()).kind == UNDECIDED
