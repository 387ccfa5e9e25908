"""Who may make an account on this server."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User, UserManager
from django.db import transaction

from designer.services import invitations
from designer.services.errors import Invalid


def may(session: MutableMapping[str, Any], by_provider: bool = False) -> bool:
    """Say whether the visitor of a session may make an account, himself or by a provider that knows him."""
    if settings.WHOLEKEY_SIGNUP == "open" or (by_provider and settings.WHOLEKEY_SIGNUP == "provider"):
        return True
    return settings.WHOLEKEY_SIGNUP != "closed" and invitations.pending(session) is not None


def invited_address(session: MutableMapping[str, Any]) -> str:
    """Return the e-mail address that the visitor's invitation was sent to; nothing without one.

    It is not proven by that: whoever invites sees the address of the invitation as well.
    """
    invitation = invitations.pending(session)
    return invitation.email if invitation else ""


def account_for(email: str, name: str = "") -> User:
    """Return the account with an e-mail address, made where there is none. The operator vouches for the address.

    `name` is the user name of an account that gets the address, as one has that was made without any.
    """
    wanted = email.strip().lower()
    if "@" not in wanted or len(wanted) > 254 or any(letter.isspace() for letter in wanted):
        raise Invalid(f"{email} is no e-mail address", "email")
    with transaction.atomic():
        user = _known(wanted, name) or _users().create_user(_free_name(wanted), wanted)
        EmailAddress.objects.filter(user=user).exclude(email__iexact=wanted).delete()
        EmailAddress.objects.update_or_create(user=user, email=wanted, defaults={"verified": True, "primary": True})
        _users().filter(pk=user.pk).update(email=wanted, is_active=True)
    return user


def _users() -> UserManager[User]:
    return User.objects


def _known(email: str, name: str) -> User | None:
    found = _users().filter(email__iexact=email).first() or _users().filter(emailaddress__email__iexact=email).first()
    if not name:
        return found
    named = _users().filter(username=name).first()
    if named is None:
        raise Invalid(f"there is no user {name}", "name")
    if found is not None and found != named:
        raise Invalid(f"{email} is the address of another account, {found.get_username()}", "email")
    return named


def _free_name(email: str) -> str:
    from allauth.account.adapter import get_adapter

    return str(get_adapter().generate_unique_username([email.partition("@")[0], email, "user"]))


def forget_factors(user: User) -> None:
    """Take away what a second step of the login would ask for."""
    Authenticator.objects.filter(user=user).delete()
