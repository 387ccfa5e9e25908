"""The HTTP API of the canvas, as docs/architecture.md describes it."""

from __future__ import annotations

import gzip
import json

import pytest
from django.urls import reverse

from designer.change import change_to
from designer.commands import edit
from designer.models import LogEntry
from designer.schema import Placement
from designer.services import branches


@pytest.fixture
def api(everybody, client):
    client.force_login(everybody.editor)
    return client


def post(api, branch, change, base=1, key="k1", label="Test", client_id="tab1"):
    body = json.dumps({"base": base, "key": key, "label": label, "change": change})
    url = reverse("api-changes", args=[branch.public_id])
    return api.post(url, body, content_type="application/json", headers={"X-Wholekey-Client": client_id})


def rename(branch, name):
    design, _ = branches.load(branch)
    return change_to(edit.rename(design, "users", name).change)


def test_the_design_comes_whole(everybody, api):
    answer = api.get(reverse("api-design", args=[everybody.branch.public_id])).json()
    assert (answer["branch"], answer["version"], answer["name"]) == (everybody.branch.public_id, 1, "Blog")
    assert answer["can_edit"] is True
    assert {record["id"] for record in answer["records"]} >= {"model", "users", "users1", "place2"}


def test_the_gzipped_design_is_the_same(everybody, api):
    url = reverse("api-design", args=[everybody.branch.public_id])
    packed = api.get(url, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.content)) == api.get(url).json()


def test_a_browser_that_has_the_version_gets_nothing_again(everybody, api):
    url = reverse("api-design", args=[everybody.branch.public_id])
    tag = api.get(url)["ETag"]
    assert api.get(url, headers={"if-none-match": tag}).status_code == 304
    post(api, everybody.branch, rename(everybody.branch, "people"))
    assert api.get(url, headers={"if-none-match": tag}).status_code == 200


def test_a_posted_change_is_answered_with_its_entry(everybody, api):
    answer = post(api, everybody.branch, rename(everybody.branch, "people")).json()
    assert (answer["version"], answer["accepted"], answer["notes"]) == (2, 2, [])
    (entry,) = answer["entries"]
    assert (entry["key"], entry["mine"], entry["author"], entry["label"]) == ("k1", True, "editor", "Test")
    assert entry["change"] == {"changed": {"users": {"name": ["users", "people"]}}}


def test_entries_are_mine_only_in_my_tab(everybody, api):
    post(api, everybody.branch, rename(everybody.branch, "people"))
    url = reverse("api-changes", args=[everybody.branch.public_id])
    mine = api.get(url, {"since": 1}, headers={"X-Wholekey-Client": "tab1"}).json()["entries"][0]["mine"]
    other = api.get(url, {"since": 1}, headers={"X-Wholekey-Client": "tab2"}).json()["entries"][0]["mine"]
    assert (mine, other) == (True, False)


def test_posting_again_writes_nothing(everybody, api):
    change = rename(everybody.branch, "people")
    first, again = (post(api, everybody.branch, change).json() for _ in range(2))
    assert first["accepted"] == again["accepted"] == 2
    assert LogEntry.objects.filter(branch=everybody.branch).count() == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "not a valid request"),
        ("{", "not a valid request"),
        ('{"base": 1}', "key"),
        ('{"base": 1, "key": "", "change": {}}', "needs a key"),
        ('{"base": 1, "key": "k", "change": []}', "not a change"),
        ('{"base": -1, "key": "k", "change": {}}', "version -1"),
        ('{"base": 1, "key": "k", "change": {"added": {"abcd": {"kind": "table"}}}}', "not a change"),
        ('{"base": 1, "key": "k", "change": {"changed": {"users": {"colour": ["", "x"]}}}}', "does not fit"),
        ('{"base": 1, "key": "k", "change": {"changed": {"users": {"nonsense": ["", "x"]}}}}', "o kind of record"),
        ("[" * 100_000, "not a valid request"),
        ('{"base": 1, "key": "k", "change": ' + '{"added":' * 5000, "not a valid request"),
    ],
)
def test_nonsense_gets_a_sentence(everybody, api, body, words):
    url = reverse("api-changes", args=[everybody.branch.public_id])
    response = api.post(url, body, content_type="application/json")
    assert response.status_code == 400
    assert words in response.json()["error"]
    assert "Traceback" not in response.json()["error"]


def test_a_change_has_a_limit(everybody, api, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = post(api, everybody.branch, {}, label="x" * 2000)
    assert response.status_code == 413
    assert "error" in response.json()


def test_changes_need_a_number(everybody, api):
    response = api.get(reverse("api-changes", args=[everybody.branch.public_id]), {"since": "yesterday"})
    assert response.status_code == 400


def test_arrange_moves_the_boxes_and_can_be_undone(everybody, api):
    url = reverse("api-arrange", args=[everybody.branch.public_id])
    answer = api.post(url, json.dumps({"diagram": "diagram"}), content_type="application/json").json()
    design, _ = branches.load(everybody.branch)
    places = design.of(Placement, "diagram")
    assert {place.element for place in places} == {"users", "posts"}
    assert answer["accepted"] == answer["version"] == 2
    response = api.post(url, json.dumps({"diagram": "gone"}), content_type="application/json")
    assert response.status_code == 400
