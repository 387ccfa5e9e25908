"""The second step of a login: codes of an app, and codes for when it is lost."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.accounts_pages.conftest import PASSWORD
from tests.accounts_pages.test_accounts import LOGIN, logged_in, problems, sure

pytestmark = pytest.mark.django_db


def code(secret: str, later: int = 0) -> str:
    """Return what an app shows, after some steps of 30 seconds."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def secret(client, ann) -> str:
    """Two-factor, set up as a person does it; its secret."""
    sure(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "data:image/svg+xml" in page
    shown = re.search(r'<code class="break">(\w+)<', page)[1]
    assert "does not fit" in problems(client.post(reverse("mfa_activate_totp"), {"code": "000000"}))
    done = client.post(reverse("mfa_activate_totp"), {"code": code(shown)})
    assert done["Location"] == reverse("mfa_view_recovery_codes")
    return shown


def test_a_code_of_the_app_is_asked_for(secret):
    client = Client()
    assert client.post("/login", LOGIN)["Location"].startswith(reverse("mfa_authenticate"))
    assert not logged_in(client)
    assert "does not fit" in problems(client.post(reverse("mfa_authenticate"), {"code": "123456"}))
    client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert logged_in(client)
    again = Client()
    again.post("/login", LOGIN)
    again.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert not logged_in(again)


def test_a_recovery_code_lets_in_once(client, secret):
    page = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    codes = re.findall(r"<li><code>(\w+)</code>", page)
    assert len(codes) == 10
    assert client.get(reverse("mfa_download_recovery_codes")).content.decode().split()[-10:] == codes
    for expected in (True, False):
        lost = Client()
        lost.post("/login", LOGIN)
        lost.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert logged_in(lost) == expected


def test_codes_cannot_be_guessed(secret):
    client = Client()
    client.post("/login", LOGIN)
    said = [problems(client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})) for number in range(8)]
    assert "Too many" in said[-1]
    client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert not logged_in(client)


def test_secrets_are_kept_so_that_the_database_alone_is_of_no_use(secret, settings, ann):
    kept = [str(each.data) for each in Authenticator.objects.all()]
    assert kept
    assert not any(secret in each for each in kept)
    settings.SECRET_KEY = "another"
    client = Client()
    client.post("/login", LOGIN)
    client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert not logged_in(client)


def test_it_is_turned_off(client, secret):
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    other = Client()
    other.post("/login", LOGIN)
    assert logged_in(other)


def test_a_letter_tells_of_it(client, ann, with_mail, django_capture_on_commit_callbacks):
    sure(client)
    shown = re.search(r'<code class="break">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code(shown)})
    assert [each.subject for each in mail.outbox] == ["Two-factor is on"]
    assert "127.0.0.1" in mail.outbox[0].body
    assert PASSWORD not in mail.outbox[0].body
