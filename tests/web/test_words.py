"""The panel of words, and the concepts of the inspector: what they show, change and refuse."""

from __future__ import annotations

import pytest
from django.urls import reverse

from designer.demo.samples import SAMPLES
from designer.schema import AccessPattern, Arc, Entity, Generalization, Identifier, Relationship, Term, models
from designer.services import branches, projects


@pytest.fixture
def hospital(everybody, client):
    """The hospital as a project, and somebody who may edit it."""
    design = next(each for each in SAMPLES if each.slug == "hospital").make()
    client.force_login(everybody.editor)
    return projects.create(everybody.editor, "Hospital", design=design), client


def now(branch):
    return branches.load(branch)[0]


def named(branch, kind, name):
    return next(each for each in now(branch).of(kind) if each.name == name)


def act(branch, client, record, action, address="inspector-edit", **fields):
    return client.post(reverse(address, args=[branch.public_id, record]), {"action": action, "shown": record, **fields})


def test_each_family_lists_its_words_and_search_finds_synonyms_and_elements(hospital):
    branch, client = hospital
    url = reverse("words", args=[branch.public_id])
    assert "Resident" in client.get(url).content.decode()
    assert "A patient is discharged after being admitted." in client.get(url, {"tab": "business_rule"}).content.decode()
    found = client.get(url, {"tab": "access_pattern", "q": "lab test"}).content.decode()
    assert "Results of a specimen" in found and "Unpaid bills" not in found
    assert "Nothing here speaks of" in client.get(url, {"q": "zebra"}).content.decode()


def test_a_term_is_added_linked_changed_and_refused_twice(hospital):
    branch, client = hospital
    model = next(iter(models(now(branch))))
    ward = named(branch, Entity, "Ward").id
    act(
        branch,
        client,
        model.id,
        "add-word",
        "words-edit",
        kind="term",
        name="Unit",
        lines="Ward\nstation",
        elements=ward,
    )
    term = named(branch, Term, "Unit")
    assert (term.synonyms, term.elements) == (("Ward", "station"), (ward,))
    again = act(branch, client, model.id, "add-word", "words-edit", kind="term", name="unit")
    assert again.status_code == 422 and "There is a term named Unit" in again.content.decode()
    act(branch, client, term.id, "set", "words-edit", field="comment", value="Where patients stay.")
    act(branch, client, term.id, "unlink", "words-edit", element=ward, at="elements")
    assert (named(branch, Term, "Unit").comment, named(branch, Term, "Unit").elements) == ("Where patients stay.", ())
    shown = client.get(reverse("inspector", args=[branch.public_id, ward])).content.decode()
    assert "is a synonym of the term" in shown


def test_an_access_pattern_is_linked_by_its_keys(hospital):
    branch, client = hospital
    pattern, bill = named(branch, AccessPattern, "Admit a patient"), named(branch, Entity, "Bill")
    act(branch, client, pattern.id, "link", "words-edit", at="by", elements=bill.id)
    assert named(branch, AccessPattern, "Admit a patient").by[-1] == bill.id
    assert act(branch, client, pattern.id, "link", "words-edit", at="by", elements="").status_code == 422


def test_ends_are_set_in_the_inspector_and_bad_numbers_are_told(hospital):
    branch, client = hospital
    runs = named(branch, Relationship, "runs")
    act(branch, client, runs.id, "set-end", at="1", field="bounds", value="1..9")
    act(branch, client, runs.id, "set-end", at="1", field="role", value="station")
    act(branch, client, runs.id, "set-end", at="0", field="identifying", value="1")
    ends = named(branch, Relationship, "runs").ends
    assert (ends[1].min, ends[1].max, ends[1].role, ends[0].identifying) == (1, 9, "station", True)
    ward = named(branch, Entity, "Ward").id
    assert any(runs.id in each.relationships for each in now(branch).of(Identifier, ward))
    refused = act(branch, client, runs.id, "set-end", at="1", field="bounds", value="many")
    assert refused.status_code == 422 and "0..1, 1..N or 2..5" in refused.content.decode()


def test_groups_of_subtypes_and_arcs_are_edited_at_their_entity(hospital):
    branch, client = hospital
    person, insurer = named(branch, Entity, "Person").id, named(branch, Entity, "Insurer").id
    page = act(branch, client, person, "add-group", entity=insurer)
    assert page.status_code == 200 and "Begin another group of subtypes" in page.content.decode()
    group = next(each for each in now(branch).of(Generalization) if insurer in each.subtypes)
    act(branch, client, group.id, "set", field="name", value="by payer", shown=person)
    act(branch, client, group.id, "remove-subtype", entity=insurer)
    assert group.id not in now(branch)
    arc = next(iter(now(branch).of(Arc)))
    short = act(branch, client, arc.id, "set-arc", relationship=[arc.relationships[0]])
    assert short.status_code == 422 and "two relationships or more" in short.content.decode()
    none = act(branch, client, person, "add-identifier")
    assert none.status_code == 422 and "needs an attribute" in none.content.decode()
