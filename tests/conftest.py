"""Fixtures that every test may ask for."""

from tests.servers import mariadb_server, postgres_server

__all__ = ["mariadb_server", "postgres_server"]
