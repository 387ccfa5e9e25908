"""Start the web application; it opens ready to use on SQLite.

Without accounts it prints an address that lets in the browser that opens it first, once and for good; `wholekey open`
prints another. WHOLEKEY_ONE_TIME=0 lets in every browser of this computer.
"""

from __future__ import annotations

import argparse
import ipaddress
import socket

from designer.cli.django_setup import set_up
from designer.cli.problems import Problem

HELP = "start the web application"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000); 0 takes a free one")
    parser.add_argument(
        "--database", metavar="URL", help="postgresql://… or sqlite:///path; an own SQLite file without it"
    )


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, print the address, and serve until stopped."""
    if not 0 <= options.port <= 65535:
        raise Problem(f"{options.port} is no port; take one from 1 to 65535")
    listener = _listen(options.host, options.port)
    set_up(options.database, lambda: _only_here(options.host))
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Wholekey is ready at {_door(f'http://{host}:{listener.getsockname()[1]}/')}", flush=True)
    print("Press Ctrl+C to stop. Your designs are kept.", flush=True)
    _serve(listener)
    return 0


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # The protocol is named because asyncio turns Nagle's algorithm off for such sockets only: with it, each answer
        # of two parts waits 40 ms for the browser's acknowledgement, and a page asks for two hundred modules.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)  # so that whoever reads "ready" is answered, if only after a moment
    except OSError as error:
        raise Problem(
            f"cannot listen on {host}:{port}: {error.strerror or error}; choose another with --port"
        ) from None
    return listener


def _only_here(host: str) -> None:
    from django.conf import settings

    if settings.WHOLEKEY_LOCAL and not is_loopback(host):
        raise Problem(
            f"without accounts Wholekey listens on this computer only, not on {host}; "
            "set WHOLEKEY_HOSTS to the names under which it is reached to turn accounts on"
        )


def _door(address: str) -> str:
    """Return the address to open: in local mode one that lets in a single browser, unless that is turned off."""
    from django.conf import settings

    from designer.cli.open import opening, remember_address

    remember_address(address)
    return opening(address) if settings.WHOLEKEY_LOCAL and settings.WHOLEKEY_ONE_TIME else address


def is_loopback(host: str) -> bool:
    """Say whether an address is reached from this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _serve(listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        "designer.asgi:application", log_level="warning", lifespan="off", timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[listener])
