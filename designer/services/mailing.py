"""E-mail: sent by the server that the operator names, or not at all, and then nobody is promised any."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template import Context, Engine

from designer.services import background

_log = logging.getLogger(__name__)


def available() -> bool:
    """Say whether this server sends mail. Pages ask before they promise any."""
    return bool(settings.WHOLEKEY_EMAIL_URL)


def send(to: str, subject: str, text_template: str, context: Mapping[str, Any]) -> bool:
    """Send one letter and return whether a mail server took it.

    `text_template` is the path of a template of plain text, in which nothing is escaped. Where mail is off or the mail
    server does not answer, the log says so without the contents, and nothing is raised.

    >>> send(invitation.email, "Join Acme on Wholekey", "designer/teams/mail/invitation.txt", {"address": address})
    """
    text = Engine.get_default().get_template(text_template).render(Context(dict(context), autoescape=False))
    return deliver(EmailMessage(" ".join(subject.split()), text.strip() + "\n", to=[to]))


def send_later(to: str, subject: str, text_template: str, context: Mapping[str, Any]) -> None:
    """Send one letter once the transaction that is under way has held, without making anybody wait for it."""
    transaction.on_commit(lambda: background.submit(_send, to, subject, text_template, context))


def _send(to: str, subject: str, text_template: str, context: Mapping[str, Any]) -> None:
    send(to, subject, text_template, context)


def deliver(letter: EmailMessage) -> bool:
    """Hand a letter to the mail server and return whether it was taken."""
    if not available():
        _log.warning("Mail is off: %r to %s was not sent. WHOLEKEY_EMAIL_URL turns mail on.", letter.subject, letter.to)
        return False
    try:
        return letter.send() > 0
    except (OSError, SMTPException, ValueError) as error:
        _log.error("The mail server did not take %r to %s: %s", letter.subject, letter.to, _plain(error))
        return False


def _plain(error: Exception) -> str:
    """What a mail server answered, which never holds the password."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:500]
