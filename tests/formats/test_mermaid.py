"""Mermaid: what its own parsers read back is exactly what was exported."""

from __future__ import annotations

import itertools
import os
import re
from typing import Any

import pytest

from designer.schema import (
    Attribute,
    Column,
    Design,
    End,
    Entity,
    ForeignKey,
    Identifier,
    Key,
    Relationship,
    Schema,
    Table,
)
from exporters import cardinality
from exporters.contract import Options
from exporters.mermaid import EXPORTER
from exporters.mermaid.text import escaped, type_word, word
from tests.formats import golden
from tests.formats.build import Build
from tests.formats.node import models
from tests.formats.random_designs import random_design
from tests.formats.samples import empty_model, library, shop
from tests.nasty import NAMES, nasty_design

PARSERS = ["mermaid", pytest.param("mermaid-11", marks=pytest.mark.slow)]
RANDOM_MODELS = 300 if "WHOLEKEY_EXAMPLES" in os.environ else 40

every_parser = pytest.mark.parametrize("parser", PARSERS)


def _text(design: Design) -> str:
    return EXPORTER.export(design, Options()).text


def _codes(design: Design) -> set[str]:
    return {note.code for note in EXPORTER.export(design, Options()).notes}


def _tables(design: Design) -> list[Table]:
    model = next(iter(design.records()))
    homes = [model.id, *(schema.id for schema in design.of(Schema))]
    return [table for home in homes for table in design.of(Table, home)]


def _check(design: Design, model: dict[str, Any]) -> None:
    """Fail where a model that was read back is not the design, told independently of the exporter."""
    tables = _tables(design)
    entities = model["entities"]
    assert len(entities) == len(tables)
    assert len({entity["name"] for entity in entities}) == len(tables)
    names = {}
    for table, entity in zip(tables, entities, strict=True):
        names[table.id] = entity["name"]
        assert _is_name_of(entity["name"], design, table)
        _check_attributes(design, table, entity["attributes"])
    keys = [key for table in tables for key in design.of(ForeignKey, table.id) if key.ref_table]
    assert len(model["relationships"]) == len(keys)
    for key, read in zip(keys, model["relationships"], strict=True):
        _check_relationship(design, names, key, read)


def _is_name_of(read: str, design: Design, table: Table) -> bool:
    home = design[table.parent or ""]
    qualified = f"{home.name}.{table.name}" if isinstance(home, Schema) else table.name
    allowed = {table.name or " ", qualified}
    return read in allowed or re.sub(r"_\d+$", "", read) in allowed


def _check_attributes(design: Design, table: Table, attributes: list[dict[str, Any]]) -> None:
    columns = design.of(Column, table.id)
    assert len(attributes) == len(columns)
    assert len({attribute["name"] for attribute in attributes}) == len(columns)
    primary = cardinality.primary_columns(design, table.id)
    for column, attribute in zip(columns, attributes, strict=True):
        if attribute["name"] == column.name:
            assert attribute["comment"] == column.comment
        else:
            assert attribute["comment"] in (column.name, f"{column.name}: {column.comment}")
        assert ("PK" in attribute["keys"]) == (column.id in primary)
        foreign = any(column.id in key.columns for key in design.of(ForeignKey, table.id))
        assert ("FK" in attribute["keys"]) == foreign
        unique = any(key.columns == (column.id,) and not key.primary for key in design.of(Key, table.id))
        assert ("UK" in attribute["keys"]) == unique


def _check_relationship(design: Design, names: dict[str, str], key: ForeignKey, read: dict[str, Any]) -> None:
    facts = cardinality.of_foreign_key(design, key)
    assert read["left"] == names[key.ref_table or ""]
    assert read["right"] == names[key.parent or ""]
    parent = "0..1" if facts.parent_optional else "1..1"
    child = "0..1" if facts.child_single else "0..n"
    assert read["many"] == [parent, child]
    assert read["identifying"] == facts.identifying
    columns = ", ".join(design[each].name for each in key.columns)  # type: ignore[attr-defined]
    assert read["label"] == (key.name or columns)


@pytest.mark.node
@every_parser
def test_nasty_names_are_read_back(parser: str) -> None:
    designs = [nasty_design(), nasty_design(schema="sales"), nasty_design(schema='x"."y')]
    for design, model in zip(designs, models(parser, [_text(each) for each in designs]), strict=True):
        _check(design, model)


@pytest.mark.node
@every_parser
def test_each_nasty_name_alone_is_read_back(parser: str) -> None:
    """A name that swallows what comes after it is found even where another one would hide that."""
    designs = [nasty_design([name]) for name in NAMES]
    for design, model in zip(designs, models(parser, [_text(each) for each in designs]), strict=True):
        _check(design, model)


@pytest.mark.node
@every_parser
def test_random_designs_are_read_back(parser: str) -> None:
    designs = [random_design(seed) for seed in range(RANDOM_MODELS)]
    for design, model in zip(designs, models(parser, [_text(each) for each in designs]), strict=True):
        _check(design, model)


