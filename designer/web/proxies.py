"""What proxies say of a request, believed from those that are ours and taken out of everybody else's.

Everything behind this sees the visitor's own address and scheme, and no header with which a visitor could claim others:
limits by address, links in e-mails and the log rely on that.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Collection
from typing import Any

from designer.running_settings import Network

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
TOLD = (b"forwarded", b"x-forwarded-", b"x-real-ip", b"x-client-ip", b"true-client-ip", b"cf-connecting-ip")
"""Beginnings of the headers in which a proxy tells of a visitor; none of them gets any further."""
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def behind(app: App, trusted: Collection[Network]) -> App:
    """Return the application as it is seen through the proxies of some networks."""

    async def seen(scope: dict[str, Any], receive: Any, send: Any) -> None:
        await app(scope if scope["type"] == "lifespan" else through(scope, trusted), receive, send)

    return seen


def through(scope: dict[str, Any], trusted: Collection[Network]) -> dict[str, Any]:
    """Return the request with its visitor's address and scheme, and without the headers that told them."""
    told = [(name, value) for name, value in scope["headers"] if name.startswith(TOLD)]
    if not told:
        return scope
    plain = {**scope, "headers": [each for each in scope["headers"] if each not in told]}
    peer = scope.get("client")
    if peer is not None and not _is_ours(address_of(peer[0]), trusted):
        return plain
    visitor = _visitor(b",".join(value for name, value in told if name == b"x-forwarded-for"), trusted)
    if visitor:
        plain["client"] = (visitor, 0)
    schemes = {value.strip().lower() for name, value in told if name == b"x-forwarded-proto"}
    if schemes in ({b"http"}, {b"https"}):
        plain["scheme"] = schemes.pop().decode()
    return plain


def _visitor(chain: bytes, trusted: Collection[Network]) -> str:
    """Return the last address that none of ours added a name to; what lies before it, the visitor may have made up."""
    found = ""
    for written in reversed(chain.decode("latin-1").split(",")):
        address = address_of(written)
        if address is None:
            break
        found = str(address)
        if not _is_ours(address, trusted):
            break
    return found


def address_of(written: str) -> _Address | None:
    """Return the address in `203.0.113.9`, `203.0.113.9:4711`, `[2001:db8::1]:4711` or `2001:db8::1`, or None."""
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_ours(address: _Address | None, trusted: Collection[Network]) -> bool:
    return address is not None and any(address in network for network in trusted)
