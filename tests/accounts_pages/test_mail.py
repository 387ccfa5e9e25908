"""Letters, handed to a real mail server, and what happens where there is none."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator

import pytest

from designer import email_url
from designer.services import mailing
from tests.accounts_pages import post_office


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[post_office.Office, str]]:
    with post_office.running() as running:
        yield running


@pytest.fixture
def by(settings):
    """Take the settings of an address for mail."""

    def take(url: str) -> None:
        settings.WHOLEKEY_EMAIL_URL = url
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        for name, value in email_url.parse(url).items():
            setattr(settings, name, value)
        settings.DEFAULT_FROM_EMAIL = "Wholekey <erd@example.org>"

    return take


def test_a_letter_is_plain_text_with_one_line_of_a_subject(office, by):
    kept, url = office
    by(url)
    words = {"code": "<b>&\u202e", "address": "x"}
    sent = mailing.send(
        "ann@example.org", "Hello\r\nBcc: all@example.org", "mfa/email/totp_activated_message.txt", words
    )
    assert sent
    to, subject, text = kept.letters[-1]
    assert (to, subject) == (["ann@example.org"], "Hello Bcc: all@example.org")
    assert "Two-factor was turned on" in text


@pytest.mark.parametrize("wrong", ["smtp://user%40x:bad-password@127.0.0.1:{port}", "smtp://127.0.0.1:1"])
def test_a_letter_that_nobody_takes_is_logged_without_secrets(office, by, settings, caplog, wrong):
    by(wrong.format(port=office[1].rpartition(":")[2]))
    settings.EMAIL_TIMEOUT = 1
    with caplog.at_level(logging.ERROR):
        assert not mailing.send("ann@example.org", "Hello", "mfa/email/totp_activated_message.txt", {})
    assert "did not take 'Hello'" in caplog.text
    assert "bad-password" not in caplog.text
    assert "Two-factor was" not in caplog.text


def test_without_a_mail_server_the_log_says_that_mail_is_off(settings, caplog):
    settings.WHOLEKEY_EMAIL_URL = ""
    with caplog.at_level(logging.WARNING):
        assert not mailing.available()
        assert not mailing.send("ann@example.org", "Hello", "mfa/email/totp_activated_message.txt", {})
    assert "WHOLEKEY_EMAIL_URL turns mail on" in caplog.text


def test_addresses_of_mail_servers():
    assert email_url.parse("smtp+tls://u:p%40@h:26") == {
        "EMAIL_HOST": "h", "EMAIL_PORT": 26, "EMAIL_HOST_USER": "u", "EMAIL_HOST_PASSWORD": "p@", "EMAIL_TIMEOUT": 15,
        "EMAIL_USE_TLS": True,
    }  # fmt: skip
    assert email_url.parse("smtps://h")["EMAIL_PORT"] == 465
    assert email_url.parse("smtp+ssl://h")["EMAIL_USE_SSL"]
    assert "EMAIL_USE_TLS" not in email_url.parse("smtp://h")
    for wrong in ("h:25", "http://user:secret@h", "smtp://", "smtp://user:secret@h:many", "smtp://user:secrét@h"):
        with pytest.raises(ValueError) as caught:
            email_url.parse(wrong)
        assert "secret" not in str(caught.value)
        assert "WHOLEKEY_EMAIL_URL" in str(caught.value)
    assert issubclass(smtplib.SMTPAuthenticationError, OSError)
