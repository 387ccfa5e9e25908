"""Settings: everything an operator may change comes from the environment, everything else stands here.

WHOLEKEY_HOSTS   names under which the server is reached, comma-separated, `.example.org` being all names of a domain.
                 Naming any turns on accounts.
WHOLEKEY_LOCAL   1 is one person on this computer without an account (the default where no hosts are named).
WHOLEKEY_VAR     the directory for the embedded database, the secret key and uploads under way.
DATABASE_URL     postgresql://user:password@host/name; without it an SQLite file in WHOLEKEY_VAR. What may follow a
                 question mark is listed in `designer.database_url`.
WHOLEKEY_DATABASE_HOSTS
                 database servers that people may import from in the browser, comma-separated; none without it. Each
                 is a name, an address or a network, as `db.example.org`, `10.0.0.0/8`, `fd00::/8`, and allows the
                 usual ports 5432 and 3306; with a port, as `10.1.2.3:5433` or `[::1]:5433`, it allows that one. It
                 is the address that is checked and connected to. Name only servers that everybody with an account
                 here may reach.
WHOLEKEY_DEBUG   1 shows Django's debug pages; never on a server that others reach.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from designer import accounts_settings, database_url
from designer.accounts_settings import *  # noqa: F403 - Django looks for settings in one module
from designer.running_settings import *  # noqa: F403 - likewise
from designer.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("WHOLEKEY_VAR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in ("1", "true", "yes", "on")


LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
_HOSTS = [host.strip().replace("*.", ".") for host in os.environ.get("WHOLEKEY_HOSTS", "").split(",") if host.strip()]

WHOLEKEY_LOCAL = _flag("WHOLEKEY_LOCAL", default=not _HOSTS)
"""Whether one local user is logged in without being asked. Only ever together with loopback hosts."""
WHOLEKEY_UPLOAD_LIMIT = 60 * 1024 * 1024
"""How many bytes an imported file may have."""
WHOLEKEY_CHANGE_LIMIT = 24 * 1024 * 1024
"""How many bytes one posted change may have."""
WHOLEKEY_IMPORT_SECONDS = 120
"""After how many seconds an import is given up."""
WHOLEKEY_IMPORT_MEMORY = 3 * 1024 * 1024 * 1024
"""How many bytes of address space the process that reads an upload may take."""
WHOLEKEY_PROVE = _flag("WHOLEKEY_PROVE", default=True)
"""Whether people may prove DDL on scratch servers that are started on this machine."""
WHOLEKEY_DATABASE_HOSTS = os.environ.get("WHOLEKEY_DATABASE_HOSTS", "")
"""Which database servers may be imported from; `services.database_hosts` reads the list."""
WHOLEKEY_BACKGROUND = True
"""Whether snapshots are written and jobs are run on threads of their own; tests turn it off."""

DEBUG = _flag("WHOLEKEY_DEBUG", default=False)
SECRET_KEY = os.environ.get("WHOLEKEY_SECRET_KEY") or kept_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = LOOPBACK if WHOLEKEY_LOCAL else _HOSTS + LOOPBACK
CSRF_TRUSTED_ORIGINS = (
    [] if WHOLEKEY_LOCAL else [f"https://{'*' * host.startswith('.')}{host}" for host in _HOSTS if host != "*"]
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    *accounts_settings.ACCOUNT_APPS,
    "designer",
]
MIDDLEWARE = [
    "designer.web.middleware.SafeHeaders",
    "designer.web.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "designer.web.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "designer.web.middleware.LocalUser",
    "designer.web.guests.Guests",
    *accounts_settings.ACCOUNT_MIDDLEWARE,
    "django_htmx.middleware.HtmxMiddleware",
    "designer.web.middleware.ServiceErrors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "designer.urls"
ASGI_APPLICATION = "designer.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "designer.web.context.site",
            ],
            "builtins": [
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "designer.templatetags.modules",
            ],
        },
    }
]

DATABASES = {
    "default": database_url.parse(os.environ["DATABASE_URL"])
    if os.environ.get("DATABASE_URL")
    else database_url.sqlite(VAR_DIR / "wholekey.sqlite3")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the tests of concurrency need what several connections see of one database.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test-{os.getpid()}.sqlite3")}
CACHES = accounts_settings.caches(DATABASES["default"]["ENGINE"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_ROOT = VAR_DIR / "staticfiles"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "designer.web.static_files.DigestedStorage"},
}
# The files are served from where they are edited, without `collectstatic`, and looked up anew each time. Below the
# digest of all of them browsers keep them; this is the age of those that are asked for by their plain names.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "projects"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = accounts_settings.session_seconds(WHOLEKEY_LOCAL)

DATA_UPLOAD_MAX_MEMORY_SIZE = WHOLEKEY_CHANGE_LIMIT
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(VAR_DIR)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_COOKIES = f"wholekey_{hashlib.sha256(SECRET_KEY.encode()).hexdigest()[:8]}"
"""Cookies know no ports: two programs on one computer that call theirs alike log each other out."""
SESSION_COOKIE_NAME = f"{_COOKIES}_session"
CSRF_COOKIE_NAME = f"{_COOKIES}_csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
CSRF_FAILURE_VIEW = "designer.web.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"discreet": {"()": "designer.web.discreet.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["discreet"]}},
    "loggers": {
        # What a visitor does wrong is answered to the visitor and is no event for the operator.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("WHOLEKEY_LOG", "WARNING")},
}
