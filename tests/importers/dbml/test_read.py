"""DBML, Mermaid and CSV read into tables; what we export ourselves comes back."""

from __future__ import annotations

import difflib
from typing import Any

import pytest

from designer.importers.contract import ImportProblem
from designer.importers.guess import seems, seems_rows
from designer.importers.registry import read_any
from designer.schema import Area, Column, Design, EnumType, ForeignKey, Index, Key, Placement, Table
from designer.schema.validation import validate
from exporters.contract import Options
from exporters.registry import get
from tests.formats.node import models
from tests.formats.random_designs import random_design
from tests.formats.samples import shop
from tests.nasty import NAMES, nasty_design

RANDOM_DESIGNS = 100

EVERYTHING = """
Project blog {
  database_type: 'MySQL'
  Note: 'ours'
}
// a comment
Enum job {
  created [note: 'first']
  "in progress"
}
TablePartial base [headercolor: #fff] {
  id int [pk, increment]
  at datetime [default: `now()`]
  Note: 'from the partial'
}
Table users as U [note: 'people'] {
  ~base
  name varchar(80) [not null, unique, note: 'it\\'s']
  state job [default: 'created']
  boss_id int [ref: > U.id]
  score decimal(10, 2) [default: -1.5]
  indexes {
    (name, state) [name: 'by name', type: btree]
    `lower(name)` [unique]
  }
  checks { `score > 0` [name: 'positive'] }
  Note { '''
  two
    lines
  ''' }
}
Table shop.posts { /* odd */
  id int [primary key]
  a int
  b int
  author int
  Indexes {
    (a, b) [unique]
  }
}
Table shop.marks {
  x int
  y int
  post int [ref: - shop.posts.id]
}
Ref author { shop.posts.author > users.id [delete: set null, update: cascade] }
Ref: shop.marks.(x, y) > shop.posts.(a, b)
Ref: users.id <> shop.posts.id
Ref: shop.posts.id < nobody.post
TableGroup Content {
  shop.posts
  shop.marks
}
Note reminder { 'do it' }
"""


def read(text: str, name: str = "x.dbml", dialect: str = "auto") -> Design:
    return read_any(text, name, dialect).design


def named(design: Design, kind: type[Any], name: str) -> Any:
    return next(each for each in design.of(kind) if each.name == name)


def columns(design: Design, table: str) -> list[tuple[str, str, bool]]:
    found = design.of(Column, named(design, Table, table).id)
    return [(column.name, column.type, column.nullable) for column in found]


def test_everything_that_dbml_says() -> None:
    design = read(EVERYTHING, dialect="postgresql")
    assert [problem.message for problem in validate(design)] == []
    assert columns(design, "users") == [
        ("id", "int", False), ("at", "timestamp", True), ("name", "varchar(80)", False), ("state", "job", True),
        ("boss_id", "int", True), ("score", "decimal(10,2)", True),
    ]  # fmt: skip
    users = named(design, Table, "users")
    assert users.comment == "two\n  lines"
    assert named(design, EnumType, "job").values == ("created", "in progress")
    assert [named(design, Column, name).default.text for name in ("at", "state", "score")] == [
        "now()",
        "'created'",
        "-1.5",
    ]
    assert named(design, Column, "name").comment == "it's"
    assert {(index.name, index.unique, index.method) for index in design.of(Index)} == {
        ("by name", False, "btree"), ("", True, "")
    }  # fmt: skip
    names = {each.id: each.name for each in design.of(Table)}
    keys = {
        (names[key.parent or ""], names.get(key.ref_table or ""), key.on_delete, len(key.columns))
        for key in design.of(ForeignKey)
    }
    assert keys == {
        ("users", "users", "", 1), ("posts", "users", "set null", 1), ("marks", "posts", "", 1), ("marks", "posts", "", 2),
        ("users_posts", "users", "", 1), ("users_posts", "posts", "", 1),
    }  # fmt: skip
    (area,) = design.of(Area)
    inside = [
        place
        for place in design.of(Placement)
        if area.x <= place.x < area.x + area.w and area.y <= place.y < area.y + area.h
    ]
    assert {names[place.element or ""] for place in inside} == {"posts", "marks"}


