"""What went wrong with a connection, in a sentence that says what to do and never holds a password."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import psycopg
from psycopg import errors, pq

from designer.importers.live.contract import LiveProblem, PasswordRefused

_NOT_IN = (
    "{server} does not let {user} in from here; ask its operator for a line in pg_hba.conf, or try ?sslmode=require"
)
_NO_ROOM = "{server} has no connection left; try again later"
_NOT_UP = "{server} is starting up or shutting down; try again in a moment"

_BY_STATE: dict[str, str] = {
    "3D000": "there is no database {database} on {server}; check the name at the end of the URL",
    "28000": _NOT_IN,
    "53300": _NO_ROOM,
    "57P03": _NOT_UP,
    "57014": "a query on the catalogs took too long and was stopped; try again when {server} has less to do",
    "55P03": "another session holds a lock on a table that has to be looked at; try again later",
    "42501": "{user} may not read the catalogs of {database}; use another user",
}
_BY_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("could not translate host name", "Name or service not known", "failed to resolve"),
     "there is no host {server}; check the name in the URL"),
    (("Connection refused", "No such file or directory"),
     "nothing answers at {server}; check host and port, and that PostgreSQL runs there"),
    (("timeout expired", "timed out", "Network is unreachable", "No route to host"),
     "{server} did not answer in time; check host, port and firewalls"),
    (("no pg_hba.conf entry",), _NOT_IN),
    (("does not support SSL", "certificate", "SSL error"),
     "{server} and this URL do not agree on SSL; check sslmode and the certificates"),
    (('database "',), _BY_STATE["3D000"]),
    (('role "',), "there is no user {user} on {server}; check the name in the URL"),
    (("starting up", "shutting down"), _NOT_UP),
    (("too many clients", "connection slots"), _NO_ROOM),
    (("received invalid response", "server closed the connection", "expected authentication request"),
     "what answers at {server} is not PostgreSQL; check host and port"),
)  # fmt: skip
"""What libpq says before there is an SQLSTATE, by words of its English messages."""

UNREADABLE = (
    "this URL cannot be read; write postgresql://user:password@host:5432/name, with the signs @ : / ? # % "
    "in a name or password percent-encoded (@ is %40)"
)


def unusable(url: str) -> str:
    """Return why a URL would be read otherwise than it is meant; empty where nothing is wrong with it."""
    head, _, query = url.partition("?")
    if "#" in url or head.count("@") > 1 or ("@" in head and "@" not in urlsplit(head).netloc):
        return "a name or password in this URL has one of the signs @ : / ? #; write it percent-encoded (@ is %40)"
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} | {"ssl"}
    unknown = [key for key, _ in parse_qsl(query, keep_blank_values=True) if key not in known]
    if unknown:
        return f"PostgreSQL has no setting {unknown[0]!r} in a URL; leave it out"
    if "service" in dict(parse_qsl(query)):
        return "a URL with service= is not read; write host, port, user and database into the URL itself"
    return ""


def sentence(error: psycopg.Error, parameters: dict[str, Any]) -> LiveProblem:
    """Return the problem that an error of psycopg is; `parameters` are those of the connection."""
    facts = _facts(parameters)
    if isinstance(error, errors.InvalidPassword) or "password authentication failed" in str(error):
        return PasswordRefused("{server} does not take this password for {user}; check both".format(**facts))
    if "no password supplied" in str(error) or (error.pgconn is not None and error.pgconn.needs_password):
        return PasswordRefused("{server} wants a password for {user}".format(**facts))
    if error.sqlstate in _BY_STATE:
        return LiveProblem(_BY_STATE[error.sqlstate].format(**facts))
    for signs, words in _BY_WORDS if error.sqlstate is None else ():
        if any(sign in str(error) for sign in signs):
            return LiveProblem(words.format(**facts))
    said = error.diag.message_primary or str(error).partition("\n")[0].removeprefix("connection is bad: ")
    return LiveProblem(f"{facts['server']} could not be read: {said}")


def _facts(parameters: dict[str, Any]) -> dict[str, str]:
    """Return server, user and database of a connection as they may be shown."""
    host, port = str(parameters.get("host") or ""), str(parameters.get("port") or "")
    user = str(parameters.get("user") or "") or "the user of this machine"
    server = f"{host}:{port}" if host and port else host or "the local socket"
    return {"server": server, "user": user, "database": str(parameters.get("dbname") or "") or user}
