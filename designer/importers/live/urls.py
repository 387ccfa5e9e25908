"""Database URLs: as they are shown, without their password; and with another one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote, urlsplit, urlunsplit

_SECRET = ("password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "sslpassword", "ssl_key_password")
_USER_INFO = re.compile(r"^([a-z][a-z0-9+.-]*://[^:@/?#]*):(.*)@", re.DOTALL | re.IGNORECASE)
"""A password goes to the last `@`: who forgot to spell it with percent signs must not see it in a message."""
_IN_TEXT = re.compile(r"([a-z][a-z0-9+.-]*://[^:@/?#\s]*):\S*@", re.IGNORECASE)
_OPTION = re.compile(rf"([?&](?:{'|'.join(_SECRET)})=)[^&#]*", re.IGNORECASE)
_OPTION_IN_TEXT = re.compile(rf"([?&](?:{'|'.join(_SECRET)})=)[^&#\s]*", re.IGNORECASE)
_HIDDEN = "***"
_SHORTEST = 3
"""Letters of a password below which it is not looked for in a sentence: it would be found in every word."""


def shown(url: str) -> str:
    """Return a URL as people may see it: its password, and whatever of its options may be one, as `***`.

    >>> shown("postgresql://ann:s3cret@db/shop?sslmode=require&sslpassword=x")
    'postgresql://ann:***@db/shop?sslmode=require&sslpassword=***'
    """
    return _OPTION.sub(rf"\1{_HIDDEN}", _USER_INFO.sub(rf"\1:{_HIDDEN}@", url))


def shown_in(text: str) -> str:
    """Return a text with the password of every URL in it as `***`.

    >>> shown_in("unrecognized arguments: mysql://ann:s3cret@db/shop")
    'unrecognized arguments: mysql://ann:***@db/shop'
    """
    return _OPTION_IN_TEXT.sub(rf"\1{_HIDDEN}", _IN_TEXT.sub(rf"\1:{_HIDDEN}@", text))


def secrets_of(url: str) -> list[str]:
    """Return every spelling of a password that stands in a URL, the longest first; empty where there is none."""
    found = _USER_INFO.match(url)
    raw = [found[2]] if found else []
    raw += [each[0].partition("=")[2] for each in _OPTION.finditer(url)]
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
