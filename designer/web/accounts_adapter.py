"""Where allauth asks us: who may come in, how mail goes out, what is said, and how secrets are kept."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import secrets
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from designer.services import limits, mailing, signing_up
from designer.services.errors import TooMany
from designer.services.permissions import AnyUser

WRONG = "This address and this password do not belong together."


class Accounts(DefaultAccountAdapter):
    """Accounts with an e-mail address and a password."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account was closed by whoever runs this server.",
        "email_password_mismatch": WRONG,
        "username_password_mismatch": WRONG,
        "email_taken": "There is an account with this e-mail address already; log in with it.",
        "duplicate_email": "This is your e-mail address already.",
        "enter_current_password": "This is not your password.",
        "incorrect_password": "This is not your password.",
        "too_many_login_attempts": "Too many codes were tried; wait five minutes, and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say whether this visitor may make an account."""
        return signing_up.may(request.session)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse whoever has said too many wrong passwords."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise TooMany("Too many wrong passwords were tried; wait five minutes, and try again.") from None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002 - allauth's
        """Return whose wrong passwords are counted: an account's, by whatever name of the server it was asked for."""
        return str(credentials.get("email") or credentials.get("username") or "").lower()

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address that all our limits count, or one that nobody has where there is none, as on a socket."""
        try:
            return str(ipaddress.ip_address(limits.visitor(request).partition("%")[0]))
        except ValueError:
            return "0.0.0.0"  # noqa: S104 - nothing listens there

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter, if this server sends any."""
        request = _request()
        words = {"request": request, "email": email, "host": request.get_host() if request else "", **context}
        if mailing.available():
            mailing.deliver(self.render_mail(template_prefix, email, words))


def _request() -> HttpRequest | None:
    request: HttpRequest | None = context.request
    return request


class Providers(DefaultSocialAccountAdapter):
    """Accounts that a provider vouches for."""

    error_messages: ClassVar = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": "There is an account with this e-mail address. Log in with it, and connect %s on its page.",
        "no_password": "Set a password first; else you could not log in any more.",
        "disconnect_last": "This is your only way to log in; set a password before you take it away.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's
        """Say whether somebody whom a provider knows may make an account."""
        return signing_up.may(request.session, by_provider=True)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Fill in what a provider told; a name is kept as a whole."""
        user: User = super().populate_user(request, sociallogin, data)
        user.first_name, user.last_name = user.get_full_name()[:150], ""
        return user


class TwoFactor(DefaultMFAAdapter):
    """The second step of a login. Its secrets are of no use without the secret key of this server."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "This code does not fit; the app shows a new one every 30 seconds.",
        "unverified_email": "Prove first that your e-mail address is yours: open the address in the letter to it.",
        "add_email_blocked": "Turn two-factor off first, and then change the address.",
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a kept secret; one that nothing fits where the key of the server is another now."""
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002, ARG002 - allauth's
        """Return the name that a new passkey has until somebody chooses another."""
        return "Passkey"


def _box() -> Fernet:
    key = hashlib.sha256(b"wholekey.two-factor:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def shown_name(user: AnyUser) -> str:
    """Return how allauth calls somebody."""
    from designer.services.branches import display_name

    return display_name(user)
