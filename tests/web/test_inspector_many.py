"""The inspector of several records: what they share, one edit for all, and refusals beside their fields."""

from __future__ import annotations

import html
import json

import pytest
from django.urls import reverse

from designer.commands import Edit
from designer.commands.contract import edit
from designer.models import LogEntry
from designer.schema import Column, Diagram, Index, Key, Placement, Schema, Table
from designer.services import branches
from tests.nasty import NAMES

BOTH = "users,posts"


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


@pytest.fixture
def ask(everybody, editor):
    url = reverse("inspector-selection", args=[everybody.branch.public_id])

    def run(ids: str, action: str = "show", **fields: str):
        return editor.post(url, {"ids": ids, "action": action, **fields}, headers={"hx-request": "true"})

    return run


def now(branch):
    return branches.load(branch)[0]


def put(everybody, *records):
    def command(design) -> Edit:
        return edit(design, "Add", list(records))

    branches.run_command(everybody.editor, everybody.branch, command)


@pytest.fixture
def columns(everybody) -> str:
    """Two more columns of users, one more of posts; returns the ids of all that tests select."""
    put(
        everybody,
        Column(id="users3", parent="users", name="age", type="integer", order="C", tags=("old",)),
        Column(id="users4", parent="users", name="note", type="text", order="D", comment="hm", tags=("old", "odd")),
        Column(id="posts9", parent="posts", name="body", type="text", order="X"),
    )
    return "users3,users4,posts9"


def test_what_differs_says_so(ask, columns):
    page = ask(columns).content.decode()
    assert "3 columns selected" in page
    assert 'id="many-type" name="value" value="" placeholder="mixed"' in page
    assert '<option value="1" selected>may be null</option>' in page
    assert "Clear in all of them" in page
    assert 'class="tag is-partial" title="Not all of them have this tag">old' in page


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("type", "varchar(40)", "type", "varchar(40)"),
        ("nullable", "0", "nullable", False),
        ("comment", "two\nlines", "comment", "two\nlines"),
        ("classification", "restricted", "classification", "restricted"),
        ("pii", "email", "pii", "email"),
        ("owner", "Sales", "owner", "Sales"),
    ],
)
def test_one_edit_sets_a_field_of_all(everybody, ask, columns, field, value, attribute, expected):
    head = branches.load(everybody.branch)[1]
    response = ask(columns, "set", field=field, value=value)
    assert response.status_code == 200
    assert json.loads(response["HX-Trigger"]) == {"wholekey:committed": {"version": head + 1}}
    design = now(everybody.branch)
    assert {getattr(design[each], attribute) for each in columns.split(",")} == {expected}
    assert branches.load(everybody.branch)[1] == head + 1
    assert "3 columns" in LogEntry.objects.get(branch=everybody.branch, version=head + 1).label


def test_types_bring_their_meaning_and_defaults_are_expressions(everybody, ask, columns):
    ask(columns, "set", field="type", value="character varying(9)")
    ask(columns, "set", field="default", value="'x'")
    design = now(everybody.branch)
    assert {design[each].logical for each in columns.split(",")} == {"string(9)"}
    assert {design[each].default.text for each in columns.split(",")} == {"'x'"}
    ask(columns, "set", field="default", value="")
    assert {now(everybody.branch)[each].default for each in columns.split(",")} == {None}


def test_tags_are_added_to_all_and_taken_off_all(everybody, ask, columns):
    ask(columns, "add-tag", value="billing, old")
    design = now(everybody.branch)
    assert [design[each].tags for each in columns.split(",")] == [
        ("old", "billing"), ("old", "odd", "billing"), ("billing", "old"),
    ]  # fmt: skip
    ask(columns, "remove-tag", value="old")
    design = now(everybody.branch)
    assert [design[each].tags for each in columns.split(",")] == [("billing",), ("odd", "billing"), ("billing",)]


def test_columns_of_one_table_become_a_key_and_an_index(everybody, ask, columns):
    ask("users3,users4", "primary-key")
    ask("users3,users4", "add-index")
    ask("users4,users3", "unique")
    design = now(everybody.branch)
    primary = next(key for key in design.of(Key, "users") if key.primary)
    assert primary.columns == ("users3", "users4")
    assert not design["users3"].nullable
    assert [part.column for part in design.of(Index, "users")[0].parts] == ["users3", "users4"]


