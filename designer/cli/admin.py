"""Make an account on a server with several people, or let somebody back into one: prints an address for one time.

Whoever opens the address within a day chooses a name and a password. The first account of a server is made this way.
"""

from __future__ import annotations

import argparse
import os

from designer.cli.django_setup import set_up
from designer.cli.problems import Problem

HELP = "make the first account, or another, or let somebody back in"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("email", metavar="EMAIL", help="the e-mail address of the account")
    parser.add_argument(
        "--user", metavar="NAME", default="", help="give the address to the account with this user name"
    )
    parser.add_argument("--address", metavar="URL", help="where the server is reached, if not at its first host name")
    parser.add_argument("--database", metavar="URL", help="the same as for serve")
    parser.add_argument(
        "--without-two-factor", action="store_true", help="take the second step and the passkeys of the account away"
    )


def run(options: argparse.Namespace) -> int:
    """Print the address."""
    set_up(options.database)
    from django.conf import settings

    from designer.services import one_time, signing_up
    from designer.services.errors import Invalid

    if settings.WHOLEKEY_LOCAL:
        raise Problem("without accounts there is nothing to set up; name the server's hosts in WHOLEKEY_HOSTS")
    try:
        user = signing_up.account_for(options.email, options.user)
    except Invalid as invalid:
        raise Problem(invalid.message) from None
    if options.without_two_factor:
        signing_up.forget_factors(user)
    print(f"{(options.address or _address()).rstrip('/')}/welcome/{one_time.issue(user, one_time.TO_SET_UP)}")
    return 0


def _address() -> str:
    from django.conf import settings

    named = [each.strip() for each in os.environ.get("WHOLEKEY_HOSTS", "").split(",")]
    host = next((each for each in named if each and each[0] not in "*."), "")
    if not host:
        raise Problem("name the address under which people reach the server: --address https://wholekey.example.org")
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{host}{settings.WHOLEKEY_PREFIX}"


def first_step() -> str:
    """Return what to do first on a server with accounts that has none, nothing elsewhere."""
    from django.conf import settings
    from django.contrib.auth.models import User

    if settings.WHOLEKEY_LOCAL or User.objects.exists():
        return ""
    return "There is no account yet. Make the first one with: wholekey admin EMAIL"
