"""Links for guests: what they open, to whom, for how long, and what nobody gets by them."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from designer.models import ChangeRequest, ShareLink
from designer.services import branches, links, permissions, requests
from designer.services.errors import Denied, Invalid, NotFound, ServiceError, TooMany
from designer.services.permissions import Right
from designer.web import streaming
from designer.web.discreet import Discreet, hidden


def link(everybody, **fields) -> tuple[ShareLink, str]:
    return links.create(everybody.owner, everybody.branch.project, **fields)


def guest(token: str, **said: str) -> Client:
    client = Client()
    response = client.get(reverse("link-open", args=[token]))
    if said:
        client.post(response["Location"], said)
    return client


def design(everybody) -> str:
    return reverse("design", args=[everybody.branch.public_id])


def test_only_administrators_make_links(everybody):
    project = everybody.branch.project
    links.create(everybody.admin, project)
    for name in ("editor", "reviewer", "viewer", "stranger"):
        with pytest.raises(ServiceError):
            links.create(getattr(everybody, name), project)


def test_a_link_opens_the_design_and_its_token_is_kept_nowhere(everybody):
    made, token = link(everybody, label="Auditors")
    assert token not in str(ShareLink.objects.values_list().get())
    client = Client()
    response = client.get(reverse("link-open", args=[token]))
    assert (response.status_code, response["Location"]) == (302, design(everybody))
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert token not in str(dict(client.session))
    page = client.get(design(everybody))
    assert page.status_code == 200
    assert token not in page.content.decode()
    client.get(reverse("link-open", args=[token]))
    made.refresh_from_db()
    assert made.uses == 1
    assert made.last_used is not None


def test_it_opens_on_its_branch(everybody):
    from designer.services import branching

    side = branching.create(everybody.owner, everybody.branch, "side")
    _, token = link(everybody, branch=side)
    assert Client().get(reverse("link-open", args=[token]))["Location"] == reverse("design", args=[side.public_id])


def test_a_guest_is_asked_for_password_and_name(everybody):
    _, token = link(everybody, password="open sesame", may_comment=True)
    client = Client()
    enter = client.get(reverse("link-open", args=[token]))["Location"]
    assert token not in enter
    page = client.get(enter).content.decode()
    assert "Your name" in page
    assert "Blog" not in page
    assert client.get(design(everybody)).status_code == 302
    for said, words in (
        ({"name": "Grace", "password": "open Sesame"}, "not the password"),
        ({"name": "  ", "password": "open sesame"}, "Say who you are"),
        ({"name": "x" * 61, "password": "open sesame"}, "Say who you are"),
    ):
        refused = client.post(enter, said)
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert client.get(design(everybody)).status_code == 302
    assert client.post(enter, {"name": "Grace", "password": "open sesame"})["Location"] == design(everybody)
    assert b"Grace (guest)" in client.get(design(everybody)).content


def test_the_page_that_asks_is_for_those_who_showed_the_token(everybody):
    made, _ = link(everybody, password="open sesame")
    refused = Client().post(reverse("link-enter", args=[made.public_id]), {"password": "open sesame"})
    assert refused.status_code == 404


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (lambda each, by: links.revoke(by, each), "was revoked"),
        (lambda each, by: links.change_password(by, each, "another one"), "password of this link was changed"),
        (
            lambda each, by: ShareLink.objects.filter(pk=each.pk).update(expires=timezone.now() - timedelta(1)),
            "expired on",
        ),
    ],
    ids=["revoked", "password", "expired"],
)
def test_whoever_came_by_a_link_that_ended_is_out_and_told_why(everybody, ends, words):
    made, token = link(everybody, password="the first one")
    client = guest(token, password="the first one")
    assert client.get(design(everybody)).status_code == 200
    ends(made, everybody.owner)
    page = client.get(design(everybody))
    assert page.status_code == 404
    assert words in page.content.decode()
    told = client.get(reverse("api-changes", args=[everybody.branch.public_id]), {"since": "0"})
    assert told.status_code == 404
    assert words in told.json()["error"]


def test_the_address_of_a_link_that_ended_says_so(everybody):
    made, token = link(everybody)
    links.revoke(everybody.owner, made)
    page = Client().get(reverse("link-open", args=[token]))
    assert page.status_code == 404
    assert "was revoked" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    nowhere = Client().get(reverse("link-open", args=["nothing"]))
    assert nowhere.status_code == 404
    assert "does not lead anywhere" in nowhere.content.decode()


def test_a_new_password_lets_in_again(everybody):
    made, token = link(everybody, password="the first one")
    client = guest(token, password="the first one")
    links.change_password(everybody.owner, made, "the second one")
    client.get(reverse("link-open", args=[token]))
    client.post(reverse("link-enter", args=[made.public_id]), {"password": "the second one"})
    assert client.get(design(everybody)).status_code == 200
    links.change_password(everybody.owner, made, "")
    assert client.get(design(everybody)).status_code == 200
    assert guest(token).get(design(everybody)).status_code == 200


def test_guests_see_one_project_and_no_e_mail_address(everybody):
    _, token = link(everybody, may_comment=True)
    client = guest(token, name="Grace")
    listed = client.get(reverse("projects")).content.decode()
    assert "Blog" in listed
    assert "Shared with you" in listed
    branch = [everybody.branch.public_id]
    for name in ("design", "history", "versions", "branches", "requests", "timeline", "api-talk", "api-talk-people"):
        page = client.get(reverse(name, args=branch))
        assert page.status_code == 200, name
        assert b"@example.org" not in page.content, name
    for name in ("project-people", "project-rename", "project-delete"):
        assert client.get(reverse(name, args=[everybody.branch.project.public_id])).status_code in (403, 405)


def test_names_made_of_e_mail_addresses_are_cut(everybody):
    everybody.editor.username = "eve@example.org"
    assert branches.display_name(everybody.editor) == "eve"


def test_guests_comment_and_never_review(everybody):
    made, _ = link(everybody, may_comment=True)
    for user in (_visitor(made), _carrying(everybody.viewer, made), _carrying(everybody.stranger, made)):
        assert permissions.right_of(user, everybody.branch.project) == Right.COMMENT
        request = ChangeRequest(project=everybody.branch.project, branch=everybody.branch, target=everybody.branch)
        with pytest.raises(Denied):
            requests.review(user, request, "approved", "", 1)


def _visitor(made: ShareLink):
    from django.contrib.auth.models import AnonymousUser

    return _carrying(AnonymousUser(), made)


def _carrying(user, made: ShareLink):
    permissions.carry(user, [permissions.Grant(made.pk, made.secret_version, "Grace")])
    return user


def test_a_link_lowers_nobody(everybody):
    made, _ = link(everybody)
    assert permissions.right_of(_carrying(everybody.editor, made), everybody.branch.project) == Right.EDIT


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "short"},
        {"password": "x" * 201},
        {"expires": timezone.now() - timedelta(seconds=1)},
    ],
)
def test_links_that_cannot_be_made(everybody, fields):
    with pytest.raises(Invalid):
        link(everybody, **fields)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ({"days": "7"}, 7),
        ({"days": ""}, None),
        ({"days": "8"}, "no"),
        ({"until": "31.12.2026"}, "no"),
        ({"until": "9999-12-31"}, "no"),
    ],
)
def test_when_a_link_ends(said, days):
    if days == "no":
        with pytest.raises(Invalid):
            links.expiry(said)
    else:
        found = links.expiry(said)
        assert (found and round((found - timezone.now()) / timedelta(days=1))) == days


def test_a_day_holds_to_its_end():
    assert str(links.expiry({"until": "2030-01-31"})) == "2030-02-01 00:00:00+00:00"


def test_passwords_and_tokens_are_not_tried_without_end(everybody):
    made, token = link(everybody, password="open sesame")
    client = guest(token)
    enter = reverse("link-enter", args=[made.public_id])
    codes = [client.post(enter, {"password": f"guess {n}"}).status_code for n in range(12)]
    assert (codes[0], codes[-1]) == (422, 429)
    assert client.post(enter, {"password": "open sesame"}).status_code == 429
    with pytest.raises(TooMany):
        for number in range(40):
            with pytest.raises(NotFound):
                links.opened({}, f"guess {number}", "192.0.2.1")


def test_secrets_are_not_logged(everybody, caplog):
    caplog.set_level(logging.DEBUG)
    made, token = link(everybody, password="open sesame")
    client = guest(token, password="open sesame")
    links.revoke(everybody.owner, made)
    client.get(reverse("link-open", args=[token]))
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith("django.db")]
    assert not [each for each in ours if token in each or "open sesame" in each]


def test_a_request_that_fails_is_logged_without_its_secret():
    failed = logging.LogRecord("django.request", 40, "", 1, "%s: %s", ("Error", "/s/abc-DEF_1?x=1"), None)
    assert Discreet().filter(failed)
    assert failed.getMessage() == "Error: /s/…?x=1"
    assert hidden("/join/abc /s/open/abc /d/abc/stream") == "/join/… /s/…/abc /d/abc/stream"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["discreet"]


def test_an_open_stream_ends_with_its_link(everybody):
    made, _ = link(everybody)
    visitor = streaming.Visitor(0, (permissions.Grant(made.pk, made.secret_version, ""),), None, "a guest")
    assert not streaming._refused({(visitor, everybody.branch.public_id)})
    links.revoke(everybody.owner, made)
    assert streaming._refused({(visitor, everybody.branch.public_id)})


def test_the_page_of_a_project_makes_shows_and_ends_links(everybody, client):
    client.force_login(everybody.admin)
    project = everybody.branch.project.public_id
    page = client.post(
        reverse("link-new", args=[project]), {"label": "Auditors", "days": "7", "may": "comment", "password": "abcdef"}
    ).content.decode()
    assert "http://testserver/s/" in page
    made = ShareLink.objects.get()
    assert (made.may_comment, made.label, made.created_by_name) == (True, "Auditors", "admin")
    shown = client.get(reverse("project-people", args=[project])).content.decode()
    assert "Auditors" in shown
    assert "/s/" not in shown.replace("/s/open", "")
    change = reverse("link-change", args=[project, made.public_id])
    assert client.post(change, {"do": "password", "password": "x"}).status_code == 422
    assert client.post(change, {"do": "revoke"}).status_code == 200
    assert "Auditors" not in client.get(reverse("project-people", args=[project])).content.decode()