@pytest.mark.parametrize(
    ("ids", "action", "fields", "words"),
    [
        ("users3,users4,posts9", "primary-key", {}, "columns of one table"),
        ("users3,users4", "set", {"field": "type", "value": " "}, "needs a type"),
        ("users1,users3", "set", {"field": "nullable", "value": "1"}, "belongs to a primary key"),
        ("users3,users4", "add-tag", {"value": " , "}, "type a tag"),
        ("users3,users", "set", {"field": "type", "value": "text"}, "no such field"),
        ("users3,users4", "nonsense", {}, "cannot do"),
        ("users,posts", "set", {"field": "colour", "value": "1", "diagram": "nowhere"}, "on this diagram"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(everybody, ask, columns, ids, action, fields, words):
    head = branches.load(everybody.branch)[1]
    response = ask(ids, action, **fields)
    text = html.unescape(response.content.decode())
    assert response.status_code == 422
    assert words in text.lower()
    assert text.count('role="alert"') == 1
    assert branches.load(everybody.branch)[1] == head


def test_what_was_refused_stays_in_its_field(ask, columns):
    page = ask("users1,users3", "set", field="nullable", value="1").content.decode()
    assert 'id="many-nullable-error"' in page
    assert 'aria-describedby="many-nullable-error"' in page


def test_tables_get_colour_and_detail_where_they_are_drawn(everybody, ask):
    diagram = now(everybody.branch).of(Diagram)[0].id
    for element in BOTH.split(","):
        if not any(each.element == element for each in now(everybody.branch).of(Placement, diagram)):
            put(everybody, Placement(id=f"at{element}", parent=diagram, element=element))
    ask(BOTH, "set", field="colour", value="3", diagram=diagram)
    response = ask(BOTH, "set", field="detail", value="keys", diagram=diagram)
    drawn = now(everybody.branch).of(Placement, diagram)
    assert {(each.colour, each.detail) for each in drawn if each.element in BOTH.split(",")} == {("3", "keys")}
    assert '<option value="3" selected>colour 3</option>' in response.content.decode()


def test_tables_move_to_a_schema_together(everybody, ask):
    put(everybody, Schema(id="sales", parent="model", name="sales", order="B"))
    ask(BOTH, "set", field="schema", value="sales")
    assert {table.parent for table in now(everybody.branch).of(Table)} == {"sales"}


def test_unlike_things_share_comment_and_governance_only(ask, columns):
    page = ask("users,users3").content.decode()
    assert "2 elements selected" in page
    assert "many-comment" in page
    assert "many-owner" in page
    assert "many-type" not in page
    assert "many-colour" not in page


def test_hostile_names_and_tags_are_text(everybody, ask):
    tag = "</button><script>x</script>\"'"
    put(everybody, *(Column(id=f"nasty{n}", parent="users", name=name, tags=(tag,)) for n, name in enumerate(NAMES)))
    page = ask(",".join(f"nasty{n}" for n in range(len(NAMES)))).content.decode()
    assert "<script" not in page
    ask("nasty0,nasty1", "remove-tag", value=tag)
    assert now(everybody.branch)["nasty0"].tags == ()


@pytest.mark.slow
def test_thousands_are_set_at_once(everybody, ask):
    ids = [f"many{number:04d}" for number in range(3000)]
    put(everybody, *(Column(id=each, parent="users", name=each, type="text") for each in ids))
    response = ask(",".join(ids), "set", field="pii", value="name")
    assert response.status_code == 200
    assert {now(everybody.branch)[each].pii for each in ids} == {"name"}


def test_who_may_only_look_sees_and_sets_nothing(everybody, client, columns):
    client.force_login(everybody.viewer)
    url = reverse("inspector-selection", args=[everybody.branch.public_id])
    page = client.post(url, {"ids": columns, "action": "show"}).content.decode()
    assert "3 columns selected" in page
    assert "Delete all" not in page
    assert client.post(url, {"ids": columns, "action": "set", "field": "pii", "value": "x"}).status_code == 403
    assert now(everybody.branch)["users3"].pii == ""
