"""Text pasted onto a diagram, and tables copied as text, through the API of the canvas."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from designer.layout.box import Box
from designer.models import LogEntry
from designer.schema import Column, EnumType, ForeignKey, Key, Model, Placement, Table
from designer.schema.validation import validate
from designer.services import branches
from designer.services.pasting import free_corner
from tests.nasty import NAMES


@pytest.fixture
def api(everybody, client):
    client.force_login(everybody.editor)
    return client


@pytest.fixture
def paste(everybody, api):
    def post(text, **more):
        body = json.dumps({"text": text, "diagram": "diagram", "x": 800, "y": 40, **more})
        url = reverse("api-paste", args=[everybody.branch.public_id])
        return api.post(url, body, content_type="application/json", headers={"X-Wholekey-Client": "tab1"})

    return post


@pytest.fixture
def design(everybody):
    return lambda: branches.load(everybody.branch)[0]


def table(design, name):
    return next(each for each in design.of(Table) if each.name == name)


def columns(design, name):
    return [(each.name, each.type, each.nullable) for each in design.of(Column, table(design, name).id)]


def use_target(everybody, target):
    branch = everybody.branch
    found, _ = branches.load(branch)
    from designer.commands.edit import set_fields

    branches.run_command(everybody.editor, branch, lambda d: set_fields(d, found.of(Model)[0].id, {"target": target}))


TEXTS = {
    "SQL": "CREATE TABLE tags (id bigint PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts (id), name varchar(20));",
    "DBML": "Table tags {\n id bigint [pk]\n post_id bigint [not null, ref: > posts.id]\n name varchar(20)\n}",
    "Mermaid": "erDiagram\n tags {\n  bigint id PK\n  bigint post_id FK\n  varchar(20) name\n }\n posts ||--o{ tags : post_id",
}


@pytest.mark.parametrize("title", TEXTS)
def test_text_becomes_tables_in_one_edit_that_refer_to_what_is_there(paste, design, everybody, title):
    give_posts_a_key(everybody)
    before = everybody.branch.__class__.objects.get(pk=everybody.branch.pk).head
    answer = paste(TEXTS[title]).json()
    assert answer["version"] == before + 1
    assert answer["pasted"]["format"] == title
    assert answer["entries"][-1]["mine"] is True
    assert LogEntry.objects.last().label == f"Paste table tags from {title}"
    now = design()
    assert columns(now, "tags") == [
        ("id", "bigint", False), ("post_id", "bigint", False), ("name", "varchar(20)", True),
    ]  # fmt: skip
    (key,) = [each for each in now.of(ForeignKey) if each.parent == table(now, "tags").id]
    assert key.ref_table == "posts"
    assert key.ref_columns == ("posts1",)
    assert key.missing_table == ""
    assert answer["pasted"]["made"] == [table(now, "tags").id]
    assert [each.message for each in validate(now)] == []


def give_posts_a_key(everybody):
    from designer.commands.keys import set_primary_key
    from designer.schema import new_id

    branches.run_command(everybody.editor, everybody.branch, lambda d: set_primary_key(d, "posts", ["posts1"], new_id))


def test_cells_become_a_table_with_types_of_the_model(paste, design):
    cells = "Contacts\nid\tFull Name\tborn\tscore\n1\tAnn\t2001-02-03\t1.5\n2\tBob\t\t22.25\n"
    answer = paste(cells).json()
    assert answer["pasted"]["format"] == "cells"
    assert columns(design(), "contacts") == [
        ("id", "integer", False), ("full_name", "varchar(20)", False), ("born", "date", True),
        ("score", "numeric(10,2)", False),
    ]  # fmt: skip
    assert [key.primary for key in design().of(Key, table(design(), "contacts").id)] == [True]


def test_a_name_that_is_taken_gets_a_number_and_a_note(paste, design):
    answer = paste("create table users (id int primary key); create table logs (u int references users (id));").json()
    now = design()
    assert {each.name for each in now.of(Table)} == {"users", "posts", "users_2", "logs"}
    (key,) = now.of(ForeignKey)
    assert key.ref_table == table(now, "users_2").id
    assert any("users_2" in note for note in answer["pasted"]["notes"])


def test_text_of_another_database_is_translated(paste, design, everybody):
    use_target(everybody, "mysql")
    answer = paste(
        "create type mood as enum ('sad', 'ok'); create table t (id uuid primary key default gen_random_uuid(), m mood, "
        "at timestamptz default now(), tags text[], u bigint references users (id), x int references nowhere (id));"
    ).json()
    now = design()
    assert columns(now, "t")[:3] == [
        ("id", "char(36)", False),
        ("m", "enum('sad', 'ok')", True),
        ("at", "datetime(6)", True),
    ]
    keys = {key.ref_table or key.missing_table for key in now.of(ForeignKey, table(now, "t").id)}
    assert keys == {"users", "nowhere"}
    assert any("arrays" in note for note in answer["pasted"]["notes"])
    assert now.of(EnumType) == []


def test_a_table_that_a_mermaid_line_only_names_is_the_one_that_is_there(paste, design):
    paste("erDiagram\n users ||--o{ notes : writes\n notes { int id PK }")
    now = design()
    assert {each.name for each in now.of(Table)} == {"users", "posts", "notes"}
    (key,) = now.of(ForeignKey)
    assert (key.ref_table, key.ref_columns) == ("users", ("users1",))


def test_new_tables_cover_nothing(paste, design):
    paste("create table a (id int); create table b (id int); create table c (id int);", x=10, y=10)
    places = [(each.x, each.y) for each in design().of(Placement, "diagram")]
    assert len(set(places)) == 5
    assert free_corner(Box(0, 0, 100, 100), []) == (0, 0)
    x, y = free_corner(Box(0, 0, 100, 100), [Box(0, 0, 300, 200)])
    assert x >= 300 or y >= 200 or x <= -100 or y <= -100


@pytest.mark.parametrize("text", [
    "Dear all, please look at the orders.", "Hello", "- milk\n- eggs", "https://example.org/a,b\n", "One, two, three.\nFour, five, six.",
])  # fmt: skip
def test_prose_is_taken_for_nothing(paste, design, text):
    before = design()
    answer = paste(text)
    assert answer.status_code == 400
    assert answer.json()["prose"] is True
    assert design() == before


@pytest.mark.parametrize(("text", "place"), [
    ("Table a {\n  id int [pk\n}", ":3:1:"), ("erDiagram\n  a { int }\n", ":2:1:"),
    ("CREATE TABLE a (id int, CREATE TABLE", ":1:"), ('id,name\n1,"open', "quotes"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_place(paste, design, text, place):
    before = design()
    answer = paste(text)
    assert answer.status_code == 400
    assert place in answer.json()["error"]
    assert "prose" not in answer.json()
    assert design() == before


def test_a_viewer_may_not_paste(paste, everybody, client):
    client.force_login(everybody.viewer)
    assert paste(TEXTS["SQL"]).status_code == 403


def copy(api, everybody, ids, form="ddl"):
    body = json.dumps({"ids": ids, "format": form})
    return api.post(reverse("api-copy", args=[everybody.branch.public_id]), body, content_type="application/json")


def test_tables_are_copied_as_the_exporter_writes_them(paste, api, everybody, design):
    give_posts_a_key(everybody)
    paste(TEXTS["SQL"])
    tags = table(design(), "tags").id
    text = copy(api, everybody, [tags]).json()["text"]
    assert "CREATE TABLE tags" in text
    assert "CREATE TABLE posts" not in text
    assert "REFERENCES posts (id)" in text
    assert "DO $" not in text
    both = copy(api, everybody, [tags, "posts"]).json()["text"]
    assert both.index("CREATE TABLE posts") < both.index("CREATE TABLE tags")
    assert 'Table "tags"' in copy(api, everybody, [tags], "dbml").json()["text"]
    assert '"tags" {' in copy(api, everybody, [tags], "mermaid").json()["text"]


def test_what_was_copied_as_sql_can_be_pasted(paste, api, everybody, design):
    names = ", ".join('"' + name.replace('"', '""') + '" int' for name in NAMES if len(name.encode()) < 60)
    paste(f"create table odd ({names});")
    odd = table(design(), "odd").id
    before = columns(design(), "odd")
    paste(copy(api, everybody, [odd]).json()["text"])
    assert columns(design(), "odd_2") == before


@pytest.mark.parametrize(("ids", "form", "words"), [([], "ddl", "Select"), (["users"], "svg", "no such format")])
def test_a_copy_that_makes_no_sense_is_refused(api, everybody, ids, form, words):
    answer = copy(api, everybody, ids, form)
    assert answer.status_code == 400
    assert words in answer.json()["error"]
