"""Which database servers this server may connect to: the operator's list, checked against addresses, not names.

A name says nothing: whoever owns it lets it mean 169.254.169.254 a moment later. So a name is looked up once, each of
its addresses is held against the list, and the connection goes to an address that passed.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
_NOT_IN_A_NAME = frozenset("/\\[]@?#% \t")
DEFAULT_PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306}
"""The port of each database where none is named; the only ones that an entry of the list without a port allows."""


class NotAllowed(Exception):
    """The operator's list has no such server, or the entry in it makes no sense. Says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list: a name, an address or a network; and the ports there.

    Link-local addresses, which clouds tell their secrets at, are allowed only by an entry that is link-local itself.
    """

    host: str
    network: IPv4Network | IPv6Network | None  # None: `host` is a name
    ports: frozenset[int]


def entries(words: str) -> list[Entry]:
    """Return the entries of a comma-separated list. Raises NotAllowed for one that cannot be meant.

    >>> [(each.host, sorted(each.ports)) for each in entries("db.example.org, 10.0.0.0/8:5433, [::1]:5432")]
    [('db.example.org', [3306, 5432]), ('10.0.0.0/8', [5433]), ('::1', [5432])]
    """
    return [_entry(word.strip()) for word in words.split(",") if word.strip()]


def _entry(word: str) -> Entry:
    host, port = _split(word)
    ports = frozenset(DEFAULT_PORTS.values()) if port is None else frozenset({_port(port, word)})
    try:
        return Entry(host, ip_network(host, strict=False), ports)
    except ValueError:
        if not host or _NOT_IN_A_NAME & set(host):
            raise NotAllowed(f"WHOLEKEY_DATABASE_HOSTS: {word!r} is no host, host:port or network") from None
        return Entry(host.lower().rstrip("."), None, ports)


def _split(word: str) -> tuple[str, str | None]:
    """Return host and port; an IPv6 address with a port stands in brackets."""
    if word.startswith("[") and "]" in word:
        host, _, rest = word[1:].partition("]")
        network, _, port = rest.partition(":")
        return host + network, port or None
    if word.count(":") == 1:
        host, _, port = word.partition(":")
        return host, port
    return word, None


def _port(text: str, word: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise NotAllowed(f"WHOLEKEY_DATABASE_HOSTS: the port of {word!r} is no number from 1 to 65535")
    return int(text)


def address_of(host: str, port: int, allowed: Iterable[Entry]) -> str:
    """Return the address to connect to: one of the host's that the list allows. Raises NotAllowed.

    The same sentence answers for a name that does not exist and one that is not allowed, so that nobody can ask this
    server for the names of its network.
    """
    fitting = [each for each in allowed if port in each.ports]
    name = host.lower().rstrip(".")
    found = next((each for each in _looked_up(host) if any(_passes(each, name, entry) for entry in fitting)), None)
    if found is None:
        raise NotAllowed(
            f"this server may not connect to {host}:{port}; ask its operator to add it to WHOLEKEY_DATABASE_HOSTS, or "
            "paste the result of one query instead"
        )
    return str(found)


def _passes(address: Address, name: str, entry: Entry) -> bool:
    """Say whether an entry allows an address, which `name` stands for."""
    if address.is_unspecified or address.is_multicast:
        return False
    if entry.network is not None:
        alike = address.version == entry.network.version and address in entry.network
        return alike and (entry.network.is_link_local or not address.is_link_local)
    return not address.is_link_local and (name == entry.host or address in _looked_up(entry.host))


def _looked_up(host: str) -> list[Address]:
    """Return the addresses that a name stands for now, in the order of the system; none where there are none."""
    try:
        answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(_plain(str(answer[4][0])) for answer in answers))


def _plain(text: str) -> Address:
    """Return an address; an IPv4 address that is dressed up as IPv6 counts as what it is."""
    address = ip_address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
