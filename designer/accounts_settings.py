"""Settings of accounts and of mail, all from the environment; `designer.settings` takes them over.

WHOLEKEY_ONE_TIME    0 lets every browser of this computer in where there are no accounts; else only those that opened
                     an address which the server printed (`wholekey serve`, `wholekey open`).
WHOLEKEY_SIGNUP      who may make an account: `invited` (the usual), `open` is everybody, `provider` is whoever is
                     invited or comes by a provider below, `closed` is nobody.
WHOLEKEY_EMAIL_URL   the server that takes our mail: smtp+tls://user:password@host:587, smtps://… or smtp://….
                     Without it no mail is sent, and no page promises any.
WHOLEKEY_EMAIL_FROM  whom our mail is from, as `Wholekey <wholekey@example.org>`.
Providers of accounts are in `designer.provider_settings`.
"""

from __future__ import annotations

from typing import Any

from designer import email_url, provider_settings
from designer.environment import flag, text

WHOLEKEY_ONE_TIME = flag("WHOLEKEY_ONE_TIME", default=True)
"""Whether local mode lets in only browsers that opened an address made for one time."""
WHOLEKEY_SIGNUP = text("WHOLEKEY_SIGNUP") or "invited"
if WHOLEKEY_SIGNUP not in ("invited", "open", "provider", "closed"):
    raise ValueError(f"WHOLEKEY_SIGNUP may be invited, open, provider or closed, and not {WHOLEKEY_SIGNUP!r}")

WHOLEKEY_EMAIL_URL = text("WHOLEKEY_EMAIL_URL")
"""Where mail is handed in; empty where mail is off."""
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("WHOLEKEY_EMAIL_FROM") or "Wholekey <wholekey@localhost>"
globals().update(email_url.parse(WHOLEKEY_EMAIL_URL))

SOCIALACCOUNT_PROVIDERS = provider_settings.providers()
ACCOUNT_APPS = [
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
    *provider_settings.apps(SOCIALACCOUNT_PROVIDERS),
]
ACCOUNT_MIDDLEWARE = [
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "designer.web.leaving.Leaving",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie would have no flags
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

_HTTPS = flag("WHOLEKEY_HTTPS", default=False)
_MAIL = bool(WHOLEKEY_EMAIL_URL)

ACCOUNT_ADAPTER = "designer.web.accounts_adapter.Accounts"
ACCOUNT_FORMS = {
    "signup": "designer.web.accounts_forms.SignUp",
    "add_email": "designer.web.accounts_forms.ChangeEmail",
}
ACCOUNT_USER_DISPLAY = "designer.web.accounts_adapter.shown_name"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if _MAIL else "none"
ACCOUNT_PREVENT_ENUMERATION = _MAIL
"""Without mail nobody can be told in private that his address has an account already."""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if _HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/m/ip",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "manage_email": "10/m/user",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

SOCIALACCOUNT_ADAPTER = "designer.web.accounts_adapter.Providers"
SOCIALACCOUNT_FORMS = {"signup": "designer.web.accounts_forms.SignUpByProvider"}
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False

MFA_ADAPTER = "designer.web.accounts_adapter.TwoFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Wholekey"
MFA_TOTP_TOLERANCE = 1
MFA_ALLOW_UNVERIFIED_EMAIL = not _MAIL
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarity", {}),
        ("MinimumLength", {"min_length": 10}),
        ("CommonPassword", {}),
        ("NumericPassword", {}),
    )
]

_DAY = 24 * 60 * 60
_MOST = 100_000
"""How many entries a cache keeps. Where more come in, the oldest third may be forgotten, limits among them."""


def session_seconds(local: bool) -> int:
    """Return how long a browser stays logged in: on one's own computer as long as browsers keep a cookie at all."""
    return (400 if local else 30) * _DAY


def caches(engine: str) -> dict[str, Any]:
    """Return where limits are counted: in the database where several processes may share it, in memory for SQLite."""
    shared = not engine.endswith("sqlite3")
    backend = "db.DatabaseCache" if shared else "locmem.LocMemCache"
    place = {"LOCATION": "wholekey_cache"} if shared else {}
    options = {"MAX_ENTRIES": _MOST, "CULL_FREQUENCY": 3}
    return {"default": {"BACKEND": f"django.core.cache.backends.{backend}", "OPTIONS": options} | place}
