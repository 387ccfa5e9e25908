"""Fixtures that every test may ask for."""

import os

from django.conf import settings

from tests import prepared
from tests.browsers import chromium
from tests.servers import mariadb_server, postgres_server

__all__ = ["chromium", "mariadb_server", "postgres_server"]

os.environ.setdefault("WHOLEKEY_ONE_TIME", "0")
settings.WHOLEKEY_ONE_TIME = os.environ["WHOLEKEY_ONE_TIME"] == "1"  # they may have been read before


def pytest_configure() -> None:
    prepared.begin()


def pytest_unconfigure() -> None:
    prepared.end()
