"""Fixtures that every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
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


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let Django take the database that `django_db_modify_db_settings` has put there."""
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_keepdb: bool
) -> Iterator[None]:
    """Put a copy of the prepared database where Django would make and migrate one, as long as the tests run."""
    if not django_db_keepdb:
        yield
        return
    place = Path(settings.DATABASES["default"]["TEST"]["NAME"])
    prepared.database_at(place)
    yield
    for each in place.parent.glob(f"{place.name}*"):
        each.unlink()
