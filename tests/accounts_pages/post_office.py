"""A mail server that keeps what it gets, from whoever knows the password."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

PASSWORD = "sec ret/@:"


class Office:
    """What was handed in: to whom, the subject, the text."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str, str]] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        letter = message_from_bytes(envelope.content)
        subject = str(make_header(decode_header(letter["Subject"])))
        self.letters.append((envelope.rcpt_tos, subject, letter.get_payload(decode=True).decode()))
        assert letter["From"] == "Wholekey <erd@example.org>"
        return "250 taken"

    def check(self, server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=(data.login, data.password) == (b"user@x", PASSWORD.encode()))


@contextlib.contextmanager
def running() -> Iterator[tuple[Office, str]]:
    """Run one, and give it and the address by which letters are handed in."""
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
