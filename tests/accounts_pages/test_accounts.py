"""Logging in, making an account, and what can be changed about one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from designer import accounts_settings
from designer.cli.admin import first_step
from designer.models import Invitation, Membership, OneTimeLogin, Role, Workspace
from designer.services import one_time, signing_up, tokens
from designer.services.errors import Invalid
from designer.templatetags.fields import as_browser
from tests.accounts_pages.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = {"login": "ann@example.org", "password": PASSWORD}
NEW = {"name": "Bob Ōta", "email": "bob@example.org", "password1": "a quite long one"}


def logged_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def problems(response) -> str:
    return " ".join(re.findall(r'role="alert">([^<]+)<', response.content.decode()))


@pytest.mark.parametrize("name", ["ann@example.org", "ANN@example.org", "ann"])
def test_logging_in_by_address_or_name(client, ann, name):
    before = client.session.session_key
    response = client.post("/login", {**LOGIN, "login": name}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("projects")
    assert logged_in(client)
    assert client.session.session_key != before
    assert Membership.objects.get(user=ann).role == Role.OWNER
    client.post("/logout")
    assert not logged_in(client)


def test_the_way_goes_on_to_where_it_was_meant_to(client, ann):
    assert client.get(reverse("account"))["Location"] == "/login?next=/account/"
    assert client.post("/login?next=/account/sessions", LOGIN)["Location"] == "/account/sessions"
    assert Client().post("/login?next=https://evil.example/", LOGIN)["Location"] == reverse("projects")


def test_a_session_ends_with_the_browser_unless_it_is_to_stay(client, settings, ann):
    settings.SESSION_COOKIE_AGE = accounts_settings.session_seconds(local=False)
    client.post("/login", LOGIN)
    assert client.session.get_expire_at_browser_close()
    staying = Client()
    staying.post("/login", {**LOGIN, "remember": "on"})
    assert staying.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_wrong_passwords_are_told_alike_whoever_they_are_of(client, ann):
    wrong = {
        problems(client.post("/login", {"login": who, "password": "no"})) for who in ("ann@example.org", "x", "y@z.io")
    }
    assert wrong == {"This address and this password do not belong together."}


def test_the_sixth_wrong_password_is_refused_in_a_sentence(client, ann):
    tried = [client.post("/login", {**LOGIN, "password": "no"}, REMOTE_ADDR=f"192.0.2.{number}") for number in range(6)]
    assert [each.status_code for each in tried] == [200] * 5 + [429]
    assert "Too many wrong passwords were tried; wait five minutes, and try again." in tried[-1].content.decode()
    assert client.post("/login", LOGIN).status_code == 429


def test_one_address_may_not_try_many_accounts(client, db):
    tried = [
        client.post("/login", {"login": f"p{number}@example.org", "password": "no"}).status_code for number in range(12)
    ]
    assert tried == [200] * 10 + [429] * 2


@pytest.mark.parametrize(
    ("address", "field", "most"),
    [("account_signup", "email", 20), ("account_reset_password", "email", 20)],
)
def test_sign_up_and_reset_are_limited(client, settings, with_mail, address, field, most):
    settings.WHOLEKEY_SIGNUP = "open"
    answers = [client.post(reverse(address), {field: f"nobody{number}@example.org"}) for number in range(most + 1)]
    assert {each.status_code for each in answers[:most]} <= {200, 302}
    assert answers[most].status_code == 429
    assert "That was tried too often" in answers[most].content.decode()


def test_letters_about_one_address_are_limited(client, ann, with_mail):
    for number in range(6):
        client.post(reverse("account_reset_password"), {"email": ann.email}, REMOTE_ADDR=f"192.0.2.{number}")
    assert len(mail.outbox) == 5


def test_an_open_server_takes_everybody(client, settings):
    settings.WHOLEKEY_SIGNUP = "open"
    assert client.post("/signup", NEW, follow=True).redirect_chain[-1][0] == reverse("projects")
    bob = User.objects.get(email="bob@example.org")
    assert (bob.first_name, bob.memberships.count()) == ("Bob Ōta", 1)
    assert problems(Client().post("/signup", NEW)).startswith("There is an account with this e-mail address already")
    weak = {"password1": "1234567890"}, {"password1": "short"}, {"password1": "bob@example.org"}
    for each in weak:
        assert problems(Client().post("/signup", {**NEW, "email": "c@example.org", **each}))
    assert not User.objects.filter(email="c@example.org").exists()


def test_an_open_server_with_mail_proves_the_address_first(client, settings, with_mail, ann):
    settings.WHOLEKEY_SIGNUP = "open"
    assert client.post("/signup", NEW)["Location"] == reverse("account_email_verification_sent")
    assert not logged_in(client)
    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["bob@example.org"], "Welcome to Wholekey")
    address = re.search(r"http://testserver(\S+)", letter.body)[1]
    assert "Is this your address?" in client.get(address).content.decode()
    client.post(address)
    assert logged_in(client)
    taken = Client().post("/signup", {**NEW, "email": ann.email})
    assert taken["Location"] == reverse("account_email_verification_sent")
    assert mail.outbox[-1].subject == "You have an account already"


@pytest.mark.parametrize("who", ["invited", "closed", "provider"])
def test_strangers_make_no_account(client, settings, who):
    settings.WHOLEKEY_SIGNUP = who
    assert "by invitation" in client.get("/signup").content.decode()
    client.post("/signup", NEW)
    assert not User.objects.exists()


@pytest.fixture
def invited(ann) -> str:
    """The token of an invitation to a workspace of ann's."""
    team = Workspace.objects.create(name="Team")
    Membership.objects.create(workspace=team, user=ann, role=Role.OWNER)
    token, kept = tokens.fresh()
    Invitation.objects.create(
        workspace=team, email="bob@example.org", role=Role.EDITOR, token_hash=kept, invited_by=ann,
        invited_by_name="Ann", expires=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return token


def test_whoever_is_invited_makes_an_account_with_the_address_that_was_written_to(client, invited, with_mail):
    client.get(reverse("invitation-open", args=[invited]))
    page = client.get("/signup").content.decode()
    assert 'value="bob@example.org"' in page
    assert "readonly" in page
    response = client.post(
        "/signup?next=/invitation", {**NEW, "email": "mallory@example.org", "next": reverse("invitation")}
    )
    assert response["Location"] == reverse("account_email_verification_sent")
    bob = User.objects.get(first_name="Bob Ōta")
    assert bob.email == "bob@example.org"
    assert not logged_in(client)  # whoever invites knows the address of the invitation as well: it proves nothing
    confirmed = client.post(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1])
    assert confirmed["Location"] == reverse("invitation")
    assert not bob.memberships.exists()
    client.post(reverse("invitation"))
    assert [each.role for each in bob.memberships.all()] == [Role.EDITOR]


