"""The trace in the browser: sections, impacts, the page of coverage, matrix and deviations."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from designer.models import Branch
from designer.schema import Column, Design, Deviation, Entity, Model, Table
from designer.services import branches, projects
from designer.services.history import in_words
from designer.web.tracing_matrix import COLUMNS, ROWS
from tests.levels.trace.shop import stored_shop

HTMX = {"HTTP_HX_REQUEST": "true"}


def shop_of(everybody) -> Branch:
    return projects.create(everybody.owner, "Shop", design=stored_shop())


@pytest.fixture
def shop(everybody) -> Branch:
    return shop_of(everybody)


@pytest.fixture
def client(everybody) -> Client:
    found = Client()
    found.force_login(everybody.owner)
    return found


def text_of(response) -> str:
    """Return what people read of an answer."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def words(branch: Branch) -> list[Deviation]:
    return branches.load(branch)[0].of(Deviation)


def test_the_inspector_shows_the_chain_of_what_is_selected(client, shop):
    found = text_of(client.get(reverse("inspector", args=[shop.public_id, "pgcityxxxx"]), **HTMX))
    assert "Comes from attribute Customer.city Logic · logical attribute Customer.city Concepts · conceptual" in found
    assert "A customer lives in one city." in found
    above = text_of(client.get(reverse("tracing-section", args=[shop.public_id, "conplacesx"]), **HTMX))
    assert "Became Logic · logical 1 relationship places" in above
    assert "Shop in postgresql 3" in above


def test_what_was_made_here_says_so_and_asks_whether_it_is_deliberate(client, shop):
    found = text_of(client.get(reverse("tracing-section", args=[shop.public_id, "pgextraxxx"]), **HTMX))
    assert "No origin: it was made here. It is in orders, which has one." in found
    assert "orders.orders_count could be counted" in found


def test_marking_changing_and_taking_back_a_deviation(client, shop):
    url = reverse("deviation-edit", args=[shop.public_id, "pgextraxxx"])
    said = {
        "action": "mark", "kind": "counter_cache", "reason": "read a lot", "sources": "customers.city, orders",
        "kept_by": "pgtriggerx", "kept_true_by": "",
    }  # fmt: skip
    answer = client.post(url, said, **HTMX)
    assert answer.status_code == 200
    assert "wholekey:committed" in answer["HX-Trigger"]
    (made,) = words(shop)
    assert (made.sources, made.kept_by, made.decided_by) == (("pgcityxxxx", "pgordersxx"), ("pgtriggerx",), "owner")
    assert "Kept true by trigger orders.count_orders" in text_of(answer)
    client.post(url, {**said, "action": "change", "deviation": made.id, "reason": "read very often"}, **HTMX)
    assert [each.reason for each in words(shop)] == ["read very often"]
    client.post(url, {"action": "take-back", "deviation": made.id}, **HTMX)
    assert words(shop) == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Say why it deviates"),
        ({"sources": "nowhere.at_all"}, "There is nothing called nowhere.at_all in this design"),
        ({"kind": "sloth"}, "A deviation is one of"),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(client, shop, wrong, sentence):
    said = {"action": "mark", "kind": "other", "reason": "because <b>", "kept_true_by": "Ada", **wrong}
    answer = client.post(reverse("deviation-edit", args=[shop.public_id, "pgextraxxx"]), said, **HTMX)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert 'value="Ada"' in answer.content.decode()
    assert "because <b>" not in answer.content.decode()
    assert words(shop) == []


def test_an_impact_as_a_panel_and_as_a_page_with_pictures(client, shop):
    url = reverse("impact", args=[shop.public_id, "concityxxx"])
    panel = client.get(url, **HTMX)
    assert b"<html" not in panel.content
    found = text_of(panel)
    assert "breaks 2 view cities" in found
    assert "derived from Customer.city, with the next update from above" in found
    page = client.get(url)
    assert page.content.count(b"impact.svg") >= 6
    assert "If it is renamed" in text_of(page)
    assert "Nothing else changes" not in text_of(client.get(f"{url}?what=type"))
    picture = client.get(reverse("impact-picture", args=[shop.public_id, "concityxxx"]), {"model": "pgxxxxxxxx"})
    assert picture["Content-Type"].startswith("image/svg+xml")
    assert b"customers" in picture.content
    assert b">orders<" not in picture.content


