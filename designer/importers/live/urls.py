"""Database URLs: as they are shown, without their password; and with another one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

_SECRET = ("password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "sslpassword", "ssl_key_password")
_AUTHORITY = re.compile(r"^([^:/?#]+://)([^/?#]*)@", re.DOTALL)
_HIDDEN = "***"
_SHORTEST = 3
"""Letters of a password below which it is not looked for in a sentence: it would be found in every word."""


def shown(url: str) -> str:
    """Return a URL as people may see it: its password, and whatever of its options may be one, as `***`.

    >>> shown("postgresql://ann:s3cret@db/shop?sslmode=require&sslpassword=x")
    'postgresql://ann:***@db/shop?sslmode=require&sslpassword=***'
    """
    plain = _AUTHORITY.sub(lambda found: found[1] + _without_password(found[2]) + "@", url)
    head, mark, query = plain.partition("?")
    if not mark:
        return plain
    kept = [(name, _HIDDEN if name.lower() in _SECRET else value) for name, value in parse_qsl(query, True)]
    return f"{head}?{urlencode(kept, quote_via=quote, safe='*/:')}"


def _without_password(user_info: str) -> str:
    user, mark, _ = user_info.partition(":")
    return f"{user}:{_HIDDEN}" if mark else user


def secrets_of(url: str) -> list[str]:
    """Return every spelling of a password that stands in a URL, the longest first; empty where there is none."""
    found = _AUTHORITY.match(url)
    raw = [found[2].partition(":")[2]] if found else []
    raw += [value for name, value in parse_qsl(urlsplit(url).query, True) if name.lower() in _SECRET]
    spelled = {form for each in raw for form in (each, unquote(each), quote(unquote(each), safe=""))}
    return sorted((each for each in spelled if each), key=len, reverse=True)


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a sentence in which no password stands, whoever wrote it there."""
    for secret in secrets:
        if len(secret) >= _SHORTEST:
            text = text.replace(secret, _HIDDEN)
    return text


def has_password(url: str) -> bool:
    """Say whether a URL brings a password of its own."""
    return bool(secrets_of(url))


def with_password(url: str, password: str) -> str:
    """Return the URL with this password for its user, or for the one that the server takes for granted."""
    parts = urlsplit(url)
    user_info, mark, host = parts.netloc.rpartition("@")
    user = user_info.partition(":")[0] if mark else ""
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))
