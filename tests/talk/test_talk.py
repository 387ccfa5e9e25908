"""Threads about a branch: who may say, change and delete what, and who is told of it."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser

from designer.commands.edit import delete, rename
from designer.models import Comment, Notice, ProjectRole, ShareLink
from designer.services import branches, branching, hub, mentions, notices, permissions, requests, talk
from designer.services.errors import Denied, Invalid, NotFound, TooMany
from designer.services.permissions import Grant
from designer.services.talk import Anchor
from tests.accounts import people

pytestmark = pytest.mark.django_db


def guest(team, name="Gus", may_comment=True):
    """Return a visitor who came in by a link."""
    link = ShareLink.objects.create(
        project=team.branch.project, token_hash=name, may_comment=may_comment, created_by_name="x"
    )
    user = AnonymousUser()
    permissions.carry(user, [Grant(link.pk, link.secret_version, name)])
    return user


def test_a_thread_is_about_the_whole_an_element_a_field_or_a_spot():
    team = people()
    whole = talk.say(team.reviewer, team.branch, "Hello")
    column = talk.say(team.reviewer, team.branch, "Why text?", Anchor("users2", "type"))
    spot = talk.say(team.reviewer, team.branch, "Here", Anchor(diagram="diagram", x=10.04, y=-3))
    assert (whole.element, whole.diagram) == ("", "")
    assert (column.element, column.field, column.request) == ("users2", "type", None)
    assert (spot.diagram, spot.x, spot.y) == ("diagram", 10.0, -3.0)
    answer = talk.answer(team.editor, column, "Because")
    assert (answer.thread, answer.element) == (column, "users2")
    assert talk.answer(team.editor, answer, "Still").thread == column
    assert [each.said for each in talk.threads(team.branch)] == [0, 2, 0]


@pytest.mark.parametrize("anchor", [
    Anchor("x" * 65), Anchor("a\nb"), Anchor("a", "f" * 65), Anchor(diagram="d", x=float("nan"), y=0),
    Anchor(diagram="d", x=1e9, y=0), Anchor(diagram="d", x=float("inf"), y=0),
])  # fmt: skip
def test_what_cannot_be_a_place_is_refused(anchor):
    with pytest.raises(Invalid):
        anchor.checked()


def test_a_comment_belongs_to_the_open_request_of_its_branch():
    team = people()
    side = branching.create(team.editor, team.branch, "side")
    branches.run_command(team.editor, side, lambda design: rename(design, "posts", "articles"))
    asked = requests.open_one(team.editor, side, "Articles")
    made = talk.say(team.reviewer, side, "On the canvas", Anchor("posts"))
    assert made.request == asked
    assert requests.threads(asked) == [made]
    requests.close(team.editor, asked)
    assert talk.say(team.reviewer, side, "Later").request is None


def test_each_changes_his_own_and_administrators_delete_any():
    team = people()
    made = talk.say(team.reviewer, team.branch, "Mine")
    for user in (team.editor, team.owner):
        with pytest.raises(Denied):
            talk.edit(user, made, "Yours")
    with pytest.raises(Denied):
        talk.remove(team.editor, made)
    talk.edit(team.reviewer, made, "Mine still")
    assert (made.body, made.edited is not None) == ("Mine still", True)
    talk.answer(team.editor, made, "No")
    talk.remove(team.admin, made)
    made.refresh_from_db()
    assert made.body == ""
    talk.remove(team.editor, made.answers.get())
    assert not Comment.objects.exists()


def test_a_viewer_and_a_stranger_say_nothing():
    team = people()
    with pytest.raises(Denied):
        talk.say(team.viewer, team.branch, "x")
    with pytest.raises(NotFound):
        talk.say(team.stranger, team.branch, "x")
    with pytest.raises(NotFound):
        talk.find(team.stranger, team.branch, talk.say(team.editor, team.branch, "x").pk)


def test_a_guest_comments_by_his_name_and_deletes_what_his_session_knows():
    team = people()
    user = guest(team)
    made = talk.say(user, team.branch, "Hi @editor")
    assert (made.author, made.author_name, made.body) == (None, "Gus (guest)", "Hi @editor")
    assert not Notice.objects.exists()
    other = guest(team, "Other")
    for who, own in ((other, []), (user, []), (team.editor, [made.pk])):
        with pytest.raises(Denied):
            talk.remove(who, made, own)
    talk.remove(user, made, [made.pk])
    with pytest.raises(Denied):
        talk.say(guest(team, "Looker", may_comment=False), team.branch, "x")
    assert mentions.suggested(user, team.branch.project, "") == []


def test_texts_and_their_number_are_limited():
    team = people()
    with pytest.raises(Invalid):
        talk.say(team.editor, team.branch, "x" * (talk.LONGEST_TEXT + 1))
    with pytest.raises(Invalid):
        talk.say(team.editor, team.branch, "  ")
    for _ in range(30):
        talk.say(team.editor, team.branch, "x")
    with pytest.raises(TooMany):
        talk.say(team.editor, team.branch, "x")
    talk.say(team.reviewer, team.branch, "others may")


# Calling people


def test_names_are_kept_as_keys_and_shown_as_they_are_now():
    team = people()
    team.owner.first_name, team.owner.last_name = "Ada", "Lovelace"
    team.owner.save()
    project = team.branch.project
    kept, called = mentions.resolved(
        team.editor, project, "@Ada Lovelace and @reviewer, not a@editor.org, `@viewer`, @nobody"
    )
    assert called == {team.owner.pk, team.reviewer.pk}
    known = mentions.names(called)
    assert mentions.typed(kept, known) == "@Ada Lovelace and @reviewer, not a@editor.org, `@viewer`, @nobody"
    team.owner.last_name = "King"
    team.owner.save()
    assert mentions.typed(kept[: kept.index("\ue001")], {}) == ""
    assert '<span class="mention">@Ada King</span> and' in mentions.rendered(kept, mentions.names(called))
    assert mentions.suggested(team.editor, project, "ki") == ["Ada King"]
    assert mentions.suggested(team.stranger, project, "") == []


def test_two_of_one_name_are_told_apart_and_addresses_stay_private():
    team = people()
    for user in (team.owner, team.admin):
        user.first_name = "Sam"
        user.save()
    team.viewer.username = "vera@secret.example"
    team.viewer.save()
    names = mentions.suggested(team.editor, team.branch.project, "")
    assert names == ["admin", "editor", "owner", "reviewer", "vera"]
    assert mentions.resolved(team.editor, team.branch.project, "@Vera!")[1] == {team.viewer.pk}


def test_who_is_called_or_answered_is_told_once_and_nobody_who_may_not_look():
    team = people()
    made = talk.say(team.reviewer, team.branch, "@editor @reviewer @viewer @stranger")
    told = set(Notice.objects.values_list("user__username", "kind"))
    assert told == {("editor", "mention"), ("viewer", "mention")}
    talk.answer(team.editor, made, "yes @reviewer")
    talk.answer(team.admin, made, "no")
    assert sorted(Notice.objects.filter(user=team.reviewer).values_list("kind", flat=True)) == ["answer", "mention"]
    assert Notice.objects.get(user=team.editor, kind="answer").actor_name == "admin"
    ProjectRole.objects.create(project=team.branch.project, user=team.viewer, role="none")
    talk.answer(team.editor, made, "@viewer")
    assert Notice.objects.filter(user=team.viewer).count() == 1
    assert notices.listed(team.viewer)[0] == []


def test_letters_go_to_who_wants_them(mailoutbox, settings, django_capture_on_commit_callbacks):
    settings.WHOLEKEY_EMAIL_URL = "smtp://x"
    settings.CSRF_TRUSTED_ORIGINS = ["https://erd.example"]
    settings.WHOLEKEY_BACKGROUND = False
    team = people()
    for user in (team.editor, team.viewer):
        user.email = f"{user.username}@example.org"
        user.save()
    notices.choose(team.viewer, [])
    with django_capture_on_commit_callbacks(execute=True):
        made = talk.say(team.reviewer, team.branch, "@editor @viewer look <b>", Anchor("users"))
    assert [each.to for each in mailoutbox] == [["editor@example.org"]]
    assert f"https://erd.example/d/{team.branch.public_id}/?talk={made.pk}" in mailoutbox[0].body
    assert "@editor @viewer look <b>" in mailoutbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        talk.answer(team.reviewer, made, "again")
    assert len(mailoutbox) == 1
    side = branching.create(team.owner, team.branch, "side")
    branches.run_command(team.owner, side, lambda design: rename(design, "posts", "articles"))
    asked = requests.open_one(team.owner, side, "Articles\nnow")
    with django_capture_on_commit_callbacks(execute=True):
        requests.ask(team.owner, asked, [team.editor.pk])
    assert [each.to for each in mailoutbox[1:]] == [["editor@example.org"]]
    assert mailoutbox[1].subject == "owner asks for your review: Blog"
    assert f"https://erd.example/d/{side.public_id}/requests/1" in mailoutbox[1].body


def test_requests_tell_those_concerned():
    team = people()
    side = branching.create(team.editor, team.branch, "side")
    branches.run_command(team.editor, side, lambda design: rename(design, "posts", "articles"))
    asked = requests.open_one(team.editor, side, "Articles")
    requests.ask(team.editor, asked, [team.reviewer.pk])
    requests.ask(team.editor, asked, [team.reviewer.pk, team.admin.pk])
    requests.review(team.reviewer, asked, "approved", "", side.head)
    requests.merge(team.owner, asked, {}, (team.branch.head, side.head))
    kinds = {}
    for user, kind in Notice.objects.order_by("pk").values_list("user__username", "kind"):
        kinds.setdefault(user, []).append(kind)
    assert kinds == {
        "reviewer": ["review_asked", "merged"],
        "admin": ["review_asked", "merged"],
        "editor": ["reviewed", "merged"],
    }
    shown, _ = notices.listed(team.editor)
    assert notices.link(shown[0]) == f"/d/{side.public_id}/requests/1"


def test_others_hear_of_it_by_ids_only(monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setattr(hub.HUB, "tell", lambda branch, message: heard.append((branch, message)))
    team = people()
    with django_capture_on_commit_callbacks(execute=True):
        made = talk.say(team.editor, team.branch, "secret")
        talk.settle(team.reviewer, made, True)
    assert [json.loads(message.data) for _, message in heard] == [{"thread": made.pk, "comment": made.pk}] * 2
    assert {branch for branch, _ in heard} == {team.branch.public_id}


def test_a_thread_outlives_its_element():
    team = people()
    made = talk.say(team.editor, team.branch, "About it", Anchor("users2"))
    branches.run_command(team.editor, team.branch, lambda design: delete(design, ["users2"]))
    assert list(talk.threads(team.branch)) == [made]