def test_the_project_names_the_database() -> None:
    design = read(EVERYTHING)
    assert columns(design, "users")[1] == ("at", "datetime", True)
    users = named(design, Table, "users").id
    assert design.of(Column, users)[0].identity == "auto_increment"


@pytest.mark.parametrize(("text", "line", "column"), [
    ("Table a {\n  id int [pk\n}", 3, 1), ("Table a { id int }\nTable a { id int }", 2, 1), ("Table a {\n  id int", 2, 9),
    ("Tabel a { id int }", 1, 1), ("Table a { id int\n note: 'open }", 2, 8), ("Table a { id int }\nRef: a.id a.id", 2, 11),
    ("Table a { id int }\nRef: a.nobody > a.id", 2, 6), ("Table a {\n ~base\n}", 1, 1),
])  # fmt: skip
def test_the_place_of_a_mistake(text: str, line: int, column: int) -> None:
    with pytest.raises(ImportProblem) as problem:
        read(text)
    assert (problem.value.line, problem.value.column) == (line, column)


def _again(design: Design, form: str, name: str) -> tuple[str, str]:
    first = get(form).export(design, Options()).text
    return first, get(form).export(read(first, name), Options()).text


def test_our_own_dbml_comes_back_as_it_was() -> None:
    assert _again(shop(), "dbml", "x.dbml")[0] == _again(shop(), "dbml", "x.dbml")[1]
    for name in NAMES:
        before, after = _again(nasty_design([name], schema=name), "dbml", "x.dbml")
        if not name.strip():
            continue  # a note of nothing but blanks is no note in DBML
        assert before == after, "\n".join(difflib.unified_diff(before.split("\n"), after.split("\n"), lineterm=""))