def test_an_invitation_opens_no_closed_server(client, settings, invited):
    settings.WHOLEKEY_SIGNUP = "closed"
    client.get(reverse("invitation-open", args=[invited]))
    client.post("/signup", NEW)
    assert User.objects.count() == 1


def test_a_forgotten_password(client, ann, with_mail):
    other = Client()
    other.post("/login", LOGIN)
    client.post(reverse("account_reset_password"), {"email": ann.email})
    address = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    page = client.get(address, follow=True)
    chosen = {"password1": "a wholly other one", "password2": "a wholly other one"}
    client.post(page.redirect_chain[-1][0], chosen)
    assert not logged_in(client)
    assert not logged_in(other)
    assert client.post("/login", {**LOGIN, "password": chosen["password1"]}).status_code == 302
    assert "too old" in Client().get(address, follow=True).content.decode()
    assert mail.outbox[-1].subject == "Your password was changed"


def test_nothing_is_promised_where_no_mail_is_sent(client, ann):
    assert "sends no mail" in client.get(reverse("account_reset_password")).content.decode()
    client.post(reverse("account_reset_password"), {"email": ann.email})
    assert mail.outbox == []


def test_nobody_is_told_who_has_an_account(client, ann, with_mail):
    said = [client.post(reverse("account_reset_password"), {"email": each}) for each in (ann.email, "no@example.org")]
    assert said[0]["Location"] == said[1]["Location"]
    assert mail.outbox[1].subject == "There is no such account"


def test_the_name_is_changed(client, ann):
    client.force_login(ann)
    assert client.post(reverse("account"), {"first_name": "Ann Other"}).status_code == 302
    page = client.get(reverse("account")).content.decode()
    assert "Your name was changed." in page
    assert "Ann Other" in page
    assert client.post(reverse("account"), {"first_name": ""}).status_code == 422


def test_another_password_logs_out_everywhere_else(client, ann):
    other = Client()
    for each in (client, other):
        each.post("/login", LOGIN)
    change = {"oldpassword": PASSWORD, "password1": "a wholly other one", "password2": "a wholly other one"}
    assert "This is not your password." in problems(client.post("/account/password", {**change, "oldpassword": "no"}))
    assert client.post("/account/password", change).status_code == 302
    assert logged_in(client)
    assert not logged_in(other)


