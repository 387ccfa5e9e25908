"""Letters, handed to a real mail server, and what happens where there is none."""

from __future__ import annotations

import logging
import smtplib
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from designer import email_url
from designer.services import mailing
from tests.accounts_pages.serving import Visitor, environment, serving, wholekey

PASSWORD = "sec ret/@:"


class Office:
    """A mail server that keeps what it gets, from whoever knows the password."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str, str]] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        letter = message_from_bytes(envelope.content)
        subject = str(make_header(decode_header(letter["Subject"])))
        self.letters.append((envelope.rcpt_tos, subject, letter.get_payload(decode=True).decode()))
        assert letter["From"] == "Wholekey <erd@example.org>"
        return "250 taken"

    def check(self, server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"user@x", PASSWORD.encode()))


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[Office, str]]:
    kept = Office()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    server = Controller(
        kept, hostname="127.0.0.1", port=free, authenticator=kept.check, auth_required=True, auth_require_tls=False
    )
    server.start()
    yield kept, f"smtp://user%40x:sec%20ret%2F%40%3A@127.0.0.1:{free}"
    server.stop()


def test_a_server_with_mail_sends_the_letters_of_accounts(office, tmp_path):
    kept, url = office
    told = environment(
        tmp_path, WHOLEKEY_HOSTS="localhost", WHOLEKEY_SIGNUP="open", WHOLEKEY_EMAIL_URL=url,
        WHOLEKEY_EMAIL_FROM="Wholekey <erd@example.org>",
    )  # fmt: skip
    with serving(told) as home:
        visitor = Visitor()
        visitor.get(home + "signup")
        page = visitor.post(home + "signup", name="Bob", email="bob@example.org", password1="a quite long one")[1]
        assert "Look into your mail" in page
        to, subject, text = kept.letters[-1]
        assert (to, subject) == (["bob@example.org"], "Welcome to Wholekey")
        address = next(line for line in text.splitlines() if line.startswith(home + "account/email/confirm/"))
        visitor.get(address)
        assert "Start empty" in visitor.post(address)[1]
        stranger = Visitor()
        stranger.get(home + "account/password/forgotten")
        stranger.post(home + "account/password/forgotten", email="bob@example.org")
        assert kept.letters[-1][1] == "Choose a new password"
    assert wholekey(told, "admin", "carl@example.org").stdout.startswith("http://localhost/welcome/")


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
    sent = mailing.send("ann@example.org", "Hello\r\nBcc: all@example.org", "mfa/email/totp_activated_message.txt", words)
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