@pytest.mark.node
@pytest.mark.slow
@every_parser
def test_a_thousand_tables_are_read_back(parser: str) -> None:
    b = Build()
    previous = None
    for number in range(1000):
        table = b.table(f"table {number}")
        key = b.column(table, "id", nullable=False)
        b.key(table, key)
        for extra in range(8):
            b.column(table, f"column_{extra}", "text", comment="a comment")
        if previous is not None:
            b.refer([b.column(table, "previous_id")], *previous)
        previous = (table, [key])
    design = b.design()
    _check(design, models(parser, [_text(design)])[0])
    assert "too-long" in _codes(design)


@pytest.mark.node
@every_parser
def test_samples_are_read_back(parser: str) -> None:
    read = models(parser, [_text(shop()), _text(library()), _text(empty_model()), _text(empty_model("logical"))])
    _check(shop(), read[0])
    assert [entity["name"] for entity in read[1]["entities"]] == [
        "Person", "Member", "Author", "Book", "Copy", "borrows", "recommends",
    ]  # fmt: skip
    assert [attribute["name"] for attribute in read[1]["entities"][0]["attributes"]] == [
        "name", "address", "address_street", "address_town", "phone",
    ]  # fmt: skip
    assert len(read[1]["relationships"]) == 2 + 2 + 3 + 2
    assert read[2]["entities"] == read[3]["entities"] == []


@pytest.mark.node
@every_parser
def test_nasty_names_of_a_logical_model_are_read_back(parser: str) -> None:
    b = Build(level="logical")
    entities = [b.add(Entity, b.model, name=name) for name in NAMES]
    for entity in entities:
        own = b.add(Attribute, entity, name=entity.name, type=entity.name, comment=entity.name)
        b.add(Identifier, entity, primary=True, attributes=(own.id,))
    for one, two in itertools.pairwise(entities):
        b.add(Relationship, b.model, name=one.name, ends=(End(entity=one.id, min=1, max=1), End(entity=two.id)))
    model = models(parser, [_text(b.design())])[0]
    assert [entity["name"] for entity in model["entities"]] == NAMES
    for name, entity in zip(NAMES, model["entities"], strict=True):
        (attribute,) = entity["attributes"]
        assert attribute["keys"] == ["PK"]
        assert attribute["comment"] in (name, f"{name}: {name}")
    read = [(each["left"], each["right"], each["label"]) for each in model["relationships"]]
    assert read == list(zip(NAMES, NAMES[1:], NAMES, strict=False))
    assert all(each["many"] == ["1..1", "0..n"] and not each["identifying"] for each in model["relationships"])


def test_golden() -> None:
    golden.check("shop.mmd", _text(shop()))
    golden.check("library.mmd", _text(library()))


def test_notes_say_what_is_left_out() -> None:
    assert {"missing-table", "no-view", "no-check", "no-index", "no-default", "no-not-null", "no-action"} <= _codes(
        shop()
    )
    assert {"no-n-ary", "no-generalization", "no-role", "no-optional", "no-range"} <= _codes(library())


def test_namesakes_stay_apart() -> None:
    b = Build()
    b.table("users")
    b.table("users", b.schema("public"))
    b.table("users", b.schema("sales"))
    b.table("sales.users")
    text = _text(b.design())
    assert re.findall(r'^  "(.*)"$', text, re.MULTILINE) == ["users", "sales.users", "public.users", "sales.users_2"]


def test_a_diagram_limits_the_export() -> None:
    design = shop()
    diagram = next(each for each in design if each.startswith("diagram"))
    export = EXPORTER.export(design, Options(diagram=diagram))
    assert re.findall(r'^  "(.*)" \{$', export.text, re.MULTILINE) == ["customers", "sales.orders", "sales.items"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("id", "id"), ("order id", "order_id"), ("2fa", "_2fa"), ("pk", "_pk"), ("PK-x", "_PK-x"), ("pkey", "pkey"),
        ("", "_"), ("a.b", "a_b"), ("\u7528\u6237", "\u7528\u6237"), ("\U0001f600", "\U0001f600"), ("a\u2028b", "a_b"),
        ("\ufeffbom", "_bom"), ("-1", "_-1"), ("*x*", "_x_"),
    ],
)  # fmt: skip
def test_word(name: str, expected: str) -> None:
    assert word(name) == expected


@pytest.mark.parametrize(
    ("type_", "name", "expected"),
    [
        ("numeric(10, 2)", "x", "numeric(10_2)"), ("timestamp with time zone", "x", "timestamp_with_time_zone"),
        ("text[]", "x", "text[]"), ("", "x", "any"), ("direction", "LR_x", "direction_"),
        ("direction", "x", "direction"),
        ("enum('a','b')", "x", "enum(a_b)"), ("'''", "x", "any"),
    ],
)  # fmt: skip
def test_type_word(type_: str, name: str, expected: str) -> None:
    assert type_word(type_, name) == expected


def test_escaping_costs_no_more_than_the_text() -> None:
    """Long runs of blanks are where careless patterns take quadratic time."""
    assert len(escaped(" " * 100_000 + "x" + " " * 100_000 + "y")) > 100_000
