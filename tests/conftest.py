"""Fixtures that every test may ask for."""

from tests.browsers import chromium
from tests.servers import mariadb_server, postgres_server

__all__ = ["chromium", "mariadb_server", "postgres_server"]