def test_a_type_of_what_has_none_and_an_element_that_is_gone(client, shop):
    assert client.get(reverse("impact", args=[shop.public_id, "pgordersxx"]), {"what": "type"}).status_code == 400
    assert client.get(reverse("impact", args=[shop.public_id, "nothing"])).status_code == 404
    assert client.get(reverse("tracing-section", args=[shop.public_id, "pgdiagramx"])).status_code == 404


def test_coverage_lists_what_is_missing_with_links(client, shop):
    page = client.get(reverse("tracing", args=[shop.public_id]))
    found = text_of(page)
    assert "Shop in postgresql 80 % has an origin" in found
    assert "12 covered, 0 meant so, 3 missing" in found
    assert b"?select=pgextraxxx" in page.content


def test_the_matrix_its_filter_and_its_file(client, shop):
    url = reverse("tracing", args=[shop.public_id])
    page = client.get(url, {"view": "matrix"})
    assert "Concepts 1–3 of 3, tables 1–2 of 2" in text_of(page)
    assert b"Customer: customers is this" in page.content
    part = client.get(url, {"view": "matrix", "text": "place"}, **HTMX)
    assert b"<html" not in part.content
    assert "Concepts 1–1 of 1, tables 1–1 of 1" in text_of(part)
    answer = client.get(reverse("tracing-matrix", args=[shop.public_id]), {"rows": "logxxxxxxx"})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().splitlines()[1] == "Customer,entity,main,reference"


def test_a_large_matrix_comes_in_pages(client, everybody):
    count = ROWS + 5
    concepts = [Entity(id=f"entity{n:05}", parent="logicmodel", name=f"E{n}", order=f"a{n:05}x") for n in range(count)]
    tables = [
        Table(id=f"table{n:05}", parent="tablemodel", name=f"t{n}", origin=f"entity{n:05}", order=f"a{n:05}x")
        for n in range(count)
    ]
    design = Design([
        Model(id="logicmodel", level="logical", name="L"),
        Model(id="tablemodel", level="physical", target="sqlite", name="P"), *concepts, *tables,
        *(Column(id=f"column{n:05}", parent=f"table{n:05}", name="c") for n in range(count)),
    ])  # fmt: skip
    branch = projects.create(everybody.owner, "Large", design=design)
    url = reverse("tracing", args=[branch.public_id])
    first = text_of(client.get(url, {"view": "matrix"}))
    assert f"Concepts 1–{ROWS} of {count}, tables 1–{COLUMNS} of {ROWS}" in first
    last = text_of(client.get(url, {"view": "matrix", "at": "2", "tables": "all", "across": "99"}))
    assert f"Concepts {ROWS + 1}–{count} of {count}, tables 31–{count} of {count}" in last


def test_deviations_are_listed_with_the_questions_beside_them(client, shop):
    found = text_of(client.get(reverse("tracing", args=[shop.public_id]), {"view": "deviations"}))
    assert "Is this deliberate?" in found
    assert "orders.orders_count could be counted" in found


def test_a_design_of_one_model_says_what_the_page_is_for(client, everybody):
    url = reverse("tracing", args=[everybody.branch.public_id])
    assert "No model of this design is derived from another" in text_of(client.get(url))
    assert "only physical models" in text_of(client.get(url, {"view": "matrix"}))
    assert "Nothing is marked" in text_of(client.get(url, {"view": "deviations"}))
    assert client.get(reverse("tracing-matrix", args=[everybody.branch.public_id])).status_code == 400


def test_history_says_deviations_in_words_and_keeps_silent_about_memories():
    from designer.change import Change
    from designer.schema import Derived

    design = stored_shop()
    word = Deviation(id="w", parent="pgextraxxx", deviation="counter_cache", reason="x")
    memory = Derived(id="d", parent="pgderivationxx", about="x")
    after = design.changed((), [word, memory])
    lines = in_words(after, Change(added={"w": word, "d": memory}, changed={"w": {"reason": ("x", "y")}}))
    assert lines == ["added 1 deviation", "deviation the counter cache of orders.orders_count: reason x → y"]
    assert in_words(after, Change(removed={"d": memory})) == []
