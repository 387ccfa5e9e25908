"""The panel of levels over HTTP: models by level, deriving, updating, settings, adopting, and single elements."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from django.urls import reverse

from designer.change import Change
from designer.schema import (
    Attribute,
    Choice,
    Column,
    Derivation,
    Design,
    Diagram,
    End,
    Entity,
    Generalization,
    Identifier,
    Model,
    Placement,
    Relationship,
    Table,
    new_id,
)
from designer.services import branches, projects


def shop(name: str = "Customer") -> Design:
    """Customers, people or firms, who place orders."""
    return Design(
        [
            Model(id="upper", name="Shop, logical", level="logical", order="a"),
            Diagram(id="picture", parent="upper", name="Sales"),
            Entity(id="customer", parent="upper", name=name, order="a"),
            Attribute(id="number", parent="customer", name="number", type="integer", order="a"),
            Attribute(id="email", parent="customer", name="email", type="string(80)", order="b"),
            Identifier(id="numbers", parent="customer", primary=True, attributes=("number",)),
            Entity(id="order", parent="upper", name="Order", order="b"),
            Attribute(id="total", parent="order", name="total", type="decimal(10,2)", order="a"),
            Entity(id="firm", parent="upper", name="Firm", order="c"),
            Attribute(id="vatno", parent="firm", name="vat number", type="string(20)", order="a"),
            Generalization(id="kinds", parent="upper", supertype="customer", subtypes=("firm",)),
            Relationship(
                id="places", parent="upper", name="places",
                ends=(End(entity="customer", min=1, max=1), End(entity="order")),
            ),
            Placement(id="spot1", parent="picture", element="customer", x=0, y=0),
            Placement(id="spot2", parent="picture", element="order", x=400, y=0),
        ]
    )  # fmt: skip


class Levels:
    """The panel, with the hands of somebody who may edit."""

    def __init__(self, client, branch, user):
        self.client, self.branch, self.user = client, branch, user

    def address(self, name: str) -> str:
        return reverse(name, args=[self.branch.public_id])

    def look(self, where: str = "levels", /, **said: str) -> str:
        return self.client.get(self.address(where), said).content.decode()

    def say(self, where: str, status: int = 200, /, **said):
        response = self.client.post(self.address(where), said)
        assert response.status_code == status, response.content[:400]
        return response.content.decode()

    def derive(self, goal: str, **said: str) -> Model:
        before = {each.id for each in self.design.of(Model)}
        self.say("levels-derive", **{"action": "make", "source": "upper", "goal": goal, **said})
        return next(each for each in self.design.of(Model) if each.id not in before)

    def edit(self, **changed: dict[str, tuple[object, object]]) -> None:
        design, version = branches.load(self.branch)
        branches.commit(self.user, self.branch, version, Change({}, {}, changed), "Edit", new_id())

    def column(self, model: Model, name: str) -> Column:
        return next(each for each in self.design.of(Column) if self.in_(each, model) and each.name == name)

    def in_(self, record, model: Model) -> bool:
        found = self.design.model_of(record)
        return found is not None and found.id == model.id

    def derivation(self, model: Model) -> Derivation:
        return self.design.of(Derivation, model.id)[0]

    def states(self):
        return self.client.get(self.address("api-levels")).json()

    def fields(self, page: str) -> dict[str, list[str]]:
        """Return what a form of the panel would send, as a browser does."""
        found: dict[str, list[str]] = {}
        for tag in re.findall(r"<input[^>]*>", page):
            given = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if given.get("type") in ("radio", "checkbox") and " checked" not in tag:
                continue
            if "name" in given:
                found.setdefault(given["name"], []).append(given.get("value", "").replace("&quot;", '"'))
        for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)" selected', options)
            found[name] = [chosen.group(1) if chosen else ""]
        return found

    @property
    def design(self) -> Design:
        return branches.load(self.branch)[0]


def opened(everybody, client, design: Design) -> Levels:
    client.force_login(everybody.editor)
    workspace = everybody.branch.project.workspace
    return Levels(
        client, projects.create(everybody.owner, "Shop", design=design, workspace=workspace), everybody.editor
    )


@pytest.fixture
def levels(everybody, client) -> Levels:
    return opened(everybody, client, shop())


def test_a_model_is_counted_looked_at_and_made_with_its_diagram(levels):
    page = levels.look("levels-derive", source="upper")
    assert "<strong>3</strong> tables" in page
    assert "How are Customer and its subtype Firm stored?" in page or "Firm" in page
    assert levels.design.of(Derivation) == []

    preview = levels.say("levels-derive", action="preview", source="upper", goal="mysql", **{"o-case": "pascal"})
    sent = levels.fields(preview)
    assert (sent["goal"], sent["o-case"]) == (["mysql"], ["pascal"])
    shown = levels.client.post(levels.address("levels-picture"), sent).json()
    tables = {each["name"] for each in shown["change"]["added"].values() if each["kind"] == "table"}
    assert tables == {"Customers", "Orders", "Firms"}
    assert shown["diagram"] in shown["change"]["added"]

    made = levels.say("levels-derive", action="make", **{name: values[0] for name, values in sent.items()})
    model = next(each for each in levels.design.of(Model) if each.level == "physical")
    assert (model.target, model.name) == ("mysql", "Shop on MySQL")
    assert f'data-made="{shown["diagram"]}"' in made, "what was looked at is made, with the same ids"
    assert levels.derivation(model).options == {"case": "pascal"}


def test_a_choice_that_is_not_the_usual_one_is_remembered_and_the_usual_ones_are_not(levels):
    page = levels.look("levels-derive", source="upper", goal="postgresql")
    sent = levels.fields(page)
    answers = [name for name in sent if name.startswith("q:")]
    assert "q:kinds:subtypes" in answers
    sent["q:kinds:subtypes"] = ["single"]
    again = levels.say("levels-derive", **{**{name: values[0] for name, values in sent.items()}, "action": "look"})
    assert "<strong>2</strong> tables" in again
    assert re.search(r'q:kinds:subtypes"[^>]*value="single" checked', again)

    sent = {name: values[0] for name, values in levels.fields(again).items()}
    levels.say("levels-derive", **{**sent, "o-subtypes": "single", "action": "make"})
    assert [(each.element, each.topic, each.value) for each in levels.design.of(Choice)] == [
        ("kinds", "subtypes", "single")
    ]


def test_one_logical_attribute_updates_three_models_in_one_entry_of_the_history(levels):
    made = [levels.derive(target) for target in ("postgresql", "mysql", "sqlite")]
    assert levels.states()["behind"] == 0
    levels.edit(total={"type": ("decimal(10,2)", "decimal(12,4)"), "name": ("total", "amount")})
    told = levels.states()
    assert told["words"] == "“Shop, logical” was changed: 3 physical models are behind."
    assert set(told["models"]) == {each.id for each in made}

    page = levels.look("levels-update")
    assert "3 models get this change" in page
    assert "column total becomes amount" in page
    assert "numeric(10,2) → numeric(12,4)" in page
    assert "decimal(10,2) → decimal(12,4)" in page
    version = branches.load(levels.branch)[1]
    done = levels.say("levels-update", **levels.fields(page), action="apply")
    assert "3 models updated in one step" in done
    assert "All models are in step" in done
    assert branches.load(levels.branch)[1] == version + 1
    assert [levels.column(each, "amount").type for each in made] == ["numeric(12,4)", "decimal(12,4)", "numeric(12,4)"]


def test_a_change_of_concepts_goes_down_the_whole_chain_at_once(everybody, client):
    concepts = [
        msgspec.structs.replace(each, level="conceptual") if isinstance(each, Model) else each
        for each in shop().records()
    ]
    levels = opened(everybody, client, Design(concepts))
    logical = levels.derive("logical")
    tables = levels.derive("sqlite", source=logical.id)
    levels.edit(total={"name": ("total", "amount")})
    assert levels.states()["words"] == "“Shop, logical” was changed: 2 models are behind."
    levels.say("levels-update", **levels.fields(levels.look("levels-update")), action="apply")
    assert levels.column(tables, "amount")
    assert "amount" in {each.name for each in levels.design.of(Attribute) if levels.in_(each, logical)}
    assert levels.states()["behind"] == 0


def test_a_model_that_is_left_out_stays_behind(levels):
    one, other = levels.derive("postgresql"), levels.derive("sqlite")
    levels.edit(total={"name": ("total", "amount")})
    sent = levels.fields(levels.look("levels-update"))
    sent["take"] = [levels.derivation(one).id]
    assert "It stays as it is for now" in levels.say("levels-update", **sent, action="look")
    levels.say("levels-update", **sent, action="apply")
    assert list(levels.states()["models"]) == [other.id]


def test_conflicts_are_put_off_kept_or_taken(levels):
    model = levels.derive("postgresql")
    column = levels.column(model, "total")
    levels.edit(**{column.id: {"name": ("total", "sum")}})
    levels.edit(total={"name": ("total", "amount")})
    assert levels.states()["models"][model.id] == "1 to decide"

    page = levels.look("levels-update")
    assert "orders.sum: name" in page
    shown = levels.client.post(levels.address("levels-picture"), levels.fields(page)).json()
    assert shown["conflicts"] == [column.id]
    levels.say("levels-update", **levels.fields(page), action="apply")
    assert levels.design[column.id].name == "sum"
    assert levels.states()["models"][model.id] == "1 to decide", "what nobody decided is asked again"

    sent = levels.fields(levels.look("levels-update"))
    name = next(each for each in sent if each.startswith("c:"))
    levels.say("levels-update", **{**sent, name: ["theirs"]}, action="apply")
    assert levels.design[column.id].name == "amount"
    assert levels.states()["behind"] == 0


def test_an_update_that_nobody_has_seen_as_it_is_now_is_shown_again(levels):
    model = levels.derive("postgresql")
    levels.edit(total={"name": ("total", "amount")})
    sent = levels.fields(levels.look("levels-update"))
    levels.edit(email={"name": ("email", "mail")})
    page = levels.say("levels-update", 422, **sent, action="apply")
    assert "was edited meanwhile" in page
    assert "mail" in page
    assert levels.column(model, "total")


def test_settings_are_looked_at_set_and_remembered_with_their_reason(levels):
    model = levels.derive("sqlite")
    derivation = levels.derivation(model).id
    page = levels.look("levels-settings", derivation=derivation)
    assert "Nothing is changed yet" in page
    sent = {name: values[0] for name, values in levels.fields(page).items()}
    sent |= {"o-plural": "singular", "q:kinds:subtypes": "single", "reason": "one list of customers"}
    look = levels.say("levels-settings", **{**sent, "action": "preview"})
    assert "table orders becomes order" in look
    kept = {name: values[0] for name, values in levels.fields(look).items()}
    shown = levels.client.post(levels.address("levels-picture"), kept).json()
    assert shown["change"]["changed"]
    back = levels.say("levels-settings", **{**kept, "action": "form"})
    assert re.search(r'value="singular" selected', back)

    levels.say("levels-settings", **{**kept, "action": "apply"})
    assert {each.name for each in levels.design.of(Table)} == {"customer", "order"}
    assert levels.derivation(model).options == {"plural": "singular"}
    (choice,) = levels.design.of(Choice)
    assert (choice.value, choice.reason) == ("single", "one list of customers")
    assert "one list of customers" in levels.look("levels-settings", derivation=derivation)


def test_a_model_stands_for_itself_and_is_adopted_again_as_it_is(levels):
    model = levels.derive("postgresql")
    levels.say("levels-settings", derivation=levels.derivation(model).id, action="release")
    assert "made by hand" in levels.look()
    tables = levels.design.of(Table)
    page = levels.look("levels-adopt", model=model.id)
    assert "3 of 3</strong> tables are matched" in page
    levels.say("levels-adopt", **levels.fields(page), action="adopt")
    assert levels.derivation(model).source == "upper"
    assert levels.design.of(Table) == tables
    assert levels.states()["behind"] == 0


def test_the_inspector_says_what_was_decided_here_and_gives_it_back(levels):
    model = levels.derive("postgresql")
    column, table = levels.column(model, "total"), levels.column(model, "total").parent

    def inspector() -> str:
        return levels.client.get(reverse("inspector", args=[levels.branch.public_id, table])).content.decode()

    assert "it is all as derived" in inspector()
    levels.edit(**{column.id: {"name": ("total", "sum"), "nullable": (column.nullable, not column.nullable)}})
    said = re.sub(r"\s+", " ", inspector())
    assert "orders.sum: name sum, above total" in said
    assert f'data-ids="{column.id}" data-field="name"' in said
    body = {"action": "reset", "ids": [column.id], "field": "name"}
    levels.client.post(levels.address("api-levels-element"), json.dumps(body), content_type="application/json")
    now = levels.design[column.id]
    assert (now.name, now.nullable) == ("total", not column.nullable), "only the field that was named"


def test_a_column_made_here_is_promoted(levels):
    model = levels.derive("postgresql")
    table = levels.column(model, "total").parent
    version = branches.load(levels.branch)[1]
    added = Column(id="addedhere", parent=table, name="note", type="text", order="z")
    branches.commit(levels.user, levels.branch, version, Change({"addedhere": added}, {}, {}), "Add", new_id())
    body = {"action": "promote", "ids": ["addedhere"]}
    answer = levels.client.post(levels.address("api-levels-element"), json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    assert "note" in {each.name for each in levels.design.of(Attribute) if each.parent == "order"}
    assert levels.states()["behind"] == 0, "the model that it came from has it already"
    body["ids"] = ["nothing"]
    gone = levels.client.post(levels.address("api-levels-element"), json.dumps(body), content_type="application/json")
    assert (gone.status_code, "not there any more" in gone.json()["error"]) == (400, True)


def test_a_viewer_sees_how_models_stand_and_cannot_change_them(levels, everybody):
    levels.derive("postgresql")
    levels.edit(total={"name": ("total", "amount")})
    levels.client.force_login(everybody.viewer)
    overview, update = levels.look(), levels.look("levels-update")
    assert "changed: 1 physical model is behind" in overview
    assert "column total becomes amount" in update
    for page in (overview, update, levels.look("levels-settings", derivation=levels.design.of(Derivation)[0].id)):
        assert "Derive…" not in page
        assert 'id="levels-apply"' not in page
        assert 'id="levels-look"' not in page
    assert levels.client.post(levels.address("levels-picture"), levels.fields(update)).status_code == 200


def test_tables_alone_say_what_to_do_first(everybody, client):
    levels = opened(everybody, client, Design([Model(id="alone", name="Shop", target="postgresql", order="a")]))
    assert "Nothing to derive from yet" in levels.look()
    assert "Nothing to derive from yet" in levels.look("levels-derive")
    page = levels.say("levels", action="begin")
    concepts = next(each for each in levels.design.of(Model) if each.level == "conceptual")
    assert f'data-made="{levels.design.of(Diagram, concepts.id)[0].id}"' in page
    assert "Adopt…" in levels.look()


def test_names_stay_text_and_what_makes_no_sense_is_refused_in_words(everybody, client):
    levels = opened(everybody, client, shop('<b>"Customer"</b>'))
    model = levels.derive("sqlite")
    levels.edit(customer={"name": ('<b>"Customer"</b>', "<i>Client</i>")})
    for page in (levels.look(), levels.look("levels-update"), levels.look("levels-derive", source="upper")):
        assert "<b>" not in page
        assert "<i>" not in page
    assert "is one of" in levels.say(
        "levels-derive", 422, source="upper", goal="sqlite", action="make", **{"o-case": "X"}
    )
    assert "not derived from another" in levels.say("levels-settings", 422, derivation=model.id)
    assert "no model above" in levels.say("levels-adopt", 422, model="upper")
    junk = {"kept": "[1]", "defaults": "x", "q:a:b": "c", "o-nothing": "1", "goal": "oracle", "source": "?"}
    assert "What it makes" in levels.say("levels-derive", **junk)