def test_logging_out_everywhere_else(client, ann):
    other = Client(headers={"user-agent": "<b>Telephone</b>"})
    for each in (client, other):
        each.post("/login", LOGIN)
    page = client.get("/account/sessions").content.decode()
    assert "&lt;b&gt;Telephone" in page
    assert "This one" in page
    client.post("/account/sessions")
    assert logged_in(client)
    assert not logged_in(other)


def sure(client: Client) -> None:
    """Log in, and say the password once more, as before anything that matters."""
    client.post("/login", LOGIN)
    client.post("/account/confirm", {"password": PASSWORD})


def test_what_matters_waits_for_the_password(client, ann):
    client.post("/login", LOGIN)
    asked = client.post("/account/email", {"email": "ann@example.net", "action_add": ""})
    assert asked["Location"] == "/account/confirm?next=%2Faccount%2Femail"
    client.post(asked["Location"], {"password": "no"})
    assert not EmailAddress.objects.filter(email="ann@example.net").exists()
    client.post(asked["Location"], {"password": PASSWORD})
    assert EmailAddress.objects.filter(email="ann@example.net").exists()
    for each in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        assert Client().get(reverse(each)).status_code == 302


def test_another_address_without_mail_holds_at_once(client, ann):
    sure(client)
    client.post("/account/email", {"email": "ann@example.net", "action_add": ""})
    ann.refresh_from_db()
    assert ann.email == "ann@example.net"
    assert [each.email for each in EmailAddress.objects.filter(user=ann)] == ["ann@example.net"]
    User.objects.create_user("bob", "bob@example.org")
    assert "already" in problems(client.post("/account/email", {"email": "BOB@example.org", "action_add": ""}))


def test_another_address_with_mail_holds_when_it_is_proven(client, ann, with_mail):
    sure(client)
    client.post("/account/email", {"email": "ann@example.net", "action_add": ""})
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    client.post(re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1])
    ann.refresh_from_db()
    assert ann.email == "ann@example.net"
    assert (mail.outbox[-1].to, mail.outbox[-1].subject) == (["ann@example.org"], "Your address was changed")


def test_the_operator_makes_the_first_account(client):
    user = signing_up.account_for("Root@Example.org")
    token = one_time.issue(user, one_time.TO_SET_UP)
    address = reverse("welcome", args=[token])
    assert "root@example.org" in client.get(address).content.decode()
    assert client.post(address, {"name": "Root", "password": "short"}).status_code == 422
    assert client.post(address, {"name": "Root", "password": PASSWORD})["Location"] == reverse("projects")
    assert logged_in(client)
    assert "This one" in client.get(reverse("usersessions_list")).content.decode()
    assert Membership.objects.get(user=user).role == Role.OWNER
    assert client.get(address).status_code == 404
    assert Client().post("/login", {"login": "root@example.org", "password": PASSWORD}).status_code == 302
    assert signing_up.account_for("root@example.org") == user


def test_a_server_without_accounts_says_how_to_make_the_first(settings):
    assert "wholekey admin EMAIL" in first_step()
    User.objects.create_user("somebody")
    assert first_step() == ""
    User.objects.all().delete()
    settings.WHOLEKEY_LOCAL = True
    assert first_step() == ""


def test_an_account_without_an_address_gets_one_from_the_operator(ann):
    old = User.objects.create_user("old")
    assert signing_up.account_for("old@example.org", "old") == old
    assert EmailAddress.objects.get(user=old).verified
    for email, name in (("ann@example.org", "old"), ("x@example.org", "nobody"), ("no address", "")):
        with pytest.raises(Invalid):
            signing_up.account_for(email, name)


@pytest.mark.parametrize("where", ["", "unix", "fe80::1%eth0"])
def test_logging_in_from_an_address_that_is_none(client, ann, where):
    assert client.post("/login", LOGIN, REMOTE_ADDR=where).status_code == 302


def test_an_address_for_one_time_ends(client, ann):
    token = one_time.issue(ann, timedelta(seconds=-1))
    assert one_time.spend(token) is None
    assert client.get(reverse("welcome", args=[token])).status_code == 404
    one_time.issue(ann, one_time.TO_OPEN)
    assert OneTimeLogin.objects.count() == 1


def test_pages_of_accounts_are_not_there_in_local_mode(client, settings, ann):
    settings.WHOLEKEY_LOCAL, settings.ALLOWED_HOSTS = True, ["testserver"]
    for each in ("/login", "/signup", "/account/", "/account/email", "/account/two-factor/", "/welcome/x"):
        assert client.get(each)["Location"] == reverse("projects")
    assert client.post("/logout")["Location"] == reverse("projects")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18 Safari/604",
            "Safari on iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("curl/8", "curl/8"),
        ("", "An unknown browser"),
    ],
)
def test_a_browser_is_named_in_few_words(said, words):
    assert as_browser(said) == words
