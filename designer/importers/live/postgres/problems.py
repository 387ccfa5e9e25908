"""What went wrong with a connection, in a sentence that says what to do and never holds a password."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import psycopg
from psycopg import errors

from designer.importers.live.contract import LiveProblem, PasswordRefused

_BY_STATE: dict[str, str] = {
    "3D000": "there is no database {database} on {server}; check the name at the end of the URL",
    "28000": "{server} does not let {user} in from here; ask its operator for a line in pg_hba.conf, or try ?sslmode=require",
    "53300": "{server} has no connection left; try again later",
    "57P03": "{server} is starting up or shutting down; try again in a moment",
    "57014": "a query on the catalogs took too long and was stopped; try again when {server} has less to do",
    "55P03": "another session holds a lock on a table that has to be looked at; try again later",
    "25006": "{server} refused a read-only transaction",
    "42501": "{user} may not read the catalogs of {database}; use another user",
}
_BY_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("could not translate host name", "Name or service not known", "resolve"),
     "there is no host {server}; check the name in the URL"),
    (("Connection refused", "No such file or directory"),
     "nothing answers at {server}; check host and port, and that PostgreSQL runs there"),
    (("timeout expired", "timed out", "Network is unreachable", "No route to host"),
     "{server} did not answer in time; check host, port and firewalls"),
    (("does not support SSL", "SSL"),
     "{server} and this URL do not agree on SSL; check sslmode and the certificates"),
    (("no password supplied", "password authentication failed"), ""),
    (("does not exist",), "there is no such user or database on {server}; check both in the URL"),
    (("no pg_hba.conf entry",), _BY_STATE["28000"]),
    (("starting up", "shutting down"), _BY_STATE["57P03"]),
    (("too many clients", "remaining connection slots"), _BY_STATE["53300"]),
    (("received invalid response", "server closed the connection", "expected authentication request"),
     "what answers at {server} is not PostgreSQL; check host and port"),
)  # fmt: skip


def unusable(url: str) -> str:
    """Return why a URL would be read otherwise than it is meant: signs in its password that part a URL."""
    head, _, _ = url.partition("?")
    authority = urlsplit(head).netloc if "#" not in head else ""
    if head.count("@") > 1 or ("@" in head and "@" not in authority):
        return "a name or password in this URL has one of the signs @ : / ? #; write it percent-encoded (@ is %40)"
    return ""


def sentence(error: psycopg.Error, url: str) -> LiveProblem:
    """Return the problem that an error of psycopg is."""
    facts = _facts(url)
    if isinstance(error, errors.InvalidPassword) or _says(error, "password"):
        return PasswordRefused(
            "{server} does not take this password for {user}; check both".format(**facts)
            if not _says(error, "no password supplied")
            else "{server} wants a password for {user}".format(**facts)
        )
    if error.sqlstate in _BY_STATE:
        return LiveProblem(_BY_STATE[error.sqlstate].format(**facts))
    for signs, words in _BY_WORDS if error.sqlstate is None else ():
        if any(_says(error, sign) for sign in signs):
            return LiveProblem(words.format(**facts))
    said = error.diag.message_primary or str(error).partition("\n")[0]
    return LiveProblem(f"{facts['server']} could not be read: {said}")


def _says(error: psycopg.Error, words: str) -> bool:
    return words in str(error)


def _facts(url: str) -> dict[str, str]:
    """Return server, user and database of a URL as they may be shown."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2] or "the local socket"
    user = unquote(parts.username or "") or "the user of this machine"
    return {"server": host, "user": user, "database": unquote(parts.path.lstrip("/")) or user}
