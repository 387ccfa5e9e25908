"""Concepts against tables."""

from __future__ import annotations

import csv
import io
import time

from designer.levels.tracing.matrix import MAIN, PART, REFERENCE, Wish, as_csv, choices, matrix, shown
from designer.schema import (
    Attribute,
    Column,
    Design,
    End,
    Entity,
    ForeignKey,
    Generalization,
    Model,
    Record,
    Relationship,
    Table,
)  # fmt: skip
from tests.levels.trace.shop import shop


def test_main_part_and_reference_over_two_levels() -> None:
    found = matrix(shop(), "con", "pg")
    assert {key: cell.how for key, cell in found.cells.items()} == {
        ("con.customer", "pg.customers"): MAIN,
        ("con.order", "pg.orders"): MAIN,
        ("con.places", "pg.orders"): PART,
        ("con.customer", "pg.orders"): REFERENCE,
    }
    assert found.cells["con.places", "pg.orders"].through == ("pg.customer_email", "pg.idx", "pg.fk")
    assert [row.name for row in found.rows] == ["Customer", "Order", "places"]


def test_logical_rows_are_the_same_question_one_level_lower() -> None:
    cells = matrix(shop(), "log", "lite").cells
    assert cells["log.customer", "lite.customers"].how == MAIN
    assert [model.id for model in choices(shop())[0]] == ["con", "log"]


def test_a_subtype_folded_away_and_an_associative_table() -> None:
    design = Design([
        Model(id="l", level="logical"), Model(id="p", level="physical", target="sqlite"),
        Entity(id="person", parent="l", name="Person"), Entity(id="nurse", parent="l", name="Nurse"),
        Attribute(id="ward", parent="nurse", name="ward"),
        Generalization(id="g", parent="l", supertype="person", subtypes=("nurse",)),
        Relationship(id="knows", parent="l", name="knows", ends=(End(entity="person"), End(entity="nurse"))),
        Table(id="persons", parent="p", name="persons", origin="person"),
        Column(id="c1", parent="persons", name="ward", origin="ward"),
        Column(id="c2", parent="persons", name="kind", origin="g"),
        Table(id="knowing", parent="p", name="knowing", origin="knows"),
        ForeignKey(id="f", parent="knowing", ref_table="persons", origin="knows"),
        Table(id="spare", parent="p", name="spare"),
    ])  # fmt: skip
    found = matrix(design, "l", "p")
    assert {key: cell.how for key, cell in found.cells.items()} == {
        ("person", "persons"): MAIN, ("nurse", "persons"): PART,
        ("knows", "knowing"): MAIN, ("person", "knowing"): REFERENCE,
    }  # fmt: skip
    assert [column.id for column in shown(found, Wish(only="columns")).columns] == ["spare"]


def test_filter_and_sort() -> None:
    whole = matrix(shop(), "con", "pg")
    only = shown(whole, Wish(text="cust"))
    assert [row.id for row in only.rows] == ["con.customer"]
    assert [column.id for column in only.columns] == ["pg.customers", "pg.orders"]
    assert [row.id for row in shown(whole, Wish(how=PART)).rows] == ["con.places"]
    assert [row.id for row in shown(whole, Wish(sort="name")).rows] == ["con.customer", "con.order", "con.places"]
    assert shown(whole, Wish(sort="tables")).rows[0].id == "con.customer"


def test_csv_has_all_and_no_formulas() -> None:
    design = shop().changed((), [Table(id="pg.bad", parent="pg", name="=cmd()", origin="log.order")])
    rows = list(csv.reader(io.StringIO(as_csv(matrix(design, "con", "pg")))))
    assert rows[0] == ["concept", "kind", "customers", "orders", "'=cmd()"] or "'=cmd()" in rows[0]
    assert rows[1][:2] == ["Customer", "entity"]
    assert "main" in rows[1]


def test_thousands_of_rows_are_no_trouble() -> None:
    records: list[Record] = [Model(id="l", level="logical"), Model(id="p", level="physical", target="sqlite")]
    for number in range(3000):
        records.append(Entity(id=f"e{number}", parent="l", name=f"Entity {number}", order=f"{number:05}"))
        records.append(Table(id=f"t{number}", parent="p", name=f"t{number}", origin=f"e{number}", order=f"{number:05}"))
        records += [Column(id=f"c{number}.{at}", parent=f"t{number}", name=f"c{at}") for at in range(5)]
    design = Design(records)
    design.referrers("l")
    started = time.process_time()
    found = shown(matrix(design, "l", "p"), Wish(text="Entity 12", sort="name"))
    assert time.process_time() - started < 1.5
    assert len(found.rows) == 111
    assert len(found.columns) == 111
