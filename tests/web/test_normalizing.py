"""Normalisation over HTTP: how tables stand, the panel of one, answers, fixes and rows."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from designer.models import LogEntry
from designer.schema import Assessment, Column, Dependency, Design, Diagram, ForeignKey, Key, Model, Placement, Table
from designer.services import branches, normalizing, projects
from tests.nasty import NAMES


def orders(name: str = "lines", city: str = "city") -> Design:
    """A table of order lines that nobody has said anything about."""
    names = {"order": "order_id", "lineno": "line_no", "zipcode": "zip", "town": city, "promised": "promised_on"}
    columns = [
        Column(id=key, parent="lines", name=column, type="text", nullable=key not in ("order", "lineno"), order=order)
        for (key, column), order in zip(names.items(), "ABCDE", strict=True)
    ]
    return Design(
        [
            Model(id="model", name="Shop", level="physical", target="postgresql"),
            Diagram(id="diagram", parent="model", name="All"),
            Table(id="lines", parent="model", name=name, order="A"),
            *columns,
            Key(id="primary", parent="lines", primary=True, columns=("order", "lineno")),
            Table(id="other", parent="model", name="other", order="B"),
            Column(id="other1", parent="other", name="id", type="bigint", nullable=False, order="A"),
            Placement(id="place", parent="diagram", element="lines"),
        ]
    )


class Panel:
    """The panel of the table of lines, with the hands of somebody who may edit."""

    def __init__(self, client, branch):
        self.client, self.branch = client, branch

    def address(self, name: str, record: str = "lines") -> str:
        return reverse(name, args=[self.branch.public_id, record])

    def look(self, record: str = "lines", **said: str):
        return self.client.get(self.address("normalization", record), said)

    def say(self, action: str, **said):
        return self.client.post(self.address("normalization-edit"), {"action": action, **said})

    def states(self):
        return self.client.get(reverse("api-normalization", args=[self.branch.public_id]), {"model": "model"}).json()

    @property
    def design(self) -> Design:
        return branches.load(self.branch)[0]

    def dependencies(self) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
        return sorted((each.determinant, each.dependent, each.state) for each in self.design.of(Dependency))


def opened(everybody, client, design: Design) -> Panel:
    client.force_login(everybody.editor)
    workspace = everybody.branch.project.workspace
    return Panel(client, projects.create(everybody.owner, "Shop", design=design, workspace=workspace))


@pytest.fixture
def panel(everybody, client) -> Panel:
    return opened(everybody, client, orders())


def test_only_keys_known_is_not_assessed_and_never_clean(panel):
    told = panel.states()
    assert told["counts"] == {"violation": 0, "suspected": 0, "none": 2, "clean": 0}
    assert told["states"] == {}
    page = panel.look().content.decode()
    assert "is-none" in page
    assert "is-clean" not in page
    assert "Only the keys are known" in page


def test_the_three_answers_are_kept_with_who_gave_them(panel):
    asked = {"kind": "dependency", "left": "order", "right": "promised"}
    page = panel.say("answer", **asked, said="no")
    assert page.status_code == 200
    assert "promised_on depends on order_id alone, not on the whole key (order_id, line_no)." in page.content.decode()
    assert '"version": 2' in page.headers["HX-Trigger"]
    assert panel.say("answer", kind="dependency", left="zipcode", right="town", said="yes").status_code == 200
    assert panel.say("answer", kind="dependency", left="order", right="zipcode", said="unsure").status_code == 200
    assert panel.dependencies() == [
        (("order",), ("promised",), "confirmed"), (("order",), ("zipcode",), "proposed"), (("zipcode",), ("town",), "refuted"),
    ]  # fmt: skip
    stored = next(each for each in panel.design.of(Dependency) if each.state == "confirmed")
    assert stored.decided_by == "editor"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", stored.decided_on)
    assert panel.states()["states"]["lines"]["state"] == "violation"
    assert panel.states()["states"]["lines"]["form"] == "1NF"


def test_an_answer_of_yes_keeps_the_two_rows_that_were_shown(panel):
    question = re.search(
        r'name="left" value="order">.*?name="right" value="(\w+)">', panel.look().content.decode(), re.DOTALL
    )
    assert question is not None
    panel.say("answer", kind="dependency", left="order", right=question.group(1), said="yes")
    (refuted,) = panel.design.of(Dependency)
    first, second = refuted.counterexample
    assert first[0] == second[0]
    assert first[1] != second[1]


def test_a_finding_has_its_five_parts_and_a_picture(panel):
    page = panel.say("state", text="order_id -> zip; zip -> city").content.decode()
    for words in (
        "Evidence",
        "Why",
        "What goes wrong",
        "Fix",
        "Update:",
        "Insert:",
        "Delete:",
        "breaks 2NF",
        "breaks 3NF",
    ):
        assert words in page
    assert "Derivation in" in page
    assert '<g class="norm-line is-partial">' in page
    assert '<g class="norm-line is-transitive">' in page


def test_a_typing_error_is_named_and_what_was_typed_stays(panel):
    page = panel.say("state", text="zip -> ctiy")
    assert page.status_code == 422
    text = page.content.decode()
    assert "Unknown attribute ctiy in the dependency zip -&gt; ctiy; did you mean city?" in text
    assert 'value="zip -&gt; ctiy"' in text
    assert 'aria-invalid="true"' in text
    assert panel.dependencies() == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"action": "state", "text": "city"}, "arrow is missing"),
        ({"action": "state", "text": "zip -> zip"}, "always determines itself"),
        ({"action": "state", "left": "zipcode"}, "choose at least one"),
        ({"action": "state", "left": "zipcode", "right": "other1"}, "is not in"),
        ({"action": "state", "text": "x" * 20_001}, "too long"),
        ({"action": "confirm", "dependency": "gone"}, "not there any more"),
        ({"action": "confirm"}, "at least one"),
        ({"action": "answer", "left": "zipcode", "right": "town", "said": "perhaps"}, "yes, no or unsure"),
        ({"action": "waive", "left": "zipcode", "right": "town", "reason": " "}, "say why"),
        ({"action": "withdraw-assessment"}, "is not assessed"),
        ({"action": "propose"}, "no rows"),
        ({"action": "fix", "goal": "7NF"}, "choose one of"),
        ({"action": "fix", "goal": "BCNF"}, "as it is"),
        ({"action": "conquer"}, "cannot do"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(panel, said, words):
    before = LogEntry.objects.count()
    page = panel.client.post(panel.address("normalization-edit"), said)
    assert page.status_code == 422
    assert words.lower() in page.content.decode().lower()
    assert LogEntry.objects.count() == before


def test_several_typed_dependencies_are_one_step_of_the_history(panel):
    panel.say("state", text="order_id -> promised_on\nzip -> city")
    assert panel.dependencies() == [(("order",), ("promised",), "confirmed"), (("zipcode",), ("town",), "confirmed")]
    assert LogEntry.objects.filter(branch=panel.branch).count() == 2
    assert LogEntry.objects.latest("version").label == "State 2 dependencies"


def test_picked_columns_state_a_dependency_and_a_reason_keeps_it(panel):
    panel.say("state", left=["order"], right=["zipcode", "town"])
    (stored,) = panel.design.of(Dependency)
    page = panel.say("waive", dependency=stored.id, reason="the address of that day").content.decode()
    assert "the address of that day" in page
    assert panel.states()["states"].get("lines", {}).get("state") != "violation"
    panel.say("withdraw", dependency=stored.id)
    assert panel.dependencies() == []


def test_a_refuted_dependency_keeps_the_rows_that_were_typed(panel):
    panel.say("state", text="zip -> city")
    (stored,) = panel.design.of(Dependency)
    page = panel.say("refute", dependency=stored.id, first=["10004", "Paris"], second=["10005", "Rome"])
    assert page.status_code == 422
    assert "must agree on zip" in page.content.decode()
    panel.say("refute", dependency=stored.id, first=["10004", "Paris"], second=["10004", "Rome"])
    (refuted,) = panel.design.of(Dependency)
    assert (refuted.state, refuted.counterexample) == ("refuted", (("10004", "Paris"), ("10004", "Rome")))


def test_clean_is_somebodys_word_and_covers_the_columns_that_were_seen(panel):
    page = panel.say("assess", column=["order", "lineno", "zipcode", "town", "promised"]).content.decode()
    assert "is-clean" in page
    assert "editor" in page
    assert panel.states()["counts"]["clean"] == 1
    panel.say("withdraw-assessment")
    assert panel.design.of(Assessment) == []
    panel.say("assess", column=["order", "lineno"])
    assert panel.states()["counts"]["clean"] == 0


def test_sets_are_asked_about_the_other_way_round(everybody, client):
    design = orders()
    whole = [each for each in design.records() if each.id not in ("town", "promised", "primary")]
    panel = opened(
        everybody,
        client,
        Design([*whole, Key(id="primary", parent="lines", primary=True, columns=("order", "lineno", "zipcode"))]),
    )
    asked = {"kind": "sets", "left": "order", "right": "lineno"}
    page = panel.look().content.decode()
    assert 'value="sets"' in page
    panel.say("answer", **asked, said="no")
    assert [(each.multivalued, each.state) for each in panel.design.of(Dependency)] == [(True, "refuted")]
    panel.say("answer", **asked, said="yes")
    assert [(each.multivalued, each.state) for each in panel.design.of(Dependency)] == [(True, "confirmed")]
    assert panel.states()["states"]["lines"]["form"] == "BCNF"


def test_a_fix_is_looked_at_without_being_made_and_then_made_as_one_step(panel):
    panel.say("state", text="zip -> city")
    wish = {"left": "zipcode", "right": "town", "name": "zips", "from": "norm-fix-1"}
    shown = panel.client.post(panel.address("normalization-preview"), wish)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert 'data-change="{' in text
    assert 'value="zips"' in text
    assert "column lines.city moves to zips" in text
    assert len(panel.design.of(Table)) == 2
    made = panel.say("fix", **wish)
    assert "HX-Trigger" in made.headers
    assert {each.name for each in panel.design.of(Table)} == {"lines", "other", "zips"}
    assert panel.design["town"].parent != "lines"
    assert LogEntry.objects.filter(branch=panel.branch).count() == 3
    assert panel.states()["counts"]["violation"] == 0


def test_a_name_that_is_taken_is_refused_with_the_panel(panel):
    panel.say("state", text="zip -> city")
    answer = panel.client.post(
        panel.address("normalization-preview"), {"left": "zipcode", "right": "town", "name": "other"}
    )
    assert answer.status_code == 422
    assert "named other already" in answer.content.decode()


def test_two_cards_only_where_bcnf_costs_a_rule_with_the_trigger_that_checks_it(panel):
    panel.say("state", text="order_id -> zip; zip -> city")
    assert 'type="radio" name="goal"' not in panel.look().content.decode()
    panel.say("state", text="order_id, line_no -> promised_on; promised_on -> line_no; promised_on -> zip")
    page = panel.look().content.decode()
    assert page.count('type="radio" name="goal"') == 2
    shown = panel.client.post(panel.address("normalization-preview"), {"goal": "BCNF"}).content.decode()
    assert "CREATE CONSTRAINT TRIGGER" in shown
    assert (
        "CREATE CONSTRAINT TRIGGER"
        not in panel.client.post(panel.address("normalization-preview"), {"goal": "3NF"}).content.decode()
    )


ROWS = "order_id,line_no,zip,city,promised_on\n" + "".join(
    f"{row // 3},{row % 3},{10000 + row % 7},City {row % 7},2026-01-{row // 3 % 28 + 1:02}\n" for row in range(120)
)


def test_pasted_rows_are_looked_at_and_proposed_on_demand(panel, settings):
    settings.WHOLEKEY_BACKGROUND = False
    page = panel.client.post(panel.address("normalization-data"), {"text": ROWS + "7,1\n"})
    text = page.content.decode()
    assert "121 of the pasted rows" in text
    assert "has 2 fields instead of 5" in text
    assert "zip → city" in text, "what would be proposed is named before it is"
    assert "these are invented" in text, "values of the data in rows that are not there"
    assert panel.dependencies() == []
    panel.say("propose")
    assert (("zipcode",), ("town",), "proposed") in panel.dependencies()
    page = panel.look().content.decode()
    assert "norm-matrix" in page or "Can two rows have the same zip and different city?" in page
    panel.say(
        "confirm", dependency=[each.id for each in panel.design.of(Dependency) if each.determinant == ("zipcode",)]
    )
    assert "cells repeat" in panel.look().content.decode()
    panel.client.post(panel.address("normalization-data"), {"forget": "1"})
    assert "cells repeat" not in panel.look().content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"text": ""}, "Paste some rows"),
        ({"url": "postgresql://u@localhost/x"}, "Connecting to databases is off"),
    ],
)
def test_rows_that_cannot_be_had_are_told_beside_the_form(panel, said, words):
    page = panel.client.post(panel.address("normalization-data"), said)
    assert page.status_code == 200
    alert = re.search(r'role="alert">([^<]*)', page.content.decode())
    assert alert is not None
    assert words in alert.group(1)


def test_a_row_that_cannot_be_leads_to_questions(panel):
    page = panel.look(impossible="order").content.decode()
    assert "You said that such a row cannot be" in page
    assert "Can two rows have the same order_id and different" in page
    assert panel.look(impossible="stranger").status_code == 200


@pytest.mark.parametrize("name", [each for each in NAMES if each.strip()][:40])
def test_names_are_text_wherever_they_stand(everybody, client, name):
    panel = opened(everybody, client, orders(name, city=name))
    panel.say("state", left="zipcode", right="town")
    page = panel.look().content.decode() + panel.client.post(
        panel.address("normalization-preview"), {"left": "zipcode", "right": "town"}
    ).content.decode()  # fmt: skip
    assert "<script" not in page.lower()
    assert "<img" not in page.lower()
    assert "breaks 3NF" in page


def test_many_columns_are_drawn_as_layers(everybody, client):
    more = [Column(id=f"more{n}", parent="lines", name=f"x{n}", type="text", order=f"F{n}V") for n in range(10)]
    panel = opened(everybody, client, Design([*orders().records(), *more]))
    page = panel.say("state", text="zip -> city").content.decode()
    assert "norm-layers" in page
    assert "norm-strip" not in page


def test_what_is_gone_is_told_so(panel):
    assert panel.look("nothing").status_code == 404
    assert panel.look("order").status_code == 404


def test_a_viewer_reads_and_has_no_buttons(everybody, panel):
    panel.say("state", text="zip -> city")
    panel.client.force_login(everybody.viewer)
    page = panel.look().content.decode()
    assert "What is wrong" in page
    assert "hx-post" not in page


def test_an_edit_looks_again_at_the_table_that_it_touched_and_at_no_other(panel, monkeypatch):
    panel.states()
    looked: list[str] = []
    really = normalizing.state_of
    monkeypatch.setattr(
        normalizing, "state_of", lambda design, owner, *more: looked.append(owner) or really(design, owner, *more)
    )
    panel.states()
    assert looked == []
    panel.say("state", text="zip -> city")
    looked.clear()
    panel.states()
    assert looked == ["lines"]


def with_columns(*more: tuple[str, str]) -> Design:
    """The lines with some more columns, each a name and a type."""
    orders_ = [f"F{letter}" for letter in "BCDEFGH"]
    columns = [
        Column(id=f"more{at}", parent="lines", name=name, type=raw, logical=raw, order=orders_[at])
        for at, (name, raw) in enumerate(more)
    ]
    return Design([*orders().records(), *columns])


def test_numbered_columns_become_rows(everybody, client):
    panel = opened(everybody, client, with_columns(("phone1", "text"), ("phone2", "text"), ("phone3", "text")))
    page = panel.look().content.decode()
    assert "look like one list of phone" in page
    wish = {"wish": "rows", "right": ["more0", "more1", "more2"], "name": "phones"}
    assert 'value="phones"' in panel.client.post(panel.address("normalization-preview"), wish).content.decode()
    panel.say("fix", **wish)
    assert "phones" in {each.name for each in panel.design.of(Table)}
    assert panel.say("fix", **wish).status_code == 422


def test_a_total_is_computed_and_a_constant_is_kept(everybody, client):
    panel = opened(everybody, client, with_columns(("quantity", "integer"), ("price", "integer"), ("total", "integer")))
    panel.say("state", text="quantity, price -> total; {} -> city")
    page = panel.look().content.decode()
    assert 'name="wish" value="compute"' in page
    assert 'name="wish" value="always"' in page
    panel.say("fix", wish="compute", left=["more0", "more1"], right="more2")
    assert panel.design["more2"].generated is not None
    assert panel.say("fix", wish="always", right="town").status_code == 422
    panel.say("fix", wish="always", right="town", value="Paris")
    assert panel.design["town"].nullable is False


def test_rows_of_two_tables_propose_a_foreign_key_that_one_click_adds(everybody, client):
    panel = opened(everybody, client, with_columns(("other_id", "bigint")))
    rows = "order_id,line_no,other_id\n" + "".join(f"{row},1,{row % 9 + 1}\n" for row in range(60))
    panel.client.post(
        panel.address("normalization-data", "other"), {"text": "id\n" + "\n".join(map(str, range(1, 40)))}
    )
    page = panel.client.post(panel.address("normalization-data"), {"text": rows}).content.decode()
    assert "other_id → other (id)" in page
    answer = panel.say("refer", column="more0", target="other", key="other1")
    assert answer.status_code == 200
    (added,) = panel.design.of(ForeignKey)
    assert (added.columns, added.ref_table, added.ref_columns) == (("more0",), "other", ("other1",))
    assert "other_id → other (id)" not in panel.look().content.decode()


def test_a_list_in_a_text_becomes_rows(everybody, client):
    panel = opened(everybody, client, with_columns(("tags", "text")))
    lists = ["red,green", "blue", "red,blue,green", "green,red", "blue,red", "red"]
    rows = "order_id,line_no,tags\n" + "".join(f'{row},1,"{lists[row % 6]}"\n' for row in range(120))
    page = panel.client.post(panel.address("normalization-data"), {"text": rows}).content.decode()
    assert 'name="wish" value="list"' in page
    wish = {"wish": "list", "right": "more0", "value": ","}
    assert "norm-preview" in panel.client.post(panel.address("normalization-preview"), wish).content.decode()
    panel.say("fix", **wish)
    assert panel.design["more0"].parent != "lines"
    assert panel.say("fix", **{**wish, "value": "x"}).status_code == 422
