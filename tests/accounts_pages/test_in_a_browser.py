"""Setting up an account, a passkey and a login by another provider, in a real browser under the policy of our pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accounts_pages import provider
from tests.accounts_pages.serving import environment, serving, wholekey

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PASSWORD = "correct horse battery"
PAGES = [
    "account/", "account/email", "account/password", "account/two-factor/", "account/two-factor/app/add",
    "account/passkeys/", "account/passkeys/add", "account/connected/", "account/sessions", "logout",
]  # fmt: skip
BEFORE_LOGIN = ["login", "signup", "account/password/forgotten", "account/email/sent", "account/connected/cancelled"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Iterator[dict[str, str]]:
    with provider.running(sub="1", email="ann@work.example", email_verified=True, name="Ann") as idp:
        yield environment(
            tmp_path_factory.mktemp("var"), WHOLEKEY_HOSTS="localhost", WHOLEKEY_SIGNUP="open",
            WHOLEKEY_OIDC_ISSUER=idp.address, WHOLEKEY_OIDC_CLIENT_ID=provider.CLIENT,
            WHOLEKEY_OIDC_CLIENT_SECRET=provider.SECRET, WHOLEKEY_OIDC_NAME="Acme",
        )  # fmt: skip


@pytest.fixture(scope="module")
def home(told) -> Iterator[str]:
    with serving(told) as address:
        yield address.replace("127.0.0.1", "localhost")


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


def test_an_account_with_a_passkey(page, told, home):
    with_a_key(page)
    page.goto(wholekey(told, "admin", "root@example.org", "--address", home).stdout.strip())
    page.get_by_label("Your name").fill("Root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and log in").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    page.goto(home + "account/passkeys/add")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name", exact=True).fill("My <telephone>")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("10 of 10 are left")).to_be_visible()
    page.goto(home + "account/passkeys/")
    expect(page.get_by_text("My <telephone>")).to_be_visible()
    page.goto(home + "logout")
    page.get_by_role("button", name="Log out").first.click()
    page.goto(home + "login")
    sound(page)
    page.get_by_role("button", name="Log in with a passkey").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()


def test_a_login_by_a_provider_leaves_our_pages_and_comes_back(page, home):
    page.goto(home + "login?next=/account/")
    page.get_by_role("button", name="Continue with Acme").click()
    expect(page.get_by_label("Your name")).to_have_value("Ann")
    assert page.url == home + "account/"
    sound(page)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_sound(page, told, home, theme):
    page.emulate_media(color_scheme=theme)
    for each in BEFORE_LOGIN:
        page.goto(home + each)
        sound(page)
    page.goto(wholekey(told, "admin", f"{theme}@example.org", "--address", home).stdout.strip())
    sound(page)
    page.get_by_label("Your name").fill("Root")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and log in").click()
    page.goto(home + "account/passkeys/add")
    sound(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    for each in PAGES:
        page.goto(home + each)
        sound(page)
