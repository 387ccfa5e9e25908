"""`DATABASE_URL` as Django wants it: one line that says where the data is, and how to talk to it.

    postgresql://user:password@host:5432/name?sslmode=verify-full&sslrootcert=/etc/ca.pem&pool=8
    postgresql:///name?host=/run/postgresql
    sqlite:////srv/wholekey/data.sqlite3

Behind the question mark: whatever libpq knows (sslmode, sslrootcert, connect_timeout, application_name, …), and of ours

    schema    the schema that the tables are in, where it is not `public`; it must be there
    pool      how many connections a server process keeps open and lets its requests share, `0` for none (12 without it)
    age       without a pool: seconds that a connection is kept for the next request of its thread (0)
    cursors   `0` behind a pooler that gives each transaction another connection, as PgBouncer may
"""

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
POOL = 12
"""How many connections a process keeps at most, where nothing else is said; each request would open one of its own."""
POOL_PATIENCE = 20
"""Seconds that a request waits for a connection while all are in use."""
CONNECT_SECONDS = 10
"""After how many seconds a server that does not answer is given up; libpq would wait for minutes."""


def sqlite(path: Path | str) -> dict[str, Any]:
    """Return the settings of an SQLite database in the file `path`."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": dict(SQLITE_OPTIONS)}


def parse(url: str) -> dict[str, Any]:
    """Return the settings for a database URL. Raises ValueError that says what is wrong, but never the password."""
    parts = urlsplit(url)
    if parts.scheme in ("sqlite", "sqlite3"):
        return sqlite(_sqlite_path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL starts with {parts.scheme!r}; it may be postgresql:// or sqlite:///")
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    pool, age = _number(options, "pool", POOL), _number(options, "age", 0)
    if age and "pool" not in urlsplit(url).query:
        pool = 0
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 0 if pool else age,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": _number(options, "cursors", 1) == 0,
        "OPTIONS": _postgres_options(options, pool),
    }


def _postgres_options(options: dict[str, Any], pool: int) -> dict[str, Any]:
    schema = options.pop("schema", "")
    if schema:
        path = schema.replace("\\", "\\\\").replace(" ", "\\ ")
        options["options"] = f"{options.get('options', '')} -c search_path={path}".strip()
    options.setdefault("connect_timeout", str(CONNECT_SECONDS))
    if pool:
        options["pool"] = {
            "min_size": 1,
            "max_size": pool,
            "timeout": POOL_PATIENCE,
            "max_idle": 300,
            "reconnect_timeout": 3,
        }
    return options


def _number(options: dict[str, Any], name: str, otherwise: int) -> int:
    written = options.pop(name, "")
    if written and not written.isdecimal():
        raise ValueError(f"DATABASE_URL says {name}={written!r}, which is no whole number")
    return int(written) if written else otherwise


def _sqlite_path(path: str) -> Path:
    """`sqlite:///data.db` is relative, `sqlite:////srv/data.db` is absolute, as everywhere."""
    if path in ("", "/"):
        raise ValueError("DATABASE_URL names no file; write sqlite:///data.sqlite3 or sqlite:////srv/data.sqlite3")
    return Path(path[1:])
