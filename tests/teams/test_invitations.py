"""Invitations: who may send them, what they give, and when they hold no longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from designer.models import Invitation, Membership, ProjectRole
from designer.services import invitations, permissions, project_roles, teams
from designer.services.errors import Denied, Invalid, ServiceError, TooMany
from designer.services.permissions import Right


@pytest.fixture
def newcomer(everybody):
    return get_user_model()._default_manager.create(username="new", email="new@example.org")


def invite(everybody, role="editor", project=None, by=None, to="new@example.org"):
    workspace = everybody.branch.project.workspace
    return invitations.invite(by or everybody.owner, workspace, to, role, lambda token: token, project)


def session_of(sent) -> dict:
    session: dict = {}
    invitations.keep(session, sent.address)
    return session


def test_an_invitation_is_mailed_kept_as_a_hash_and_used_once(everybody, newcomer):
    sent = invite(everybody)
    assert sent.mailed
    assert sent.address in mail.outbox[0].body
    assert mail.outbox[0].to == ["new@example.org"]
    assert sent.address not in str(Invitation.objects.values_list().get())
    session = session_of(sent)
    assert sent.address not in str(session)
    assert invitations.pending(session) == sent.invitation
    invitations.accept(newcomer, session)
    assert permissions.right_in(newcomer, sent.invitation.workspace_id) == Right.EDIT
    assert session == {}
    with pytest.raises(Invalid, match="used already"):
        invitations.accept(everybody.stranger, session_of(sent))


def test_an_invitation_to_a_project_opens_nothing_else(everybody, newcomer):
    project = everybody.branch.project
    invitations.accept(newcomer, session_of(invite(everybody, "reviewer", project)))
    assert permissions.right_of(newcomer, project) == Right.COMMENT
    assert permissions.right_in(newcomer, project.workspace_id) is None
    assert [each.pk for each, _ in permissions.projects(newcomer)] == [project.pk]


@pytest.mark.parametrize("by", ["owner", "admin", "editor", "reviewer", "viewer", "stranger"])
@pytest.mark.parametrize("role", ["owner", "admin", "viewer", "none", ""])
def test_who_may_invite_as_what(everybody, by, role):
    may = {"owner": ("owner", "admin", "viewer"), "admin": ("admin", "viewer")}.get(by, ())
    may_here = ("admin", "viewer") if by in ("owner", "admin") else ()
    for project, allowed in ((None, role in may), (everybody.branch.project, role in may_here)):
        if allowed:
            assert invite(everybody, role, project, getattr(everybody, by)).invitation.role == role
        else:
            with pytest.raises(ServiceError):
                invite(everybody, role, project, getattr(everybody, by))


def test_each_reason_that_it_does_not_hold_is_said(everybody, newcomer):
    sent = invite(everybody)
    session = session_of(sent)

    def why() -> str:
        with pytest.raises(Invalid) as refused:
            invitations.accept(newcomer, session)
        assert invitations.pending(session) is None
        return refused.value.message

    rows = Invitation.objects.filter(pk=sent.invitation.pk)
    rows.update(expires=timezone.now() - timedelta(seconds=1))
    assert "expired on" in why()
    rows.update(expires=timezone.now() + timedelta(days=1), revoked=timezone.now())
    assert "taken this invitation back" in why()
    rows.update(revoked=None)
    invitations.keep(session, "something else")
    assert "not an invitation of this server" in why()
    session.clear()
    assert "not an invitation of this server" in why()
    assert not Membership.objects.filter(user=newcomer).exists()


def test_whoever_was_put_out_does_not_come_back_by_what_he_sent(everybody, newcomer):
    team, project = everybody.branch.project.workspace, everybody.branch.project
    into_team = session_of(invite(everybody, "admin", by=everybody.admin))
    into_project = session_of(invite(everybody, "admin", project, by=everybody.admin, to="b@example.org"))
    teams.change_role(everybody.owner, team, everybody.admin.pk, "editor")
    for session in (into_team, into_project):
        with pytest.raises(Invalid, match="may not invite"):
            invitations.accept(newcomer, session)
    everybody.admin.delete()
    with pytest.raises(Invalid, match="may not invite"):
        invitations.accept(newcomer, into_team)


def test_an_invitation_lowers_nobody_and_lets_nobody_in_who_was_shut_out(everybody):
    project = everybody.branch.project
    with pytest.raises(Invalid, match="already"):
        invitations.accept(everybody.admin, session_of(invite(everybody, "viewer")))
    session = session_of(invite(everybody, "viewer", project))
    with pytest.raises(Invalid, match="already"):
        invitations.accept(everybody.editor, session)
    project_roles.give(everybody.owner, project, everybody.editor.pk, "none")
    with pytest.raises(Denied, match="shut out"):
        invitations.accept(everybody.editor, session)
    assert ProjectRole.objects.get(user=everybody.editor).role == "none"
    invitations.accept(everybody.stranger, session)


def test_sent_again_it_has_another_token(everybody, newcomer):
    first = invite(everybody)
    again = invitations.send_again(everybody.admin, first.invitation, lambda token: token)
    assert again.address != first.address
    assert len(mail.outbox) == 2
    with pytest.raises(Invalid, match="not an invitation"):
        invitations.accept(newcomer, session_of(first))
    invitations.take_back(everybody.owner, again.invitation)
    with pytest.raises(Invalid, match="used or taken back"):
        invitations.send_again(everybody.admin, Invitation.objects.get(), lambda token: token)


@pytest.mark.parametrize(
    "email", ["", "ada", "a@b", "a@b.org\nBcc: c@d.org", "x" * 250 + "@example.org", "viewer@example.org"]
)
def test_addresses_that_get_none(everybody, email):
    with pytest.raises(Invalid):
        invite(everybody, to=email)
    assert mail.outbox == []


def test_one_address_is_not_flooded(everybody):
    invitation = invite(everybody).invitation
    with pytest.raises(TooMany):
        for _ in range(10):
            invitations.send_again(everybody.owner, invitation, lambda token: token)
    assert len(mail.outbox) == 5


def test_without_a_mail_server_the_address_is_handed_over(everybody, settings):
    settings.WHOLEKEY_EMAIL_URL = ""
    client = Client()
    client.force_login(everybody.owner)
    action = reverse("workspace-invite", args=[everybody.branch.project.workspace.slug])
    page = client.post(action, {"email": "new@example.org", "role": "viewer"}).content.decode()
    assert "No letter was sent" in page
    assert "http://testserver/join/" in page
    again = client.get(reverse("workspace", args=[everybody.branch.project.workspace.slug])).content.decode()
    assert "/join/" not in again


def test_the_way_in_keeps_the_token_out_of_addresses(everybody, newcomer):
    sent = invite(everybody)
    client = Client()
    response = client.get(reverse("invitation-open", args=[sent.address]))
    assert (response.status_code, response["Location"]) == (302, reverse("invitation"))
    assert response["Referrer-Policy"] == "no-referrer"
    page = client.get(reverse("invitation"))
    assert "noindex" in page["X-Robots-Tag"]
    assert sent.address not in page.content.decode()
    assert "Log in" in page.content.decode()
    refused = client.post(reverse("invitation"))
    assert refused.status_code == 403
    client.force_login(newcomer)
    client.get(reverse("invitation-open", args=[sent.address]))
    assert "Join as new" in client.get(reverse("invitation")).content.decode()
    joined = client.post(reverse("invitation"))
    assert joined["Location"] == reverse("workspace", args=[sent.invitation.workspace.slug])
    assert client.get(joined["Location"]).status_code == 200
    used = client.get(reverse("invitation-open", args=[sent.address]), follow=True)
    assert used.status_code == 422
    assert "used already" in used.content.decode()


def test_whoever_has_no_account_makes_one_and_joins(everybody, settings):
    settings.WHOLEKEY_SIGNUP = "invited"
    client = Client()
    assert "id_password1" not in client.get(reverse("account_signup")).content.decode()
    client.get(reverse("invitation-open", args=[invite(everybody).address]))
    way = f"{reverse('account_signup')}?next={reverse('invitation')}"
    assert way.replace("/join", "%2Fjoin") in client.get(reverse("invitation")).content.decode()
    said = {
        "name": "Grace",
        "email": "new@example.org",
        "password1": "a long enough password",
        "next": reverse("invitation"),
    }
    made = client.post(way, said)
    assert made.status_code == 302, made.content.decode()
    user = get_user_model()._default_manager.get(email="new@example.org")
    if made["Location"] != reverse("invitation"):  # the address has to be proven first
        client.force_login(user)
        assert not Membership.objects.filter(user=user).exists()
    joined = client.post(reverse("invitation"))
    assert joined.status_code == 302
    assert [each.role for each in Membership.objects.filter(user=user)] == ["editor"]


def test_tokens_are_not_tried_without_end(everybody):
    client = Client()
    codes = [client.get(reverse("invitation-open", args=[f"x{n}"])).status_code for n in range(40)]
    assert (codes[0], codes[-1]) == (302, 429)
