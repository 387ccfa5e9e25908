"""DBML: what its own parser reads back is exactly what was exported."""

from __future__ import annotations

import os
import re
from typing import Any

import pytest

from designer.dialects import registry as dialects
from designer.schema import Check, Column, Design, EnumType, Expr, ForeignKey, Id, Index, IndexPart, Key, Schema, Table
from exporters import cardinality
from exporters.contract import ExportProblem, Options
from exporters.dbml import EXPORTER, text
from tests.formats import golden
from tests.formats.build import Build
from tests.formats.node import models
from tests.formats.random_designs import random_design
from tests.formats.samples import empty_model, library, shop
from tests.nasty import NAMES, nasty_design

RANDOM_MODELS = 300 if "WHOLEKEY_EXAMPLES" in os.environ else 40


def _text(design: Design) -> str:
    return EXPORTER.export(design, Options()).text


def _notes(design: Design) -> set[tuple[str | None, str]]:
    return {(note.about, note.code) for note in EXPORTER.export(design, Options()).notes}


def _dedented(note: str) -> str:
    """Return a note as DBML shows it: without leading empty lines, and with the common indent taken away."""
    lines = note.split("\n")
    filled = [number for number, line in enumerate(lines) if _lstrip(line)]
    if not filled:
        return lines[-1]
    lines = lines[filled[0] :]
    indent = min(len(line) - len(_lstrip(line)) for line in lines if _lstrip(line))
    return "\n".join(line[indent:] for line in lines)


def _lstrip(line: str) -> str:
    """Strip what JavaScript's trimStart does."""
    return re.sub(r"\A[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+", "", line)


class _Checker:
    """Compares a model that was read back with its design, told independently of the exporter."""

    def __init__(self, design: Design, model: dict[str, Any]):
        self.design = design
        self.model = model
        self.noted = {(note.about, note.code) for note in EXPORTER.export(design, Options()).notes}
        self.names: dict[Id, tuple[str, str]] = {}

    def check(self) -> None:
        tables = [table for table in self.design.of(Table) if self.design.of(Column, table.id)]
        read = {(table["schema"], table["name"]): table for table in self.model["tables"]}
        assert len(read) == len(self.model["tables"]) == len(tables)
        for table in tables:
            schema, name = self._home(table), table.name
            if (table.id, "renamed") in self.noted:
                name = next(n for s, n in read if s == schema and re.fullmatch(re.escape(name) + r"_\d+", n))
            self.names[table.id] = (schema, name)
            self._table(table, read[schema, name])
        self._refs()
        self._enums()

    def _home(self, record: Table | EnumType) -> str:
        home = self.design[record.parent or ""]
        return home.name if isinstance(home, Schema) else "public"

    def _table(self, table: Table, read: dict[str, Any]) -> None:
        columns = self.design.of(Column, table.id)
        assert [column["name"] for column in read["columns"]] == [column.name for column in columns]
        assert (read["note"] or "") == _dedented(table.comment)
        keys = self.design.of(Key, table.id)
        primary = {key.columns for key in keys if key.primary}
        for column, got in zip(columns, read["columns"], strict=True):
            assert got["pk"] == ((column.id,) in primary)
            assert got["notNull"] == (not column.nullable and not got["pk"])
            assert (got["note"] or "") == _dedented(column.comment)
            self._type(column, got)
            self._default(column, got["default"])
        self._indexes(table, keys, read)
        checks = [c for c in self.design.of(Check, table.id) if "`" not in c.expr.text]
        assert [(c.name or None, c.expr.text) for c in checks] == [(c["name"], c["expression"]) for c in read["checks"]]

    def _type(self, column: Column, got: dict[str, Any]) -> None:
        if column.type_ref is None:
            assert got["type"] == (re.sub(r"\s*,\s*", ",", column.type) or "any") or got["type"] == column.type
        else:
            enum = self.design[column.type_ref]
            assert isinstance(enum, EnumType)
            assert got["type"] == enum.name
            assert (got["typeSchema"] or "public") == self._home(enum)

    def _default(self, column: Column, got: dict[str, Any] | None) -> None:
        if column.default is None or (column.id, "backtick") in self.noted:
            assert got is None
            return
        written = column.default.text
        assert got is not None
        if got["type"] == "string":
            assert re.sub(r"::[a-z]+$", "", written) == "'" + got["value"].replace("'", "''") + "'"
        elif got["type"] == "number":
            assert float(written) == got["value"]
        else:
            assert str(got["value"]).lower() == written.lower()

    def _indexes(self, table: Table, keys: list[Key], read: dict[str, Any]) -> None:
        names = {column.id: column.name for column in self.design.of(Column, table.id)}
        in_block = [(index["pk"], [part["value"] for part in index["parts"]]) for index in read["indexes"]]
        inline = [column["name"] for column in read["columns"] if column["unique"]]
        for key in keys:
            columns = [names[each] for each in key.columns]
            if key.primary and len(columns) == 1:
                continue
            assert (key.primary, columns) in in_block or (len(columns) == 1 and columns[0] in inline)
        for index in self.design.of(Index, table.id):
            if (index.id, "backtick") in self.noted:
                continue
            parts = {names[part.column] for part in index.parts if part.column}
            parts |= {part.expr.text for part in index.parts if part.expr}
            assert any(
                parts == {part["value"] for part in each["parts"]}
                and (each["name"] or "", each["unique"], each["type"] or "") == (index.name, index.unique, index.method)
                for each in read["indexes"]
            )

    def _refs(self) -> None:
        left_out = {about for about, code in self.noted if code in _LEFT_OUT}
        keys = [key for key in self.design.of(ForeignKey) if key.id not in left_out]
        expected = [self._ref(key) for key in keys]
        read = [
            (
                ref["name"],
                *((end["schema"] or "public", end["table"], tuple(end["columns"])) for end in ref["endpoints"]),
                ref["endpoints"][0]["relation"],
                ref["onDelete"],
            )
            for ref in self.model["refs"]
        ]
        assert sorted(map(repr, read)) == sorted(map(repr, expected))

    def _ref(self, key: ForeignKey) -> tuple[Any, ...]:
        facts = cardinality.of_foreign_key(self.design, key)
        return (
            key.name or None,
            (*self.names[key.parent or ""], self._columns(key.columns)),
            (*self.names[key.ref_table or ""], self._columns(key.ref_columns)),
            "1" if facts.child_single else "*",
            key.on_delete or None,
        )

    def _columns(self, ids: tuple[Id, ...]) -> tuple[str, ...]:
        return tuple(self.design[each].name for each in ids)  # type: ignore[attr-defined]

    def _enums(self) -> None:
        expected = {(self._home(enum), enum.name, enum.values) for enum in self.design.of(EnumType)}
        assert {(e["schema"], e["name"], tuple(e["values"])) for e in self.model["enums"]} == expected


