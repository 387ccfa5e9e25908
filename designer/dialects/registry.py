"""The databases by name."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from designer.dialects.base import Dialect

DIALECTS: dict[str, str] = {
    "postgresql": "designer.dialects.postgresql",
    "mysql": "designer.dialects.mysql",
    "mariadb": "designer.dialects.mariadb",
    "sqlite": "designer.dialects.sqlite",
}
"""Name -> module; the module has a `DIALECT`."""

ALIASES = {"postgres": "postgresql", "pg": "postgresql", "maria": "mariadb", "sqlite3": "sqlite"}


@cache
def get(name: str) -> Dialect:
    """Return a dialect by name or alias. Raises KeyError with the list of names for any other."""
    path = DIALECTS.get(ALIASES.get(name.lower(), name.lower()))
    if path is None:
        raise KeyError(f"there is no dialect {name!r}; choose one of: {', '.join(DIALECTS)}")
    dialect: Dialect = import_module(path).DIALECT
    return dialect