def shape(design: Design) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tables with their columns, whatever the order of the tables."""
    tables = design.of(Table)
    return sorted((each.name, [(c.name, c.type) for c in design.of(Column, each.id)]) for each in tables)


def test_random_dbml_keeps_tables_columns_and_references() -> None:
    for seed in range(RANDOM_DESIGNS):
        text = get("dbml").export(random_design(seed), Options()).text
        if "Table " not in text and "Enum " not in text:
            continue
        found, again = read(text), read(get("dbml").export(read(text), Options()).text)
        assert shape(found) == shape(again)
        assert text.count("\nRef") <= len(found.of(ForeignKey))


@pytest.mark.node
def test_the_parser_of_dbml_reads_the_same() -> None:
    (model,) = models("dbml", [EVERYTHING.replace("Ref: shop.posts.id < nobody.post\n", "")])
    design = read(EVERYTHING, dialect="postgresql")
    ours = {each.name: [column.name for column in design.of(Column, each.id)] for each in design.of(Table)}
    theirs = {table["name"]: [column["name"] for column in table["columns"]] for table in model["tables"]}
    assert theirs == {name: found for name, found in ours.items() if name != "users_posts"}
    assert {enum["name"]: enum["values"] for enum in model["enums"]} == {"job": ["created", "in progress"]}


def test_our_own_mermaid_keeps_tables_columns_keys_and_references() -> None:
    design = read(get("mermaid").export(shop(), Options()).text, "x.mmd")
    before = shop()
    for each in before.of(Table):
        own = [column.name for column in before.of(Column, each.id)]
        assert [name for name, _, _ in columns(design, each.name)] == (own or ["id"])
    primary = {tuple(named(design, Column, "id").id for _ in key.columns) for key in design.of(Key) if key.primary}
    assert primary
    names = {each.id: each.name for each in design.of(Table)}
    assert {(names[key.parent or ""], names[key.ref_table or ""]) for key in design.of(ForeignKey)} == {
        ("profiles", "customers"), ("orders", "customers"), ("orders", "orders"), ("items", "orders")
    }  # fmt: skip


@pytest.mark.parametrize(("relation", "child", "unique", "optional"), [
    ("a ||--o{ b : has", "b", False, False), ("a }o--|| b : has", "a", False, False), ("a |o..o{ b : has", "b", False, True),
    ("a ||--|| b : is", "b", True, False), ("a one or more to only one b : of", "a", False, False),
    ("a 1 to many(0) b : has", "b", False, False), ('a ||--|{ "b" : "has"', "b", False, False), ("a||--o{b : has", "b", False, False),
    ("a zero or one optionally to zero or more b : has", "b", False, True),
])  # fmt: skip
def test_every_spelling_of_a_mermaid_line(relation: str, child: str, unique: bool, optional: bool) -> None:
    design = read(f"erDiagram\n  a {{ int id PK }}\n  b {{ int id PK }}\n  {relation}\n", "x.mmd")
    (key,) = design.of(ForeignKey)
    assert design[key.parent or ""] == named(design, Table, child)
    assert any(each.columns == key.columns for each in design.of(Key)) is unique
    assert design[key.columns[0]].nullable is optional  # type: ignore[attr-defined]


def test_many_to_many_aliases_and_words_of_mermaid() -> None:
    text = """```mermaid
---
title: Shop
---
erDiagram
    direction LR
    %% a comment
    p["Delivery Address"] {
        string(20) *code "the #quot;code#quot;"
        numeric(10_2) price UK
    }
    tag:::big { string name PK }
    p }o--o{ tag : has
    classDef big fill:#f9f
```
"""
    design = read(text, "x.mmd", "mysql")
    assert columns(design, "Delivery Address") == [("code", "varchar(20)", False), ("price", "numeric(10,2)", True)]
    assert named(design, Column, "code").comment == 'the "code"'
    assert {each.name for each in design.of(Table)} == {"Delivery Address", "tag", "Delivery Address_tag"}


def test_cells_have_the_narrowest_type_that_holds_them() -> None:
    text = (
        "ID;Zip;when;at;ok;n;big;f;u;j;note;empty\n"
        '1;00123;2024-01-02;2024-01-02 03:04:05+02;true;1.50;12345678901;1e5;550e8400-e29b-41d4-a716-446655440000;"{""a"":1}";x;\n'
        "2;99;2024-02-03;2024-01-02T03:04Z;no;-2;5;2.5;550e8400-e29b-41d4-a716-446655440001;[];;\n"
    )
    found = columns(read(text, "My Cells.csv"), "my_cells")
    assert found == [
        ("id", "integer", False), ("zip", "varchar(20)", False), ("when", "date", False), ("at", "timestamptz", False),
        ("ok", "boolean", False), ("n", "numeric(10,2)", False), ("big", "bigint", False), ("f", "double precision", False),
        ("u", "uuid", False), ("j", "jsonb", False), ("note", "varchar(20)", True), ("empty", "text", True),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "form"), [
    ("create table a (id int)", "sql"), ("-- hi\nALTER TABLE a ADD b int;", "sql"), ("Table a {\n id int\n}", "dbml"),
    ("erDiagram\n a", "mermaid"), ('{"wholekey": 1, "records": []}', "json"), ("Table of contents", ""), ("", ""),
    ("Please create a table for Ann", ""), ("refer to the table { }", ""),
])  # fmt: skip
def test_the_format_of_a_text_without_a_name(text: str, form: str) -> None:
    assert seems(text) == form


@pytest.mark.parametrize(("text", "rows"), [
    ("a,b\n1,2\n", True), ("a\tb\n1\t2", True), ("a;b\n1;2", True), ("a,b", False), ("Dear Ann,\nbest, Bob", False),
    ("One, two.\nThree, four.", False), ("", False),
])  # fmt: skip
def test_rows_are_told_from_prose(text: str, rows: bool) -> None:
    assert seems_rows(text) is rows
