"""`DATABASE_URL` as Django wants it: one line that says where the data is."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SQLITE_OPTIONS: dict[str, Any] = {
    # Write-ahead logging lets readers go on while one writes. FULL makes a commit wait for the disk: an edit that
    # was acknowledged is there after a crash. IMMEDIATE takes the write lock at BEGIN, so that two writers queue
    # (up to `timeout` seconds) and neither fails half-way with "database is locked".
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
}


def sqlite(path: Path | str) -> dict[str, Any]:
    """Return the settings of an SQLite database in the file `path`."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def parse(url: str) -> dict[str, Any]:
    """Return the settings for a database URL: `postgresql://user:password@host/name?sslmode=require` or `sqlite:///path`.

    Raises ValueError that says what is wrong, without repeating the password.
    """
    parts = urlsplit(url)
    if parts.scheme in ("sqlite", "sqlite3"):
        return sqlite(_sqlite_path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL starts with {parts.scheme!r}; it may be postgresql:// or sqlite:///")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite_path(path: str) -> Path:
    """`sqlite:///data.db` is relative, `sqlite:////srv/data.db` is absolute, as everywhere."""
    if path in ("", "/"):
        raise ValueError("DATABASE_URL names no file; write sqlite:///data.sqlite3 or sqlite:////srv/data.sqlite3")
    return Path(path[1:])
