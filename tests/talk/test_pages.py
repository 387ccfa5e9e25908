"""Comments and notices over HTTP: the list of the canvas, the parts of pages, guests, and nothing that runs."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.test import Client

from designer.change import change_encode
from designer.commands.columns import set_type
from designer.commands.edit import delete, rename
from designer.models import Comment, LogEntry, Notice, ShareLink
from designer.services import branches, branching, links, requests, suggestions, talk
from designer.services.states import design_at
from designer.services.talk import Anchor
from tests.accounts import people
from tests.talk.scripts import CORPUS, running

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def team():
    return people()


def at(team, rest):
    return f"/d/{team.branch.public_id}/talk{rest}"


def test_the_list_says_where_threads_are_in_one_query(team, client, django_assert_max_num_queries):
    for number in range(5):
        made = talk.say(team.reviewer, team.branch, f"Hello @editor {number}", Anchor("users2", "type"))
        talk.answer(team.editor, made, "yes")
    talk.settle(team.editor, made, True)
    client.force_login(team.viewer)
    client.get(at(team, ""))
    with django_assert_max_num_queries(9):  # session, user, branch, rights, the threads, the names in them
        rows = client.get(at(team, "")).json()["threads"]
    assert [row["resolved"] for row in rows] == [True, False, False, False, False]
    assert rows[1] == {
        "id": made.pk - 2, "element": "users2", "field": "type", "diagram": "", "x": None, "y": None, "answers": 1, "resolved": False,
        "author": "reviewer", "ago": "just now", "text": "Hello @editor 3", "suggests": "", "applied": False, "request": None,
    }  # fmt: skip


def test_a_thread_is_begun_answered_edited_settled_and_deleted(team, client):
    client.force_login(team.reviewer)
    form = client.get(at(team, "/new"), {"element": "users2"}).content.decode()
    assert "column users.email" in form
    said = client.post(at(team, "/say"), {"element": "users2", "body": "Why **text**?"}, headers=HTMX)
    made = Comment.objects.get()
    assert "Why <strong>text</strong>?" in said.content.decode()
    assert json.loads(said.headers["HX-Trigger"]) == {"wholekey:talk": {"thread": made.pk}}
    act = at(team, f"/{made.pk}/act")
    assert "Because" in client.post(act, {"do": "answer", "body": "Because"}).content.decode()
    refused = client.post(act, {"do": "answer", "body": " "})
    assert (refused.status_code, "Write something first." in refused.content.decode()) == (422, True)
    assert "Never mind" in client.post(act, {"do": "edit", "body": "Never mind"}).content.decode()
    assert "resolved by reviewer" in client.post(act, {"do": "resolve"}).content.decode()
    client.force_login(team.editor)
    page = client.get(at(team, f"/{made.pk}")).content.decode()
    assert 'value="edit"' not in page
    assert client.post(act, {"do": "delete"}).status_code == 422
    client.force_login(team.reviewer)
    for each in reversed([made, *made.answers.all()]):
        gone = client.post(at(team, f"/{each.pk}/act"), {"do": "delete"})
    assert json.loads(gone.headers["HX-Trigger"])["wholekey:talk"]["gone"] is True
    assert client.get(at(team, f"/{made.pk}"), headers=HTMX).status_code == 404


def test_a_spot_and_a_thread_of_what_is_gone(team, client):
    client.force_login(team.editor)
    client.post(at(team, "/say"), {"diagram": "diagram", "x": "12.5", "y": "-7", "body": "Here"})
    assert client.get(at(team, "")).json()["threads"][0]["x"] == 12.5
    for x in ("nan", "1e99", "left"):
        assert client.post(at(team, "/say"), {"diagram": "diagram", "x": x, "y": "0", "body": "x"}).status_code == 422
    made = talk.say(team.editor, team.branch, "About it", Anchor("users2"))
    branches.run_command(team.editor, team.branch, lambda design: delete(design, ["users2"]))
    assert "an element that was removed later" in client.get(at(team, f"/{made.pk}")).content.decode()


def guest(team, name):
    """Return a browser that came in by a link for comments, under a name."""
    link = ShareLink.objects.create(project=team.branch.project, token_hash=name, may_comment=True, created_by_name="x")
    browser = Client()
    session = browser.session
    session[links.GRANTS] = [[link.pk, link.secret_version, name]]
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return browser


def test_a_guest_deletes_only_what_his_own_session_said(team):
    gus, gil = guest(team, "Gus"), guest(team, "Gil")
    said = gus.post(at(team, "/say"), {"element": "users", "body": "Hi @editor"})
    made = Comment.objects.get()
    assert (said.status_code, made.author, made.author_name) == (200, None, "Gus (guest)")
    for begun in ("", "ed"):
        assert gus.get(at(team, "/people"), {"q": begun}).json() == {"names": []}
    act = at(team, f"/{made.pk}/act")
    assert gus.post(at(team, "/apply"), {"suggestion": made.pk}).status_code in (302, 403, 404)
    assert gil.post(act, {"do": "delete"}).status_code == 422
    assert "Hello" in gus.post(act, {"do": "edit", "body": "Hello"}).content.decode()
    assert gus.post(act, {"do": "delete"}).status_code == 200
    assert not Comment.objects.exists()


def test_a_suggestion_is_proposed_seen_and_applied(team, client):
    client.force_login(team.reviewer)
    change = change_encode(set_type(design_at(team.branch, 1), "users2", "citext").change).decode()
    said = {"element": "users2", "body": "", "change": change, "base": "1"}
    page = client.post(at(team, "/say"), said).content.decode()
    assert ("suggested change" in page, 'value="apply"' in page) == (True, False)
    bad = client.post(at(team, "/say"), {**said, "base": "7"})
    assert (bad.status_code, "no version 7" in bad.content.decode()) == (422, True)
    client.force_login(team.editor)
    made = Comment.objects.get()
    assert 'value="apply"' in client.get(at(team, f"/{made.pk}")).content.decode()
    done = client.post(at(team, f"/{made.pk}/act"), {"do": "apply"})
    assert json.loads(done.headers["HX-Trigger"])["wholekey:committed"] == {"version": 2}
    assert "Applied by editor" in done.content.decode()
    again = client.post(at(team, f"/{made.pk}/act"), {"do": "apply"})
    assert (again.status_code, "applied it already" in again.content.decode()) == (422, True)


def test_the_page_of_a_request_has_the_threads_of_the_canvas_and_applies_several(team, client):
    side = branching.create(team.editor, team.branch, "side")
    branches.run_command(team.editor, side, lambda design: rename(design, "posts", "articles"))
    asked = requests.open_one(team.editor, side, "Articles")
    for kind in ("citext", "varchar(9)"):
        change = change_encode(set_type(design_at(side, side.head), "users2", kind).change)
        talk.say(team.reviewer, side, kind, Anchor("users2"), suggestion=suggestions.made(side, side.head, change))
    talk.say(team.reviewer, side, "A field", Anchor("posts", "name"))
    client.force_login(team.editor)
    page = client.get(f"/d/{side.public_id}/requests/1").content.decode()
    assert page.count('class="talk-thread') == 3
    assert "table articles: name" in page
    assert '<option value="posts:name">' in page
    keys = [str(each.pk) for each in Comment.objects.exclude(suggestion="")]
    apply = f"/d/{side.public_id}/talk/apply"
    assert page.count('name="suggestion"') == 2
    left = client.post(apply, {"suggestion": keys}).content.decode()
    assert "1 applied. Not applied:" in left
    assert suggestions.GONE in left
    assert client.post(apply, {}).status_code == 422
    Notice.objects.create(project=side.project, user=team.editor, kind="mention", request=asked, actor_name="x")
    assert 'name="suggestion"' not in client.get(f"/d/{side.public_id}/requests/1").content.decode()
    assert not Notice.objects.filter(read=None, user=team.editor).exists()
    assert LogEntry.objects.filter(branch=side).count() == 2


@pytest.mark.parametrize("text", CORPUS)
def test_nothing_that_anybody_writes_runs(team, client, text):
    team.reviewer.first_name = text[:140]
    team.reviewer.save()
    branches.run_command(
        team.editor, team.branch, lambda design: rename(design, "users", text.replace("\x00", "")[:60])
    )
    team.branch.refresh_from_db()
    change = change_encode(rename(design_at(team.branch, team.branch.head), "posts", f"{text} too").change)
    suggestion = suggestions.made(team.branch, team.branch.head, change)
    made = talk.say(team.reviewer, team.branch, text, Anchor("users"), suggestion=suggestion)
    talk.answer(team.reviewer, made, f"{text}\n\n@{team.reviewer.first_name} @editor {text}")
    client.force_login(team.editor)
    for page in (at(team, f"/{made.pk}"), at(team, "/new?element=users"), "/notices", "/notices/count"):
        assert running(client.get(page).content.decode()) == [], page
    client.force_login(team.reviewer)
    assert running(client.get(at(team, f"/{made.pk}")).content.decode()) == []
    refused = client.post(at(team, f"/{made.pk}/act"), {"do": "nothing", "body": text})
    assert running(refused.content.decode()) == []


def test_notices_are_read_one_by_one_or_all(team, client):
    made = talk.say(team.reviewer, team.branch, "@editor one")
    talk.say(team.reviewer, team.branch, "@editor two")
    talk.say(team.reviewer, team.branch, "@editor three")
    client.force_login(team.editor)
    assert 'data-count="3"' in client.get("/notices/count").content.decode()
    page = client.get("/notices").content.decode()
    assert page.count("mentioned you") >= 3
    assert f"/d/{team.branch.public_id}/?talk={made.pk}" in page
    client.get(at(team, f"/{made.pk}"))
    assert Notice.objects.filter(read=None).count() == 2
    client.post("/notices", {"notice": Notice.objects.filter(read=None).first().pk})
    assert Notice.objects.filter(read=None).count() == 1
    client.force_login(team.viewer)
    client.post("/notices", {})
    assert Notice.objects.filter(read=None).count() == 1
    client.force_login(team.editor)
    client.post("/notices", {})
    assert not Notice.objects.filter(read=None).exists()
    assert Client().get("/notices").status_code in (302, 403)
