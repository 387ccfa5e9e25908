"""The addresses of providers of accounts: nothing is there where none is turned on, and where some are, they let nobody in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType

import pytest
from allauth.socialaccount.providers import registry
from allauth.urls import build_provider_urlpatterns
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.test import Client, override_settings
from django.urls import include, path

from designer import provider_settings, urls
from tests.web.cast import undone
from tests.web.test_permissions import all_patterns, of_nobody

pytestmark = pytest.mark.django_db
HERE = "/account/with/"
ADDRESSES = {
    "openid_connect_login": "oidc/oidc/login/",
    "openid_connect_callback": "oidc/oidc/login/callback/",
    "github_login": "github/login/",
    "github_callback": "github/login/callback/",
    "google_login": "google/login/",
    "google_callback": "google/login/callback/",
    "google_login_by_token": "google/login/token/",
    "saml_acs": "saml/saml/acs/",
    "saml_finish_acs": "saml/saml/acs/finish/",
    "saml_sls": "saml/saml/sls/",
    "saml_metadata": "saml/saml/metadata/",
    "saml_login": "saml/saml/login/",
}
METHODS = ("get", "post", "put", "delete", "patch")
NO_ANSWER = 502
"""What is answered where a provider does not answer, as nobody does at the addresses of this test."""
SAML = find_spec("onelogin") is not None
VARIABLES = {
    "WHOLEKEY_OIDC_ISSUER": "http://127.0.0.1:9",
    "WHOLEKEY_OIDC_CLIENT_ID": "us", "WHOLEKEY_OIDC_CLIENT_SECRET": "shh",
    "WHOLEKEY_GITHUB_CLIENT_ID": "us", "WHOLEKEY_GITHUB_CLIENT_SECRET": "shh",
    "WHOLEKEY_GOOGLE_CLIENT_ID": "us", "WHOLEKEY_GOOGLE_CLIENT_SECRET": "shh",
    **({"WHOLEKEY_SAML_METADATA_URL": "http://127.0.0.1:9/metadata", "WHOLEKEY_SAML_ENTITY_ID": "idp"} if SAML else {}),
}  # fmt: skip


@pytest.fixture
def visitors(db, settings) -> dict[str, Client]:
    """A visitor without an account, and one who is logged in, each with a session."""
    settings.WHOLEKEY_LOCAL = False
    found = {"anonymous": Client(), "ada": Client()}
    found["ada"].force_login(get_user_model()._default_manager.create(username="ada"))
    return found


@contextmanager
def turned_on(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Serve the addresses of all providers as a server does that was started with their variables."""
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    chosen = provider_settings.providers()
    apps = [*settings.INSTALLED_APPS, *provider_settings.apps(chosen)]
    monkeypatch.setattr(registry, "loaded", False)
    monkeypatch.setattr(registry, "provider_map", type(registry.provider_map)())
    with override_settings(INSTALLED_APPS=apps, SOCIALACCOUNT_PROVIDERS=chosen):
        module = ModuleType("urls_with_providers")
        module.of_providers = build_provider_urlpatterns()
        module.urlpatterns = [*urls.urlpatterns, path(HERE.strip("/") + "/", include(module.of_providers))]
        with override_settings(ROOT_URLCONF=module):
            yield module


def ask(client: Client, method: str, url: str) -> tuple[int, list[str]]:
    """Return how a visitor is answered, and what is wrong with what that did: who he is now, what was written."""
    before = client.session.get(SESSION_KEY)
    with undone() as written:
        status = getattr(client, method)(url).status_code
        after = client.session.get(SESSION_KEY)
    wrong = [sql[:120] for sql in written if not of_nobody(sql)]
    return status, wrong + ([f"{before} became {after}"] if before != after else [])


def test_providers_that_are_turned_off_are_not_there(visitors):
    found = {
        (visitor, method, where): answer
        for where in ADDRESSES.values()
        for visitor, client in visitors.items()
        for method in METHODS[:2]
        if (answer := ask(client, method, HERE + where)) != (404, [])
    }
    assert found == {}


def test_providers_let_nobody_in_by_their_addresses_alone(visitors, monkeypatch):
    with turned_on(monkeypatch) as module:
        named = {name for name, _ in all_patterns(module.of_providers)}
        assert named == {name for name in ADDRESSES if SAML or not name.startswith("saml")}
        found = {}
        for name in named:
            for visitor, client in visitors.items():
                for method in METHODS if visitor == "anonymous" else METHODS[:2]:
                    status, wrong = ask(client, method, HERE + ADDRESSES[name] + "?code=guessed&state=guessed")
                    if wrong or (status >= 500 and status != NO_ANSWER):
                        found[visitor, method, name] = (status, wrong)
        assert found == {}
        assert visitors["anonymous"].get(f"{HERE}oidc/another/login/").status_code == 404
