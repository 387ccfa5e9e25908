"""Schemas that exist only as migrations: run once by their own program, in a throw-away virtual environment, on a real server."""

from __future__ import annotations

import os
import subprocess
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fidelity.packages import CACHE, NotFetched

SECONDS = 1800
"""The longest that an installation or all migrations may take."""
DJANGO = """
import json, os
try:
    import pymysql
    pymysql.version_info = (2, 2, 1, "final", 0)
    pymysql.install_as_MySQLdb()
except ImportError:
    pass
DATABASES = {{"default": json.loads(os.environ["PROOF_DATABASE"])}}
SECRET_KEY = "of no use"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["mysql.W003"]
INSTALLED_APPS = {apps}
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"] if "allauth" in INSTALLED_APPS else []
ROOT_URLCONF = "proof_settings"
urlpatterns = []
STATIC_URL = "/static/"
WAGTAIL_SITE_NAME, WAGTAILADMIN_BASE_URL = "proof", "http://localhost"
"""
CONTRIB = ["auth", "contenttypes", "sessions", "sites", "admin", "flatpages", "redirects", "messages"]
WAGTAIL = [
    "contrib.forms", "contrib.redirects", "contrib.search_promotions", "embeds", "sites", "users", "snippets", "documents", "images",
    "search", "admin", "",
]  # fmt: skip


@dataclass(frozen=True)
class Program:
    """What makes a schema: the packages that it needs, and what to run on a database's URL."""

    name: str
    packages: tuple[str, ...]
    run: Callable[[Path, str], None]  # (python, URL of the database)
    shown: str  # the package whose version is told

    def script(self, home: Any) -> tuple[str, str]:
        """Return the schema as the server's dump program writes it, and the version. Raises NotFetched."""
        kept = CACHE / "rendered" / f"{home.dialect}.{self.name}.sql"
        python = self._environment()
        if not kept.exists():
            database = home.new()
            home.apply(database, "")  # makes the file of an SQLite database
            self.run(python, home.url(database))
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(home.dump(database).replace("CREATE TABLE sqlite_sequence(name,seq);\n", ""))
        told = f"import importlib.metadata as m; print(m.version({self.shown!r}))"
        return kept.read_text(), _run([str(python), "-c", told]).strip()

    def _environment(self) -> Path:
        folder = CACHE / "venvs" / self.name
        python = folder / "bin" / "python"
        if not (folder / "READY").exists():
            venv.create(folder, with_pip=True)
            _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *self.packages])
            (folder / "READY").touch()
        return python


def _run(command: list[str], **environment: str) -> str:
    try:
        done = subprocess.run(
            command, check=True, capture_output=True, timeout=SECONDS, env={**os.environ, **environment}, cwd=CACHE
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()[-1:]
        raise NotFetched(f"{' '.join(command[:4])} … failed: {' '.join(said)}") from None
    return done.stdout.decode()


def django(*apps: str) -> Callable[[Path, str], None]:
    """Return what runs the migrations of Django apps."""

    def run(python: Path, url: str) -> None:
        import json

        settings = python.parent.parent / "proof_settings.py"
        settings.write_text(DJANGO.format(apps=[*(f"django.contrib.{each}" for each in CONTRIB), *apps]))
        _run(
            [str(python), "-m", "django", "migrate", "--verbosity=0", "--skip-checks", "--settings=proof_settings"],
            PYTHONPATH=str(settings.parent), PROOF_DATABASE=json.dumps(_django_database(url)),
        )  # fmt: skip

    return run


def _django_database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    engine = {"postgresql": "postgresql", "mariadb": "mysql", "sqlite": "sqlite3"}[parts.scheme]
    name = unquote(parts.path.removeprefix("/"))
    options = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = options.get("host") or options.get("unix_socket") or ""
    found = {"ENGINE": f"django.db.backends.{engine}", "NAME": name, "HOST": host, "USER": parts.username or ""}
    return found if engine != "mysql" else {**found, "OPTIONS": {"unix_socket": host, "charset": "utf8mb4"}, "HOST": ""}


def alchemy(url: str) -> str:
    """Return the URL as SQLAlchemy writes it, with the driver that the environment has."""
    return url.replace("postgresql://", "postgresql+psycopg2://").replace("mariadb://", "mysql+pymysql://")


def keystone(python: Path, url: str) -> None:
    """Run the migrations of OpenStack's identity service."""
    settings = python.parent.parent / "keystone.conf"
    settings.write_text(f"[database]\nconnection = {alchemy(url)}\n")
    _run([str(python.parent / "keystone-manage"), "--config-file", str(settings), "db_sync"])


def mlflow(python: Path, url: str) -> None:
    """Run the migrations of MLflow's tracking store."""
    code = "import sys; from mlflow.store.db import utils; e = utils.create_sqlalchemy_engine(sys.argv[1]); utils._initialize_tables(e)"
    _run([str(python), "-c", code, alchemy(url)])


PROGRAMS = {
    "django": Program("django", ("django==5.2", "psycopg[binary]", "pymysql"), django(), "django"),
    "django apps": Program(
        "django-apps",
        ("django==5.2", "django-celery-beat", "django-celery-results", "django-guardian", "django-allauth", "django-taggit",
         "django-oauth-toolkit", "easy-thumbnails", "django-filer", "django-otp", "psycopg[binary]", "pymysql"),
        django("django_celery_beat", "django_celery_results", "guardian", "allauth.account", "allauth.socialaccount", "allauth",
               "taggit", "oauth2_provider", "easy_thumbnails", "filer", "django_otp.plugins.otp_totp", "django_otp.plugins.otp_static",
               "django_otp"),
        "django",
    ),
    "wagtail": Program(
        "wagtail", ("wagtail==7.0", "psycopg[binary]", "pymysql"),
        django(*(f"wagtail.{each}".rstrip(".") for each in WAGTAIL), "taggit", "modelcluster"), "wagtail",
    ),
    "keystone": Program("keystone", ("keystone", "psycopg2-binary", "pymysql", "setuptools<81"), keystone, "keystone"),
    "mlflow": Program("mlflow", ("mlflow-skinny", "sqlalchemy<2.1", "alembic", "psycopg2-binary", "pymysql"), mlflow, "mlflow-skinny"),
}  # fmt: skip
