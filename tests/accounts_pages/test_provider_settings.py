"""Providers are turned on by the environment alone, wholly or not at all."""

from __future__ import annotations

import os

import pytest

from designer import provider_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in os.environ:
        if name.startswith("WHOLEKEY_"):
            monkeypatch.delenv(name)


def test_there_are_none_without_settings():
    assert provider_settings.providers() == {}


@pytest.mark.parametrize(
    ("name", "value", "missing"),
    [
        ("WHOLEKEY_OIDC_ISSUER", "https://id.example.org", "WHOLEKEY_OIDC_CLIENT_ID"),
        ("WHOLEKEY_GITHUB_CLIENT_ID", "x", "WHOLEKEY_GITHUB_CLIENT_SECRET"),
        ("WHOLEKEY_GOOGLE_CLIENT_ID", "x", "WHOLEKEY_GOOGLE_CLIENT_SECRET"),
    ],
)
def test_half_the_settings_are_refused_by_the_name_of_what_is_missing(monkeypatch, name, value, missing):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=missing):
        provider_settings.providers()


def test_saml_needs_its_extra(monkeypatch):
    monkeypatch.setenv("WHOLEKEY_SAML_METADATA_URL", "https://id.example.org/metadata")
    monkeypatch.setenv("WHOLEKEY_SAML_ENTITY_ID", "https://id.example.org")
    monkeypatch.setattr(provider_settings, "find_spec", lambda _: None)
    with pytest.raises(ValueError, match=r"wholekey\[saml\]"):
        provider_settings.providers()
    monkeypatch.setattr(provider_settings, "find_spec", lambda name: name)
    app = provider_settings.providers()["saml"]["APPS"][0]
    assert app["settings"]["idp"] == {
        "entity_id": "https://id.example.org", "metadata_url": "https://id.example.org/metadata",
    }  # fmt: skip
    assert provider_settings.apps({"saml": {}}) == ["allauth.socialaccount.providers.saml"]
