"""The pages of history: timeline, versions, releases, who made what, and what the canvas asks for in time."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from designer.change import apply, change_from
from designer.commands.contract import edit, replace
from designer.models import Branch, ChangeRequest
from designer.schema import Design
from designer.schema.codec import record_from
from designer.services import branches, branching, requests, timeline, travelling, versions
from designer.services.states import design_at
from tests.accounts import People
from tests.history.stories import random_history

pytestmark = pytest.mark.django_db
NAME = "1.0 <script>alert(1)</script>"


def put(user, branch: Branch, record: str, **fields) -> None:
    branches.run_command(
        user, branch, lambda design: edit(design, f"Set {record}", [replace(design[record], **fields)])
    )
    branch.refresh_from_db()


@pytest.fixture
def told(everybody: People) -> tuple[People, ChangeRequest]:
    """An edit on a branch, merged by a request, a release, and an edit after it."""
    main = everybody.branch
    side = branching.create(everybody.admin, main, "side")
    put(everybody.admin, side, "users2", type="uuid")
    made = requests.open_one(everybody.editor, side, "Widen ids", "They *ran out*.")
    requests.review(everybody.reviewer, made, "approved", "Good", side.head)
    requests.merge(everybody.owner, made, {}, (main.head, side.head))
    main.refresh_from_db()
    versions.give_name(
        everybody.owner, main, NAME, "It **is** out. [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    )
    put(everybody.editor, main, "posts", comment="later")
    return everybody, made


@pytest.fixture
def client(everybody: People) -> Client:
    client = Client()
    client.force_login(everybody.editor)
    return client


def text_of(client: Client, address: str, **options) -> str:
    answer = client.get(address, **options)
    assert answer.status_code == 200, answer.content
    return re.sub(r"\s+|</?bdi>", lambda found: " " if found[0].isspace() else "", answer.content.decode())


def test_the_timeline_tells_everything_and_filters(told, client: Client) -> None:
    everybody, made = told
    address = reverse("timeline", args=[everybody.branch.public_id])
    whole = text_of(client, address)
    for said in (
        "opened change request",
        "approved",
        "merged",
        "Set users2",
        "Column users.email: type text → uuid",
        "made the branch",
        "New design",
        "named version 2",
    ):
        assert said in whole
    assert "<script>alert" not in whole and "&lt;script&gt;alert" in whole
    assert "Set posts" not in text_of(client, address + "?who=admin") and "Set users2" in text_of(
        client, address + "?who=admin"
    )
    assert "Set users2" not in text_of(client, address + "?kind=releases")
    assert "#1 Widen ids" in text_of(client, address + "?text=widen&kind=requests")
    assert "Nothing like that" in text_of(client, address + "?since=2999-01-01")
    of_column = text_of(client, address + "?element=users2")
    assert "Timeline of column users.email" in of_column and "Set posts" not in of_column
    of_table = text_of(client, address + "?element=users&scope=branch")
    assert "Set users2" not in of_table and "Merge #1" in of_table and 'by <a href="' in of_table
    assert client.get(address + "?element=nothing").status_code == 404
    assert text_of(client, address + "?before=nonsense&since=x&kind=y", headers={"HX-Request": "true"})


def test_every_page_of_a_long_timeline_comes_once(everybody: People) -> None:
    made = random_history(everybody, 3, 30)
    for wish in (timeline.Wish(), timeline.Wish(element="users"), timeline.Wish(branch=made[-1])):
        at_once, _ = timeline.page(everybody.branch, wish)
        timeline.PAGE, kept = 7, timeline.PAGE
        try:
            found, before = [], None
            while True:
                items, before = timeline.page(
                    everybody.branch, wish, timeline.cursor_of(str(before)) if before else None
                )
                found += items
                if before is None:
                    break
        finally:
            timeline.PAGE = kept
        assert [(item.rank, item.row.pk) for item in found][: len(at_once)] == [(i.rank, i.row.pk) for i in at_once]
        assert len({(item.rank, item.row.pk) for item in found}) == len(found) >= len(at_once) > 7


def test_a_version_has_a_page_and_what_can_be_done_with_it(told, client: Client) -> None:
    everybody, _ = told
    main = everybody.branch
    merge = text_of(client, reverse("timeline-version", args=[main.public_id, 2]))
    assert "#1 Widen ids" in merge and "version 2 of <a" in merge and "column email: type text → uuid" in merge
    assert client.get(reverse("timeline-version", args=[main.public_id, 99])).status_code == 404
    ways = re.findall(r'href="([^"]*from=[^"]*)"', merge)
    assert len(ways) == 2
    for way in ways:
        page = text_of(client, way.replace("&amp;", "&"))
        assert "step" in page and '<option value="v2" selected>' in page
    other = Branch.objects.get(name="side").public_id
    page = text_of(client, reverse("versions", args=[main.public_id]) + f"?from={other}:v1&to=v2")
    assert f'<option value="{other}:v1" selected>' in page and "ALTER TABLE" in page
    act = reverse("past-act", args=[main.public_id])
    named = client.post(act, {"do": "name", "version": 1, "name": "first"}, headers={"Accept": "application/json"})
    assert named.json()["go"].endswith("/releases/first")
    back = client.post(act, {"do": "restore", "version": 1}, headers={"HX-Request": "true"})
    assert back["HX-Redirect"] == reverse("design", args=[main.public_id])
    main.refresh_from_db()
    assert design_at(main, main.head) == design_at(main, 1)
    branched = client.post(act, {"do": "branch", "version": 2, "name": "from 2"}, headers={"HX-Request": "true"})
    assert branched["HX-Redirect"] == reverse("design", args=[Branch.objects.get(name="from 2").public_id])
    for wrong in (
        {"do": "x"},
        {"do": "name", "version": "x"},
        {"do": "revert", "number": "x"},
        {"do": "restore", "version": "77"},
    ):
        assert client.post(act, wrong, headers={"Accept": "application/json"}).status_code in (400, 404, 422)


def test_a_release_has_a_page_with_notes_migration_and_files(told, client: Client) -> None:
    everybody, _ = told
    main = everybody.branch
    listed = text_of(client, reverse("releases", args=[main.public_id]))
    address = re.search(r'<h2 class="break"><a href="([^"]*)"', listed)
    assert address
    page = text_of(client, address[1])
    assert "It <strong>is</strong> out." in page
    assert "<script>alert" not in page and "<img src=x" not in page and 'href="javascript:' not in page
    assert "What it holds" in page and "Up and down" in page
    files = re.findall(r'href="([^"]*(?:past/file|versions/file)[^"]*)"', page)
    assert len(files) == 3
    assert all(client.get(each.replace("&amp;", "&")).content for each in files)
    assert client.post(address[1], {"note": "New *notes*"}).status_code == 200
    assert "New <em>notes</em>" in text_of(client, address[1])
    assert client.post(address[1], {"note": "x" * 5000}).status_code == 422


def test_blame_stands_in_the_inspector_and_on_a_page(told, client: Client) -> None:
    everybody, _ = told
    main = everybody.branch
    column = text_of(client, reverse("blame", args=[main.public_id, "users2"]), headers={"HX-Request": "true"})
    assert "<strong>type</strong>: <ins>uuid</ins>, changed from <del>text</del> by admin" in column
    assert "#1 Widen ids" in column and "They ran out." in column and "on side" in column
    table = text_of(client, reverse("blame", args=[main.public_id, "users"]))
    assert table.count('<th scope="row">') == 2 and "New design" in table
    way = re.search(r'class="blame-way" href="([^"]*)"', column)
    assert way and "step" in text_of(client, way[1].replace("&amp;", "&"))
    assert client.get(reverse("blame", args=[main.public_id, "nothing"])).status_code == 404
    assert reverse("blame", args=[main.public_id, "users"]) in text_of(
        client, reverse("inspector", args=[main.public_id, "users"])
    )


def test_the_request_page_reverts_and_links_both_ways(told, client: Client) -> None:
    everybody, made = told
    main = everybody.branch
    page = reverse("request", args=[main.public_id, made.number])
    assert 'value="revert"' in text_of(client, page)
    gone = client.post(
        reverse("past-act", args=[main.public_id]), {"do": "revert", "number": 1}, headers={"HX-Request": "true"}
    )["HX-Redirect"]
    assert "This takes back" in text_of(client, gone)
    assert "To be taken back by" in text_of(client, page)
    again = client.post(
        reverse("past-act", args=[main.public_id]), {"do": "revert", "number": 1}, headers={"HX-Request": "true"}
    )
    assert again.status_code >= 400 and "#2 reverts it" in again.content.decode()


def test_the_canvas_can_walk_and_jump_through_every_version(told, client: Client, monkeypatch) -> None:
    main = told[0].branch
    late = branching.create(told[0].editor, main, "late")
    put(told[0].editor, late, "users2", comment="late")
    log = client.get(reverse("api-past-log", args=[late.public_id])).json()
    assert [each[0] for each in log["versions"]] == [1, 2, 3, 4] and log["head"] == 4
    assert [(each["version"], each["kind"]) for each in log["marks"]] == [(2, "merge"), (2, "release")]
    monkeypatch.setattr(travelling, "MOST_BYTES", 400)
    design, at = Design(), 0
    while at < late.head:
        steps = client.get(reverse("api-past-steps", args=[late.public_id]) + f"?first={at + 1}&last={late.head}")
        for step in steps.json():
            design, at = apply(design, change_from(step["change"])), step["version"]
            packed = client.get(
                reverse("api-past-records", args=[late.public_id]) + f"?version={at}",
                headers={"Accept-Encoding": "gzip"},
            )
            records = [record_from(each) for each in json.loads(gzip.decompress(packed.content))]
            assert Design(records) == design == design_at(late, at)
    monkeypatch.setattr(travelling, "LARGEST_STEP", 10)
    assert client.get(reverse("api-past-steps", args=[late.public_id]) + "?first=1&last=1").json() == [
        {"version": 1, "change": None}
    ]
    for wrong in ("?first=0&last=1", "?first=1&last=99", "?first=x&last=1", ""):
        assert client.get(reverse("api-past-steps", args=[late.public_id]) + wrong).status_code in (400, 422)
    assert "data-travel" in text_of(client, reverse("past", args=[late.public_id]))
