"""The URL of a database -> what the driver is told, and the place by which messages call it."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from designer.importers.live.contract import LiveProblem

_SSL_MODES = ("disabled", "preferred", "required", "verify_ca", "verify_identity")
_FILES = {"ssl_ca": "ssl_ca", "ssl_cert": "ssl_cert", "ssl_key": "ssl_key"}
_LONGEST_WAIT = 600
CONNECT_SECONDS, READ_SECONDS = 10, 120


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where a server is. `parameters` hold the password, so this has no repr; `place` is what messages say."""

    parameters: dict[str, Any]
    database: str
    place: str
    password: str


def address_of(url: str) -> Address:
    """Return the address that a URL says. Raises LiveProblem for what it cannot mean."""
    try:
        parts = urlsplit(url)
        port = parts.port or 3306
    except ValueError:
        raise LiveProblem(
            "the port of the URL is no number from 1 to 65535; write mysql://user@host:3306/name"
        ) from None
    options = {key.replace("-", "_").lower(): value for key, value in parse_qsl(parts.query, keep_blank_values=True)}
    mode = options.pop("ssl_mode", options.pop("sslmode", "preferred")).replace("-", "_").lower()
    socket = options.pop("unix_socket", "") or options.pop("socket", "")
    password = unquote(parts.password or "") or os.environ.get("MYSQL_PWD", "")
    parameters: dict[str, Any] = {
        "user": unquote(parts.username or "") or "root",
        "password": password.encode(),  # the driver would send a text as Latin-1
        "connect_timeout": _seconds(options.pop("connect_timeout", ""), CONNECT_SECONDS),
        "read_timeout": _seconds(options.pop("read_timeout", ""), READ_SECONDS),
        "write_timeout": READ_SECONDS,
        **({"unix_socket": socket} if socket else {"host": parts.hostname or "localhost", "port": port}),
        **_tls(mode, options),
    }
    options.pop("charset", None)  # what is read is always asked for in utf8mb4
    if options:
        raise LiveProblem(f"the URL has a parameter {next(iter(options))!r} that is not known here; {_KNOWN}")
    place = socket or f"{parts.hostname or 'localhost'}:{port}"
    database = unquote(parts.path.lstrip("/"))
    return Address(parameters, database, place, password)


_KNOWN = "known are unix_socket, ssl_mode, ssl_ca, ssl_cert, ssl_key, connect_timeout and read_timeout"


def _seconds(written: str, otherwise: int) -> int:
    if not written:
        return otherwise
    if not (written.isascii() and written.isdigit() and 0 < int(written[:6]) <= _LONGEST_WAIT):
        raise LiveProblem(f"a timeout in the URL is no number of seconds from 1 to {_LONGEST_WAIT}")
    return int(written)


def _tls(mode: str, options: dict[str, str]) -> dict[str, Any]:
    """Return what the driver is told of TLS. Without a word of it, TLS is used where the server offers it."""
    if mode not in _SSL_MODES:
        raise LiveProblem(f"there is no ssl_mode {mode!r}; choose one of: {', '.join(_SSL_MODES)}")
    files = {name: options.pop(key) for key, name in _FILES.items() if options.get(key)}
    if mode == "disabled":
        return {"ssl_disabled": True}
    if mode in ("verify_ca", "verify_identity"):
        return {"ssl": _verifying(files, mode == "verify_identity")}
    if mode == "required" and not files:
        return {"ssl": {"check_hostname": False, "verify_mode": "none"}}
    return files


def _verifying(files: dict[str, str], identity: bool) -> ssl.SSLContext:
    """Return what checks the server's certificate: the driver itself trusts any where no ssl_ca is given."""
    try:
        context = ssl.create_default_context(cafile=files.get("ssl_ca"))
        context.check_hostname = identity
        if "ssl_cert" in files:
            context.load_cert_chain(files["ssl_cert"], files.get("ssl_key"))
    except OSError as error:
        raise LiveProblem(f"a certificate of the URL cannot be read: {error.strerror or error}") from None
    return context
