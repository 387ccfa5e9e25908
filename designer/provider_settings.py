"""Who else may say who somebody is: providers of accounts, each turned on by the environment alone.

WHOLEKEY_OIDC_ISSUER, WHOLEKEY_OIDC_CLIENT_ID, WHOLEKEY_OIDC_CLIENT_SECRET, WHOLEKEY_OIDC_NAME
    a provider of OpenID Connect: its address, as `https://id.example.org/realms/acme`, what it gave us, and its name
    on the button. WHOLEKEY_OIDC_TRUST_EMAIL=1 lets somebody whose e-mail address it has verified into the account with
    that address; only for a provider that is yours.
WHOLEKEY_GITHUB_CLIENT_ID, WHOLEKEY_GITHUB_CLIENT_SECRET, WHOLEKEY_GOOGLE_CLIENT_ID, WHOLEKEY_GOOGLE_CLIENT_SECRET
    GitHub and Google.
WHOLEKEY_SAML_METADATA_URL, WHOLEKEY_SAML_ENTITY_ID, WHOLEKEY_SAML_NAME
    a provider of SAML 2.0: where its metadata is, and the entity id in it. Needs the extra `wholekey[saml]`.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from designer.environment import flag, text

_APPS = "allauth.socialaccount.providers."


def providers() -> dict[str, dict[str, Any]]:
    """Return the settings of the providers that are turned on, by allauth's names for them."""
    found = {"openid_connect": _oidc(), "github": _oauth("GITHUB"), "google": _oauth("GOOGLE"), "saml": _saml()}
    return {name: each for name, each in found.items() if each}


def apps(of: dict[str, dict[str, Any]]) -> list[str]:
    """Return the Django applications of providers."""
    return [_APPS + name for name in of]


def _needed(name: str) -> str:
    value = text(name)
    if not value:
        raise ValueError(f"{name} is missing; a provider of accounts needs all of its settings")
    return value


def _oidc() -> dict[str, Any]:
    issuer = text("WHOLEKEY_OIDC_ISSUER")
    if not issuer:
        return {}
    trusted = flag("WHOLEKEY_OIDC_TRUST_EMAIL", default=False)
    app = {
        "provider_id": "oidc",
        "name": text("WHOLEKEY_OIDC_NAME") or "single sign-on",
        "client_id": _needed("WHOLEKEY_OIDC_CLIENT_ID"),
        "secret": _needed("WHOLEKEY_OIDC_CLIENT_SECRET"),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"APPS": [app], "EMAIL_AUTHENTICATION": trusted, "EMAIL_AUTHENTICATION_AUTO_CONNECT": trusted}


def _oauth(name: str) -> dict[str, Any]:
    client = text(f"WHOLEKEY_{name}_CLIENT_ID")
    if not client:
        return {}
    scope = {"GITHUB": ["read:user", "user:email"], "GOOGLE": ["openid", "profile", "email"]}[name]
    app = {"client_id": client, "secret": _needed(f"WHOLEKEY_{name}_CLIENT_SECRET")}
    return {"APPS": [app], "SCOPE": scope, "OAUTH_PKCE_ENABLED": True}


def _saml() -> dict[str, Any]:
    metadata = text("WHOLEKEY_SAML_METADATA_URL")
    if not metadata:
        return {}
    if find_spec("onelogin") is None:
        raise ValueError("WHOLEKEY_SAML_METADATA_URL is set, and SAML is not installed: pip install 'wholekey[saml]'")
    entity = _needed("WHOLEKEY_SAML_ENTITY_ID")
    app = {
        "provider_id": entity,
        "client_id": "saml",
        "name": text("WHOLEKEY_SAML_NAME") or "SAML",
        "settings": {"idp": {"entity_id": entity, "metadata_url": metadata}},
    }
    return {"APPS": [app]}
