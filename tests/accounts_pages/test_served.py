"""Accounts on a real server process with a mail server and a provider of OpenID Connect beside it, and real browsers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts_pages import post_office, provider
from tests.accounts_pages.serving import Visitor, environment, serving, wholekey

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "correct horse battery"
PAGES = [
    "account/", "account/email", "account/password", "account/two-factor/", "account/two-factor/app/add",
    "account/passkeys/", "account/passkeys/add", "account/connected/", "account/sessions", "logout",
]  # fmt: skip
BEFORE_LOGIN = ["login", "signup", "account/password/forgotten", "account/email/sent", "account/connected/cancelled"]


@pytest.fixture(scope="module")
def idp() -> Iterator[provider.Provider]:
    with provider.running(sub="77", email="ann@example.org", email_verified=True, name="Ann Example") as running:
        yield running


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[post_office.Office, str]]:
    with post_office.running() as running:
        yield running


@pytest.fixture(scope="module")
def told(tmp_path_factory, idp, office) -> dict[str, str]:
    return environment(
        tmp_path_factory.mktemp("var"), WHOLEKEY_HOSTS="localhost", WHOLEKEY_SIGNUP="open",
        WHOLEKEY_EMAIL_URL=office[1], WHOLEKEY_EMAIL_FROM="Wholekey <erd@example.org>",
        WHOLEKEY_OIDC_ISSUER=idp.address, WHOLEKEY_OIDC_CLIENT_ID=provider.CLIENT,
        WHOLEKEY_OIDC_CLIENT_SECRET=provider.SECRET, WHOLEKEY_OIDC_NAME="Acme <ID>",
        WHOLEKEY_GITHUB_CLIENT_ID="gh", WHOLEKEY_GITHUB_CLIENT_SECRET="gh-secret",
        WHOLEKEY_GOOGLE_CLIENT_ID="go", WHOLEKEY_GOOGLE_CLIENT_SECRET="go-secret",
    )  # fmt: skip


@pytest.fixture(scope="module")
def home(told) -> Iterator[str]:
    with serving(told) as address:
        yield address


@pytest.fixture
def join(home, office):
    """Let somebody make an account, and prove the address by the letter to it."""

    def make(name: str) -> Visitor:
        visitor = Visitor()
        visitor.get(home + "signup")
        page = visitor.post(home + "signup", name=name, email=f"{name.lower()}@example.org", password1=PASSWORD)[1]
        assert "Look into your mail" in page
        to, subject, text = office[0].letters[-1]
        assert (to, subject) == ([f"{name.lower()}@example.org"], "Welcome to Wholekey")
        address = next(line for line in text.splitlines() if line.startswith(home + "account/email/confirm/"))
        visitor.get(address)
        assert "Start empty" in visitor.post(address)[1]
        return visitor

    return make


def gone_on(visitor: Visitor, page: str) -> tuple[int, str]:
    """Go where a page that goes on by itself leads."""
    return visitor.get(html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)[1]))


def by_provider(visitor: Visitor, home: str, at: str = "login") -> tuple[int, str]:
    """Go to the provider from a page with its button, and come back."""
    page = visitor.get(home + at)[1]
    form = re.search(r'action="(/account/with/oidc/oidc/login/[^"]*)"', page)[1]
    return gone_on(visitor, visitor.post(home.rstrip("/") + html.unescape(form))[1])


@pytest.fixture
def somebody(idp):
    """Let somebody else be logged in at the provider for a while."""
    known = idp.claims

    def be(**claims: object) -> None:
        idp.claims = {"email_verified": True, **claims}

    yield be
    idp.claims, idp.refuses, idp.down = known, False, False


@pytest.mark.slow
def test_letters_prove_addresses_and_bring_new_passwords(home, office, join):
    join("Bob")
    stranger = Visitor()
    stranger.get(home + "account/password/forgotten")
    stranger.post(home + "account/password/forgotten", email="bob@example.org")
    assert office[0].letters[-1][1] == "Choose a new password"


def test_somebody_whom_the_provider_knows_is_let_in(home, idp):
    visitor = Visitor()
    assert "Acme &lt;ID&gt;" in visitor.get(home + "login")[1]
    status, page = by_provider(visitor, home)
    assert (status, visitor.at) == (200, home)
    assert {"/.well-known/openid-configuration", "/authorize", "/token"} <= set(idp.asked)
    assert "Start empty" in page
    account = visitor.get(home + "account/")[1]
    assert 'value="Ann Example"' in account
    assert "none: you log in by a connected account" in account
    again = Visitor()
    by_provider(again, home, "login?next=/account/connected/")
    assert again.at == home + "account/connected/"
    assert "ann@example.org" in again.get(again.at)[1]


def test_whoever_goes_back_is_told_so(home, idp, somebody):
    idp.refuses = True
    assert "You are not logged in" in by_provider(Visitor(), home)[1]


def test_a_provider_that_does_not_answer_is_told_of_in_a_sentence(home, idp, somebody):
    idp.down = True
    visitor = Visitor()
    form = re.search(r'action="(/account/with/oidc/oidc/login/[^"]*)"', visitor.get(home + "login")[1])[1]
    status, page = visitor.post(home.rstrip("/") + html.unescape(form))
    assert status == 502
    assert "The other site does not answer; try again later" in page


def test_an_answer_that_nobody_asked_for_lets_nobody_in(home):
    visitor = Visitor()
    page = visitor.get(home + "account/with/oidc/oidc/login/callback/?code=stolen&state=made-up")[1]
    assert "The other site did not let you in" in page
    visitor.get(home + "account/")
    assert visitor.at == home + "login?next=/account/"


def test_an_account_with_the_same_address_is_not_taken_over(home, join, somebody):
    join("Carl")
    somebody(sub="99", email="carl@example.org", name="Mallory")
    mallory = Visitor()
    page = by_provider(mallory, home)[1]
    assert mallory.at == home + "account/email/sent"
    assert "Look into your mail" in page
    mallory.get(home + "account/")
    assert mallory.at == home + "login?next=/account/"


def test_an_account_is_connected_by_its_owner(home, join, somebody):
    dora = join("Dora")
    somebody(sub="55", email="dora@work.example", name="Dora W")
    assert "Is it you?" in by_provider(dora, home, "account/connected/")[1]
    page = dora.post(dora.at, password=PASSWORD)[1]
    assert "The account was connected." in page
    assert "dora@work.example" in page
    other = Visitor()
    by_provider(other, home)
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


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert not errors, errors


def with_a_key(page: Page) -> None:
    """Give the browser something that keeps passkeys, as a telephone does."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sound(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than the page."""
    if AXE.exists():
        page.evaluate(AXE.read_text())  # as the debugger does, whom no policy holds
        found = page.evaluate("(rules) => axe.run({runOnly: rules})", RULES)["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url


def set_up(page: Page, told: dict[str, str], site: str, email: str) -> None:
    """Set up an account that the operator makes."""
    page.goto(wholekey(told, "admin", email, "--address", site).stdout.strip())
    page.get_by_label("Your name").fill("Root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and log in").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()


@pytest.mark.browser
def test_an_account_of_the_operators_with_a_passkey(page, told, home):
    site = home.replace("127.0.0.1", "localhost")  # passkeys are for names
    with_a_key(page)
    set_up(page, told, site, "root@example.org")
    page.goto(site + "account/passkeys/add")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name", exact=True).fill("My <telephone>")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("10 of 10 are left")).to_be_visible()
    page.goto(site + "account/passkeys/")
    expect(page.get_by_text("My <telephone>")).to_be_visible()
    page.goto(site + "logout")
    page.get_by_role("button", name="Log out").first.click()
    page.goto(site + "login")
    sound(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()


@pytest.mark.browser
def test_a_login_by_a_provider_leaves_our_pages_and_comes_back(page, home):
    page.goto(home + "login?next=/account/")
    page.get_by_role("button", name="Continue with Acme").click()
    expect(page.get_by_label("Your name")).to_have_value("Ann Example")
    assert page.url == home + "account/"
    sound(page)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_sound(page, told, home, theme):
    page.emulate_media(color_scheme=theme)
    for each in BEFORE_LOGIN:
        page.goto(home + each)
        sound(page)
    set_up(page, told, home, f"{theme}@example.org")
    page.goto(home + "account/passkeys/add")
    sound(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    for each in PAGES:
        page.goto(home + each)
        sound(page)