_LEFT_OUT = {"missing-table", "no-columns", "same-columns", "same-ends", "outside"}


def _read_back(designs: list[Design]) -> list[dict[str, Any]]:
    return models("dbml", [_text(each) for each in designs])


@pytest.mark.node
def test_nasty_names_are_read_back() -> None:
    designs = [nasty_design(), nasty_design(schema="sales"), nasty_design(schema='x"."y'), shop()]
    for design, model in zip(designs, _read_back(designs), strict=True):
        _Checker(design, model).check()


@pytest.mark.node
def test_each_nasty_name_alone_is_read_back() -> None:
    designs = [nasty_design([name], schema=name) for name in NAMES]
    for design, model in zip(designs, _read_back(designs), strict=True):
        _Checker(design, model).check()


@pytest.mark.node
def test_random_designs_are_read_back() -> None:
    designs = [random_design(seed) for seed in range(RANDOM_MODELS)]
    for design, model in zip(designs, _read_back(designs), strict=True):
        _Checker(design, model).check()


@pytest.mark.node
@pytest.mark.slow
def test_a_thousand_tables_are_read_back() -> None:
    b = Build()
    previous = None
    for number in range(1000):
        table = b.table(f"table {number}")
        key = b.column(table, "id", nullable=False)
        b.key(table, key)
        for extra in range(4):
            b.column(table, f"column_{extra}", "text")
        if previous is not None:
            b.refer([b.column(table, "previous_id")], *previous)
        previous = (table, [key])
    design = b.design()
    _Checker(design, _read_back([design])[0]).check()


@pytest.mark.node
def test_samples_are_read_back() -> None:
    shop_model, empty = _read_back([shop(), empty_model()])
    assert shop_model["project"] == "Shop & Sons"
    assert shop_model["groups"] == [{"name": "Ordering", "tables": ["orders", "items"]}]
    assert empty["tables"] == []


def test_golden() -> None:
    golden.check("shop.dbml", _text(shop()))


def test_notes_say_what_is_left_out() -> None:
    codes = {code for _, code in _notes(shop())}
    assert {"missing-table", "no-columns", "no-view", "no-index-option"} <= codes


def test_a_second_reference_between_the_same_columns_is_noted() -> None:
    b = Build()
    one, two = b.table("one"), b.table("two")
    first, second = b.column(one, "id"), b.column(two, "id")
    b.refer([first], two, [second])
    again = b.refer([first], two, [second], name="again")
    back = b.refer([second], one, [first], name="back")
    itself = b.refer([first], one, [first], name="itself")
    text_, notes = _text(b.design()), _notes(b.design())
    assert text_.count("Ref") == 1
    assert {(again.id, "same-ends"), (back.id, "same-ends"), (itself.id, "same-columns")} <= notes


def test_a_backtick_inside_an_expression_is_noted() -> None:
    b = Build(target="mysql")
    table = b.table("t")
    column = b.column(table, "a", default="`b` + 1")
    check = b.add(Check, table, expr=Expr("`a` > 0"))
    index = b.add(Index, table, parts=(IndexPart(expr=Expr("lower(`a`)")),))
    assert {(column.id, "backtick"), (check.id, "backtick"), (index.id, "backtick")} <= _notes(b.design())
    assert "`" not in _text(b.design())


def test_a_conceptual_model_is_refused_with_a_remedy() -> None:
    with pytest.raises(ExportProblem, match="derive a physical model"):
        EXPORTER.export(library(), Options())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", "0"), ("-1", "-1"), ("1.5", "1.5"), ("1.50", "`1.50`"),
        ("12345678901234567890", "`12345678901234567890`"),
        ("'x'", "'x'"), ("'it''s'::text", "'it\\'s'"), ("'a'::\"my type\"[]", "'a'"), ("'a' || 'b'", "`'a' || 'b'`"),
        ("NULL", "null"), ("now()", "`now()`"), ("`x`", None), ("''", "''"), ("'\n'", "'\\n'"), ("-0", "`-0`"),
    ],
)  # fmt: skip
def test_default(written: str, expected: str | None) -> None:
    assert text.default(written, dialects.get("postgresql")) == expected


def test_a_default_with_backslashes_stays_an_expression_in_mysql() -> None:
    assert text.default("'a\\n'", dialects.get("mysql")) == "`'a\\n'`"
    assert text.default("'a\\n'", dialects.get("postgresql")) == "'a\\\\n'"
