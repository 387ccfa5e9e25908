"""The inspector: every field of every kind can be shown, and what is typed becomes a command."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from designer.commands.contract import edit
from designer.demo import demo_design
from designer.schema import (
    Attribute,
    Check,
    Column,
    Entity,
    EnumType,
    ForeignKey,
    Index,
    Key,
    Sequence,
    Table,
    View,
    kind_of,
)
from designer.services import branches, projects


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


def act(client, branch, record: str, action: str = "set", **fields):
    url = reverse("inspector-edit", args=[branch.public_id, record])
    return client.post(url, {"action": action, **fields}, headers={"hx-request": "true"})


def now(branch):
    return branches.load(branch)[0]


def test_every_record_of_the_demo_can_be_looked_at(everybody, editor):
    branch = projects.create(everybody.editor, "Demo", design=demo_design())
    seen = set()
    for record in now(branch).records():
        if kind_of(record) in seen:
            continue
        seen.add(kind_of(record))
        page = editor.get(reverse("inspector", args=[branch.public_id, record.id]))
        assert page.status_code == 200, kind_of(record)
        assert b"<html" not in page.content
    assert len(seen) > 10


def test_a_field_is_set_and_the_canvas_told(everybody, editor):
    response = act(editor, everybody.branch, "users2", field="name", value="mail", shown="users")
    assert response.status_code == 200
    assert json.loads(response["HX-Trigger"]) == {"wholekey:committed": {"version": 2}}
    assert now(everybody.branch)["users2"].name == "mail"
    assert 'data-record="users"' in response.content.decode()


def test_leaving_a_field_as_it_was_writes_nothing(everybody, editor):
    act(editor, everybody.branch, "users2", field="name", value="email", shown="users")
    assert branches.load(everybody.branch)[1] == 1


def test_a_refused_value_stands_beside_its_sentence(everybody, editor):
    response = act(editor, everybody.branch, "users2", field="name", value="id", shown="users")
    text = response.content.decode()
    assert response.status_code == 422
    assert "column named id here already" in text
    assert 'aria-invalid="true"' in text
    assert branches.load(everybody.branch)[1] == 1


def test_columns(everybody, editor):
    branch = everybody.branch
    act(editor, branch, "posts", "add-column", name="title", type="varchar(200)", shown="posts")
    (title,) = (column for column in now(branch).of(Column, "posts") if column.name == "title")
    assert title.type == "varchar(200)"
    act(editor, branch, title.id, field="nullable", shown="posts")
    act(editor, branch, title.id, field="default", value="'untitled'", shown="posts")
    act(editor, branch, title.id, field="comment", value="What it says on top", shown="posts")
    act(editor, branch, title.id, field="tags", value="shown, searched", shown="posts")
    act(editor, branch, title.id, "set-unique", value="1", shown="posts")
    act(editor, branch, title.id, "move-column", way="up", shown="posts")
    design = now(branch)
    after = design[title.id]
    assert (after.nullable, after.default.text, after.comment, after.tags) == (
        False, "'untitled'", "What it says on top", ("shown", "searched"),
    )  # fmt: skip
    assert [column.name for column in design.of(Column, "posts")] == ["title", "id"]
    assert [key.columns for key in design.of(Key, "posts")] == [(title.id,)]
    act(editor, branch, title.id, "delete", shown="posts")
    assert [column.name for column in now(branch).of(Column, "posts")] == ["id"]
    assert now(branch).of(Key, "posts") == []


def test_a_generated_column_follows_renames(everybody, editor):
    branch = everybody.branch
    act(editor, branch, "users", "add-column", name="domain", shown="users")
    (domain,) = (column for column in now(branch).of(Column, "users") if column.name == "domain")
    act(editor, branch, domain.id, field="generated", value="split_part(email, '@', 2)", shown="users")
    act(editor, branch, "users2", field="name", value="mail", shown="users")
    page = editor.get(reverse("inspector", args=[branch.public_id, domain.id])).content.decode()
    assert "split_part(mail, " in page


def test_keys_foreign_keys_indexes_and_checks(everybody, editor):
    branch = everybody.branch
    act(editor, branch, "posts", "add-key", columns="id", primary="1", shown="posts")
    act(editor, branch, "posts", "add-foreign-key", ref_table="users", shown="posts")
    act(editor, branch, "users", "add-index", parts="lower(email) DESC, id", unique="1", shown="users")
    act(editor, branch, "users", "add-check", expr="email <> ''", shown="users")
    design = now(branch)
    (key,) = design.of(ForeignKey, "posts")
    assert (key.ref_table, key.ref_columns) == ("users", ("users1",))
    assert design[key.columns[0]].name == "user_id"
    (index,) = design.of(Index, "users")
    assert (index.unique, index.parts[0].desc, index.parts[0].expr.text, index.parts[1].column) == (
        True, True, "lower(email)", "users1",
    )  # fmt: skip
    (check,) = design.of(Check, "users")
    assert check.expr.uses[0].id == "users2"
    act(editor, branch, key.id, field="on_delete", value="cascade", shown="posts")
    act(editor, branch, index.id, field="where", value="id > 0", shown="users")
    act(editor, branch, index.id, field="parts", value="id", shown="users")
    design = now(branch)
    assert (design[key.id].on_delete, design[index.id].where.text, len(design[index.id].parts)) == (
        "cascade",
        "id > 0",
        1,
    )


def test_a_foreign_key_is_pointed_elsewhere(everybody, editor):
    branch = everybody.branch
    act(editor, branch, "posts", "add-key", columns="id", primary="1", shown="posts")
    act(editor, branch, "users", "add-foreign-key", ref_table="posts", columns="id", shown="users")
    (key,) = now(branch).of(ForeignKey, "users")
    act(
        editor,
        branch,
        key.id,
        "set-reference",
        columns="id",
        ref_table="users",
        ref_table_was="posts",
        ref_columns="id",
        shown="users",
    )
    assert now(branch)[key.id].ref_columns == ("users1",)


def test_unknown_columns_get_a_sentence_at_the_form(everybody, editor):
    for action, field in (("add-key", "columns"), ("add-index", "parts")):
        response = act(editor, everybody.branch, "users", action, shown="users", **{field: "id, nope"})
        assert response.status_code == 422
        assert "no column nope" in response.content.decode()


@pytest.mark.parametrize(
    ("record", "field", "value", "expected"),
    [
        (
            EnumType(id="enum1", parent="model", name="mood", values=("a",)),
            "values",
            "sad\r\nok\r\nhappy",
            ("sad", "ok", "happy"),
        ),
        (Sequence(id="seq1", parent="model", name="s"), "start", "1000", 1000),
        (View(id="view1", parent="model", name="v"), "materialized", "1", True),
    ],
)
def test_other_kinds(everybody, editor, record, field, value, expected):
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit(design, "Add", [record]))
    act(editor, everybody.branch, record.id, field=field, value=value, shown=record.id)
    assert getattr(now(everybody.branch)[record.id], field) == expected


def test_a_number_must_be_one(everybody, editor):
    record = Sequence(id="seq1", parent="model", name="s")
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit(design, "Add", [record]))
    response = act(editor, everybody.branch, "seq1", field="start", value="ten", shown="seq1")
    assert response.status_code == 422
    assert "whole number" in response.content.decode()


def test_several_are_deleted_together(everybody, editor):
    url = reverse("inspector-selection", args=[everybody.branch.public_id])
    page = editor.get(url, {"ids": "users,posts"}).content.decode()
    assert "2 tables selected" in page
    editor.post(url, {"ids": "users,posts"})
    assert now(everybody.branch).of(Table) == []


@pytest.mark.parametrize(
    "action", ["set", "nonsense", "add-key", "move-column", "set-reference", "add-index", "take-off"]
)
@pytest.mark.parametrize("record", ["users", "users2", "model", "diagram", "place1", "gone"])
def test_forms_that_make_no_sense_break_nothing(everybody, editor, action, record):
    response = act(
        editor, everybody.branch, record, action, field="nope", value="x", columns="x", ref_table="x", way="up"
    )
    assert response.status_code in (200, 422)


def test_the_history_tells_it_in_words(everybody, editor):
    act(editor, everybody.branch, "users2", field="name", value="mail", shown="users")
    page = editor.get(reverse("history", args=[everybody.branch.public_id])).content.decode()
    assert "Rename column users.email to mail" in page
    assert "name email → mail" in page
    assert "just now" in page


def test_attributes_are_typed_as_lines(everybody, editor):
    entity = Entity(id="thing", parent="model", name="Thing")
    branches.run_command(everybody.editor, everybody.branch, lambda design: edit(design, "Add", [entity]))
    url = reverse("inspector", args=[everybody.branch.public_id, "thing"])
    assert 'name="text"' in editor.get(url, {"open": "add-attribute"}).content.decode()
    act(
        editor,
        everybody.branch,
        "thing",
        "add-attribute",
        text="*number integer\r\naddress: street, city",
        shown="thing",
    )
    attributes = {each.name: each for each in now(everybody.branch).of(Attribute)}
    assert set(attributes) == {"number", "address", "street", "city"}
    assert attributes["street"].parent == attributes["address"].id
    response = act(editor, everybody.branch, "thing", "add-attribute", text="number", shown="thing")
    assert response.status_code == 422
    assert "named number here already" in response.content.decode()


def test_an_older_version_is_shown_as_it_was_and_takes_no_edits(everybody, editor):
    branch = everybody.branch
    before = branches.load(branch)[1]
    act(editor, branch, "users", field="name", value="people")
    one = reverse("inspector", args=[branch.public_id, "users"])
    many = reverse("inspector-selection", args=[branch.public_id])
    was, now_ = (editor.get(one, {"version": version}).content.decode() for version in (before, ""))
    assert ('value="users"' in was, 'value="people"' in was, 'value="people"' in now_) == (True, False, True)
    assert "Delete" not in was and "Delete" in now_
    assert (
        "Delete" not in editor.post(many, {"ids": "users,posts", "action": "show", "version": before}).content.decode()
    )
    assert editor.get(one, {"version": before + 9}).status_code == editor.get(one, {"version": "x"}).status_code == 400
