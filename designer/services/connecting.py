"""Where a live database is, as a person says it in the browser: fields or a URL, checked before anything is asked."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings

from designer.importers.live.registry import SCHEMES, dialect_of
from designer.services import database_hosts
from designer.services.database_hosts import DEFAULT_PORTS, NotAllowed
from designer.services.database_place import TLS_OPTIONS, Place, family
from designer.services.errors import Invalid

FIELDS = ("dialect", "host", "port", "database", "user", "password", "url", "tls", "schemas", "owners", "privileges")
TLS = {
    "postgresql": ("disable", "allow", "prefer", "require"),
    "mysql": ("disabled", "preferred", "required"),
}
"""How a connection may be protected. What checks a certificate needs a file of this server, which nobody may name."""
_NOT_IN_A_HOST = frozenset("/\\@,?#%[] \t")
_LONGEST = 500
_HIGHEST_PORT = 65535


def is_offered() -> bool:
    """Say whether the operator has named any server."""
    return bool(settings.WHOLEKEY_DATABASE_HOSTS.strip())


def place_of(fields: Mapping[str, str]) -> Place:
    """Return the place that the fields of a form name. Raises Invalid with a sentence that never has the password.

    Whether this server may connect to it is found out by the process that does (`services.database_hosts`).
    """
    _require_a_list()
    said = {name: fields.get(name, "")[: _LONGEST + 1] for name in FIELDS}
    said = {name: value if name == "password" else value.strip() for name, value in said.items()}
    if any(len(value) > _LONGEST or not value.isprintable() for value in said.values()):
        raise Invalid("A field is too long or has a character that cannot be meant; type it again.", "host")
    return _checked({**said, **_parts(said["url"])} if said["url"] else said)


def _require_a_list() -> None:
    if not is_offered():
        raise Invalid("Connecting to databases is off; the operator allows servers in WHOLEKEY_DATABASE_HOSTS.", "host")
    try:
        database_hosts.entries(settings.WHOLEKEY_DATABASE_HOSTS)
    except NotAllowed as problem:
        raise Invalid(f"{problem}; the operator has to correct it.", "host") from None


def _parts(url: str) -> dict[str, str]:
    """Return what a URL says, as fields; a password beside it is kept where the URL has none."""
    dialect = dialect_of(url)
    if dialect not in DEFAULT_PORTS:
        known = ", ".join(f"{scheme}://" for scheme, name in SCHEMES.items() if name in DEFAULT_PORTS)
        raise Invalid(f"This is no URL of a server; it starts with one of: {known}.", "url")
    try:
        parts = urlsplit(url)
        port, options = parts.port, dict(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError:
        raise Invalid("This URL cannot be read; write postgresql://user@host:5432/database.", "url") from None
    tls = TLS_OPTIONS[family(dialect)]
    unknown = next((name for name in options if name != tls), None)
    if unknown is not None:
        raise Invalid(f"The URL may have the option {tls} and no other; take out {unknown[:40]}.", "url")
    found = {
        "dialect": dialect, "host": unquote(parts.hostname or ""), "port": str(port or ""),
        "database": unquote(parts.path.removeprefix("/")), "user": unquote(parts.username or ""),
        "tls": options.get(tls, ""),
    }  # fmt: skip
    return found | ({"password": unquote(parts.password)} if parts.password else {})


def _checked(said: Mapping[str, str]) -> Place:
    dialect, host = said["dialect"] or "postgresql", said["host"]
    if dialect not in DEFAULT_PORTS:
        raise Invalid("There is no such kind of server; choose one of the list.", "dialect")
    if not host:
        raise Invalid("Name the host, as a name or an address.", "host")
    if _NOT_IN_A_HOST & set(host):
        raise Invalid("The host is one name or one address; sockets, files and lists of hosts are not taken.", "host")
    if not said["user"]:
        raise Invalid("Name the user to log in as.", "user")
    if dialect == "postgresql" and not said["database"]:
        raise Invalid("Name the database.", "database")
    if any(not value.isprintable() for value in said.values()):
        raise Invalid("The URL spells a character that cannot be meant; type it again.", "url")
    if said["tls"] and said["tls"] not in TLS[family(dialect)]:
        raise Invalid(f"For TLS choose one of: {', '.join(TLS[family(dialect)])}.", "url")
    return Place(
        dialect, host, _port(said["port"], dialect), said["database"], said["user"], said["password"], said["tls"],
        tuple(name.strip() for name in said["schemas"].split(",") if name.strip()),
        owners=bool(said["owners"]), privileges=bool(said["privileges"]),
    )  # fmt: skip


def _port(text: str, dialect: str) -> int:
    if not text:
        return DEFAULT_PORTS[dialect]
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) <= _HIGHEST_PORT):
        raise Invalid(f"The port is a number from 1 to {_HIGHEST_PORT}.", "port")
    return int(text)
