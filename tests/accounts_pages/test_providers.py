"""Logging in by somebody else's word: the whole way over a provider of OpenID Connect, with real redirects."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest

from tests.accounts_pages import provider
from tests.accounts_pages.serving import Visitor, environment, serving, wholekey

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def idp() -> Iterator[provider.Provider]:
    with provider.running(sub="77", email="ann@example.org", email_verified=True, name="Ann Example") as running:
        yield running


@pytest.fixture(scope="module")
def told(tmp_path_factory, idp) -> dict[str, str]:
    return environment(
        tmp_path_factory.mktemp("var"), WHOLEKEY_HOSTS="localhost", WHOLEKEY_SIGNUP="provider",
        WHOLEKEY_OIDC_ISSUER=idp.address, WHOLEKEY_OIDC_CLIENT_ID=provider.CLIENT,
        WHOLEKEY_OIDC_CLIENT_SECRET=provider.SECRET, WHOLEKEY_OIDC_NAME="Acme <ID>",
        WHOLEKEY_GITHUB_CLIENT_ID="gh", WHOLEKEY_GITHUB_CLIENT_SECRET="gh-secret",
        WHOLEKEY_GOOGLE_CLIENT_ID="go", WHOLEKEY_GOOGLE_CLIENT_SECRET="go-secret",
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(told) -> Iterator[str]:
    with serving(told) as address:
        yield address


def gone_on(visitor: Visitor, page: str) -> tuple[int, str]:
    """Go where a page that goes on by itself leads."""
    return visitor.get(html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1]))


def by_provider(visitor: Visitor, home: str, query: str = "") -> tuple[int, str]:
    _, page = visitor.get(f"{home}login{query}")
    form = re.search(r'action="(/account/with/oidc/oidc/login/[^"]*)"', page)[1]
    return gone_on(visitor, visitor.post(home.rstrip("/") + html.unescape(form))[1])


def test_somebody_whom_the_provider_knows_is_let_in(home, idp):
    visitor = Visitor()
    assert "Acme &lt;ID&gt;" in visitor.get(home + "login")[1]
    status, page = by_provider(visitor, home)
    assert (status, visitor.at) == (200, home)
    assert {"/.well-known/openid-configuration", "/authorize", "/token"} <= set(idp.asked)
    assert "Start empty" in page
    account = visitor.get(home + "account/")[1]
    assert 'value="Ann Example"' in account
    assert "ann@example.org" in account
    assert "none: you log in by a connected account" in account
    again = Visitor()
    by_provider(again, home, "?next=/account/connected/")
    assert again.at == home + "account/connected/"
    assert "ann@example.org" in again.get(again.at)[1]


def test_whoever_goes_back_is_told_so(home, idp):
    idp.refuses = True
    status, page = by_provider(Visitor(), home)
    idp.refuses = False
    assert "You are not logged in" in page


def test_an_answer_that_nobody_asked_for_lets_nobody_in(home, idp):
    visitor = Visitor()
    page = visitor.get(home + "account/with/oidc/oidc/login/callback/?code=stolen&state=made-up")[1]
    assert "The other site did not let you in" in page
    assert visitor.get(home + "account/")[1].count("Log in")


def test_an_account_with_the_same_address_is_not_taken_over(home, told, idp):
    address = wholekey(told, "admin", "carl@example.org", "--address", home).stdout.strip()
    carl = Visitor()
    carl.get(address)
    assert carl.post(address, name="Carl", password=PASSWORD)[0] == 200
    known, idp.claims = idp.claims, {"sub": "99", "email": "carl@example.org", "email_verified": True, "name": "Mallory"}
    mallory = Visitor()
    page = by_provider(mallory, home)[1]
    idp.claims = known
    assert mallory.at == home + "account/connected/signup"
    assert "One thing is still needed" in page
    page = mallory.post(mallory.at, email="carl@example.org")[1]
    assert "There is an account with this e-mail address" in html.unescape(page)


def test_an_account_is_connected_by_its_owner(home, told, idp):
    address = wholekey(told, "admin", "dora@example.org", "--address", home).stdout.strip()
    dora = Visitor()
    dora.get(address)
    dora.post(address, name="Dora", password=PASSWORD)
    known, idp.claims = idp.claims, {"sub": "55", "email": "dora@work.example", "email_verified": True, "name": "Dora W"}
    page = dora.get(home + "account/connected/")[1]
    form = re.search(r'action="(/account/with/oidc/oidc/login/[^"]*)"', page)[1]
    page = gone_on(dora, dora.post(home.rstrip("/") + html.unescape(form))[1])[1]
    assert "Is it you?" in page
    page = dora.post(dora.at, password=PASSWORD)[1]
    assert "The account was connected." in page
    assert "dora@work.example" in page
    other = Visitor()
    by_provider(other, home)
    idp.claims = known
    assert 'value="Dora"' in other.get(home + "account/")[1]


@pytest.mark.parametrize(("name", "host"), [("github", "github.com"), ("google", "accounts.google.com")])
def test_github_and_google_are_asked(home, name, host):
    visitor = Visitor()
    visitor.get(home + "login")
    page = visitor.post(f"{home}account/with/{name}/login/")[1]
    address = html.unescape(re.search(r'content="0; url=([^"]+)"', page)[1])
    assert address.startswith(f"https://{host}/")
    assert "code_challenge=" in address
    assert f"{name}%2Flogin%2Fcallback" in address
    assert "secret" not in address


def test_a_provider_with_half_its_settings_stops_the_start(tmp_path):
    ran = wholekey(environment(tmp_path, WHOLEKEY_OIDC_ISSUER="https://id.example.org"), "serve", "--port", "0")
    assert ran.returncode == 2
    assert "WHOLEKEY_OIDC_CLIENT_ID is missing" in ran.stderr
    assert "Traceback" not in ran.stderr
