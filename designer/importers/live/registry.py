"""The engines that read live databases, by the scheme of a URL and by dialect."""

from __future__ import annotations

import re
from importlib import import_module
from typing import cast

from designer.importers.live.contract import Engine, LiveProblem

ENGINES: dict[str, str] = {
    "postgresql": "designer.importers.live.postgres",
    "mysql": "designer.importers.live.mysql",
    "mariadb": "designer.importers.live.mysql",
    "sqlite": "designer.importers.live.sqlite",
}
"""Dialect -> the module that is its engine, imported when it is first asked for."""

SCHEMES: dict[str, str] = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
}
"""Scheme of a URL -> dialect. What follows a `+` (a driver) is left out before looking."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


def dialect_of(url: str) -> str | None:
    """Return the dialect of a database URL; None for anything that is no such URL."""
    return SCHEMES.get(scheme_of(url).partition("+")[0])


def scheme_of(url: str) -> str:
    """Return what stands before the first colon, in small letters, where that can be the scheme of a URL."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else ""


def engine(dialect: str) -> Engine:
    """Return the engine of a dialect. Raises LiveProblem where there is none."""
    path = ENGINES.get(dialect)
    if path is None:
        raise LiveProblem(f"a live {dialect} database cannot be read; choose one of: {', '.join(ENGINES)}")
    return cast("Engine", import_module(path))
